import type { Currency, IncomeType } from '@plimsoll/domain';
import { absolute, atPrice, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { type Outcome, type Read, whenFields } from '../../importer-kit/index.ts';
import {
  instrumentOf,
  isUnconverted,
  marketCurrency,
  type Operation,
  type TradeWords,
  tradeWords,
} from './operation.ts';

/**
 * A trade. `Amount` is what was paid in the account's currency. Where the market trades in another
 * one it is the settlement of quantity × price. London trades in several: there the price is only
 * taken where it explains the amount.
 */
function trade(of: Operation, words: TradeWords, account: Currency): Read<ImportedTransaction> {
  const { side, quantity, price } = words;
  if (of.symbol === '' || of.amount === 0n || of.amount < 0n !== (side === 'buy')) {
    return of.row.refuseCell('Amount', {
      code: 'import.trade-unclear',
      reason: 'The symbol is missing, or the sign of Amount does not fit the words of Comment.',
      fix: 'Record this trade by hand.',
    });
  }
  const paid = absolute(of.amount);
  const market = marketCurrency(of.symbol);
  const foreign = market !== undefined && market !== account;
  const currency = foreign ? market : account;
  const priced = foreign || market === account || isUnconverted(of, words);
  return ok({
    type: side,
    ...whenFields(of.when),
    instrument: instrumentOf(of.symbol, priced ? currency : undefined),
    quantity,
    ...(priced ? { price } : { note: of.comment }),
    amount: foreign ? atPrice(quantity, price) : paid,
    currency,
    ...(foreign ? { settlement: { currency: account, amount: paid } } : {}),
    fee: 0n,
    tax: 0n,
  });
}

function income(of: Operation, type: IncomeType, account: Currency): ImportedTransaction {
  return {
    type,
    ...whenFields(of.when),
    instrument: of.symbol === '' ? undefined : instrumentOf(of.symbol),
    amount: of.amount,
    currency: account,
    fee: 0n,
    tax: 0n,
    note: of.comment,
  };
}

function expense(
  of: Operation,
  type: 'fee' | 'tax' | 'margin-interest',
  account: Currency,
): ImportedTransaction {
  return {
    type,
    ...whenFields(of.when),
    instrument: of.symbol === '' ? undefined : instrumentOf(of.symbol),
    amount: -of.amount,
    currency: account,
    note: of.comment,
  };
}

const flow = (of: Operation, account: Currency): ImportedTransaction => ({
  type: of.amount < 0n ? 'withdrawal' : 'deposit',
  ...whenFields(of.when),
  amount: absolute(of.amount),
  currency: account,
  ...(of.comment === '' ? {} : { note: of.comment }),
});

/** The result of a contract for difference: it is paid, the contract itself is not held. */
const contractResult = (of: Operation, account: Currency): ImportedTransaction => ({
  type: 'other-income',
  ...whenFields(of.when),
  instrument: undefined,
  amount: of.amount,
  currency: account,
  fee: 0n,
  tax: 0n,
  note: `${of.symbol}: ${of.comment}`,
});

const expenses: readonly (readonly ['fee' | 'tax' | 'margin-interest', RegExp])[] = [
  [
    'tax',
    /^free[- ]funds interests? tax$|^tax ifft$|^tax iftt$|^stamp duty$|transaction tax$|^withholding tax$/,
  ],
  ['fee', /^(sec fee|inactivity fee|commission|fee|adr fee|custody fee)$/],
  ['margin-interest', /^(swap|rollover)$/],
];

/** What an operation that stands for itself is; refused where its type is not known. */
export function transactionOf(of: Operation, account: Currency): Read<ImportedTransaction> {
  const words = tradeWords(of.comment);
  if (words) return trade(of, words, account);
  const charge = expenses.find(([, pattern]) => pattern.test(of.type))?.[0];
  if (charge) return ok(expense(of, charge, account));
  switch (of.type) {
    case 'deposit':
    case 'withdrawal':
    case 'transfer':
    case 'subaccount transfer':
      return ok(flow(of, account));
    case 'free funds interest':
    case 'free funds interests':
    case 'free-funds interest':
      return ok(income(of, 'interest', account));
    case 'spin off':
    case 'spin-off':
      return ok(income(of, 'other-income', account));
    case 'profit/loss (fx/cfd)':
      return ok(contractResult(of, account));
    default:
      return of.row.unknown('Type');
  }
}

/** A dividend with the tax rows that were withheld from it. */
export function dividend(
  paid: Operation,
  taxes: readonly Operation[],
  account: Currency,
): Read<Outcome> {
  const lines = [paid, ...taxes].map((row) => row.line).toSorted((a, b) => a - b);
  const tax = taxes.reduce((sum, row) => sum - row.amount, 0n);
  const transaction = { ...income(paid, 'dividend', account), tax };
  return ok({
    row: {
      line: lines[0] ?? paid.line,
      ...(lines.length > 1 ? { lines } : {}),
      transaction,
    },
  });
}

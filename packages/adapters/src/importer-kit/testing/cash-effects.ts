import type { Currency } from '@plimsoll/domain';
import { type Decimal, formatDecimal } from '@plimsoll/kernel';
import type { ImportedRow, ImportedTransaction } from '@plimsoll/ports';

type Move = readonly [currency: Currency, amount: Decimal];

interface Money {
  readonly amount: Decimal;
  readonly accrued?: Decimal;
  readonly currency: Currency;
  readonly fee: Decimal;
  readonly tax: Decimal;
  readonly feeCurrency?: Currency;
  readonly taxCurrency?: Currency;
  readonly settlement?: { readonly currency: Currency; readonly amount: Decimal };
}

/** Charges that a settlement in another currency does not already hold. */
function outside(money: Money): readonly Move[] {
  const held = [money.currency, money.settlement?.currency];
  const moves: Move[] = [
    [money.feeCurrency ?? money.currency, -money.fee],
    [money.taxCurrency ?? money.currency, -money.tax],
  ];
  return money.settlement ? moves.filter(([currency]) => !held.includes(currency)) : moves;
}

function settled(money: Money, sign: bigint): readonly Move[] {
  const { settlement } = money;
  const gross: Move = settlement
    ? [settlement.currency, sign * settlement.amount]
    : [money.currency, sign * (money.amount + (money.accrued ?? 0n))];
  return [gross, ...outside(money)];
}

function movesOf(transaction: ImportedTransaction): readonly Move[] {
  switch (transaction.type) {
    case 'buy':
    case 'cover':
      return settled(transaction, -1n);
    case 'sell':
    case 'short':
    case 'redemption':
    case 'amortisation':
      return settled(transaction, 1n);
    case 'dividend':
    case 'interest':
    case 'coupon':
    case 'staking':
    case 'rent':
    case 'other-income':
      return transaction.reinvested ? [] : settled(transaction, 1n);
    case 'deposit':
      return [[transaction.currency, transaction.amount]];
    case 'withdrawal':
    case 'fee':
    case 'tax':
    case 'margin-interest':
      return [[transaction.currency, -transaction.amount]];
    case 'return-of-capital':
    case 'delisting':
      return [[transaction.currency, transaction.amount]];
    case 'fx':
      return [
        [transaction.sold.currency, -transaction.sold.amount],
        [transaction.bought.currency, transaction.bought.amount],
        [transaction.feeCurrency ?? transaction.currency, -transaction.fee],
        [transaction.taxCurrency ?? transaction.currency, -transaction.tax],
      ];
    case 'split':
    case 'stock-dividend':
      return transaction.cashInLieu
        ? [[transaction.cashInLieu.currency, transaction.cashInLieu.amount]]
        : [];
    case 'merger':
    case 'symbol-change':
      return [transaction.boot, transaction.cashInLieu].flatMap((cash): Move[] =>
        cash ? [[cash.currency, cash.amount]] : [],
      );
    default:
      return [];
  }
}

/** How much cash the rows move in all, by currency: what a balance column must have moved by. */
export function cashEffects(rows: readonly ImportedRow[]): Readonly<Record<Currency, string>> {
  const sums = new Map<Currency, Decimal>();
  for (const { transaction } of rows) {
    for (const [currency, amount] of movesOf(transaction)) {
      sums.set(currency, (sums.get(currency) ?? 0n) + amount);
    }
  }
  return Object.fromEntries(
    [...sums].map(([currency, amount]) => [currency, formatDecimal(amount)]),
  );
}

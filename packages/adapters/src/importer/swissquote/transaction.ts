import { absolute, type Decimal, formatDecimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Outcome, type Read, whenFields } from '../../importer-kit/index.ts';
import { instrumentOf, requiredInstrument, type SwissquoteRow } from './swissquote-row.ts';

const wrongSign = (of: SwissquoteRow) =>
  of.row.refuseCell('Net Amount', {
    code: 'import.wrong-sign',
    reason: `Net Amount has the wrong sign for "${of.row.text('Transaction')}", or does not cover its costs.`,
    fix: 'Correct the sign of Net Amount, or record this row by hand.',
  });

/** A trade; `Net Amount` holds price, costs and accrued interest. */
function trade(of: SwissquoteRow, type: 'buy' | 'sell'): Read<ImportedTransaction> {
  const read = all({
    instrument: requiredInstrument(of, of.currency),
    quantity: of.row.positive('Quantity'),
    price: of.row.optionalPrice('Unit price'),
  });
  if (!read.ok) return read;
  const { instrument, quantity, price } = read.value;
  const accrued = absolute(of.accrued);
  const amount = type === 'buy' ? -of.net - of.costs - accrued : of.net + of.costs - accrued;
  if (amount < 0n) return wrongSign(of);
  return ok({
    type,
    ...whenFields(of.when),
    instrument,
    quantity,
    ...(price === undefined ? {} : { price }),
    amount,
    currency: of.currency,
    ...(accrued === 0n ? {} : { accrued }),
    fee: of.costs,
    tax: 0n,
  });
}

/** A payment of an instrument; its costs are the tax withheld. */
function payment(
  of: SwissquoteRow,
  type: 'dividend' | 'coupon',
  sign: Decimal,
): Read<ImportedTransaction> {
  const instrument = requiredInstrument(of);
  if (!instrument.ok) return instrument;
  const tax = sign * of.costs;
  return ok({
    type,
    ...whenFields(of.when),
    instrument: instrument.value,
    amount: of.net + tax,
    currency: of.currency,
    fee: 0n,
    tax,
  });
}

function interest(of: SwissquoteRow): ImportedTransaction {
  const base = { ...whenFields(of.when), instrument: undefined, currency: of.currency };
  return of.net < 0n
    ? { ...base, type: 'margin-interest', amount: -of.net }
    : { ...base, type: 'interest', amount: of.net + of.costs, fee: 0n, tax: of.costs };
}

function flow(of: SwissquoteRow): ImportedTransaction {
  const fee = `${formatDecimal(of.costs)} ${of.currency}`;
  return {
    type: of.net < 0n ? 'withdrawal' : 'deposit',
    ...whenFields(of.when),
    amount: absolute(of.net),
    currency: of.currency,
    ...(of.costs === 0n ? {} : { note: `Its amount holds costs of ${fee}.` }),
  };
}

const fee = (of: SwissquoteRow): ImportedTransaction => ({
  type: 'fee',
  ...whenFields(of.when),
  instrument: instrumentOf(of),
  amount: -of.net,
  currency: of.currency,
  note: of.row.text('Transaction'),
});

function returnOfCapital(of: SwissquoteRow): Read<ImportedTransaction> {
  const instrument = requiredInstrument(of);
  if (!instrument.ok) return instrument;
  const { net: amount, currency } = of;
  return ok({
    type: 'return-of-capital',
    ...whenFields(of.when),
    instrument: instrument.value,
    amount,
    currency,
  });
}

/** What a row that stands for itself is; refused where its kind is not known. */
export function transactionOf(of: SwissquoteRow): Read<ImportedTransaction> {
  switch (of.kind) {
    case 'buy':
    case 'sell':
      return trade(of, of.kind);
    case 'dividend':
    case 'distribution':
    case 'capital gain':
      return payment(of, 'dividend', 1n);
    case 'reversal (dividend)':
      return payment(of, 'dividend', -1n);
    case 'coupon':
      return payment(of, 'coupon', 1n);
    case 'return of capital':
    case 'capital repayment':
      return returnOfCapital(of);
    case 'interest':
    case 'interests':
    case 'positive interests':
    case 'negative interests':
      return ok(interest(of));
    case 'credit':
    case 'debit':
    case 'deposit':
    case 'withdrawal':
    case 'payment':
      return ok(flow(of));
    default:
      return /\bfees?\b/.test(of.kind) ? ok(fee(of)) : of.row.unknown('Transaction');
  }
}

/** A conversion, from the row that paid and the row that received. */
export function conversion(out: SwissquoteRow, into: SwissquoteRow): Read<Outcome> {
  if (out.net >= 0n) return wrongSign(out);
  if (into.net <= 0n) return wrongSign(into);
  return ok({
    row: {
      line: Math.min(out.line, into.line),
      lines: [out.line, into.line].toSorted((a, b) => a - b),
      transaction: {
        type: 'fx',
        ...whenFields(out.when),
        sold: { currency: out.currency, amount: -out.net },
        bought: { currency: into.currency, amount: into.net },
        currency: into.currency,
        fee: 0n,
        tax: 0n,
      },
    },
  });
}

/** The refusal of one side of a conversion without the other. */
export const conversionHalf = ({ row }: SwissquoteRow): Read<never> =>
  row.refuseCell('Transaction', {
    code: 'import.other-half-missing',
    reason: 'The other side of this currency conversion is not in the file.',
    fix: 'Export a period that holds both rows of the conversion.',
  });

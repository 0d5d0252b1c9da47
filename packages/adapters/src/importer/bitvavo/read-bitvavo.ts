import { absolute, atPrice, type Decimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  isFiat,
  type Outcome,
  type Read,
  Reading,
  type Row,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';

/** Reads a whole history. */
export function readBitvavo(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  for (const row of rows) reading.settle([row.line], readRow(row));
  return reading.finish();
}

const final: ReadonlySet<string> = new Set(['completed', 'distributed']);

type Meaning = 'buy' | 'sell' | 'in' | 'out' | 'staking' | 'other-income';

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['buy', 'buy'],
  ['sell', 'sell'],
  ['deposit', 'in'],
  ['withdrawal', 'out'],
  ['staking', 'staking'],
  ['fixed_staking', 'staking'],
  ['rebate', 'other-income'],
  ['affiliate', 'other-income'],
  ['campaign_new_user_incentive', 'other-income'],
]);

function readRow(row: Row): Read<Outcome> {
  const meaning = meanings.get(row.text('Type'));
  if (!meaning) return row.unknown('Type');
  if (!final.has(row.text('Status').toLowerCase())) {
    return ok({ ignored: `Not carried out: its status is ${row.text('Status') || 'empty'}.` });
  }
  const facts = factsOf(row);
  if (!facts.ok) return facts;
  const made = transactionOf(row, meaning, facts.value);
  if (!made.ok) return made;
  const id = row.text('Transaction ID');
  return ok({
    row: { line: row.line, ...(id === '' ? {} : { externalId: id }), transaction: made.value },
  });
}

interface Facts {
  readonly head: { readonly effectiveAt: string; readonly time?: string };
  readonly coin: string;
  readonly quantity: Decimal;
  readonly fee: Decimal;
}

function factsOf(row: Row): Read<Facts> {
  const read = all({
    when: row.when('Date'),
    coin: row.required('Currency'),
    amount: row.decimal('Amount'),
    fee: row.decimalOrZero('Fee amount'),
  });
  if (!read.ok) return read;
  const { when, coin, amount, fee } = read.value;
  if (amount === 0n) {
    return row.refuseCell('Amount', {
      code: 'import.zero',
      reason: 'The row moves nothing: its amount is 0.',
      fix: 'Correct the amount, or leave the row out.',
    });
  }
  const clock = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$/.exec(row.text('Time'))?.[0];
  const head = { ...whenFields(when), ...(clock === undefined ? {} : { time: clock }) };
  return ok({ head, coin, quantity: absolute(amount), fee });
}

function transactionOf(row: Row, meaning: Meaning, facts: Facts): Read<ImportedTransaction> {
  if (meaning === 'buy' || meaning === 'sell') return trade(row, meaning, facts);
  const feeCoin = row.text('Fee currency');
  if (facts.fee !== 0n) {
    return row.refuseCell('Fee amount', {
      code: 'import.unclear-fee',
      reason: `The row does not tell whether the fee of ${row.text('Fee amount')} ${feeCoin} is part of its amount.`,
      fix: 'Record this row by hand with the units that really left or came.',
    });
  }
  return meaning === 'in' || meaning === 'out'
    ? ok(movement(meaning, facts))
    : income(row, meaning, facts);
}

/** What was paid has the fee in it, what was received is without it. */
function trade(row: Row, type: 'buy' | 'sell', facts: Facts): Read<ImportedTransaction> {
  const read = all({
    currency: row.required('Received / Paid Currency'),
    net: row.decimal('Received / Paid Amount'),
    price: row.optionalPrice('Quote Price'),
  });
  if (!read.ok) return read;
  const { currency, net, price } = read.value;
  const feeCoin = row.text('Fee currency');
  if (facts.fee !== 0n && feeCoin !== currency) {
    return row.refuseCell('Fee currency', {
      code: 'import.unclear-fee',
      reason: `The fee is in ${feeCoin || 'no currency'} and the payment in ${currency}.`,
      fix: 'Record this row by hand.',
    });
  }
  const amount = type === 'buy' ? absolute(net) - facts.fee : absolute(net) + facts.fee;
  if (amount < 0n) {
    return row.refuseCell('Fee amount', {
      code: 'import.negative-worth',
      reason: 'The fee is more than what was paid.',
      fix: 'Correct the fee or the amount.',
    });
  }
  const quoted = price !== undefined && row.text('Quote Currency') === currency ? { price } : {};
  return ok({
    ...facts.head,
    type,
    instrument: { symbol: facts.coin, kind: 'crypto', currency },
    quantity: facts.quantity,
    ...quoted,
    amount,
    currency,
    fee: facts.fee,
    tax: 0n,
  });
}

/** The history is of a European exchange: what it is not paid in is valued in euros. */
const base = 'EUR';

function movement(way: 'in' | 'out', { head, coin, quantity }: Facts): ImportedTransaction {
  if (isFiat(coin)) {
    return {
      ...head,
      type: way === 'in' ? 'deposit' : 'withdrawal',
      amount: quantity,
      currency: coin,
    };
  }
  return {
    ...head,
    type: way === 'in' ? 'delivery-in' : 'delivery-out',
    instrument: { symbol: coin, kind: 'crypto' },
    quantity,
    currency: base,
    fee: 0n,
    tax: 0n,
  };
}

/** Rewards in coins whose worth the row does not state count as 0: all they are worth is gain. */
function income(
  row: Row,
  type: 'staking' | 'other-income',
  { head, coin, quantity }: Facts,
): Read<ImportedTransaction> {
  const plain = { ...head, type, fee: 0n, tax: 0n };
  if (isFiat(coin))
    return ok({ ...plain, instrument: undefined, amount: quantity, currency: coin });
  const price = row.optionalPrice('Quote Price');
  if (!price.ok) return price;
  const worth = price.value === undefined ? 0n : atPrice(quantity, price.value);
  const currency = price.value === undefined ? base : row.text('Quote Currency') || base;
  const instrument = { symbol: coin, kind: 'crypto' } as const;
  return ok({
    ...plain,
    instrument,
    amount: worth,
    currency,
    reinvested: { instrument, quantity },
  });
}

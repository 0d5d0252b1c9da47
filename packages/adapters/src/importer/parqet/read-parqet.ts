import type { InstrumentKind } from '@plimsoll/domain';
import { absolute, type Decimal, ok, type Price } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  type Outcome,
  type Read,
  Reading,
  type Row,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';

const numberColumns = ['price', 'shares', 'amount', 'tax', 'fee'];

/** Reads a whole export. */
export function readParqet(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: decimalOf(table), days: 'dmy' });
  const reading = new Reading(refused);
  const brokers = new Set(rows.map((row) => row.text('broker')).filter((broker) => broker !== ''));
  for (const row of rows) {
    const account = brokers.size > 1 ? row.text('broker') : '';
    reading.settle([row.line], readActivity(row, account));
  }
  return reading.finish();
}

/** Exports have a decimal comma or point by the language of the account, and never group digits. */
function decimalOf(table: CsvTable): '.' | ',' {
  const columns = numberColumns.map((title) => table.header.indexOf(title));
  const hasComma = table.records.some((record) =>
    columns.some((at) => (record.cells[at] ?? '').includes(',')),
  );
  return hasComma ? ',' : '.';
}

type Maker = (facts: Facts) => ImportedTransaction;

interface Facts {
  readonly head: {
    readonly effectiveAt: string;
    readonly time?: string;
    readonly currency: string;
  };
  readonly instrument: InstrumentHint;
  readonly quantity: Decimal;
  readonly price: Price | undefined;
  readonly amount: Decimal;
  readonly charges: { readonly fee: Decimal; readonly tax: Decimal };
}

const trade =
  (type: 'buy' | 'sell'): Maker =>
  ({ head, instrument, quantity, price, amount, charges }) => ({
    ...head,
    type,
    instrument: { ...instrument, currency: head.currency },
    quantity,
    ...(price === undefined ? {} : { price }),
    amount,
    ...charges,
  });

const delivery =
  (type: 'delivery-in' | 'delivery-out'): Maker =>
  ({ head, instrument, quantity, amount, charges }) => ({
    ...head,
    type,
    instrument,
    quantity,
    amount,
    ...charges,
  });

const dividend: Maker = ({ head, instrument, amount, charges }) => ({
  ...head,
  type: 'dividend',
  instrument,
  amount,
  ...charges,
});

const ofUnits: ReadonlyMap<string, Maker> = new Map([
  ['buy', trade('buy')],
  ['sell', trade('sell')],
  ['transferin', delivery('delivery-in')],
  ['transferout', delivery('delivery-out')],
  ['dividend', dividend],
]);

function readActivity(row: Row, account: string): Read<Outcome> {
  const read = row.text('assettype').toLowerCase() === 'cash' ? readCash(row) : readUnits(row);
  if (!read.ok) return read;
  return ok({
    row: { line: row.line, ...(account === '' ? {} : { account }), transaction: read.value },
  });
}

function readUnits(row: Row): Read<ImportedTransaction> {
  const type = row.text('type').toLowerCase();
  const make = ofUnits.get(type);
  if (!make) return readCash(row);
  const read = all({
    head: headOf(row),
    instrument: instrumentOf(row),
    quantity: type === 'dividend' ? row.decimalOrZero('shares') : row.positive('shares'),
    price: row.optionalPrice('price'),
    amount: row.decimal('amount'),
    charges: chargesOf(row),
  });
  if (!read.ok) return read;
  const { amount } = read.value;
  return ok(make({ ...read.value, amount: type === 'dividend' ? amount : absolute(amount) }));
}

/** The day and time as the account shows them, beside the instant in UTC. */
function headOf(row: Row): Read<Facts['head']> {
  const read = all({ when: row.when('date'), currency: row.currency('currency') });
  if (!read.ok) return read;
  const clock = row.text('time');
  const time = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(clock) ? { time: clock } : {};
  return ok({ ...whenFields(read.value.when), ...time, currency: read.value.currency });
}

const chargesOf = (row: Row): Read<Facts['charges']> =>
  all({ fee: row.decimalOrZero('fee'), tax: row.decimalOrZero('tax') });

const isinShape = /^[A-Z]{2}[A-Z0-9]{9}\d$/;
const kinds: Readonly<Record<string, InstrumentKind>> = {
  crypto: 'crypto',
  commodity: 'commodity',
};

function instrumentOf(row: Row): Read<InstrumentHint> {
  const identifier = row.text('identifier');
  const name = row.text('holdingname') || row.text('holdingnickname');
  const missing = row.required('identifier');
  if (!missing.ok && name === '') return missing;
  const kind = kinds[row.text('assettype').toLowerCase()];
  const code = isinShape.test(identifier) ? { isin: identifier } : { symbol: identifier };
  return ok({
    ...(identifier === '' ? {} : code),
    ...(name === '' ? {} : { name }),
    ...(kind === undefined ? {} : { kind }),
  });
}

/** Rows of cash accounts, and those that are of cash whatever the asset. */
function readCash(row: Row): Read<ImportedTransaction> {
  const type = row.text('type').toLowerCase();
  const read = all({ head: headOf(row), amount: row.decimal('amount'), charges: chargesOf(row) });
  if (!cashTypes.has(type)) return row.unknown('type');
  if (!read.ok) return read;
  const { head, amount, charges } = read.value;
  if (amount === 0n) {
    return row.refuseCell('amount', {
      code: 'import.zero',
      reason: 'The row moves no cash: its amount is 0.',
      fix: 'Correct the amount, or leave the row out.',
    });
  }
  if (type === 'interest') return ok({ ...head, type, instrument: undefined, amount, ...charges });
  if (charges.fee !== 0n || charges.tax !== 0n) return refuseCharges(row);
  if (type === 'fee' || type === 'tax') {
    return ok({ ...head, type, instrument: undefined, amount: absolute(amount) });
  }
  const inwards = type === 'transferin' || type === 'deposit';
  return ok({ ...head, type: inwards ? 'deposit' : 'withdrawal', amount: absolute(amount) });
}

const cashTypes: ReadonlySet<string> = new Set([
  'interest',
  'deposit',
  'withdrawal',
  'transferin',
  'transferout',
  'fee',
  'tax',
]);

const refuseCharges = (row: Row) =>
  row.refuse({
    column: row.has('fee') ? 'fee' : 'tax',
    value: row.text('fee') || row.text('tax'),
    code: 'import.unused-value',
    reason: 'A movement of cash has no fee or tax of its own.',
    fix: 'Record the fee or tax as an activity of its own.',
  });

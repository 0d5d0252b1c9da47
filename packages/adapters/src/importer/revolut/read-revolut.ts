import { absolute, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  type Outcome,
  quotedIn,
  type Read,
  Reading,
  type Row,
  rowsOf,
  whenFields,
  wholeCurrency,
} from '../../importer-kit/index.ts';
import { readMoney, readQuantity, readSharePrice } from './read-figures.ts';

/** Reads a whole statement. */
export function readRevolut(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  for (const row of rows) reading.settle([row.line], readRow(row));
  return reading.finish();
}

type Reader = (row: Row, head: Head) => Read<Outcome>;

interface Head {
  readonly effectiveAt: string;
  readonly time?: string;
  readonly currency: string;
}

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^BUY - /, (row, head) => readTrade(row, head, 'buy')],
  [/^(?:SELL - |POSITION CLOSURE$)/, (row, head) => readTrade(row, head, 'sell')],
  [/^CASH (?:TOP-UP|WITHDRAWAL)$/, (row, head) => readCashFlow(row, head)],
  [/^DIVIDEND$/, (row, head) => readDividend(row, head)],
  [/^DIVIDEND TAX \(CORRECTION\)$/, (row, head) => readExpense(row, head, 'tax')],
  [/^(?:CUSTODY|ROBO MANAGEMENT) FEE/, (row, head) => readExpense(row, head, 'fee')],
  [/^RETURN OF CAPITAL$/, (row, head) => readReturnOfCapital(row, head)],
  [/^STOCK SPLIT$/, (row, head) => readSplit(row, head)],
  [/^TRANSFER FROM REVOLUT .+ TO REVOLUT /, (row, head) => readEntityChange(row, head)],
];

function readRow(row: Row): Read<Outcome> {
  const [, read] = readers.find(([shape]) => shape.test(row.text('Type').toUpperCase())) ?? [];
  if (!read) return row.unknown('Type');
  const head = all({ when: row.when('Date'), currency: row.currency('Currency') });
  if (!head.ok) return head;
  const { when, currency } = head.value;
  return read(row, { ...whenFields(when), currency: wholeCurrency(currency) });
}

const taken = (row: Row, transaction: ImportedTransaction): Read<Outcome> =>
  ok({ row: { line: row.line, transaction } });

const zeroFor = (row: Row, column: string) =>
  row.refuseCell(column, {
    code: 'import.zero',
    reason: `${column} is 0, so the row says nothing.`,
    fix: `Correct ${column}, or leave the row out.`,
  });

/** The statement counts in the unit in which the instrument is priced. */
function instrumentOf(row: Row): Read<InstrumentHint> {
  const ticker = row.required('Ticker');
  return ticker.ok ? ok({ symbol: ticker.value, ...quotedIn(row.text('Currency')) }) : ticker;
}

/** The total is what was paid or received, commission and rounding of the price in it. */
function readTrade(row: Row, head: Head, type: 'buy' | 'sell'): Read<Outcome> {
  const read = all({
    instrument: instrumentOf(row),
    price: readSharePrice(row),
    total: readMoney(row, 'Total Amount'),
  });
  if (!read.ok) return read;
  const { instrument, price, total } = read.value;
  const quantity = readQuantity(row, { price, total });
  if (!quantity.ok) return quantity;
  if (quantity.value === 0n) return zeroFor(row, 'Quantity');
  return taken(row, {
    ...head,
    type,
    instrument,
    quantity: absolute(quantity.value),
    ...(price === undefined ? {} : { price }),
    amount: absolute(total),
    fee: 0n,
    tax: 0n,
  });
}

function readCashFlow(row: Row, head: Head): Read<Outcome> {
  const total = readMoney(row, 'Total Amount');
  if (!total.ok) return total;
  if (total.value === 0n) return zeroFor(row, 'Total Amount');
  const type = total.value > 0n ? 'deposit' : 'withdrawal';
  return taken(row, { ...head, type, amount: absolute(total.value) });
}

/** What was paid out, after the tax withheld, which the statement does not state. */
function readDividend(row: Row, head: Head): Read<Outcome> {
  const read = all({
    instrument: instrumentOf(row),
    amount: readMoney(row, 'Total Amount'),
  });
  if (!read.ok) return read;
  return taken(row, { ...head, type: 'dividend', ...read.value, fee: 0n, tax: 0n });
}

function readExpense(row: Row, head: Head, type: 'fee' | 'tax'): Read<Outcome> {
  const total = readMoney(row, 'Total Amount');
  if (!total.ok) return total;
  const ticker = instrumentOf(row);
  const instrument = ticker.ok ? ticker.value : undefined;
  return taken(row, { ...head, type, instrument, amount: -total.value });
}

function readReturnOfCapital(row: Row, head: Head): Read<Outcome> {
  const read = all({
    instrument: instrumentOf(row),
    amount: readMoney(row, 'Total Amount'),
  });
  return read.ok ? taken(row, { ...head, type: 'return-of-capital', ...read.value }) : read;
}

/** The quantity is the units that the split adds, negative where it takes some away. */
function readSplit(row: Row, head: Head): Read<Outcome> {
  const { currency: _, ...when } = head;
  const read = all({ instrument: instrumentOf(row), added: readQuantity(row) });
  if (!read.ok) return read;
  if (read.value.added === 0n) return zeroFor(row, 'Quantity');
  return taken(row, { ...when, type: 'split', ...read.value });
}

/** Accounts moved between companies of Revolut; what they hold stayed the same. */
function readEntityChange(row: Row, head: Head): Read<Outcome> {
  const total = readMoney(row, 'Total Amount');
  if (!total.ok) return total;
  if (total.value !== 0n) return readCashFlow(row, head);
  return ok({ ignored: 'The account moved to another company of Revolut; nothing in it changed.' });
}

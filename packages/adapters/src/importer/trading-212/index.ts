/**
 * Trading 212's history export. No public documentation; columns and actions are those of exports
 * from 2021 to 2026, which differ in order and in what they contain.
 */
import { ok } from '@plimsoll/kernel';
import type { ImportedTransaction, ImportFile, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  defineImporter,
  headerMissing,
  headHasHeader,
  type Read,
  Reading,
  type Row,
  readCsv,
  rowsOf,
} from '../../importer-kit/index.ts';
import { type Activity, titledCurrencies, unknownCharge } from './activity.ts';
import { conversion, fee, flow, income } from './cash.ts';
import { dividend } from './dividend.ts';
import { trade } from './trade.ts';
import { delivery, split, splitHalf, stockDistribution } from './units.ts';

const titles = ['Action', 'ISIN', 'Ticker', 'No. of shares', 'Price / share'];
const shape = { delimiter: ',', headerHas: titles } as const;

const tradeAction = /^(?:market|limit|stop|stop limit) (buy|sell)$/;

/** What a row of this action is; undefined where the action is not known. */
function transactionOf(activity: Activity): Read<ImportedTransaction> | undefined {
  const { action } = activity;
  const side = tradeAction.exec(action)?.[1];
  if (side === 'buy' || side === 'sell') return trade(activity, side);
  if (action === 'dividend (return of capital)') return returnOfCapital(activity);
  if (action === 'dividend' || action.startsWith('dividend (')) return dividend(activity);
  switch (action) {
    case 'dividend adjustment':
      return income(activity, 'dividend');
    case 'interest on cash':
    case 'lending interest':
    case 'share lending interest':
      return income(activity, 'interest');
    case 'spending cashback':
    case 'cashback':
    case 'result adjustment':
      return income(activity, 'other-income');
    case 'deposit':
    case 'withdrawal':
    case 'card debit':
    case 'card credit':
    case 'spending':
      return flow(activity);
    case 'new card cost':
    case 'adr fee':
      return fee(activity);
    case 'currency conversion':
      return conversion(activity);
    case 'stock distribution':
    case 'custom stock distribution':
      return stockDistribution(activity);
    case 'transfer in':
      return delivery(activity, 'delivery-in');
    case 'transfer out':
      return delivery(activity, 'delivery-out');
    default:
      return undefined;
  }
}

function returnOfCapital(activity: Activity): Read<ImportedTransaction> {
  const paid = dividend(activity);
  if (!paid.ok || paid.value.type !== 'dividend') return paid;
  const { effectiveAt, time, instrument, amount, currency, settlement } = paid.value;
  if (!instrument) return activity.row.unknown('Action');
  return ok({
    type: 'return-of-capital',
    effectiveAt,
    ...(time === undefined ? {} : { time }),
    instrument,
    amount,
    currency,
    ...(settlement === undefined ? {} : { settlement }),
  });
}

/** Splits wait for their other row under the instrument's name. */
type HalfSplits = Map<string, Activity[]>;

function readSplit(reading: Reading, halves: HalfSplits, half: Activity): void {
  const { row } = half;
  const key = `${row.text('ISIN') || row.text('Ticker')} ${half.when.day}`;
  const queue = halves.get(key) ?? [];
  halves.set(key, queue);
  const other = queue[0];
  if (!other || other.action === half.action) {
    queue.push(half);
    return;
  }
  queue.shift();
  const [close, open] = half.action === 'stock split close' ? [half, other] : [other, half];
  reading.settle(
    [row.line, other.row.line].toSorted((a, b) => a - b),
    split(close, open),
  );
}

/** Takes rows of one table, all under the same header. */
interface Section {
  readonly table: CsvTable;
  readonly ids: ReadonlySet<string>;
  readonly halves: HalfSplits;
  readonly reading: Reading;
}

/** The transaction of a row that stands for itself. */
function readActivity(activity: Activity, header: readonly string[]): Read<ImportedTransaction> {
  const { row } = activity;
  const transaction = transactionOf(activity) ?? row.unknown('Action');
  const charge = unknownCharge(row, header);
  if (!transaction.ok || charge === undefined) return transaction;
  return row.refuseCell(charge, {
    code: 'import.unknown-charge',
    reason: `${charge} is not known; it may be a charge of this row.`,
    fix: 'Record this row by hand, and please report the column so that it can be added.',
  });
}

const timeTitle = /^Time( \(UTC\))?$/;

function readRow(section: Section, row: Row, titled: Activity['titled']): void {
  const { table, reading, ids, halves } = section;
  const timeColumn = table.header.find((title) => timeTitle.test(title)) ?? 'Time';
  const read = all({ action: row.required('Action'), when: row.when(timeColumn) });
  if (!read.ok) {
    reading.refuse(read.fault);
    return;
  }
  const activity = { row, titled, when: read.value.when, action: read.value.action.toLowerCase() };
  if (/^stock split (open|close)$/.test(activity.action)) {
    readSplit(reading, halves, activity);
    return;
  }
  const transaction = readActivity(activity, table.header);
  const id = row.text('ID');
  const externalId = ids.has(id) ? { externalId: id } : {};
  const outcome = transaction.ok
    ? ok({ row: { line: row.line, ...externalId, transaction: transaction.value } })
    : transaction;
  reading.settle([row.line], outcome);
}

/** Where the columns stand since 2024, up to the last that every row has. */
const newerTitles = [
  'Action',
  'Time',
  'ISIN',
  'Ticker',
  'Name',
  'Notes',
  'ID',
  'No. of shares',
  'Price / share',
  'Currency (Price / share)',
  'Exchange rate',
  'Result',
  'Currency (Result)',
  'Total',
  'Currency (Total)',
];

/** An id where the header has none: the row was pasted below from an export of the newer order. */
const hasNewerOrder = (cells: readonly string[], header: readonly string[]): boolean =>
  header[6] !== 'ID' && /^EOF\d+$/.test((cells[6] ?? '').trim());

type OpenSection = CsvTable & { readonly records: CsvTable['records'][number][] };

/**
 * Exports cover a year at most and are often joined: each header starts a new table, and so do rows
 * that were pasted from an export of the newer order without its header.
 */
function sectionsOf(table: CsvTable): readonly CsvTable[] {
  const sections: OpenSection[] = [{ ...table, records: [] }];
  const pasted: OpenSection = { ...table, header: newerTitles, records: [] };
  for (const record of table.records) {
    const cells = record.cells.map((cell) => cell.trim().replace(/^\uFEFF/, ''));
    const current = sections.at(-1);
    if (cells[0] === 'Action' && titles.every((title) => cells.includes(title))) {
      sections.push({ ...table, header: cells, headerLine: record.line, records: [] });
    } else if (hasNewerOrder(cells, current?.header ?? [])) {
      pasted.records.push(record);
    } else {
      current?.records.push(record);
    }
  }
  return pasted.records.length > 0 ? [...sections, pasted] : sections;
}

/** Ids that only one row has: some rows of one order share theirs. */
function uniqueIds(rows: readonly Row[]): ReadonlySet<string> {
  const once = new Set<string>();
  const more = new Set<string>();
  for (const row of rows) {
    const id = row.text('ID');
    if (once.has(id)) more.add(id);
    else if (id !== '') once.add(id);
  }
  return once.difference(more);
}

function parse(file: ImportFile): ParsedFile {
  const whole = readCsv(file.text, shape);
  if (!whole) return headerMissing(file.text, titles);
  const tables = sectionsOf(whole);
  const read = tables.map((table) => rowsOf(table, { decimal: '.', days: 'ymd' }));
  const reading = new Reading(read.flatMap(({ refused }) => refused));
  const ids = uniqueIds(read.flatMap(({ rows }) => rows));
  const halves: HalfSplits = new Map();
  tables.forEach((table, at) => {
    if (table.headerLine > whole.headerLine)
      reading.ignore(table.headerLine, 'The header of a further export.');
    const titled = titledCurrencies(table.header);
    const section = { table, ids, halves, reading };
    for (const row of read[at]?.rows ?? []) readRow(section, row, titled);
  });
  for (const half of [...halves.values()].flat()) reading.settle([half.row.line], splitHalf(half));
  return reading.finish();
}

export default defineImporter({
  id: 'trading-212',
  title: 'Trading 212 history (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse,
});

/**
 * BUX's transactions. No public documentation; columns, categories and types are those of exports
 * from 2020 to 2025.
 */
import { ok } from '@plimsoll/kernel';
import type { ImportFile, ParsedFile } from '@plimsoll/ports';
import {
  defineImporter,
  headerMissing,
  headHasHeader,
  Reading,
  readCsv,
  rowsOf,
} from '../../importer-kit/index.ts';
import { isRedeemed, isSplitSide, split, splitHalf } from './split.ts';
import { type BuxRow, buxRow, trade, transactionOf } from './transaction.ts';

const titles = [
  'Transaction Time (CET)',
  'Transaction Category',
  'Transaction Type',
  'Transaction Amount',
  'Asset Id',
  'Asset Quantity',
];
const shape = { delimiter: ',', headerHas: titles } as const;

const sideOf = ({ category, type }: BuxRow): 'buy' | 'sell' | undefined => {
  if (category !== 'trades') return undefined;
  if (type === 'Buy Trade') return 'buy';
  return type === 'Sell Trade' ? 'sell' : undefined;
};

/** An order's fills and its fee are booked within the same second. */
const moment = (of: BuxRow): string =>
  `${of.assetId} ${of.when.day} ${(of.when.time ?? '').slice(0, 8)}`;

function settleTrades(reading: Reading, rows: readonly BuxRow[]): ReadonlySet<BuxRow> {
  const isFee = (of: BuxRow) => of.category === 'fees' && of.type === 'Trading Fee';
  const fees = Map.groupBy(rows.filter(isFee), moment);
  const done = new Set<BuxRow>();
  for (const of of rows) {
    const side = sideOf(of);
    if (!side) continue;
    const own = (fees.get(moment(of)) ?? []).filter((fee) => fee.currency === of.currency);
    if (own.length > 0) fees.delete(moment(of));
    const transaction = trade(of, side, own);
    const lines = [of, ...own].map((row) => row.line).toSorted((a, b) => a - b);
    const source = { line: lines[0] ?? of.line, ...(lines.length > 1 ? { lines } : {}) };
    const outcome = transaction.ok
      ? ok({ row: { ...source, transaction: transaction.value } })
      : transaction;
    reading.settle(lines, outcome);
    for (const row of [of, ...own]) done.add(row);
  }
  return done;
}

function settleSplits(reading: Reading, rows: readonly BuxRow[]): void {
  const groups = Map.groupBy(rows, (of) => `${of.assetId} ${of.when.day}`);
  for (const group of groups.values()) {
    const redeemed = group.filter(isRedeemed);
    const deposited = group.filter((of) => !isRedeemed(of));
    const [out, into] = [redeemed[0], deposited[0]];
    if (out && into && group.length === 2) reading.settle([out.line, into.line], split(out, into));
    else for (const of of group) reading.settle([of.line], splitHalf(of));
  }
}

function settleSingle(reading: Reading, of: BuxRow): void {
  const transaction = transactionOf(of);
  const outcome = transaction.ok
    ? ok({ row: { line: of.line, transaction: transaction.value } })
    : transaction;
  reading.settle([of.line], outcome);
}

function parse(file: ImportFile): ParsedFile {
  const table = readCsv(file.text, shape);
  if (!table) return headerMissing(file.text, titles);
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  const read: BuxRow[] = [];
  for (const row of rows) {
    const result = buxRow(row);
    if (result.ok) read.push(result.value);
    else reading.refuse(result.fault);
  }
  const done = settleTrades(reading, read);
  settleSplits(reading, read.filter(isSplitSide));
  for (const of of read) {
    if (!done.has(of) && !isSplitSide(of)) settleSingle(reading, of);
  }
  return reading.finish();
}

export default defineImporter({
  id: 'bux',
  title: 'BUX transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse,
});

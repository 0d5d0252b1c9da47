/**
 * Swissquote's transactions in English. No public documentation; columns and kinds are those of
 * exports from 2020 to 2026.
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
import { statedCash } from './stated-cash.ts';
import { type SwissquoteRow, swissquoteRow } from './swissquote-row.ts';
import { conversion, conversionHalf, transactionOf } from './transaction.ts';

const titles = ['Date', 'Order #', 'Transaction', 'Unit price', 'Costs', 'Net Amount', 'Currency'];
const shape = { delimiter: ';', headerHas: titles } as const;

const isConversion = (row: SwissquoteRow): boolean => /^(forex|fx) (credit|debit)$/.test(row.kind);

/** Both sides of a conversion carry its order number. */
function settleConversions(reading: Reading, rows: readonly SwissquoteRow[]): void {
  for (const group of Map.groupBy(rows, (row) => row.order).values()) {
    const paid = group.filter((row) => row.kind.endsWith('debit'));
    const received = group.filter((row) => row.kind.endsWith('credit'));
    for (let at = 0; at < Math.max(paid.length, received.length); at++) {
      settlePair(reading, paid[at], received[at]);
    }
  }
}

function settlePair(reading: Reading, out?: SwissquoteRow, into?: SwissquoteRow): void {
  if (out && into) {
    reading.settle([out.line, into.line], conversion(out, into));
    return;
  }
  const half = out ?? into;
  if (half) reading.settle([half.line], conversionHalf(half));
}

function settleSingle(reading: Reading, row: SwissquoteRow): void {
  if (row.net === 0n && row.costs === 0n && !/^(buy|sell)$/.test(row.kind)) {
    const known = transactionOf(row);
    const outcome = known.ok ? ok({ ignored: 'The row moves no cash.' }) : known;
    reading.settle([row.line], outcome);
    return;
  }
  const transaction = transactionOf(row);
  const outcome = transaction.ok
    ? ok({ row: { line: row.line, transaction: transaction.value } })
    : transaction;
  reading.settle([row.line], outcome);
}

function parse(file: ImportFile): ParsedFile {
  const table = readCsv(file.text, shape);
  if (!table) return headerMissing(file.text, titles);
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'dmy' });
  const reading = new Reading(refused);
  const read: SwissquoteRow[] = [];
  for (const row of rows) {
    const result = swissquoteRow(row);
    if (result.ok) read.push(result.value);
    else reading.refuse(result.fault);
  }
  settleConversions(reading, read.filter(isConversion));
  for (const row of read) {
    if (!isConversion(row)) settleSingle(reading, row);
  }
  const totals = statedCash(read);
  return reading.finish(totals === undefined ? {} : { totals }, 'newest-first');
}

export default defineImporter({
  id: 'swissquote',
  title: 'Swissquote transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse,
});

import { ok } from '@plimsoll/kernel';
import type { ImportedTransaction, ParsedFile } from '@plimsoll/ports';
import { type CsvTable, type Read, Reading, type Row, rowsOf } from '../../importer-kit/index.ts';
import { type Pair, pairMaturities, pairMigrations } from './pairs.ts';
import { readCashRow } from './read-cash-row.ts';
import { readSecuritiesRow } from './read-securities-row.ts';
import type { RowReading } from './row-reading.ts';

/** Reads the transaction export of the app. */
export function readTransactionExport(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  const accountOf = accountsIn(rows);
  const pairs = [...pairMigrations(rows), ...pairMaturities(rows)];
  const paired = new Set(pairs.flatMap((pair) => pair.lines));
  for (const pair of pairs) settlePair(reading, pair, accountOf);
  for (const row of rows) {
    if (paired.has(row.line)) continue;
    const read = readRow(row);
    if (!read.ok) reading.refuse(read.fault);
    else if ('ignored' in read.value) reading.ignore(row.line, read.value.ignored);
    else takeAll(reading, row, { ...read.value, account: accountOf(row) });
  }
  return reading.finish({ currency: 'EUR' });
}

function readRow(row: Row): Read<RowReading> {
  switch (row.text('type')) {
    case 'PRIVATE_MARKET_BUY':
      return ok({
        ignored: 'Cash set aside for an order; the purchase itself is a row of its own.',
      });
    case 'MIGRATION':
      return alone(row, 'Units migrate in two rows of the same size, out and in.');
    case 'REDEMPTION':
    case 'FINAL_MATURITY':
      return row.has('amount') && row.has('shares')
        ? readSecuritiesRow(row)
        : alone(row, 'A redemption stands in two rows, one of units and one of cash.');
  }
  return row.text('category') === 'CASH' ? readCashRow(row) : readSecuritiesRow(row);
}

const alone = (row: Row, reason: string) =>
  row.refuseCell('type', {
    code: 'import.half-missing',
    reason: `${reason} The other one is not in the file.`,
    fix: 'Export a period that has both, or record it by hand.',
  });

/** Ids of the second transaction of a row get a suffix, for an id names one transaction. */
function takeAll(
  reading: Reading,
  row: Row,
  { transactions, account }: { transactions: readonly ImportedTransaction[]; account: string },
): void {
  const id = row.text('transaction_id');
  transactions.forEach((transaction, at) => {
    reading.take({
      line: row.line,
      ...(id === '' ? {} : { externalId: at === 0 ? id : `${id}/${at + 1}` }),
      ...(account === '' ? {} : { account }),
      transaction,
    });
  });
}

function settlePair(reading: Reading, pair: Pair, accountOf: (row: Row) => string): void {
  const { lines, first, outcome } = pair;
  const account = accountOf(first);
  const id = first.text('transaction_id');
  const origin = {
    line: Math.min(...lines),
    lines,
    ...(id === '' ? {} : { externalId: id }),
    ...(account === '' ? {} : { account }),
  };
  if (!outcome.ok) reading.settle(lines, outcome);
  else if ('ignored' in outcome.value) reading.settle(lines, ok(outcome.value));
  else reading.take({ ...origin, transaction: outcome.value.transaction });
}

/** The account type is an account of its own where the file holds several. */
function accountsIn(rows: readonly Row[]): (row: Row) => string {
  const types = new Set(rows.map((row) => row.text('account_type')).filter((type) => type !== ''));
  return (row) => (types.size > 1 ? row.text('account_type') : '');
}

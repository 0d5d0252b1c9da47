// The exporters and the English and German texts of github.com/portfolio-performance/portfolio
// (seen 2026-11-21).
import type { ImportedRow, ImportOptions, ParsedFile } from '@plimsoll/ports';
import {
  type CsvTable,
  guessDelimiter,
  headerMissing,
  Reading,
  type Row,
  readRecords,
  rowsOf,
} from '../../importer-kit/index.ts';
import { PpAccounts } from './pp-accounts.ts';
import { isPpHeader, type PpTitles, titlesIn } from './pp-columns.ts';
import { type PpRow, readPpRow } from './pp-row.ts';
import { transactionOf, transferTo } from './pp-transaction.ts';

/** The table below the header, which is the first line. */
export function ppTable(text: string): CsvTable | undefined {
  const delimiter = guessDelimiter(text);
  const [header, ...records] = readRecords(text, delimiter);
  const titles = header?.cells.map((cell) => cell.trim()) ?? [];
  if (!header || !isPpHeader(titles)) return undefined;
  return { delimiter, header: titles, headerLine: header.line, preamble: [], records };
}

const commaEnds = /,(?:\d{1,2}|\d{4,})$/;
const pointEnds = /\.(?:\d{1,2}|\d{4,})$/;

/** The mark before fractions, told by numbers that can be read in one way only. */
function decimalMark(table: CsvTable, titles: PpTitles): '.' | ',' {
  const columns = [titles.value, titles.gross, titles.fees, titles.taxes, titles.shares]
    .map((title) => (title === undefined ? -1 : table.header.indexOf(title)))
    .filter((at) => at >= 0);
  let balance = 0;
  for (const { cells } of table.records) {
    for (const at of columns) {
      const text = (cells[at] ?? '').trim();
      if (commaEnds.test(text)) balance++;
      if (pointEnds.test(text)) balance--;
    }
  }
  if (balance !== 0) return balance > 0 ? ',' : '.';
  return table.delimiter === ';' ? ',' : '.';
}

const isoDay = /^\d{4}-\d\d-\d\d/;

const dayFormat = (table: CsvTable, titles: PpTitles): 'ymd' | 'dmy' => {
  const at = table.header.indexOf(titles.date ?? '');
  return table.records.some(({ cells }) => isoDay.test((cells[at] ?? '').trim())) ? 'ymd' : 'dmy';
};

interface Taken {
  readonly source: Row;
  readonly row: PpRow;
}

/** Trades tie accounts together; who pays for nothing stays alone. */
function accountsIn(taken: readonly Taken[]): PpAccounts {
  const names = taken.flatMap(({ row }) => [row.account, row.offset]).filter((name) => name !== '');
  const ties = taken
    .filter(
      ({ row }) =>
        (row.type === 'BUY' || row.type === 'SELL') && row.account !== '' && row.offset !== '',
    )
    .map(({ row }) => ({ securities: row.account, cash: row.offset }));
  return new PpAccounts(names, ties);
}

const isTransfer = (row: PpRow): boolean =>
  row.type.startsWith('TRANSFER') && row.account !== '' && row.offset !== '';

const needsUnits = new Set<PpRow['type']>(['BUY', 'SELL', 'DELIVERY_INBOUND', 'DELIVERY_OUTBOUND']);

const movesNothing = (row: PpRow): boolean =>
  row.net === 0n &&
  row.shares === 0n &&
  row.fee === 0n &&
  row.tax === 0n &&
  !needsUnits.has(row.type);

function takeTransfer({ source, row }: Taken, accounts: PpAccounts, reading: Reading): void {
  const from = accounts.nameOf(row.account);
  const to = accounts.nameOf(row.offset);
  if (from === to) reading.ignore(row.line, 'Moves within the account.');
  else if (row.type === 'TRANSFER_IN') {
    reading.ignore(row.line, `The receiving side of the transfer that ${row.offset} has.`);
  } else {
    const transfer = transferTo(row, source, to);
    if (transfer.ok) reading.take({ line: row.line, account: from, transaction: transfer.value });
    else reading.refuse(transfer.fault);
  }
}

function take({ source, row }: Taken, accounts: PpAccounts, reading: Reading): void {
  const transaction = transactionOf(row, source);
  if (!transaction.ok) {
    reading.refuse(transaction.fault);
    return;
  }
  const owner: Pick<ImportedRow, 'account'> =
    row.account === '' || accounts.count < 2 ? {} : { account: accounts.nameOf(row.account) };
  reading.take({ line: row.line, ...owner, transaction: transaction.value });
}

/** The one currency that cash is kept in. */
function currencyOf(taken: readonly Taken[]): string | undefined {
  const currencies = new Set(taken.map(({ row }) => row.currency));
  const [only] = currencies;
  return currencies.size === 1 ? only : undefined;
}

/** Reads a table of transactions in English or German. */
export function parsePpCsv(text: string, options: ImportOptions): ParsedFile {
  const table = ppTable(text);
  if (!table)
    return headerMissing(text, ['Date', 'Type', 'Value', 'Shares', 'Transaction Currency']);
  const titles = titlesIn(table.header);
  const style = { decimal: decimalMark(table, titles), days: dayFormat(table, titles) };
  const { rows, refused } = rowsOf(table, style);
  const reading = new Reading(refused);
  const taken: Taken[] = [];
  for (const source of rows) {
    const row = readPpRow(source, titles, options.currency);
    if (row.ok) taken.push({ source, row: row.value });
    else reading.refuse(row.fault);
  }
  const accounts = accountsIn(taken);
  for (const each of taken) {
    if (movesNothing(each.row)) reading.ignore(each.row.line, 'The row moves no money.');
    else (isTransfer(each.row) ? takeTransfer : take)(each, accounts, reading);
  }
  const currency = currencyOf(taken);
  return reading.finish(currency === undefined ? {} : { currency });
}

// The broker publishes no specification of this file; sections and columns are as open readers'
// tests write them (seen 2026-11-21).
import type { ParsedFile } from '@plimsoll/ports';
import { IbkrBook } from '../../importer-kit/ibkr/ibkr-book.ts';
import { parseIbkrRecords } from '../../importer-kit/ibkr/parse-ibkr-records.ts';
import {
  type CsvRecord,
  headerMissing,
  readRecords,
  refusedRow,
} from '../../importer-kit/index.ts';
import { ActivityInstruments } from './activity-instruments.ts';
import { type ActivityRow, activityRecord, activitySections } from './activity-record.ts';
import { ColumnTexts } from './column-texts.ts';
import { TotalsGathered } from './stated-totals.ts';
import { unreadableRecord } from './unreadable-record.ts';

const start = /^\uFEFF?"?Statement"?,"?Header"?,/;

/** Whether the text is an activity statement. */
export const isActivityStatement = (text: string): boolean => start.test(text.slice(0, 200));

const isTotal = (row: ActivityRow): boolean =>
  /^(?:Sub)?Total/i.test(row.discriminator) ||
  /^(?:Sub)?Total/i.test(row.columns.text(row.cells, 'currency')) ||
  /^(?:Sub)?Total/i.test(row.columns.text(row.cells, 'assetCategory')) ||
  /^Total/i.test(row.columns.other(row.cells, 'Subtitle'));

/** Reads the rows of a statement, each under the last header of its section. */
class ActivityStatement {
  readonly book = new IbkrBook();
  readonly totals = new TotalsGathered();
  readonly instruments = new ActivityInstruments();
  readonly rows: ActivityRow[] = [];
  baseCurrency: string | undefined;
  accountId = '';
  readonly #headers = new Map<string, ColumnTexts>();

  read(record: CsvRecord): void {
    const refusal = unreadableRecord(record);
    if (refusal) {
      this.book.refuseRow(refusal);
      return;
    }
    const [section = '', discriminator = '', ...cells] = record.cells.map((cell) => cell.trim());
    if (discriminator === 'Header') {
      this.#headers.set(section, new ColumnTexts(cells));
      this.book.ignore(record.line, 'A header.');
      return;
    }
    const columns = this.#headers.get(section);
    if (columns) this.#readRow({ section, discriminator, cells, columns, line: record.line });
    else if (discriminator === 'Notes' || section === 'Notes/Legal Notes')
      this.book.ignore(record.line, 'A note.');
    else this.#refuseStray(record, section);
  }

  #refuseStray(record: CsvRecord, section: string): void {
    this.book.refuseRow(
      refusedRow(record.line, {
        column: null,
        value: record.cells.join(','),
        code: 'import.no-header',
        reason: `The row is in a section "${section.slice(0, 60)}" that has no header above it.`,
        fix: 'Download the statement again; it was cut off or edited.',
      }),
    );
  }

  #readRow(row: ActivityRow): void {
    const { section, line } = row;
    if (isTotal(row)) this.book.ignore(line, 'A total.');
    else if (section in activitySections) this.rows.push(row);
    else {
      this.#readFact(row);
      this.book.ignore(line, `The section "${section.slice(0, 60)}" only describes or sums up.`);
    }
  }

  #readFact({ section, cells, columns }: ActivityRow): void {
    if (section === 'Account Information') this.#readAccount(cells[0] ?? '', cells[1] ?? '');
    if (section === 'Financial Instrument Information') this.instruments.add(columns, cells);
    if (section === 'Cash Report' && columns.other(cells, 'Currency Summary') === 'Ending Cash') {
      this.totals.cash(columns.text(cells, 'currency'), columns.other(cells, 'Total'));
    }
    if (section === 'Open Positions' && columns.other(cells, 'DataDiscriminator') !== 'Lot') {
      this.#positions.push({
        symbol: columns.text(cells, 'symbol'),
        units: columns.text(cells, 'quantity'),
      });
    }
  }

  readonly #positions: { readonly symbol: string; readonly units: string }[] = [];

  /** Positions are keyed by ISIN, which a later section of the statement gives. */
  settlePositions(): void {
    for (const { symbol, units } of this.#positions) {
      this.totals.holding(this.instruments.text(symbol, 'isin') || symbol, units);
    }
  }

  #readAccount(field: string, value: string): void {
    if (field === 'Base Currency' && /^[A-Z]{3}$/.test(value)) this.baseCurrency = value;
    if (field === 'Account') this.accountId = value.split(' ')[0] ?? '';
  }
}

/** Executions repeat the orders above them, where a statement has both. */
function withoutExecutions(rows: readonly ActivityRow[], book: IbkrBook): readonly ActivityRow[] {
  const levelOf = (row: ActivityRow): string =>
    row.section === 'Trades' ? row.columns.other(row.cells, 'DataDiscriminator') : '';
  const hasOrders = rows.some((row) => levelOf(row) === 'Order');
  return rows.filter((row) => {
    const level = levelOf(row);
    const repeats =
      level === 'ClosedLot' || level === 'Wash Sale' || (hasOrders && level === 'Trade');
    if (repeats) book.ignore(row.line, 'Tells again of the order above it.');
    return !repeats;
  });
}

/** Reads an activity statement in CSV. */
export function parseActivityStatement(text: string): ParsedFile {
  if (!isActivityStatement(text)) return headerMissing(text, ['Statement', 'Header']);
  const statement = new ActivityStatement();
  for (const record of readRecords(text, ',')) statement.read(record);
  statement.settlePositions();
  const records = withoutExecutions(statement.rows, statement.book).map((row) =>
    activityRecord(row, statement.instruments, statement.accountId),
  );
  parseIbkrRecords(records, statement.book);
  const totals = statement.totals.stated;
  return statement.book.finish({
    ...(statement.baseCurrency === undefined ? {} : { currency: statement.baseCurrency }),
    ...(totals === undefined ? {} : { totals }),
  });
}

// The same fields as Flex XML (github.com/csingley/ibflex, seen 2026-11-21), under the titles that
// sample exports have.
import type { ParsedFile } from '@plimsoll/ports';
import { IbkrBook } from '../../importer-kit/ibkr/ibkr-book.ts';
import { isIsin } from '../../importer-kit/ibkr/ibkr-instrument.ts';
import type { IbkrKind, IbkrRecord } from '../../importer-kit/ibkr/ibkr-record.ts';
import { parseIbkrRecords } from '../../importer-kit/ibkr/parse-ibkr-records.ts';
import {
  type CsvRecord,
  headerMissing,
  readRecords,
  refusedRow,
} from '../../importer-kit/index.ts';
import { ColumnTexts } from './column-texts.ts';
import { TotalsGathered } from './stated-totals.ts';
import { unreadableRecord } from './unreadable-record.ts';

type Section = IbkrKind | 'cash-report' | 'positions' | 'rates' | 'unknown';

/** Marks that a query may be set up to put around its sections. */
const marks = new Set(['BOF', 'BOA', 'BOS', 'EOS', 'EOA', 'EOF']);

const isHeader = (cells: readonly string[]): boolean =>
  cells.some((cell) => cell.trim() === 'CurrencyPrimary') ||
  (cells.includes('FromCurrency') && cells.includes('ToCurrency'));

/** What the rows under a header are, told by the columns that only they have. */
function sectionOf(columns: ColumnTexts): Section {
  if (columns.titles.includes('FromCurrency')) return 'rates';
  if (columns.titles.includes('EndingCash')) return 'cash-report';
  if (columns.titles.includes('MarkPrice')) return 'positions';
  if (columns.has('taxAmount')) return 'transaction-tax';
  if (columns.has('salesTax')) return 'sales-tax';
  if (columns.has('direction') && columns.has('quantity')) return 'transfer';
  if (columns.has('tradePrice', 'quantity')) return 'trade';
  if (columns.has('quantity', 'proceeds', 'type')) return 'corporate-action';
  return columns.has('type', 'amount') ? 'cash' : 'unknown';
}

/** Whether the text is a Flex report in CSV that has a section we read. */
export function isFlexCsv(head: string): boolean {
  const header = readRecords(head, ',')
    .slice(0, 5)
    .find((record) => isHeader(record.cells));
  return header !== undefined && sectionOf(new ColumnTexts(header.cells)) !== 'unknown';
}

/** `VT(US9220427424) CASH DIVIDEND …`: the symbol, where the report has no column for it. */
const symbolIn = (description: string): string =>
  /^([A-Z0-9.]+(?: [A-Z])?)\([A-Z0-9]{6,12}\)/.exec(description)?.[1] ?? '';

function recordOf(kind: IbkrKind, columns: ColumnTexts, { line, cells }: CsvRecord): IbkrRecord {
  const description = columns.text(cells, 'description');
  return {
    kind,
    line,
    accountId: columns.other(cells, 'ClientAccountID') || columns.other(cells, 'AccountId'),
    text: (field) =>
      field === 'symbol' && kind === 'cash' && !columns.has('symbol')
        ? symbolIn(description)
        : columns.text(cells, field),
    title: (field) => columns.title(field),
  };
}

const executionLevels = new Set(['', 'EXECUTION']);

const refuseSection = (record: CsvRecord, columns: ColumnTexts) =>
  refusedRow(record.line, {
    column: null,
    value: record.cells.join(','),
    code: 'import.unknown-section',
    reason: `No section of a Flex report that is known has the columns ${columns.titles.join(', ').slice(0, 200)}.`,
    fix: 'Leave this section out of the Flex query, or leave the row out.',
  });

/** Reads the records of a file one after another, each under the last header before it. */
class FlexCsv {
  readonly book = new IbkrBook();
  readonly totals = new TotalsGathered();
  readonly records: IbkrRecord[] = [];
  readonly #summed: { readonly level: string; readonly record: IbkrRecord }[] = [];
  #columns = new ColumnTexts([]);
  #section: Section = 'unknown';

  read(record: CsvRecord): void {
    const refusal = unreadableRecord(record);
    if (refusal) this.book.refuseRow(refusal);
    else if (isHeader(record.cells)) this.#open(record);
    else if (marks.has((record.cells[0] ?? '').trim())) {
      this.book.ignore(record.line, 'A mark between sections.');
    } else this.#readRow(record);
  }

  #open(record: CsvRecord): void {
    this.#columns = new ColumnTexts(record.cells);
    this.#section = sectionOf(this.#columns);
    this.book.ignore(record.line, 'A header.');
  }

  #readRow(record: CsvRecord): void {
    const section = this.#section;
    if (section === 'unknown') this.book.refuseRow(refuseSection(record, this.#columns));
    else if (section === 'rates') this.book.ignore(record.line, 'A rate of exchange.');
    else if (section === 'cash-report' || section === 'positions') this.#readTotal(section, record);
    else this.#readRecord(section, record);
  }

  #readRecord(kind: IbkrKind, row: CsvRecord): void {
    const record = recordOf(kind, this.#columns, row);
    const level = this.#columns.other(row.cells, 'LevelOfDetail');
    const isSummed = kind === 'trade' ? !executionLevels.has(level) : level === 'SUMMARY';
    if (isSummed) this.#summed.push({ level, record });
    else this.records.push(record);
  }

  #readTotal(section: 'cash-report' | 'positions', { line, cells }: CsvRecord): void {
    this.book.ignore(line, 'A total at the end of the report.');
    if (section === 'cash-report') {
      const currency = this.#columns.text(cells, 'currency');
      this.totals.cash(currency, this.#columns.other(cells, 'EndingCash'));
    } else if (this.#columns.other(cells, 'LevelOfDetail') !== 'LOT') {
      const isin = this.#columns.text(cells, 'isin');
      const key = isIsin(isin) ? isin : this.#columns.text(cells, 'symbol');
      this.totals.holding(key, this.#columns.text(cells, 'quantity'));
    }
  }

  /** Sums count only where the report does not have what they sum. */
  settleSums(): void {
    const detailed = new Set(this.records.map((record) => record.kind));
    for (const { level, record } of this.#summed) {
      const counts = !detailed.has(record.kind) && (level === 'ORDER' || level === 'SUMMARY');
      if (counts) this.records.push(record);
      else this.book.ignore(record.line, 'A sum over rows that are given one by one.');
    }
  }
}

/** Reads a Flex Query report in CSV. */
export function parseFlexCsv(text: string): ParsedFile {
  const rows = readRecords(text, ',');
  if (!rows.slice(0, 5).some((record) => isHeader(record.cells))) {
    return headerMissing(text, ['CurrencyPrimary', 'TradePrice or Amount']);
  }
  const file = new FlexCsv();
  for (const row of rows) file.read(row);
  file.settleSums();
  parseIbkrRecords(file.records, file.book);
  const totals = file.totals.stated;
  return file.book.finish(totals === undefined ? {} : { totals });
}

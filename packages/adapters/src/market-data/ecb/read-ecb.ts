/**
 * The reference rates of the European Central Bank as it publishes them: one column per currency,
 * units of it per euro, newest day first.
 * https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates (2026-11-21).
 */
import {
  type DayNumber,
  dayFromNumber,
  dayNumber,
  isDay,
  ok,
  type Result,
  refuse,
} from '@plimsoll/kernel';
import type {
  DailyBars,
  MarketDataFault,
  PriceFileReader,
  PriceFileSeries,
  RejectedBar,
} from '@plimsoll/ports';
import { type CsvRecord, readDay, readRecords } from '../../importer-kit/index.ts';
import { rejectedBar } from '../../market-data-kit/build-history.ts';
import { unreadable } from '../../market-data-kit/refusals.ts';
import { unpackText } from '../../market-data-kit/unpack-text.ts';

const currencyCode = /^[A-Z]{3}$/;
const rate = /^\d+(?:\.\d+)?$/;
const unknown = /^(?:N\/A|-)?$/i;

/** One of the file's currencies and where its rates stand. */
interface RateColumn {
  readonly currency: string;
  readonly column: number;
}

/** One day of the file. */
interface RateRow extends CsvRecord {
  readonly written: string;
  /** Undefined where the day cannot be read. */
  readonly day: DayNumber | undefined;
}

/** The file of reference rates that a user brings. */
export const ecbReader: PriceFileReader = {
  recognises: (head) => currenciesOf(readRecords(head, ',')[0]).ok,
  read: (name, bytes) => {
    const text = unpackText(name, bytes);
    return text.ok ? readEcb(text.value, name) : text;
  },
};

/**
 * Reads the rates: one series per currency, named like `EURUSD`, its close in units of that currency
 * per euro. `N/A` is a day on which the ECB gave none.
 */
export function readEcb(
  text: string,
  name: string,
): Result<readonly PriceFileSeries[], MarketDataFault> {
  const [header, ...records] = readRecords(text, ',');
  const currencies = currenciesOf(header);
  if (!currencies.ok) return unreadable(name, currencies.fault.detail);
  if (records.length === 0) return unreadable(name, 'has a header but no rates.');
  const rows = records.map(toRow).sort((a, b) => (a.day ?? 0) - (b.day ?? 0) || a.line - b.line);
  return ok(currencies.value.map((currency) => toSeries(currency, rows)));
}

function currenciesOf(header: CsvRecord | undefined): Result<RateColumn[]> {
  const [first = '', ...titles] = (header?.cells ?? []).map((cell) => cell.trim());
  const wrong = titles.find((title) => title !== '' && !currencyCode.test(title));
  if (
    first.toLowerCase() === 'date' &&
    wrong === undefined &&
    titles.some((title) => title !== '')
  ) {
    return ok(
      titles.flatMap((currency, i) => (currency === '' ? [] : [{ currency, column: i + 1 }])),
    );
  }
  const has = wrong === undefined ? `"${first.slice(0, 40)}"` : `"${wrong.slice(0, 40)}"`;
  const detail = `is not the ECB's table of rates: its header is Date and currency codes, and here stands ${has}.`;
  return refuse({ code: 'prices.not-ecb', detail });
}

function toRow(record: CsvRecord): RateRow {
  const written = (record.cells[0] ?? '').trim();
  if (isDay(written)) return { ...record, written, day: dayNumber(written) };
  // Points and slashes do not say whether the day or the month comes first; the ECB writes neither.
  const when = /[./]/.test(written) ? undefined : readDay(written, 'dmy');
  return { ...record, written, day: when?.ok ? dayNumber(when.value.day) : undefined };
}

/** The currency's rates from rows in the order of their days. */
function toSeries({ currency, column }: RateColumn, rows: readonly RateRow[]): PriceFileSeries {
  const days: number[] = [];
  const rates: number[] = [];
  const rejected: RejectedBar[] = [];
  for (let from = 0; from < rows.length; ) {
    const { day } = rows[from] as RateRow;
    let until = from + 1;
    while (day !== undefined && rows[until]?.day === day) until++;
    const given = rows.slice(from, until).filter((row) => !unknown.test(cellOf(row, column)));
    from = until;
    const [first] = given;
    if (!first) continue;
    const fault = given.map((row) => rateFault(row, column, given)).find((text) => text !== null);
    if (day !== undefined && fault === undefined) {
      days.push(day);
      rates.push(Number(cellOf(first, column)));
    } else {
      rejected.push(...given.map((row) => refusedRate(row, column, fault ?? '')));
    }
  }
  rejected.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const bars = closesOnly(days, rates);
  return { symbol: `EUR${currency}`, history: { bars, actions: [], currency, rejected } };
}

const cellOf = (row: RateRow, column: number): string => (row.cells[column] ?? '').trim();

/** Why the rate cannot be taken, on its own or beside the others of its day; null where it can. */
function rateFault(row: RateRow, column: number, sameDay: readonly RateRow[]): string | null {
  const cell = cellOf(row, column);
  if (row.day === undefined) return `"${row.written.slice(0, 40)}" is not a day that can be read.`;
  if (!rate.test(cell) || Number(cell) <= 0) return `"${cell.slice(0, 40)}" is not a rate.`;
  const other = sameDay.find((one) => Number(cellOf(one, column)) !== Number(cell));
  return other ? `Lines ${row.line} and ${other.line} give different rates for the day.` : null;
}

const refusedRate = (row: RateRow, column: number, reason: string): RejectedBar =>
  rejectedBar({ line: row.line, cells: [row.written, cellOf(row, column)] }, dayText(row), reason);

const dayText = ({ day, written }: RateRow): string =>
  day === undefined ? written.slice(0, 40) : dayFromNumber(day);

function closesOnly(days: readonly number[], rates: readonly number[]): DailyBars {
  const none = () => new Float64Array(days.length).fill(Number.NaN);
  return {
    days: Int32Array.from(days),
    open: none(),
    high: none(),
    low: none(),
    close: Float64Array.from(rates),
    adjustedClose: none(),
    volume: none(),
  };
}

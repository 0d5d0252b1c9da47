/**
 * The reference rates of the European Central Bank as it publishes them: one column per currency,
 * units of it per euro, newest day first.
 * https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates (2026-11-21).
 */
import { dayNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import type {
  MarketDataFault,
  PriceFileReader,
  PriceFileSeries,
  RejectedBar,
} from '@plimsoll/ports';
import { type CsvRecord, readDay, readRecords } from '../../importer-kit/index.ts';
import { type BarDraft, buildHistory, rejectedBar } from '../../market-data-kit/build-history.ts';
import { unreadable } from '../../market-data-kit/refusals.ts';
import { unpackText } from '../../market-data-kit/unpack-text.ts';

const currencyCode = /^[A-Z]{3}$/;
const rate = /^\d+(?:\.\d+)?$/;
const unknown = /^(?:N\/A|-)?$/i;

interface Gathered {
  readonly currency: string;
  readonly column: number;
  readonly drafts: BarDraft[];
  readonly rejected: RejectedBar[];
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
  for (const record of records) readRow(record, currencies.value);
  return ok(currencies.value.map(toSeries));
}

function currenciesOf(header: CsvRecord | undefined): Result<Gathered[]> {
  const [first = '', ...titles] = (header?.cells ?? []).map((cell) => cell.trim());
  const wrong = titles.find((title) => title !== '' && !currencyCode.test(title));
  if (
    first.toLowerCase() === 'date' &&
    wrong === undefined &&
    titles.some((title) => title !== '')
  ) {
    return ok(
      titles.flatMap((currency, i) =>
        currency === '' ? [] : [{ currency, column: i + 1, drafts: [], rejected: [] }],
      ),
    );
  }
  const has = wrong === undefined ? `"${first.slice(0, 40)}"` : `"${wrong.slice(0, 40)}"`;
  const detail = `is not the ECB's table of rates: its header is Date and currency codes, and here stands ${has}.`;
  return refuse({ code: 'prices.not-ecb', detail });
}

function readRow(record: CsvRecord, currencies: readonly Gathered[]): void {
  const written = (record.cells[0] ?? '').trim();
  const when = readDay(written, /^\d{4}/.test(written) ? 'ymd' : 'dmy');
  for (const { currency, column, drafts, rejected } of currencies) {
    const cell = (record.cells[column] ?? '').trim();
    if (unknown.test(cell)) continue;
    const row = { line: record.line, row: `${written},${currency},${cell}` };
    if (!when.ok || /[./]/.test(written)) {
      rejected.push(rejectedBar(row, written.slice(0, 40), `"${written.slice(0, 40)}" is no day.`));
    } else if (!rate.test(cell)) {
      rejected.push(rejectedBar(row, when.value.day, `"${cell.slice(0, 40)}" is no rate.`));
    } else {
      drafts.push({ ...row, ...noRange, day: dayNumber(when.value.day), close: Number(cell) });
    }
  }
}

const noRange = {
  time: '',
  open: Number.NaN,
  high: Number.NaN,
  low: Number.NaN,
  adjustedClose: Number.NaN,
  volume: Number.NaN,
};

function toSeries({ currency, drafts, rejected }: Gathered): PriceFileSeries {
  const built = buildHistory(drafts);
  const all = [...rejected, ...built.rejected].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const history = { bars: built.bars, actions: [], currency, rejected: all };
  return { symbol: `EUR${currency}`, history };
}

import type {
  BacktestInstrument,
  BacktestMarket,
  InstrumentEvent,
} from '@plimsoll/analytics/backtest';
import type { BenchmarkColumn } from '@plimsoll/analytics/runs';
import { adjustedSeries, calendarFor, type ExchangeCalendar } from '@plimsoll/domain';
import { dayNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import type { DailyBars, PriceFileReader } from '@plimsoll/ports';
import type { UploadedFile } from '../use-case.ts';
import { isUndone } from '../valuation/is-undone.ts';
import { barsOfDays, hoursOf } from './load-bars.ts';
import { tradeFromOf } from './load-market.ts';
import { withOptionChain } from './load-option-chain.ts';
import type { LoadedMarket } from './loaded-market.ts';
import { marketFingerprint } from './market-fingerprint.ts';
import { type FileHistory, readPriceFiles } from './read-price-files.ts';
import type { RunConfig } from './run-config.ts';

/**
 * What a run is carried out on, from files of daily prices and without any record. Beside
 * `NAME_daily.csv` or `NAME.csv` a file `NAME_actions.csv` (`date,dividend,split`) tells of dividends, in
 * units of the prices of its day, and of splits; a split that the prices have undone already is passed
 * over.
 */
export function loadMarketFiles(
  files: readonly UploadedFile[],
  readers: readonly PriceFileReader[],
  config: RunConfig,
): Result<LoadedMarket> {
  if (config.timeframe !== '1d') {
    return wrong(`Files have bars of a day; ${config.timeframe} is read from the record alone.`);
  }
  const read = readPriceFiles(files, readers);
  if (!read.ok) return read;
  const histories = read.value;
  const chosen = chosenOf(histories, config);
  if (!chosen.ok) return chosen;
  const currencies = [...new Set(chosen.value.flatMap(({ currency }) => currency ?? []))];
  const base = config.base ?? currencies[0] ?? 'USD';
  const foreign = currencies.find((currency) => currency !== base);
  if (foreign !== undefined) {
    return wrong(`Prices in ${foreign} cannot be turned into ${base}: files have no rates.`);
  }
  const instruments = chosen.value.map((history) => instrumentOf(history, base, config));
  const empty = instruments.find(({ bars }) => bars.known.length === 0);
  if (empty) {
    const why = chosen.value.flatMap(({ id, notes }) => (id === empty.id ? notes : [])).join(' ');
    return wrong(`There are no bars of ${empty.id} in the period. ${why}`.trim());
  }
  const sorted = instruments.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const market: BacktestMarket = { base, instruments: sorted, rates: [], notes: [] };
  const benchmark = benchmarkOf(histories, config);
  if (!benchmark.ok) return benchmark;
  return ok({
    market: withOptionChain(market, config),
    benchmark: benchmark.value,
    tradeFrom: tradeFromOf(config, market),
    fingerprint: marketFingerprint(market),
    notes: [
      ...chosen.value.flatMap(({ notes }) => notes),
      ...(config.base === undefined && currencies.length === 0
        ? ['The files do not say their currency: it counts as USD.']
        : []),
      'The exchange of prices from files is not known: a day’s bar counts as known at the end of that day in UTC.',
      'The instruments were chosen by name, today: those that did not survive are not among them unless they were named.',
    ],
  });
}

const wrong = (detail: string): Result<never> => refuse({ code: 'run.files', detail });

function chosenOf(
  histories: readonly FileHistory[],
  { universe }: RunConfig,
): Result<readonly FileHistory[]> {
  if (!('names' in universe)) {
    return wrong('Members of an index are known to the record alone. Name the instruments.');
  }
  const chosen: FileHistory[] = [];
  for (const name of universe.names) {
    const found = findHistory(histories, name);
    if (!found.ok) return found;
    chosen.push(found.value);
  }
  return ok(chosen);
}

function findHistory(histories: readonly FileHistory[], name: string): Result<FileHistory> {
  const upper = name.toUpperCase();
  const found =
    histories.find(({ id }) => id === upper) ?? histories.find(({ file }) => file === upper);
  if (found) return ok(found);
  const known = histories.map(({ id }) => id).join(', ');
  return wrong(`There is no file with prices of ${name}; there are ${known}.`);
}

const lastDay = ({ to }: RunConfig): number =>
  to === undefined ? Number.POSITIVE_INFINITY : dayNumber(to);

/** Round the clock where there are prices of Saturdays, else Monday to Friday. */
function calendarOf({ days }: DailyBars): ExchangeCalendar {
  const weekends = days.some((day) => (day + 4) % 7 === 6);
  return calendarFor({ kind: weekends ? 'crypto' : 'equity', currency: 'USD' });
}

function instrumentOf(
  { id, bars, actions }: FileHistory,
  currency: string,
  config: RunConfig,
): BacktestInstrument {
  const last = lastDay(config);
  const calendar = calendarOf(bars);
  const loaded = barsOfDays(bars, calendar, 1).bars;
  const end = loaded.session.findIndex((day) => day > last);
  const count = end === -1 ? loaded.session.length : end;
  const events = actions.flatMap((action): InstrumentEvent[] => {
    const at = hoursOf(calendar, action.day).open;
    if (action.day > last) return [];
    if (action.kind !== 'split')
      return [{ kind: 'dividend', at, perUnit: action.amount, paidAt: null }];
    return isUndone(bars, action.day, action.ratio)
      ? []
      : [{ kind: 'split', at, ratio: action.ratio }];
  });
  return {
    id,
    currency,
    multiplier: 1,
    step: 1,
    sector: null,
    option: null,
    finer: null,
    events,
    bars: {
      from: loaded.from.subarray(0, count),
      opened: loaded.opened.subarray(0, count),
      known: loaded.known.subarray(0, count),
      session: loaded.session.subarray(0, count),
      edges: loaded.edges.subarray(0, count),
      open: loaded.open.subarray(0, count),
      high: loaded.high.subarray(0, count),
      low: loaded.low.subarray(0, count),
      close: loaded.close.subarray(0, count),
      volume: loaded.volume.subarray(0, count),
    },
  };
}

function benchmarkOf(
  histories: readonly FileHistory[],
  config: RunConfig,
): Result<BenchmarkColumn | null> {
  if (config.benchmark === undefined) return ok(null);
  const found = findHistory(histories, config.benchmark);
  if (!found.ok) return found;
  const { id, bars, actions } = found.value;
  const shown = actions.filter(
    (action) => action.kind !== 'split' || !isUndone(bars, action.day, action.ratio),
  );
  const level = adjustedSeries(bars, shown, 'total-return');
  const last = lastDay(config);
  const calendar = calendarOf(bars);
  const rows = Array.from(bars.days.keys()).filter(
    (row) => (bars.days[row] as number) <= last && (level[row] as number) > 0,
  );
  return ok({
    name: id,
    at: Float64Array.from(rows, (row) => hoursOf(calendar, bars.days[row] as number).close),
    level: Float64Array.from(rows, (row) => level[row] as number),
  });
}

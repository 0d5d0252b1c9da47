import type { BacktestInstrument, BacktestMarket, OptionTerms } from '@plimsoll/analytics/backtest';
import type { BenchmarkColumn } from '@plimsoll/analytics/runs';
import { calendarFor, type Instrument, instrumentLabel } from '@plimsoll/domain';
import {
  type DayNumber,
  dayNumber,
  ok,
  priceToFloat,
  type Result,
  refuse,
  toFloat,
} from '@plimsoll/kernel';
import { type DailyBars, ObjectRefusal, type UnitOfWork } from '@plimsoll/ports';
import { actionsKnown, actionsShown, recordedSplits } from '../actions/actions-shown.ts';
import { frameFor, intradayBars, storedBars } from '../bars/intraday-bars.ts';
import type { EngineContext } from '../engine-context.ts';
import { type LedgerView, LedgerViews } from '../ledger/ledger-view.ts';
import { priceLevels } from '../valuation/price-levels.ts';
import { barsOfDays, barsOfTimes, hoursOf, type LoadedBars } from './load-bars.ts';
import { eventsOf } from './load-events.ts';
import { loadFiner } from './load-finer.ts';
import { withOptionChain } from './load-option-chain.ts';
import { ratesOf } from './load-rates.ts';
import { type Chosen, findNamed, loadUniverse, type Nameable, nameable } from './load-universe.ts';
import type { LoadedMarket } from './loaded-market.ts';
import { marketFingerprint } from './market-fingerprint.ts';
import type { RunConfig } from './run-config.ts';

const dayMs = 86_400_000;
const everAfter = dayNumber('9999-12-30');

/** The stores that prices are read from. */
type Sources = Pick<EngineContext, 'store' | 'bars'>;

/**
 * What a run is carried out on, from the record: bars as traded and when each was known, splits,
 * dividends and delistings, rates, and what it is held against. Missing bars stay missing.
 */
export async function loadMarket(
  context: Sources,
  workspaceId: string,
  config: RunConfig,
): Promise<Result<LoadedMarket>> {
  try {
    return await load(context, workspaceId, config);
  } catch (error) {
    if (!(error instanceof ObjectRefusal)) throw error;
    return refuse({ code: 'run.prices', detail: error.fault.detail });
  }
}

async function load(
  context: Sources,
  workspaceId: string,
  config: RunConfig,
): Promise<Result<LoadedMarket>> {
  const { store } = context;
  const view = await new LedgerViews(store).current(workspaceId);
  const known = await nameable(store, view);
  const universe = await loadUniverse(store, known, config);
  if (!universe.ok) return universe;
  const { chosen, notes } = universe.value;
  const base = baseOf(chosen, config);
  if (!base.ok) return base;
  const loaded: Loaded[] = [];
  for (const one of chosen) loaded.push(await loadInstrument(context, view, one, config));
  const market = await assemble(loaded, view, base.value);
  if (!market.ok) return market;
  const benchmark = await loadBenchmark(context, known, config, base.value);
  if (!benchmark.ok) return benchmark;
  return ok({
    market: withOptionChain(market.value, config),
    benchmark: benchmark.value,
    tradeFrom: tradeFromOf(config, market.value),
    fingerprint: marketFingerprint(market.value),
    notes: [...notes, ...notesOf(loaded, config)],
  });
}

/** The day on which it may trade first, or the first moment that there is. */
export const tradeFromOf = ({ from }: RunConfig, { instruments }: BacktestMarket): number =>
  from === undefined
    ? Math.min(...instruments.map(({ bars }) => bars.known[0] ?? Number.POSITIVE_INFINITY))
    : dayNumber(from) * dayMs;

function baseOf(chosen: readonly Chosen[], { base }: RunConfig): Result<string> {
  if (base !== undefined) return ok(base);
  const currencies = [...new Set(chosen.map(({ instrument }) => instrument.currency))];
  const [only = ''] = currencies;
  if (currencies.length === 1) return ok(only);
  return refuse({
    code: 'run.base',
    detail: `The instruments are in ${currencies.join(', ')}. Say the currency of the account: base: ${only}.`,
  });
}

interface Loaded {
  readonly chosen: Chosen;
  readonly built: BacktestInstrument;
  readonly closesOnly: number;
  readonly notes: readonly string[];
}

async function loadInstrument(
  context: Sources,
  view: LedgerView,
  chosen: Chosen,
  config: RunConfig,
): Promise<Loaded> {
  const { instrument, home, member } = chosen;
  const calendar = calendarFor(instrument);
  const factor = priceToFloat(instrument.priceFactor);
  const until = untilOf(config, member?.until ?? Number.POSITIVE_INFINITY);
  const { daily, known, shown } = await context.store.read(home, async (unit) => {
    // What later splits did to earlier prices shows only beside all of them.
    const whole = await unit.prices.bars(instrument.id, '1900-01-01', '9999-12-31');
    const actions = await actionsKnown(unit, instrument);
    const splits = home === view.workspaceId ? recordedSplits(view, instrument) : [];
    return {
      daily: whole,
      known: actions,
      shown: actionsShown(instrument, whole, actions, splits),
    };
  });
  const from = member?.from ?? Number.NEGATIVE_INFINITY;
  const found =
    config.timeframe === '1d'
      ? { ...barsOfDays(daysWithin(daily, from, until), calendar, factor), notes: [] }
      : await intraday(context, chosen, config, { from, until });
  const finer = await loadFiner(context, chosen, config.timeframe, found.bars);
  const events = eventsOf(instrument, known, shown, { calendar, factor, until });
  const left = member !== null && member.until < until + 1 && Number.isFinite(member.until);
  const leaving = left
    ? [{ kind: 'delisting' as const, at: hoursOf(calendar, member.until).open, value: null }]
    : [];
  return {
    chosen,
    closesOnly: found.closesOnly,
    notes: [...found.notes, ...finer.notes],
    built: {
      id: chosen.id,
      currency: instrument.currency,
      multiplier: toFloat(instrument.multiplier),
      step: stepOf(instrument),
      sector: instrument.sector ?? null,
      option: null,
      bars: found.bars,
      finer: finer.bars,
      events: [...events, ...leaving],
    },
  };
}

/** The day after the last one, or the end of a membership where that is earlier. */
const untilOf = ({ to }: RunConfig, ends: DayNumber): DayNumber =>
  Math.min(to === undefined ? everAfter : dayNumber(to) + 1, ends);

/** Whole units of what is traded in whole units; any fraction of the rest. */
const wholeUnits: ReadonlySet<Instrument['kind']> = new Set([
  'equity',
  'etf',
  'bond',
  'option',
  'future',
]);
const stepOf = ({ kind }: Instrument): number => (wholeUnits.has(kind) ? 1 : 0);

function daysWithin(bars: DailyBars, from: DayNumber, until: DayNumber): DailyBars {
  const place = (day: DayNumber): number => {
    const found = bars.days.findIndex((one) => one >= day);
    return found === -1 ? bars.days.length : found;
  };
  const [start, end] = [place(from), place(until)];
  return {
    days: bars.days.subarray(start, end),
    open: bars.open.subarray(start, end),
    high: bars.high.subarray(start, end),
    low: bars.low.subarray(start, end),
    close: bars.close.subarray(start, end),
    adjustedClose: bars.adjustedClose.subarray(start, end),
    volume: bars.volume.subarray(start, end),
  };
}

async function intraday(
  { store, bars }: Sources,
  { instrument, home }: Chosen,
  { timeframe }: RunConfig,
  { from, until }: { readonly from: DayNumber; readonly until: DayNumber },
): Promise<LoadedBars & { readonly notes: readonly string[] }> {
  const calendar = calendarFor(instrument);
  const factor = priceToFloat(instrument.priceFactor);
  const stored = bars && (await storedBars(store, home, instrument.id));
  const frame = stored && frameFor(stored.files, timeframe);
  if (!bars || !stored || !frame) {
    return { ...barsOfTimes(noBars, timeframe, calendar, factor), notes: [] };
  }
  const found = await intradayBars(bars, stored, instrument, {
    instrument: instrument.id,
    timeframe,
    frame,
    adjust: 'none',
    limit: Number.POSITIVE_INFINITY,
    ...(Number.isFinite(from) ? { from: hoursOf(calendar, from).open } : {}),
    until: hoursOf(calendar, until).open,
  });
  const label = instrumentLabel(instrument);
  const notes = found.notes.map((note) => `${label}: ${note}`);
  return { ...barsOfTimes(found.bars, timeframe, calendar, factor), notes };
}

const none = new Float64Array(0);
const noBars = { from: none, open: none, high: none, low: none, close: none, volume: none };

async function assemble(
  loaded: readonly Loaded[],
  view: LedgerView,
  base: string,
): Promise<Result<BacktestMarket>> {
  const without = loaded.filter(({ built }) => built.bars.known.length === 0);
  const byName = without.filter(({ chosen }) => chosen.member === null);
  const [first] = byName.length > 0 ? byName : without.length === loaded.length ? without : [];
  if (first !== undefined) {
    const names = without.map(({ chosen }) => chosen.id).slice(0, 10);
    return refuse({
      code: 'run.prices',
      detail: `There are no bars of ${names.join(', ')} in the period. Import or fetch their prices first.`,
    });
  }
  const priced = withOptions(loaded.filter(({ built }) => built.bars.known.length > 0));
  if (!priced.ok) return priced;
  const instruments = priced.value;
  const currencies = [...new Set(instruments.map(({ currency }) => currency))];
  const rates = ratesOf(view.rates, base, currencies, {
    first: Math.floor(Math.min(...instruments.map(({ bars }) => bars.opened[0] as number)) / dayMs),
    last: Math.floor(
      Math.max(...instruments.map(({ bars }) => bars.known.at(-1) as number)) / dayMs,
    ),
  });
  if (!rates.ok) return rates;
  const sorted = instruments.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return ok({ base, instruments: sorted, rates: rates.value, notes: [] });
}

/** Options with what they are on, which must be in the market too. */
function withOptions(loaded: readonly Loaded[]): Result<readonly BacktestInstrument[]> {
  const built: BacktestInstrument[] = [];
  for (const one of loaded) {
    const { instrument } = one.chosen;
    const terms = instrument.option;
    if (terms === undefined) {
      built.push(one.built);
      continue;
    }
    const under = loaded.find(({ chosen }) => chosen.instrument.id === terms.underlyingId);
    if (under === undefined) {
      return refuse({
        code: 'run.universe',
        detail: `${one.chosen.id} is an option on an instrument that is not in the universe. Name that one too.`,
      });
    }
    const option: OptionTerms = {
      underlyingId: under.chosen.id,
      right: terms.right,
      strike: priceToFloat(terms.strike),
      expires: hoursOf(calendarFor(instrument), dayNumber(terms.expiresOn)).close,
      exercise: 'american',
      settlement: 'physical',
    };
    built.push({ ...one.built, option });
  }
  return ok(built);
}

function notesOf(loaded: readonly Loaded[], { timeframe }: RunConfig): readonly string[] {
  const notes = loaded.flatMap((one) => one.notes);
  const closes = loaded.filter(({ closesOnly }) => closesOnly > 0);
  if (closes.length > 0) {
    const told = closes
      .slice(0, 5)
      .map(({ chosen, closesOnly }) => `${chosen.id} on ${closesOnly} days`);
    const more = closes.length > 5 ? ` and ${closes.length - 5} more` : '';
    notes.push(
      `Only the close is known of ${told.join(', ')}${more}: orders there fill at the close of the next day instead of its open.`,
    );
  }
  const empty = loaded.filter(({ built }) => built.bars.known.length === 0);
  if (empty.length > 0) {
    notes.push(`${empty.length} members have no bars while they are members and are left out.`);
  }
  const guessed = loaded.filter(({ chosen }) => calendarFor(chosen.instrument).guess);
  if (guessed.length > 0 && timeframe === '1d') {
    const names = guessed.slice(0, 5).map(({ chosen }) => chosen.id);
    notes.push(
      `The exchange of ${names.join(', ')}${guessed.length > 5 ? ' and more' : ''} is not known: a day’s bar counts as known at the end of that day in UTC.`,
    );
  }
  notes.push(
    'Prices and corporate actions are as they are known today: corrections made since are in them from the start.',
  );
  return notes;
}

async function loadBenchmark(
  { store }: Sources,
  known: Nameable,
  config: RunConfig,
  base: string,
): Promise<Result<BenchmarkColumn | null>> {
  if (config.benchmark === undefined) return ok(null);
  const found = findNamed(known, config.benchmark);
  if (!found.ok) return found;
  const { instrument, home } = found.value;
  const levels = await store.read(home, (unit) =>
    benchmarkLevels(unit, known.view, instrument, { config, base }),
  );
  if (levels.at.length > 0) return ok({ name: instrumentLabel(instrument), ...levels });
  return refuse({
    code: 'run.prices',
    detail: `No price of ${config.benchmark} in ${base} is known in the period, so nothing can be held against it.`,
  });
}

/** Total-return levels at the closes of the days that have prices. */
async function benchmarkLevels(
  unit: UnitOfWork,
  view: LedgerView,
  instrument: Instrument,
  { config, base }: { readonly config: RunConfig; readonly base: string },
): Promise<Pick<BenchmarkColumn, 'at' | 'level'>> {
  const [series] = await unit.prices.closes([instrument.id]);
  const first = series?.days[0];
  const last = Math.min(series?.days.at(-1) ?? -1, untilOf(config, Number.POSITIVE_INFINITY) - 1);
  if (first === undefined || last < first) return { at: none, level: none };
  const splits = unit.workspaceId === view.workspaceId ? recordedSplits(view, instrument) : [];
  const { level, priced } = await priceLevels(unit, view, instrument, {
    first,
    last,
    currency: base,
    splits,
  });
  const calendar = calendarFor(instrument);
  const days = Array.from(priced).filter((day) => day <= last && !Number.isNaN(level[day - first]));
  return {
    at: Float64Array.from(days, (day) => hoursOf(calendar, day).close),
    level: Float64Array.from(days, (day) => level[day - first] as number),
  };
}

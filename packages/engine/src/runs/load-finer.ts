import type { BacktestBars } from '@plimsoll/analytics/backtest';
import { calendarFor, type Timeframe, timeframes } from '@plimsoll/domain';
import { priceToFloat } from '@plimsoll/kernel';
import type { BarFile } from '@plimsoll/ports';
import { intradayBars, storedBars } from '../bars/intraday-bars.ts';
import type { EngineContext } from '../engine-context.ts';
import { barsOfTimes } from './load-bars.ts';
import type { Chosen } from './load-universe.ts';

/** Finer bars beyond which nothing is settled by them: reading them would take longer than the run. */
const mostRows = 2_000_000;
/** So near must finer bars come to the high and the low of a bar to stand for it, as a share of the price. */
const tolerance = 0.002;

export interface FinerBars {
  /** Null where there are none, or they are not of the same prices. */
  readonly bars: BacktestBars | null;
  readonly notes: readonly string[];
}

const nothing: FinerBars = { bars: null, notes: [] };

/** The coarsest bars in the store that are finer than those of the run: they settle what came first in a bar. */
export async function loadFiner(
  { store, bars: barStore }: Pick<EngineContext, 'store' | 'bars'>,
  { id, instrument, home }: Chosen,
  timeframe: Timeframe,
  coarse: BacktestBars,
): Promise<FinerBars> {
  const stored = barStore && (await storedBars(store, home, instrument.id));
  const [first, last] = [coarse.opened[0], coarse.known.at(-1)];
  if (!barStore || !stored || first === undefined || last === undefined) return nothing;
  const frame = finerFrame(stored.files, timeframe);
  if (frame === null) return nothing;
  const rows = stored.files
    .filter((file) => file.timeframe === frame)
    .reduce((sum, { count }) => sum + count, 0);
  if (rows > mostRows) {
    return {
      bars: null,
      notes: [`${id} has ${rows} bars of ${frame}, too many to settle what came first in a bar.`],
    };
  }
  const found = await intradayBars(barStore, stored, instrument, {
    instrument: instrument.id,
    timeframe: frame,
    frame,
    adjust: 'none',
    limit: Number.POSITIVE_INFINITY,
    from: first,
    until: last,
  });
  const factor = priceToFloat(instrument.priceFactor);
  const { bars } = barsOfTimes(found.bars, frame, calendarFor(instrument), factor);
  const whole = wholeOnes(coarse, bars);
  if (whole.known.length === 0) return nothing;
  const note = `What came first in a bar of ${id} is settled by its bars of ${frame} where these reach its high and its low.`;
  return { bars: whole, notes: [note] };
}

function finerFrame(files: readonly BarFile[], timeframe: Timeframe): Timeframe | null {
  const there = new Set(files.map((file) => file.timeframe));
  const finer = timeframes.slice(0, timeframes.indexOf(timeframe));
  return finer.findLast((frame) => there.has(frame)) ?? null;
}

/**
 * The finer bars of those bars that they make up whole: they reach its high and its low and go beyond
 * neither. Of others some are missing, or prices are not the same, and what they say would be wrong.
 */
function wholeOnes(coarse: BacktestBars, finer: BacktestBars): BacktestBars {
  const kept: number[] = [];
  let next = 0;
  for (let row = 0; row < coarse.known.length; row++) {
    const [opened, known] = [coarse.opened[row] as number, coarse.known[row] as number];
    while (next < finer.known.length && (finer.known[next] as number) <= opened) next++;
    const start = next;
    let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (; next < finer.known.length && (finer.known[next] as number) <= known; next++) {
      high = Math.max(high, finer.high[next] as number);
      low = Math.min(low, finer.low[next] as number);
    }
    const isWhole =
      isNear(high, coarse.high[row] as number) && isNear(low, coarse.low[row] as number);
    for (let i = start; isWhole && i < next; i++) kept.push(i);
  }
  const column = (from: Float64Array) => Float64Array.from(kept, (i) => from[i] as number);
  return {
    from: column(finer.from),
    opened: column(finer.opened),
    known: column(finer.known),
    session: column(finer.session),
    edges: Uint8Array.from(kept, (i) => finer.edges[i] as number),
    open: column(finer.open),
    high: column(finer.high),
    low: column(finer.low),
    close: column(finer.close),
    volume: column(finer.volume),
  };
}

const isNear = (one: number, other: number): boolean =>
  Math.abs(one - other) <= tolerance * Math.abs(other);

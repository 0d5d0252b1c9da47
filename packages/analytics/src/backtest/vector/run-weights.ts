import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { BacktestInstrument, BacktestMarket } from '../market.ts';
import type { BacktestResult, Trade } from '../result.ts';
import type { BacktestSettings } from '../settings.ts';
import { outsideFastPath } from './outside-fast-path.ts';
import { tradesOf } from './vector-trades.ts';
import type { WeightRows } from './weight-rows.ts';
import { WeightRun } from './weight-run.ts';

/** What rebalancing came to; trades are put together when they are asked for. */
export type WeightsResult = Pick<
  BacktestResult,
  'base' | 'instrumentIds' | 'at' | 'equity' | 'cash' | 'started' | 'bars' | 'fills'
> & { readonly trades: () => readonly Trade[] };

/**
 * Rebalances to weights with the fills of `orders.rebalance` in the event engine, for instruments whose
 * bars open and become known together. Cost: a multiplication for each instrument held and bar, and one order
 * for each instrument and rebalance.
 *
 * @returns `sweep.not-fast` where the market, a setting or a possible margin call needs the event engine,
 *   `sweep.weights` where the rows are not as they must be.
 */
export function runWeights(
  rows: WeightRows,
  market: BacktestMarket,
  settings: BacktestSettings,
): Result<WeightsResult> {
  const why = settings.closeAtEnd
    ? 'closeAtEnd'
    : (outsideFastPath(market, settings) ?? notTogether(market.instruments));
  if (why !== null) return notFast(why);
  const wrong = mistakeOf(rows, market.instruments);
  if (wrong !== null) return refuse({ code: 'sweep.weights', detail: wrong });
  const run = new WeightRun(market.instruments, settings, rows);
  run.play();
  const { instruments, equity, cash } = run;
  if (run.unpriced || equity.some(Number.isNaN)) return notFast('bars without a price');
  if (run.doubtful) return notFast('margin calls, and one may have happened');
  const fills = run.fills();
  return ok({
    base: market.base,
    instrumentIds: instruments.map(({ id }) => id),
    at: (instruments[0] as BacktestInstrument).bars.known,
    started: settings.cash,
    bars: instruments.length * equity.length,
    ...{ equity, cash, fills },
    trades: () => tradesOf(instruments, fills),
  });
}

const notFast = (what: string) =>
  refuse({
    code: 'sweep.not-fast',
    detail: `The fast path does not know ${what}; the event engine does.`,
  });

function notTogether(instruments: readonly BacktestInstrument[]): string | null {
  const [first] = instruments;
  if (!first) return 'a market without instruments';
  const { known, opened } = first.bars;
  const other = instruments.find(
    ({ bars }) => !isSame(bars.known, known) || !isSame(bars.opened, opened),
  );
  return other ? `bars of ${first.id} and ${other.id} at different times` : null;
}

function isSame(one: Float64Array, other: Float64Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function mistakeOf(
  { bars, weights }: WeightRows,
  instruments: readonly BacktestInstrument[],
): string | null {
  const wide = instruments.length;
  if (weights.length !== bars.length * wide) {
    return `${weights.length} weights for ${bars.length} rows of ${wide} instruments.`;
  }
  const length = instruments[0]?.bars.known.length ?? 0;
  for (let i = 0; i < bars.length; i++) {
    const bar = bars[i] as number;
    if (!(bar > (bars[i - 1] ?? -1) && bar < length)) {
      return `Bar ${bar} of row ${i}: bars must rise and lie below ${length}.`;
    }
  }
  const place = weights.findIndex((weight) => !Number.isFinite(weight));
  if (place < 0) return null;
  return `The weight of ${instruments[place % wide]?.id} in row ${Math.floor(place / wide)} is ${weights[place]}.`;
}

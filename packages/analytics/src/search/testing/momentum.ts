import { seededRandom } from '@plimsoll/kernel';
import { type Objective, readObjective } from '../objective.ts';
import { type ParameterSet, type ParameterSpace, readSpace } from '../parameter-space.ts';
import type { Outcome, Trial } from '../searcher.ts';
import type { PartRun, WalkForwardWork } from '../walk-forward.ts';
import { type Part, type WalkForwardWindows, walkForwardWindows } from '../walk-forward-windows.ts';
import { found, searcherOf } from './found.ts';

/** A random walk, shape [n]. */
export function priceWalk(seed: number, n: number): Float64Array {
  const random = seededRandom(seed);
  let level = 100;
  return Float64Array.from({ length: n }, () => {
    level *= 1 + 0.0003 + 0.01 * random.normal();
    return level;
  });
}

/** Session days without weekends, shape [n]. */
export const sessionDays = (n: number): Int32Array =>
  Int32Array.from({ length: n }, (_, i) => 17_532 + i + 2 * Math.floor(i / 5));

export const momentumSpace: ParameterSpace = found(
  readSpace(
    {
      lookBack: { kind: 'integer', title: 'Look back', min: 1, max: 50 },
      short: { kind: 'flag', title: 'Short too', default: false },
    },
    { lookBack: { from: 1, to: 12 }, short: {} },
  ),
);

/** 1 after the price stood above that of some bars before, else 0 or −1; by what bar t − 1 knew. */
function wantedAt(prices: Float64Array, { lookBack, short }: ParameterSet, t: number): number {
  const before = t - 1 - Number(lookBack);
  const rose = before >= 0 && (prices[t - 1] ?? 0) > (prices[before] ?? 0);
  return rose ? 1 : short === true ? -1 : 0;
}

/** Holds what is wanted for a bar at a time. */
export function runMomentum(
  prices: Float64Array,
  parameters: ParameterSet,
  { from, until }: Pick<Part, 'from' | 'until'>,
  carried: number | null,
): PartRun<number> {
  const returns = new Float64Array(until - from);
  const gains: number[] = [];
  const bars: number[] = [];
  let held = carried ?? 0;
  for (let t = from; t < until; t++) {
    const wanted = wantedAt(prices, parameters, t);
    const change = t === 0 ? 0 : (prices[t] ?? 0) / (prices[t - 1] ?? 1) - 1;
    returns[t - from] = wanted * change;
    if (wanted !== 0) {
      const goesOn = wanted === held && gains.length > 0;
      const [gain, lasted] = goesOn ? [gains.pop() ?? 0, bars.pop() ?? 0] : [0, 0];
      gains.push(gain + wanted * change);
      bars.push(lasted + 1);
    }
    held = wanted;
  }
  return {
    returns,
    perYear: 252,
    tradeGains: Float64Array.from(gains),
    tradeBars: Float64Array.from(bars),
    state: held,
  };
}

/** A walk-forward of that rule. */
export function momentumWork(
  prices: Float64Array,
  given: object,
  search: object = {},
): WalkForwardWork<number> & {
  readonly windows: WalkForwardWindows;
  readonly objective: Objective;
} {
  const objective = found(readObjective({ minimumObservations: 5 }));
  return {
    windows: found(walkForwardWindows(sessionDays(prices.length), given)),
    objective,
    searcher: () => ({ ok: true, value: searcherOf(momentumSpace, search) }),
    score: (trials: readonly Trial[], part): Outcome[] =>
      trials.map(({ number, parameters }) =>
        objective.outcome(number, runMomentum(prices, parameters, part, null)),
      ),
    run: (parameters, part, carried) => runMomentum(prices, parameters, part, carried),
  };
}

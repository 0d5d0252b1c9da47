import { priceTail } from './dividend-hypotheses.ts';

/** Rows whose prices stand at another level than the latest ones, `from` included, `until` excluded. */
export interface OffLevel {
  readonly from: number;
  readonly until: number;
  /** +1: prices are `ratio` × too high; −1: `ratio` × too low. */
  readonly times: 1 | -1;
  /** `start`: all rows from the first on; `stretch`: with right rows on both sides. */
  readonly shape: 'start' | 'stretch';
  /** How much better the steps fit than with all rows right, less what the mistake costs; nats. */
  readonly certainty: number;
}

export interface LevelSteps {
  /** Log steps of the prices into each row, without dividends; the first is 0. */
  readonly steps: Float64Array;
  /** Log steps of the usual volume into each row; NaN where unknown. */
  readonly volumeSteps: Float64Array;
  /** How far prices usually step around each row. */
  readonly spreads: Float64Array;
}

export interface LevelMistake {
  /** How many times too high or too low: above 0, not 1. */
  readonly ratio: number;
  /** Whether volumes are off by the inverse, as where units were split. */
  readonly scalesVolume: boolean;
  /** What a wrong start costs that ends at this row, in nats; Infinity where it cannot end. */
  readonly startCost: (row: number) => number;
  /** What an edge of a wrong stretch costs at this row. */
  readonly edgeCost: (row: number) => number;
}

/** Fewer rows do not tell how prices usually move. */
const fewest = 8;
/** One against twenty: less is not proved. */
const least = 3;
/** Volumes double and halve of themselves: the spread of the log steps of their medians. */
const volumeSpread = 0.7;

const right = 0;
const startHigh = 1;
const startLow = 2;
const high = 3;
const low = 4;
const stateCount = 5;
const timesOf = [0, 1, -1, 1, -1] as const;

/**
 * Finds the rows whose prices are off by a known ratio: the likeliest path through the states
 * "right", "wrong from the start" and "wrong for a stretch" (too high or too low), where a step of
 * the price fits Student's t with 3 degrees of freedom around what the change of state makes of
 * it, and each change costs its rarity. The last row is right. None in fewer than 8 rows.
 *
 * Cost: 13 transitions per row. Source: Viterbi, Error bounds for convolutional codes (1967).
 */
export function findOffLevels(data: LevelSteps, mistake: LevelMistake): OffLevel[] {
  const n = data.steps.length;
  if (n < fewest) return [];
  const from = new Uint8Array(n * stateCount);
  let score = Float64Array.of(0, 0, 0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);
  let plain = 0;
  for (let row = 1; row < n; row++) {
    const fits = fitsOfStep(data, mistake, row);
    const next = new Float64Array(stateCount);
    for (let state = 0; state < stateCount; state++) {
      const [best, previous] = bestInto(state, score, fits, mistake, row);
      next[state] = best;
      from[row * stateCount + state] = previous;
    }
    plain += fits[1] as number;
    score = next;
  }
  const gain = (score[right] as number) - plain;
  return gain < least ? [] : readPath(from, n, gain);
}

/** How well the step into the row fits where prices fall by the ratio, stay, or rise by it. */
function fitsOfStep(data: LevelSteps, mistake: LevelMistake, row: number): Float64Array {
  const spread = data.spreads[row] as number;
  const step = data.steps[row] as number;
  const volume = data.volumeSteps[row] as number;
  const size = Math.log(mistake.ratio);
  const fits = new Float64Array(3);
  for (let change = -1; change <= 1; change++) {
    const price = priceTail((step - change * size) / spread);
    const expected = mistake.scalesVolume ? -change * size : 0;
    const traded = Number.isNaN(volume) ? 0 : priceTail((volume - expected) / volumeSpread);
    fits[change + 1] = price + traded;
  }
  return fits;
}

function bestInto(
  state: number,
  score: Float64Array,
  fits: Float64Array,
  mistake: LevelMistake,
  row: number,
): readonly [number, number] {
  const stay = (score[state] as number) + (fits[1] as number);
  let best = stay;
  let previous = state;
  const consider = (other: number, cost: number): void => {
    const change = (timesOf[state] as number) - (timesOf[other] as number);
    const value = (score[other] as number) + (fits[change + 1] as number) - cost;
    if (value > best) {
      best = value;
      previous = other;
    }
  };
  if (state === right) {
    const startCost = mistake.startCost(row);
    consider(startHigh, startCost);
    consider(startLow, startCost);
    consider(high, mistake.edgeCost(row));
    consider(low, mistake.edgeCost(row));
  } else if (state === high || state === low) consider(right, mistake.edgeCost(row));
  return [best, previous];
}

function readPath(from: Uint8Array, n: number, gain: number): OffLevel[] {
  const found: OffLevel[] = [];
  let state = right;
  let until = n;
  for (let row = n - 1; row > 0; row--) {
    const previous = from[row * stateCount + state] as number;
    if (previous === state) continue;
    if (state !== right) found.push(offLevel(state, row, until, gain));
    until = row;
    state = previous;
  }
  if (state !== right) found.push(offLevel(state, 0, until, gain));
  return found.reverse();
}

const offLevel = (state: number, from: number, until: number, certainty: number): OffLevel => ({
  from,
  until,
  times: timesOf[state] === 1 ? 1 : -1,
  shape: state === startHigh || state === startLow ? 'start' : 'stretch',
  certainty,
});

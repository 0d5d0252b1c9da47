import { ok, type Random, type Result, refuse, seededRandom } from '@plimsoll/kernel';
import { type Distribution, distributionOf } from './distribution.ts';

/** Trades on one instrument, not overlapping, in order of time. */
export interface EntryColumns {
  /** First bar whose change each trade takes part in, shape [trades]. */
  readonly from: ArrayLike<number>;
  /** Bars that it takes part in, at least 1. */
  readonly bars: ArrayLike<number>;
  /** 1 long, −1 short. */
  readonly side: ArrayLike<number>;
}

/** Whether entries are better than chance, as plain data. */
export interface RandomEntries {
  readonly trades: number;
  /** ln of the growth of 1 through the trades, costs apart. */
  readonly logGrowth: number;
  /** The same of random entries. */
  readonly byChance: Distribution;
  /** (1 + draws at least as good) ÷ (1 + draws): the chance of as much by random entries. */
  readonly pValue: number;
  readonly draws: number;
}

function wrongEntries({ from, bars, side }: EntryColumns, n: number): string | undefined {
  const count = from.length;
  if (count === 0 || bars.length !== count || side.length !== count) {
    return `There must be from, bars and side for each of at least one trade, not ${count}, ${bars.length} and ${side.length}.`;
  }
  let free = 0;
  for (let i = 0; i < count; i++) {
    const whole = Number.isInteger(from[i]) && Number.isInteger(bars[i]) && bars[i] >= 1;
    if (!whole || from[i] < free || from[i] + bars[i] > n || Math.abs(side[i]) !== 1) {
      return `Trade ${i + 1} (from bar ${from[i]}, ${bars[i]} bars, side ${side[i]}) overlaps the one before, lies outside of the ${n} bars, or is neither long nor short.`;
    }
    free = from[i] + bars[i];
  }
  return undefined;
}

/** Σ ln(1 + side × r) up to each bar, shape [n + 1]. */
function running(changes: Float64Array, side: number): Float64Array {
  const sums = new Float64Array(changes.length + 1);
  for (let t = 0; t < changes.length; t++) {
    sums[t + 1] = sums[t] + Math.log1p(Math.max(-1 + 1e-12, side * changes[t]));
  }
  return sums;
}

/** Ascending places of so many of `of` slots, every choice alike (Floyd). */
function choose(count: number, of: number, random: Random): readonly number[] {
  const chosen = new Set<number>();
  for (let top = of - count; top < of; top++) {
    const pick = random.integer(top + 1);
    chosen.add(chosen.has(pick) ? top : pick);
  }
  return [...chosen].sort((a, b) => a - b);
}

function shuffled(count: number, random: Random): readonly number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/**
 * Significance of a rule against random entries: as many trades of the same lengths and sides, in a
 * random order and at random places that do not overlap, every placing alike. A short position is held
 * at constant weight.
 *
 * @param changes Simple return of the instrument from the bar before to each bar, shape [n], finite.
 * @param draws Random placings.
 * @returns refused where trades overlap or lie outside.
 *
 * Cost: draws × trades. Source: D. Aronson, Evidence-based technical analysis (2006), chapter 5 (Monte
 * Carlo permutation).
 */
export function randomEntries(
  changes: Float64Array,
  trades: EntryColumns,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): Result<RandomEntries> {
  const n = changes.length;
  const wrong = changes.every(Number.isFinite)
    ? wrongEntries(trades, n)
    : 'A change of the instrument is no finite number.';
  if (wrong !== undefined) return refuse({ code: 'simulation.entries', detail: wrong });
  if (!(Number.isInteger(draws) && draws >= 1)) {
    return refuse({ code: 'simulation.entries', detail: `${draws} draws are none; give 1,000.` });
  }
  const count = trades.from.length;
  const [long, short] = [running(changes, 1), running(changes, -1)];
  const gain = (trade: number, from: number): number => {
    const sums = trades.side[trade] > 0 ? long : short;
    return sums[from + trades.bars[trade]] - sums[from];
  };
  let observed = 0;
  let held = 0;
  for (let i = 0; i < count; i++) {
    observed += gain(i, trades.from[i]);
    held += trades.bars[i];
  }
  const random = seededRandom(seed);
  const found = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const order = shuffled(count, random);
    // Every trade takes one slot among the bars that none holds: its place is theirs before it.
    const slots = choose(count, n - held + count, random);
    let taken = 0;
    order.forEach((trade, k) => {
      found[draw] += gain(trade, slots[k] - k + taken);
      taken += trades.bars[trade];
    });
  }
  // Sums in another order differ in their last digits.
  const slack = 1e-12 * Math.max(1, Math.abs(observed));
  const asGood = found.filter((each) => each >= observed - slack).length;
  return ok({
    trades: count,
    logGrowth: observed,
    byChance: distributionOf(found),
    pValue: (1 + asGood) / (1 + draws),
    draws,
  });
}

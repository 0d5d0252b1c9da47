import { ok, type Result, refuse } from '@plimsoll/kernel';
import { binomialCoefficient, combinations } from './combinations.ts';

/** One split of observations into those to learn from and those to judge by. */
export interface Split {
  /** Places of the training observations, ascending. */
  readonly train: Int32Array;
  /** Places of the test observations, ascending. */
  readonly test: Int32Array;
}

/** How neighbours in time are kept from telling the answer. */
export interface Purging {
  /**
   * Observations that a label looks ahead: that of i is known at i + horizon. A training label that
   * reaches into a test block, or a test label that reaches into training, is purged.
   */
  readonly horizon: number;
  /** Observations left out after the last label of a test block. */
  readonly embargo: number;
}

/** A half-open range of places. */
export interface Block {
  readonly from: number;
  readonly until: number;
}

/** The blocks of n places in as many parts, the first ones longer by one where it does not divide. */
export function blocksOf(n: number, parts: number): readonly Block[] {
  const short = Math.floor(n / parts);
  const longer = n % parts;
  return Array.from({ length: parts }, (_, i) => {
    const from = i * short + Math.min(i, longer);
    return { from, until: from + short + (i < longer ? 1 : 0) };
  });
}

function splitBy(n: number, tested: readonly Block[], { horizon, embargo }: Purging): Split {
  const inTest = new Uint8Array(n);
  const kept = new Uint8Array(n).fill(1);
  for (const { from, until } of tested) {
    inTest.fill(1, from, until);
    kept.fill(0, Math.max(0, from - horizon + 1), Math.min(n, until - 1 + horizon + embargo));
    kept.fill(0, from, until);
  }
  const places = Array.from({ length: n }, (_, i) => i);
  return {
    train: Int32Array.from(places.filter((i) => kept[i] === 1)),
    test: Int32Array.from(places.filter((i) => inTest[i] === 1)),
  };
}

function wrongNumbers(n: number, parts: number, { horizon, embargo }: Purging): string | undefined {
  if (!(Number.isInteger(parts) && parts >= 2 && parts <= n)) {
    return `${n} observations cannot be cut into ${parts} parts; give between 2 and ${n}.`;
  }
  const whole = [horizon, embargo].every((each) => Number.isInteger(each) && each >= 0);
  return whole
    ? undefined
    : `Horizon ${horizon} and embargo ${embargo} must be whole and not negative.`;
}

/**
 * K-fold splits in time order, purged and embargoed: of the observations outside a test block
 * [a, b), those i with a − horizon < i < b − 1 + horizon + embargo are left out of training, as their
 * labels and those of the test share days.
 *
 * @param n Observations, oldest first.
 * @param folds At least 2.
 * @returns one split a fold. Refused where the numbers do not fit; an empty training set is possible
 *   and left to the caller to see.
 *
 * Cost: n × folds. Source: López de Prado, Advances in Financial Machine Learning (2018), §7.4.
 */
export function purgedFolds(n: number, folds: number, purging: Purging): Result<readonly Split[]> {
  const wrong = wrongNumbers(n, folds, purging);
  if (wrong !== undefined) return refuse({ code: 'validation.folds', detail: wrong });
  return ok(blocksOf(n, folds).map((block) => splitBy(n, [block], purging)));
}

/**
 * Walk-forward splits: each test block is judged by what came before it, all of it (`expanding`) or
 * its last so many observations (`rolling`), less the horizon and the embargo.
 *
 * @param train Observations to learn from at first; for `rolling` always.
 * @param test Observations a test block; the last one may be shorter.
 */
export function walkForward(
  n: number,
  train: number,
  test: number,
  kind: 'expanding' | 'rolling',
  { horizon, embargo }: Purging,
): Result<readonly Split[]> {
  if (
    !(Number.isInteger(train) && Number.isInteger(test) && train >= 1 && test >= 1 && train < n)
  ) {
    return refuse({
      code: 'validation.walk',
      detail: `${n} observations do not hold ${train} to learn from and ${test} to judge by.`,
    });
  }
  const splits: Split[] = [];
  const range = (from: number, until: number): Int32Array =>
    Int32Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i);
  for (let from = train; from < n; from += test) {
    const start = kind === 'expanding' ? 0 : from - train;
    const end = from - Math.max(0, horizon - 1) - embargo;
    splits.push({ train: range(start, end), test: range(from, Math.min(n, from + test)) });
  }
  return ok(splits);
}

/** Combinatorial splits with the paths that they make up. */
export interface CombinatorialSplits {
  readonly splits: readonly (Split & { readonly groups: readonly number[] })[];
  /** For each path and group the number of the split whose test of that group it takes. */
  readonly paths: readonly (readonly number[])[];
}

/** How many splits and paths there are: C(N, k) and C(N, k) × k ÷ N = C(N − 1, k − 1). */
export const combinatorialCounts = (
  groups: number,
  tested: number,
): { readonly splits: number; readonly paths: number } => ({
  splits: binomialCoefficient(groups, tested),
  paths: binomialCoefficient(groups - 1, tested - 1),
});

/** Observations times splits. */
const most = 20_000_000;

/**
 * Combinatorial purged cross-validation: every choice of k of N groups is a test once, and the tests
 * make up C(N − 1, k − 1) whole paths through time, so that a strategy is judged by many histories
 * and not one.
 *
 * @param n Observations, oldest first.
 * @param groups N, at least 2.
 * @param tested k, from 1 to N − 1.
 * @returns refused where the numbers do not fit or make splits without end.
 *
 * Cost: n × C(N, k). Source: López de Prado, Advances in Financial Machine Learning (2018), §12.4.
 */
export function combinatorialPurged(
  n: number,
  groups: number,
  tested: number,
  purging: Purging,
): Result<CombinatorialSplits> {
  const wrong = wrongNumbers(n, groups, purging);
  const count = binomialCoefficient(groups, tested);
  if (wrong !== undefined || !(Number.isInteger(tested) && tested >= 1 && tested < groups)) {
    return refuse({
      code: 'validation.groups',
      detail: wrong ?? `${tested} of ${groups} groups cannot be tested; give 1 to ${groups - 1}.`,
    });
  }
  if (count * n > most) {
    return refuse({
      code: 'validation.groups',
      detail: `${tested} of ${groups} groups make ${count} splits of ${n} observations, more than ${most} in all; take fewer of either.`,
    });
  }
  const blocks = blocksOf(n, groups);
  const splits = [...combinations(groups, tested)].map((chosen) => ({
    groups: chosen,
    ...splitBy(
      n,
      chosen.map((group) => blocks[group] as Block),
      purging,
    ),
  }));
  const { paths } = combinatorialCounts(groups, tested);
  const testing = blocks.map((_, group) =>
    splits.flatMap((split, place) => (split.groups.includes(group) ? [place] : [])),
  );
  return ok({
    splits,
    paths: Array.from({ length: paths }, (_, path) =>
      testing.map((places) => places[path] as number),
    ),
  });
}

import { ok, type Result, refuse } from '@plimsoll/kernel';
import { binomialCoefficient, combinations } from './combinations.ts';
import type { Split } from './cross-validation.ts';

/** How rows are parted for validation. */
export interface Validation {
  /** Parts of time, at least 2. */
  readonly folds: number;
  /** Parts that are tested at once: 1 is k-fold, more is combinatorial. */
  readonly tested: number;
  /** Distinct times left out after the last label of a tested part. */
  readonly embargo: number;
}

/** The most rows times splits. */
const most = 50_000_000;

/**
 * Splits of rows with labels of their own span, purged and embargoed: time is cut into parts of about
 * equal numbers of distinct times, rows of one time stay together. Of the others a row is learnt from
 * only if its label was known when the tested part began, or if it begins after the last label of the
 * tested part was known and the embargo has passed.
 *
 * With one instrument and a constant horizon these are `purgedFolds` and `combinatorialPurged`.
 *
 * @param times When each row is known, ascending. @param ends When its label is, shape [rows].
 * @returns refused where the numbers do not fit or a split would have nothing to learn from.
 *
 * Cost: rows × splits. Source: López de Prado, Advances in Financial Machine Learning (2018), §7.4,
 * §12.4.
 */
export function timeSplits(
  times: Float64Array,
  ends: Float64Array,
  { folds, tested, embargo }: Validation,
): Result<readonly Split[]> {
  const distinct = Float64Array.from(new Set(times));
  const fault = (detail: string) => refuse({ code: 'validation.folds', detail });
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= distinct.length)) {
    return fault(`${distinct.length} times cannot be cut into ${folds} parts; give 2 or more.`);
  }
  if (!(Number.isInteger(tested) && tested >= 1 && tested < folds)) {
    return fault(`${tested} of ${folds} parts cannot be tested; give 1 to ${folds - 1}.`);
  }
  if (!(Number.isInteger(embargo) && embargo >= 0)) {
    return fault(`An embargo of ${embargo} times must be whole and not negative.`);
  }
  const count = binomialCoefficient(folds, tested);
  if (count * times.length > most) {
    return fault(
      `${tested} of ${folds} parts make ${count} splits of ${times.length} rows; take fewer.`,
    );
  }
  const starts = partsOf(times, distinct, folds);
  const splits: Split[] = [];
  for (const chosen of combinations(folds, tested)) {
    const split = splitOf(times, ends, distinct, starts, chosen, embargo);
    if (split.train.length === 0) {
      return fault(
        `Nothing is left to learn from when part ${chosen.map((part) => part + 1).join(' and ')} of ${folds} is tested; labels reach too far, or the embargo of ${embargo} is too long.`,
      );
    }
    splits.push(split);
  }
  return ok(splits);
}

/** The first row of each part, and the number of rows last. */
function partsOf(times: Float64Array, distinct: Float64Array, folds: number): readonly number[] {
  const short = Math.floor(distinct.length / folds);
  const longer = distinct.length % folds;
  const starts = Array.from({ length: folds }, (_, i) =>
    times.indexOf(distinct[i * short + Math.min(i, longer)]),
  );
  return [...starts, times.length];
}

function splitOf(
  times: Float64Array,
  ends: Float64Array,
  distinct: Float64Array,
  starts: readonly number[],
  chosen: readonly number[],
  embargo: number,
): Split {
  const n = times.length;
  const inTest = new Uint8Array(n);
  const kept = new Uint8Array(n).fill(1);
  for (const part of chosen) inTest.fill(1, starts[part], starts[part + 1]);
  for (const part of chosen) {
    const from = starts[part] as number;
    const until = starts[part + 1] as number;
    let known = times[until - 1];
    for (let i = from; i < until; i++) known = Math.max(known, ends[i]);
    const resumes = timeAfter(distinct, known, embargo);
    for (let i = 0; i < n; i++) {
      const before = i < from && ends[i] <= times[from];
      const after = i >= until && times[i] >= resumes;
      if (inTest[i] === 1 || !(before || after)) kept[i] = 0;
    }
  }
  const places = (of: Uint8Array): Int32Array =>
    Int32Array.from(Array.from({ length: n }, (_, i) => i).filter((i) => of[i] === 1));
  return { train: places(kept), test: places(inTest) };
}

/** The distinct time that stands so many after the first that is not before `known`. */
function timeAfter(distinct: Float64Array, known: number, embargo: number): number {
  const first = distinct.findIndex((time) => time >= known);
  if (first < 0) return Number.POSITIVE_INFINITY;
  return distinct[first + embargo] ?? Number.POSITIVE_INFINITY;
}

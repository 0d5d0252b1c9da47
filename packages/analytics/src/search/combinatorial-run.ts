import { invariant, ok, type Result } from '@plimsoll/kernel';
import { type Estimate, unknown } from '../analysis/estimate.ts';
import { type Block, blocksOf, combinatorialPurged } from '../learning/cross-validation.ts';
import calmar from '../metrics/calmar/index.ts';
import sharpe from '../metrics/sharpe/index.ts';
import totalReturn from '../metrics/total-return/index.ts';
import { ReturnSample } from '../statistics/return-sample.ts';
import type { CombinatorialOptions } from './combinatorial-trials.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import type { Performance } from './objective.ts';
import { type DriftOfParameter, driftOf } from './parameter-drift.ts';
import type { ParameterSet, ParameterSpace } from './parameter-space.ts';
import { pickTrial } from './plateau.ts';
import { runSearch } from './run-search.ts';
import type { Outcome, Searcher, Trial } from './searcher.ts';

/** Bars of a history, `from` included, `until` excluded. */
export type BarRange = Block;

/** How parameters are searched and judged on every split. */
export interface CombinatorialWork extends CombinatorialOptions {
  readonly bars: number;
  readonly perYear: number;
  readonly space: ParameterSpace;
  readonly pick: 'best' | 'plateau';
  /** A fresh search for a split, from 0. */
  readonly searcher: (split: number) => Result<Searcher>;
  /** Tries parameters over the training ranges, which do not touch, and nothing else. */
  readonly score: (trials: readonly Trial[], training: readonly BarRange[]) => readonly Outcome[];
  /** Runs parameters over one tested group, one return a bar, from and to no position. */
  readonly run: (parameters: ParameterSet, tested: BarRange) => Pick<Performance, 'returns'>;
}

export interface CombinatorialSplitReport {
  /** Numbers of the tested groups. */
  readonly groups: readonly number[];
  /** Null where no trial had a value; the tested groups are then cash. */
  readonly chosen: ParameterSet | null;
  readonly trials: number;
  /** Value of the objective in training. */
  readonly inSample: number | null;
}

/** Combinatorial purged cross-validation of a search, as plain data. */
export interface CombinatorialReport {
  readonly groups: number;
  readonly tested: number;
  readonly splits: readonly CombinatorialSplitReport[];
  readonly paths: number;
  /** A year, of whole paths. */
  readonly sharpe: Distribution;
  readonly calmar: Distribution;
  readonly totalReturn: Distribution;
  /** Share of paths that lost. */
  readonly chanceOfLoss: Estimate;
  readonly drift: readonly DriftOfParameter[];
}

/** Ranges of places that follow each other. */
function rangesOf(places: Int32Array): readonly BarRange[] {
  const ranges: BarRange[] = [];
  let from = 0;
  for (let i = 1; i <= places.length; i++) {
    if (i < places.length && places[i] === places[i - 1] + 1) continue;
    ranges.push({ from: places[from], until: places[i - 1] + 1 });
    from = i;
  }
  return places.length === 0 ? [] : ranges;
}

/**
 * Searches anew in the training part of every split, judges what was chosen in its tested groups, and
 * joins these to C(N − 1, k − 1) whole paths through time.
 *
 * @returns refused where the splits cannot be, or a search cannot begin.
 *
 * Cost: C(N, k) searches. Source: López de Prado, Advances in Financial Machine Learning (2018), §12.4.
 */
export function combinatorialRun(work: CombinatorialWork): Result<CombinatorialReport> {
  const { bars, groups, tested, purging } = work;
  const found = combinatorialPurged(bars, groups, tested, purging);
  if (!found.ok) return found;
  const { splits, paths } = found.value;
  const blocks = blocksOf(bars, groups);
  const reports: CombinatorialSplitReport[] = [];
  const picked: ReturnType<typeof pickTrial>[] = [];
  // Returns of each split, by group.
  const judged: ReadonlyMap<number, Float64Array>[] = [];
  for (const [number, split] of splits.entries()) {
    const searcher = work.searcher(number);
    if (!searcher.ok) return searcher;
    const training = rangesOf(split.train);
    const { trials } = runSearch(searcher.value, (asked) => work.score(asked, training));
    const choice = pickTrial(work.space, trials, work.pick);
    picked.push(choice);
    judged.push(new Map(split.groups.map((group) => [group, judge(work, choice, blocks[group])])));
    reports.push({
      groups: split.groups,
      chosen: choice?.trial.parameters ?? null,
      trials: trials.length,
      inSample: choice?.trial.value ?? null,
    });
  }
  const samples = paths.map((path) => samplePath(path, judged, work));
  const lost = samples.filter(({ growth }) => growth < 1).length;
  const over = (figure: (sample: ReturnSample) => Estimate): Distribution =>
    distributionOf(Float64Array.from(samples, (sample) => figure(sample).value ?? Number.NaN));
  return ok({
    groups,
    tested,
    splits: reports,
    paths: paths.length,
    sharpe: over(sharpe.compute),
    calmar: over(calmar.compute),
    totalReturn: over(totalReturn.compute),
    chanceOfLoss: picked.some((choice) => choice !== null)
      ? { value: lost / paths.length }
      : unknown('nothing was chosen in any split'),
    drift: driftOf(work.space, picked),
  });
}

function judge(
  { run }: CombinatorialWork,
  choice: ReturnType<typeof pickTrial>,
  tested: BarRange,
): Float64Array {
  const bars = tested.until - tested.from;
  if (choice === null) return new Float64Array(bars);
  const { returns } = run(choice.trial.parameters, tested);
  invariant(returns.length === bars, `${returns.length} returns of ${bars} bars`);
  return returns;
}

function samplePath(
  path: readonly number[],
  judged: readonly ReadonlyMap<number, Float64Array>[],
  { bars, perYear }: CombinatorialWork,
): ReturnSample {
  const returns = new Float64Array(bars);
  let at = 0;
  path.forEach((split, group) => {
    const part = judged[split].get(group);
    if (!part) return;
    returns.set(part, at);
    at += part.length;
  });
  invariant(at === bars, `a path of ${at} of ${bars} bars`);
  return new ReturnSample({ returns, perYear });
}

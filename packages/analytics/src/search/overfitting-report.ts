import { ok, type Result } from '@plimsoll/kernel';
import { type Estimate, unknown } from '../analysis/estimate.ts';
import { overfittingProbability } from '../learning/overfitting-probability.ts';
import { type CombinatorialOptions, combinatorialTrials } from './combinatorial-trials.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { rankCorrelation, slope } from './pair-figures.ts';

/** How far the best of many trials is merely the luckiest, as plain data. */
export interface OverfittingReport {
  readonly trials: number;
  readonly observations: number;
  /** Symmetric halves (CSCV). */
  readonly halves: {
    readonly blocks: number;
    readonly splits: number;
    /** Share of splits in which the best in sample is not above the median out of it. */
    readonly probability: number;
    /** Share of splits in which the best in sample loses out of it. */
    readonly probabilityOfLoss: number;
    /** Slope of the Sharpe ratio out of sample over that in sample. */
    readonly degradation: Estimate;
    readonly logits: Distribution;
  };
  /** Combinatorial purged cross-validation. */
  readonly paths: {
    readonly groups: number;
    readonly tested: number;
    readonly splits: number;
    /** Of whole paths, Sharpe ratios a year. */
    readonly sharpe: Distribution;
    readonly totalReturn: Distribution;
    readonly degradation: Estimate;
    readonly rankCorrelation: Estimate;
    /** How many different trials were chosen over all splits. */
    readonly distinctChoices: number;
  };
  readonly conventions: readonly string[];
}

export interface OverfittingOptions extends CombinatorialOptions {
  /** S, even; 16 in the paper. */
  readonly blocks: number;
  readonly perYear: number;
}

/**
 * Both tests of a search, from the returns of all its trials: those that were thrown away too.
 *
 * @param returns Row-major, shape [n × trials], finite.
 * @returns refused where the shapes do not hold.
 *
 * Source: as `overfittingProbability` and `combinatorialTrials`.
 */
export function overfittingReport(
  returns: Float64Array,
  trials: number,
  options: OverfittingOptions,
): Result<OverfittingReport> {
  const { blocks, perYear, groups, tested, purging } = options;
  const halves = overfittingProbability(returns, trials, blocks, 'sharpe');
  if (!halves.ok) return halves;
  const many = combinatorialTrials(returns, trials, options);
  if (!many.ok) return many;
  const { probability, probabilityOfLoss, degradation, logits } = halves.value;
  const { chosen, inSample, outOfSample, pathSharpe, pathReturn } = many.value;
  const annual = Math.sqrt(perYear);
  return ok({
    trials,
    observations: returns.length / trials,
    halves: {
      blocks,
      splits: logits.length,
      probability,
      probabilityOfLoss,
      degradation:
        degradation === null ? unknown('the best in sample never varies') : { value: degradation },
      logits: distributionOf(logits),
    },
    paths: {
      groups,
      tested,
      splits: chosen.length,
      sharpe: distributionOf(pathSharpe.map((each) => each * annual)),
      totalReturn: distributionOf(pathReturn),
      degradation: slope(inSample, outOfSample),
      rankCorrelation: rankCorrelation(inSample, outOfSample),
      distinctChoices: new Set(chosen).size,
    },
    conventions: [
      `Trials are compared by Sharpe ratio without a risk-free rate; ${perYear} periods a year.`,
      `Purged: ${purging.horizon} observations of horizon, ${purging.embargo} of embargo.`,
    ],
  });
}

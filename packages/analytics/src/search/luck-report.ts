import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  type SharpeEstimate,
} from '../statistics/sharpe-significance.ts';
import type { TrialCount } from './trial-ledger.ts';

/**
 * Years of history below which the best of N trials without skill is expected to reach a Sharpe ratio
 * by luck: (((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))) ÷ SR)².
 *
 * @param trials N ≥ 1, independent ones.
 * @param sharpe SR a year, above 0.
 * @returns years; 0 for one trial, NaN where SR is not above 0.
 *
 * Source: Bailey, Borwein, López de Prado and Zhu, "Pseudo-mathematics and financial charlatanism"
 * (2014), theorem 1: of 45 trials one has a Sharpe ratio of 1 in five years by luck.
 */
export const minimumBacktestYears = (trials: number, sharpe: number): number =>
  sharpe > 0 ? (expectedMaximumSharpe(trials, 1) / sharpe) ** 2 : Number.NaN;

/** How far a Sharpe ratio may be the luck of many tries, as plain data. Ratios are a year. */
export interface LuckReport {
  readonly tried: number;
  /** Independent ones among them. */
  readonly effective: number;
  readonly clusters: number | null;
  readonly averageCorrelation: number | null;
  readonly sharpe: number;
  /** What the best of so many is expected to have without any skill. */
  readonly expectedMaximum: Estimate;
  /** Chance that the true ratio is above 0, tries not counted. */
  readonly probabilistic: Estimate;
  /** Chance that it is above what luck alone reaches. */
  readonly deflated: Estimate;
  /** The same where trials that move alike count as one. */
  readonly deflatedByClusters: Estimate;
  /** Years that it takes so that luck alone does not reach the ratio. */
  readonly minimumBacktestYears: Estimate;
  readonly years: number;
  /** Years at which the ratio would be above that of luck with 95 % confidence. */
  readonly minimumTrackRecordYears: Estimate;
  readonly conventions: readonly string[];
}

const noError = 'no distribution has such moments, or there are too few returns';

/**
 * Weighs the Sharpe ratio of the chosen parameters by all that was tried.
 *
 * @param chosen Of the returns of the chosen parameters, per period.
 * @param perYear Periods a year.
 *
 * Source: Bailey and López de Prado, "The deflated Sharpe ratio" (2014).
 */
export function luckReport(count: TrialCount, chosen: SharpeEstimate, perYear: number): LuckReport {
  const { effective, clusters, variance } = count;
  const annual = Math.sqrt(perYear);
  const deflatedBy = (trials: number): Estimate => {
    if (trials <= 1) return estimate(probabilisticSharpe(chosen), noError);
    if (variance.value === null) return variance;
    return estimate(deflatedSharpe(chosen, trials, variance.value), noError);
  };
  const luck =
    effective <= 1
      ? 0
      : variance.value === null
        ? null
        : expectedMaximumSharpe(effective, variance.value);
  const sharpe = chosen.sharpe * annual;
  return {
    tried: count.tried,
    effective,
    clusters,
    averageCorrelation: count.averageCorrelation,
    sharpe,
    expectedMaximum: luck === null ? variance : { value: luck * annual },
    probabilistic: estimate(probabilisticSharpe(chosen), noError),
    deflated: deflatedBy(effective),
    deflatedByClusters:
      clusters === null ? unknown('how alike trials are was not measured') : deflatedBy(clusters),
    minimumBacktestYears: estimate(
      minimumBacktestYears(Math.max(1, effective), sharpe),
      'the Sharpe ratio is not above 0',
    ),
    years: chosen.n / perYear,
    minimumTrackRecordYears:
      luck === null
        ? variance
        : estimate(
            minimumTrackRecord(chosen, luck) / perYear,
            'the Sharpe ratio is not above that of luck',
          ),
    conventions: [
      `${perYear} periods a year; sample deviation; skewness and kurtosis of the returns counted.`,
      count.averageCorrelation === null
        ? 'How alike trials are was not measured, so each counts as independent.'
        : 'Independent trials by their average correlation.',
    ],
  };
}

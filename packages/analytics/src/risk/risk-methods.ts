import { ok, type Result } from '@plimsoll/kernel';
import { cornishFisherTailOf } from './cornish-fisher.ts';
import { peaksOverThreshold, thresholdTail } from './extreme-values.ts';
import {
  conditionalNormalTail,
  ewmaFilter,
  filteredPaths,
  filteredTail,
  garchVolatilityFilter,
  type VolatilityFilter,
} from './filtered.ts';
import { sortedTail } from './historical.ts';
import { normalTailOf, studentTTail } from './parametric.ts';
import type { MethodOptions, RiskMethod } from './risk-method.ts';
import { rollingGarch } from './rolling-garch.ts';
import { rollingHistorical } from './rolling-historical.ts';
import { fitStudentT, fitStudentTByMoments, type StudentTFit } from './student-t-fit.ts';
import { type TailRisk, whyNoTail } from './tail-risk.ts';
import { ageWeightedTail } from './weighted-tail.ts';

/** Fits once and reads off all levels; a fit that is refused is refused for each. */
const fitted = <Fit>(
  fit: Result<Fit>,
  levels: readonly number[],
  read: (fit: Fit, level: number) => Result<TailRisk>,
): readonly Result<TailRisk>[] => levels.map((level) => (fit.ok ? read(fit.value, level) : fit));

/** Filtered historical simulation over several periods. */
function drawnOver(
  filter: Result<VolatilityFilter>,
  levels: readonly number[],
  days: number,
  { paths = 20_000, seed = 1 }: MethodOptions,
): readonly Result<TailRisk>[] {
  if (!filter.ok) return levels.map(() => filter);
  const sorted = filteredPaths(filter.value, { days, paths, seed }).sort();
  return levels.map((level) => ok(sortedTail(sorted, level)));
}

const readStudentT = (fit: StudentTFit, level: number): Result<TailRisk> =>
  ok(studentTTail(fit, level));

/** Every method for a single column of returns, from the plainest on. */
export const riskMethods: readonly RiskMethod[] = [
  {
    id: 'historical',
    title: 'Historical simulation',
    formula: 'VaR = −q(1 − level) of past returns',
    source: 'P. Jorion, Value at Risk, 2007',
    estimate: (returns, levels, options) => {
      const sorted = returns.toSorted();
      return levels.map(
        (level) => whyNoTail(sorted.length, level, 1) ?? ok(sortedTail(sorted, level, options)),
      );
    },
    rolling: rollingHistorical,
  },
  {
    id: 'age-weighted',
    title: 'Age-weighted historical',
    formula: 'VaR = −q(1 − level) with probabilities λᵃ (1 − λ) ÷ (1 − λⁿ)',
    source: 'J. Boudoukh, M. Richardson, R. Whitelaw, The best of both worlds, 1998',
    estimate: (returns, levels, { ageDecay }) =>
      levels.map((level) => ageWeightedTail(returns, level, ageDecay)),
  },
  {
    id: 'ewma-filtered',
    title: 'Filtered historical, EWMA volatility',
    formula: 'VaR = −σ_next · q(1 − level) of r_t ÷ σ_t',
    source:
      'J. Hull, A. White, Incorporating volatility updating into the historical simulation method, 1998',
    estimate: (returns, levels, { decay }) =>
      fitted(ewmaFilter(returns, decay === undefined ? {} : { decay }), levels, filteredTail),
    overPeriods: (returns, levels, periods, options) => {
      const { decay } = options;
      const filter = ewmaFilter(returns, decay === undefined ? {} : { decay });
      return drawnOver(filter, levels, periods, options);
    },
  },
  {
    id: 'garch-filtered',
    title: 'Filtered historical, GARCH(1,1) volatility',
    formula: 'VaR = −(μ + σ_next · q(1 − level) of (r_t − μ) ÷ σ_t)',
    source: 'G. Barone-Adesi, K. Giannopoulos, L. Vosper, VaR without correlations, 1999',
    estimate: (returns, levels, { asymmetric = false }) =>
      fitted(garchVolatilityFilter(returns, { asymmetric }), levels, filteredTail),
    overPeriods: (returns, levels, periods, options) =>
      drawnOver(
        garchVolatilityFilter(returns, { asymmetric: options.asymmetric ?? false }),
        levels,
        periods,
        options,
      ),
    rolling: rollingGarch,
  },
  {
    id: 'normal',
    title: 'Normal',
    formula: 'VaR = −(μ + σ Φ⁻¹(1 − level))',
    source: 'A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2015',
    estimate: (returns, levels) => levels.map((level) => normalTailOf(returns, level)),
  },
  {
    id: 'ewma-normal',
    title: 'Normal, EWMA volatility',
    formula: 'VaR = −σ_next Φ⁻¹(1 − level)',
    source: 'J. P. Morgan and Reuters, RiskMetrics — Technical Document, 1996',
    estimate: (returns, levels, { decay }) =>
      fitted(ewmaFilter(returns, decay === undefined ? {} : { decay }), levels, (filter, level) =>
        ok(conditionalNormalTail(filter, level)),
      ),
  },
  {
    id: 'student-t',
    title: 'Student-t, maximum likelihood',
    formula: 'VaR = −(m + s t_ν⁻¹(1 − level))',
    source: 'A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2015',
    estimate: (returns, levels) => fitted(fitStudentT(returns), levels, readStudentT),
  },
  {
    id: 'student-t-moments',
    title: 'Student-t, by moments',
    formula: 'VaR = −(m + s t_ν⁻¹(1 − level)), ν = 4 + 6 ÷ excess kurtosis',
    source: 'A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2015',
    estimate: (returns, levels) => fitted(fitStudentTByMoments(returns), levels, readStudentT),
  },
  {
    id: 'cornish-fisher',
    title: 'Cornish–Fisher (modified)',
    formula:
      'VaR = −(μ + σ [z + (z² − 1) S/6 + (z³ − 3z) K/24 − (2z³ − 5z) S²/36]), z = Φ⁻¹(1 − level)',
    source: 'D. Maillard, A user’s guide to the Cornish–Fisher expansion, 2012',
    estimate: (returns, levels, { modifiedCvar = 'quantile' }) =>
      levels.map((level) => cornishFisherTailOf(returns, level, { cvar: modifiedCvar })),
  },
  {
    id: 'extreme-values',
    title: 'Extreme values, peaks over a threshold',
    formula: 'VaR = u + β/ξ [(n (1 − level) ÷ N_u)^−ξ − 1]',
    source: 'A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2015',
    estimate: (returns, levels, { threshold = 0.95, tailFit = 'likelihood' }) =>
      fitted(
        peaksOverThreshold(returns, { quantile: threshold, method: tailFit }),
        levels,
        thresholdTail,
      ),
  },
];

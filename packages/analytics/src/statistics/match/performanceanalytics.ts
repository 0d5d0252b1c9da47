import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { kurtosisOf, quantileSorted, skewnessOf } from '@plimsoll/quant/statistics';
import { adjustedSharpe } from '../adjusted-sharpe.ts';
import { benchmarkOf, coMoment } from '../against-benchmark.ts';
import { capturedOn } from '../capture.ts';
import { gainsAndLosses } from '../gains-and-losses.ts';
import { hurstIndex } from '../hurst-index.ts';
import { meanAbsoluteDeviation } from '../mean-absolute-deviation.ts';
import type { ReturnSample } from '../return-sample.ts';
import { minimumTrackRecord, probabilisticSharpe } from '../sharpe-significance.ts';
import { compounded } from '../wealth.ts';
import {
  annual,
  bent,
  burke,
  downside,
  excessSharpe,
  famaBeta,
  historicalShortfall,
  jensen,
  modifiedShortfall,
  mSquared,
  overEpisodes,
  rachev,
  rawEstimate,
  rawFree,
  specific,
  systematic,
  upsideVariance,
} from './performanceanalytics-formulas.ts';
import { differs, only, same, type ToolFigure, type ToolTable } from './tool-figure.ts';

const pair = { observations: 2, benchmark: true } as const;
const few = { observations: 2 } as const;
const loss = 'A negative number is a loss.';
const freeNote = 'Takes a risk-free rate per period off an annual return.';

const tail = (
  name: string,
  id: string,
  formula: string,
  value: (s: ReturnSample) => number,
): ToolFigure =>
  only(name, {
    id,
    title: name,
    section: 'risk',
    unit: 'fraction',
    needs: { observations: 4 },
    formula,
    note: loss,
    value,
  });

const coFigure = (name: string, id: string, formula: string, value: (s: ReturnSample) => number) =>
  only(name, {
    id,
    title: name,
    section: 'benchmark',
    unit: 'number',
    needs: pair,
    formula,
    value,
  });

/** Its known errors are kept, each said in the note of its figure. */
export const performanceanalytics: ToolTable = {
  tool: 'performanceanalytics',
  title: 'PerformanceAnalytics 2.1.0 for R',
  conventions: [
    'Risk-free rates and targets are per period; the target is zero.',
    'VaR and ES are negative numbers, drawdowns positive ones.',
    'Many figures are per period, not a year; each says so.',
  ],
  figures: [
    same('Return.cumulative', 'total-return'),
    same('Return.annualized_geometric', 'cagr'),
    same('Return.annualized_arith', 'annual-return-arithmetic'),
    same('StdDev.annualized', 'volatility'),
    same(
      'SharpeRatio.annualized',
      'sharpe',
      'Arithmetic since 2.1.0, where `geometric` is false unless asked for.',
    ),
    differs('SharpeRatio.annualized_arith', 'sharpe', {
      formula: '√p × mean(r − rf) ÷ sample deviation(r − rf)',
      value: excessSharpe,
    }),
    differs('SharpeRatio_StdDev', 'return-risk-ratio', {
      formula: 'mean(r − rf) ÷ sample deviation(r − rf)',
      value: (s) => s.sharpe,
    }),
    differs('AdjustedSharpeRatio', 'adjusted-sharpe', {
      formula: 'SR × (1 + γ₃ ÷ 6 × SR − (γ₄ − 3) ÷ 24 × SR²), moments of r',
      value: (s) =>
        adjustedSharpe(excessSharpe(s), {
          skewness: skewnessOf(s.moments, 'population'),
          kurtosis: kurtosisOf(s.moments, 'population') + 3,
        }),
    }),
    differs('DownsideDeviation_0', 'downside-deviation', {
      formula: '√(Σ min(0, r)² ÷ n), per period',
      note: 'Per period, not a year.',
      value: downside,
    }),
    differs('DownsideDeviation_0_subset', 'downside-deviation-subset', {
      formula: '√(Σ min(0, r)² ÷ #(r < 0)), per period',
      note: 'Per period, not a year.',
      value: (s) => Math.sqrt(s.sides.lostSquares / s.sides.losses),
    }),
    differs('SemiDeviation', 'semi-deviation', {
      formula: '√(Σ min(0, r − r̄)² ÷ n), per period',
      note: 'Per period, not a year.',
      value: (s) => Math.sqrt(gainsAndLosses(s.returns, s.moments.mean).lostSquares / s.n),
    }),
    differs('SortinoRatio_0', 'sortino', {
      formula: 'r̄ ÷ √(Σ min(0, r)² ÷ n), per period',
      note: 'Per period, not a year.',
      value: (s) => s.moments.mean / downside(s),
    }),
    same('maxDrawdown', 'max-drawdown'),
    same('CalmarRatio', 'calmar'),
    same('SterlingRatio', 'sterling'),
    differs('BurkeRatio', 'burke', {
      formula:
        '(annual return − rf) ÷ √(Σ D²), D = 100 × (Π (1 + r ÷ 100) − 1) of each row of losses',
      note: 'Known error: its drawdowns are rows of negative returns, compounded as if they were per cent, and a loss in the first period is left out.',
      value: burke,
    }),
    same('UlcerIndex', 'ulcer-index'),
    same('PainIndex', 'pain-index'),
    differs('MartinRatio', 'martin', {
      formula: '(annual return − rf) ÷ Ulcer index',
      note: freeNote,
      value: (s) => (s.cagr - rawFree(s)) / Math.sqrt(s.path.squares / s.n),
    }),
    differs('PainRatio', 'pain-ratio', {
      formula: '(annual return − rf) ÷ pain index',
      note: freeNote,
      value: (s) => ((s.cagr - rawFree(s)) * s.n) / s.path.sum,
    }),
    differs('AverageDrawdown', 'average-drawdown', {
      formula: 'mean depth of the drawdowns',
      note: 'Counts depths that are rounding.',
      value: (s) => overEpisodes(s, (_from, _trough, _to, depth) => depth),
    }),
    differs('AverageLength', 'average-drawdown-length', {
      formula: 'mean of recovery − first period under water + 1',
      note: 'The period of recovery counts.',
      value: (s) => overEpisodes(s, (from, _, to) => to - from + 1),
    }),
    differs('AverageRecovery', 'average-recovery', {
      formula: 'mean of recovery − trough',
      note: 'A drawdown that has not recovered counts as recovered after the end.',
      value: (s) => overEpisodes(s, (_, trough, to) => to - trough),
    }),
    differs('Omega_0', 'omega', {
      formula: 'Σ max(0, r) ÷ Σ max(0, −r)',
      value: (s) => s.sides.gained / s.sides.lost,
    }),
    differs('OmegaSharpeRatio', 'gain-to-pain', {
      formula: 'Ω − 1',
      value: (s) => (s.sides.gained - s.sides.lost) / s.sides.lost,
    }),
    differs('Kappa3', 'kappa-3', {
      formula: 'r̄ ÷ (Σ max(0, −r)³ ÷ n)^(1/3)',
      value: (s) => s.moments.mean / Math.cbrt(s.sides.lostCubes / s.n),
    }),
    differs('UpsidePotentialRatio', 'upside-potential-ratio', {
      formula: 'mean of r > 0 ÷ √(Σ min(0, r)² ÷ #(r < 0))',
      note: 'Each side is averaged over its own observations.',
      value: (s) =>
        s.sides.gained / s.sides.gains / Math.sqrt(s.sides.lostSquares / s.sides.losses),
    }),
    only('UpsideFrequency', {
      id: 'upside-frequency',
      title: 'Upside frequency',
      section: 'winning',
      unit: 'fraction',
      needs: { observations: 1 },
      formula: '#(r > 0) ÷ n',
      value: (s) => s.sides.gains / s.n,
    }),
    only('DownsideFrequency', {
      id: 'downside-frequency',
      title: 'Downside frequency',
      section: 'winning',
      unit: 'fraction',
      needs: { observations: 1 },
      formula: '#(r < 0) ÷ n',
      value: (s) => s.sides.losses / s.n,
    }),
    only('UpsideRisk', {
      id: 'upside-risk',
      title: 'Upside risk a period',
      section: 'risk',
      unit: 'fraction',
      needs: { observations: 1 },
      formula: '√(Σ max(0, r)² ÷ n)',
      note: 'Per period, not a year.',
      value: (s) => Math.sqrt(upsideVariance(s)),
    }),
    only('VolatilitySkewness', {
      id: 'volatility-skewness',
      title: 'Volatility skewness',
      section: 'distribution',
      unit: 'ratio',
      needs: { observations: 1 },
      formula: 'Σ max(0, r)² ÷ Σ min(0, r)²',
      value: (s) => (upsideVariance(s) * s.n) / s.sides.lostSquares,
    }),
    differs('ProbSharpeRatio', 'probabilistic-sharpe', {
      formula: 'Φ(SR × √(n − 1) ÷ √(1 − γ₃ SR + SR² ÷ 2))',
      note: 'Kurtosis is ignored unless asked for.',
      value: (s) => probabilisticSharpe({ ...rawEstimate(s), kurtosis: 3 }),
    }),
    differs('MinTrackRecord', 'minimum-track-record', {
      formula: '1 + (1 − γ₃ SR + SR² ÷ 2)(z ÷ SR)², z at 95 %',
      note: 'Kurtosis is ignored unless asked for.',
      value: (s) => minimumTrackRecord({ ...rawEstimate(s), kurtosis: 3 }),
    }),
    differs('BernardoLedoit', 'omega', {
      formula: 'Σ max(0, r) ÷ Σ max(0, −r)',
      value: (s) => s.sides.gained / s.sides.lost,
    }),
    same('DRatio', 'd-ratio'),
    differs('ProspectRatio', 'prospect-ratio', {
      formula: '(Σ max(0, r) + 2.25 Σ min(0, r)) ÷ (n × downside deviation)',
      note: 'Known error with a target other than zero, which it takes off once instead of n times.',
      value: (s) => (s.sides.gained - 2.25 * s.sides.lost) / (s.n * downside(s)),
    }),
    differs('KellyRatio', 'kelly-continuous', {
      formula: 'mean(r − rf) ÷ sample variance(r) ÷ 2',
      note: 'Half of it, unless asked otherwise.',
      value: (s) => s.excessMoments.mean / s.deviation ** 2 / 2,
    }),
    differs('HurstIndex', 'hurst', {
      formula: 'log(R ÷ S) ÷ log n',
      value: hurstIndex,
    }),
    same('skew_moment', 'skewness-population'),
    same('skew_fisher', 'skewness'),
    only('skew_sample', {
      id: 'skewness-scaled',
      title: 'Skewness, scaled by n² ÷ ((n − 1)(n − 2))',
      section: 'distribution',
      unit: 'number',
      needs: { observations: 3 },
      formula: 'γ₃ × n² ÷ ((n − 1)(n − 2))',
      value: (s) => (skewnessOf(s.moments, 'population') * s.n ** 2) / ((s.n - 1) * (s.n - 2)),
    }),
    only('kurt_moment', {
      id: 'kurtosis-moment',
      title: 'Kurtosis (population, not in excess)',
      section: 'distribution',
      unit: 'number',
      needs: few,
      formula: 'm₄ ÷ m₂²',
      value: (s) => kurtosisOf(s.moments, 'population') + 3,
    }),
    same('kurt_excess', 'kurtosis-population'),
    only('kurt_sample', {
      id: 'kurtosis-sample',
      title: 'Kurtosis (sample, not in excess)',
      section: 'distribution',
      unit: 'number',
      needs: { observations: 4 },
      formula: 'G₂ + 3 (n − 1)² ÷ ((n − 2)(n − 3))',
      value: (s) => kurtosisOf(s.moments) + (3 * (s.n - 1) ** 2) / ((s.n - 2) * (s.n - 3)),
    }),
    same('kurt_sample_excess', 'kurtosis'),
    differs('MeanAbsDev', 'mean-absolute-deviation', {
      formula: 'Σ |r − r̄| ÷ n',
      value: meanAbsoluteDeviation,
    }),
    same('SkewnessKurtosisRatio', 'skewness-kurtosis-ratio'),
    differs('RachevRatio', 'rachev', {
      formula: 'mean of r ≥ its ⌊0.9 n⌋th ÷ −mean of r ≤ its quantile at 0.1',
      note: 'The two tails are cut by different rules.',
      value: rachev,
    }),
    tail('VaR95_historical', 'value-at-risk-95', 'quantile of r at 0.05, type 7', (s) =>
      quantileSorted(s.sorted, 0.05),
    ),
    tail(
      'VaR95_gaussian',
      'value-at-risk-95-normal',
      'r̄ + z σ, σ of the population',
      (s) => s.moments.mean + normalQuantile(0.05) * Math.sqrt(s.moments.m2),
    ),
    tail(
      'VaR95_modified',
      'value-at-risk-95-modified',
      'r̄ + Cornish–Fisher(z) σ',
      (s) => s.moments.mean + bent(s, normalQuantile(0.05)) * Math.sqrt(s.moments.m2),
    ),
    tail(
      'VaR99_modified',
      'value-at-risk-99-modified',
      'r̄ + Cornish–Fisher(z) σ',
      (s) => s.moments.mean + bent(s, normalQuantile(0.01)) * Math.sqrt(s.moments.m2),
    ),
    tail('ES95_historical', 'cvar-95', 'mean of r below its quantile at 0.05', (s) =>
      historicalShortfall(s, 0.05),
    ),
    tail(
      'ES95_gaussian',
      'cvar-95-normal',
      'r̄ − φ(z) ÷ 0.05 × σ',
      (s) => s.moments.mean - (normalPdf(normalQuantile(0.05)) / 0.05) * Math.sqrt(s.moments.m2),
    ),
    tail(
      'ES95_modified',
      'cvar-95-modified',
      'Boudt, Peterson, Croux (2008), never less than VaR',
      (s) => modifiedShortfall(s, 0.05),
    ),
    tail(
      'ES99_modified',
      'cvar-99-modified',
      'Boudt, Peterson, Croux (2008), never less than VaR',
      (s) => modifiedShortfall(s, 0.01),
    ),
    same('CAPM.beta', 'beta'),
    differs('CAPM.beta.bull', 'beta-up', {
      formula: 'β over the periods with b − rf > 0',
      value: (s) => s.upLine.beta,
    }),
    differs('CAPM.beta.bear', 'beta-down', {
      formula: 'β over the periods with b − rf < 0',
      value: (s) => s.downLine.beta,
    }),
    same('CAPM.alpha', 'alpha-period'),
    same('CAPM.jensenAlpha', 'jensen-alpha'),
    only('CAPM.epsilon', {
      id: 'regression-epsilon',
      title: 'Regression epsilon',
      section: 'benchmark',
      unit: 'fraction',
      needs: pair,
      formula: 'rf + R − α − β (B − rf)',
      note: 'Known error: takes alpha and the risk-free rate of a period off annual returns.',
      value: (s) =>
        rawFree(s) + s.cagr - s.line.alpha - (benchmarkOf(s).cagr - rawFree(s)) * s.line.beta,
    }),
    same('TimingRatio', 'timing-ratio'),
    differs('TreynorRatio', 'treynor-geometric', {
      formula: '((Π (1 + r − rf))^(p ÷ n) − 1) ÷ β',
      value: (s) => ((1 + compounded(s.excess)) ** (s.perYear / s.n) - 1) / s.line.beta,
    }),
    same('TrackingError', 'tracking-error'),
    same('InformationRatio', 'information-ratio-geometric'),
    same('ActivePremium', 'active-premium'),
    differs('AppraisalRatio', 'appraisal-ratio', {
      formula: 'Jensen’s alpha ÷ √(p × Σ ε² ÷ n)',
      value: (s) => jensen(s) / specific(s),
    }),
    differs('MSquared', 'm-squared', {
      formula: '(R − rf) × σᵇ ÷ σᵣ + rf, of the population',
      note: freeNote,
      value: mSquared,
    }),
    only('MSquaredExcess', {
      id: 'm-squared-excess',
      title: 'M² excess',
      section: 'benchmark',
      unit: 'fraction',
      needs: pair,
      formula: '(1 + M²) ÷ (1 + B) − 1',
      value: (s) => (1 + mSquared(s)) / (1 + benchmarkOf(s).cagr) - 1,
    }),
    only('M2Sortino', {
      id: 'm2-sortino',
      title: 'M² Sortino',
      section: 'benchmark',
      unit: 'fraction',
      needs: pair,
      formula: 'R + Sortino × (downside deviation of b − of r)',
      note: 'Known error: multiplies a Sortino ratio per period by deviations a year.',
      value: (s) =>
        s.cagr + (s.moments.mean / downside(s)) * annual(downside(benchmarkOf(s)) - downside(s), s),
    }),
    same('SystematicRisk', 'systematic-risk'),
    differs('SpecificRisk', 'residual-volatility', {
      formula: '√(p × Σ ε² ÷ n)',
      value: specific,
    }),
    only('TotalRisk', {
      id: 'total-risk',
      title: 'Total risk a year',
      section: 'benchmark',
      unit: 'fraction',
      needs: pair,
      formula: '√(systematic risk² + specific risk²)',
      note: 'Mixes a sample deviation with one of the population, so it is not quite the volatility.',
      value: (s) => Math.hypot(systematic(s), specific(s)),
    }),
    differs('FamaBeta', 'fama-beta', { formula: 'σᵣ ÷ σᵇ of the population', value: famaBeta }),
    differs('Selectivity', 'jensen-alpha', {
      formula: 'R − rf − β (B − rf)',
      value: jensen,
    }),
    differs('NetSelectivity', 'net-selectivity', {
      formula: 'selectivity − (Fama beta − β)(B − rf)',
      note: freeNote,
      value: (s) => jensen(s) - (famaBeta(s) - s.line.beta) * (benchmarkOf(s).cagr - rawFree(s)),
    }),
    same('UpCapture', 'up-capture-total'),
    differs('DownCapture', 'down-capture-total', {
      formula: '(Π (1 + r) − 1) ÷ (Π (1 + b) − 1) over the periods with b ≤ 0',
      note: 'Periods in which the benchmark stood still count as down.',
      value: (s) => {
        const down = capturedOn(s.returns, benchmarkOf(s).returns, 'down-or-even');
        return (down.growth - 1) / (down.benchmarkGrowth - 1);
      },
    }),
    same('UpNumber', 'up-number'),
    same('DownNumber', 'down-number'),
    same('UpPercent', 'up-percent'),
    same('DownPercent', 'down-percent'),
    coFigure('CoSkewness', 'co-skewness', 'mean((r − r̄)(b − b̄)²)', (s) => coMoment(s, 2)),
    coFigure('CoKurtosis', 'co-kurtosis', 'mean((r − r̄)(b − b̄)³)', (s) => coMoment(s, 3)),
    coFigure(
      'BetaCoVariance',
      'beta-covariance',
      'mean((r − r̄)(b − b̄)) ÷ m₂ of b',
      (s) => coMoment(s, 1) / benchmarkOf(s).moments.m2,
    ),
    coFigure(
      'BetaCoSkewness',
      'beta-coskewness',
      'mean((r − r̄)(b − b̄)²) ÷ m₃ of b',
      (s) => coMoment(s, 2) / benchmarkOf(s).moments.m3,
    ),
    coFigure(
      'BetaCoKurtosis',
      'beta-cokurtosis',
      'mean((r − r̄)(b − b̄)³) ÷ m₄ of b',
      (s) => coMoment(s, 3) / benchmarkOf(s).moments.m4,
    ),
  ],
};

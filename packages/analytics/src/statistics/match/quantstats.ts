import { normalCdf, normalQuantile } from '@plimsoll/quant/distributions';
import { covariance, kurtosisOf, skewnessOf, sum } from '@plimsoll/quant/statistics';
import { benchmarkOf } from '../against-benchmark.ts';
import { autocorrelationPenalty } from '../autocorrelation-penalty.ts';
import type { ReturnSample } from '../return-sample.ts';
import { meanBeyondNormal, serenity } from '../serenity.ts';
import { differs, only, same, type ToolTable } from './tool-figure.ts';

/** √(Σ d² ÷ (n − 1)). */
const ulcer = (s: ReturnSample): number => Math.sqrt(s.path.squares / (s.n - 1));

/** ⌈100 × share of returns that are not zero⌉ ÷ 100. */
const exposure = (s: ReturnSample): number =>
  Math.ceil(((s.sides.gains + s.sides.losses) / s.n) * 100) / 100;

/** Of raw returns, whatever the risk-free rate. */
const rawBeta = (s: ReturnSample): number => {
  const benchmark = benchmarkOf(s);
  return covariance(s.returns, benchmark.returns) / benchmark.deviation ** 2;
};

/** Of a ratio per period, by the spread that a Sharpe ratio has. */
function probabilistic(s: ReturnSample, base: number): number {
  const excess = kurtosisOf(s.moments);
  const spread =
    1 + 0.5 * base ** 2 - skewnessOf(s.moments) * base + ((excess - 3) / 4) * base ** 2;
  return normalCdf((base - s.riskFreeYear) / Math.sqrt(spread / (s.n - 1)));
}

/** Of raw returns about zero, per period. */
const sortino = (s: ReturnSample): number => s.moments.mean / Math.sqrt(s.sides.lostSquares / s.n);

/** Its known errors are kept, each said in the note of its figure. */
export const quantstats: ToolTable = {
  tool: 'quantstats',
  title: 'QuantStats 0.0.81',
  conventions: [
    'A risk-free rate a year is taken off each return as (1 + rf)^(1 ÷ periods) − 1.',
    'Drawdowns, VaR and CVaR are negative numbers.',
    'Returns that are not a number count as zero.',
  ],
  figures: [
    same('comp', 'total-return'),
    same('cagr', 'cagr', 'The risk-free rate is not taken off, though the function asks for one.'),
    same('expected_return', 'geometric-mean-return'),
    same('volatility', 'volatility'),
    same('sharpe', 'sharpe'),
    same('smart_sharpe', 'smart-sharpe'),
    same('sortino', 'sortino'),
    same('smart_sortino', 'smart-sortino'),
    same('adjusted_sortino', 'adjusted-sortino'),
    same('omega', 'omega'),
    differs('max_drawdown', 'max-drawdown', {
      formula: 'min over t of W(t) ÷ max W(s ≤ t) − 1',
      note: 'A negative number.',
      value: (s) => -s.path.deepest,
    }),
    same('calmar', 'calmar'),
    differs('ulcer_index', 'ulcer-index', {
      formula: '√(Σ d² ÷ (n − 1))',
      note: 'Divides by n − 1, where its author Martin divides by n.',
      value: ulcer,
    }),
    differs('ulcer_performance_index', 'martin', {
      formula: '(total return − rf) ÷ √(Σ d² ÷ (n − 1))',
      note: 'Known error: takes the total return where the ratio is defined on the annual one.',
      value: (s) => (s.growth - 1 - s.riskFreeYear) / ulcer(s),
    }),
    differs('serenity_index', 'serenity', {
      formula: '(Σ r − rf) ÷ (Ulcer index × −CVaR of the drawdowns ÷ deviation)',
      note: 'Adds returns up instead of compounding them; its Ulcer index divides by n − 1.',
      value: (s) => {
        const total = sum(s.returns);
        return (serenity(s, ulcer(s)) * (total - s.riskFreeYear)) / total;
      },
    }),
    same('skew', 'skewness'),
    same('kurtosis', 'kurtosis'),
    differs('value_at_risk', 'value-at-risk-95', {
      formula: 'mean + z × sample deviation, z the normal quantile at 0.05',
      note: 'By the normal distribution, not historical; a negative number is a loss.',
      value: (s) => s.moments.mean + normalQuantile(0.05) * s.deviation,
    }),
    differs('conditional_value_at_risk', 'cvar-95', {
      formula: 'mean of r below mean + z × sample deviation',
      note: 'Known error: the mean of observations beyond a normal bound is neither a historical nor a normal CVaR. A negative number is a loss.',
      value: (s) => meanBeyondNormal(s.returns, 0.95),
    }),
    same('tail_ratio', 'tail-ratio'),
    same('gain_to_pain_ratio', 'gain-to-pain', 'By days, where its author Schwager takes months.'),
    same('kelly_criterion', 'kelly'),
    same('win_rate', 'win-rate'),
    same('payoff_ratio', 'payoff'),
    same('profit_factor', 'profit-factor'),
    same('profit_ratio', 'profit-ratio'),
    differs('recovery_factor', 'recovery-factor', {
      formula: '|Σ r − rf| ÷ deepest drawdown',
      note: 'Known error: adds returns up instead of compounding them, and hides a loss behind the bars.',
      value: (s) => Math.abs(sum(s.returns) - s.riskFreeYear) / s.path.deepest,
    }),
    differs('information_ratio', 'information-ratio', {
      formula: 'mean(r − b) ÷ sample deviation(r − b)',
      note: 'Not annualised.',
      value: (s) => s.active.mean / s.activeDeviation,
    }),
    differs('treynor_ratio', 'treynor', {
      formula: '(total return − rf) ÷ β',
      note: 'Known error: takes the total return where the ratio is defined on the annual one.',
      value: (s) => (s.growth - 1 - s.riskFreeYear) / rawBeta(s),
    }),
    same('r_squared', 'r-squared'),
    differs('greeks: beta', 'beta', {
      formula: 'cov(r, b) ÷ var(b)',
      note: 'Of raw returns, without the risk-free rate.',
      value: rawBeta,
    }),
    differs('greeks: alpha', 'alpha', {
      formula: 'p × (r̄ − β b̄)',
      note: 'Of raw returns, without the risk-free rate, and not compounded.',
      value: (s) => (s.moments.mean - rawBeta(s) * benchmarkOf(s).moments.mean) * s.perYear,
    }),
    differs('probabilistic_sharpe_ratio', 'probabilistic-sharpe', {
      formula: 'Φ((SR − rf) ÷ √((1 + SR² ÷ 2 − G₁ SR + (G₂ − 3) ÷ 4 × SR²) ÷ (n − 1)))',
      note: 'Known error: takes 3 off a kurtosis that is already in excess of 3, so the chance comes out too high for fat tails.',
      value: (s) => probabilistic(s, s.moments.mean / s.deviation),
    }),
    only('probabilistic_sortino_ratio', {
      id: 'probabilistic-sortino',
      title: 'Probabilistic Sortino ratio',
      section: 'significance',
      unit: 'fraction',
      needs: { observations: 4 },
      formula:
        'Φ((S − rf) ÷ √((1 + S² ÷ 2 − G₁ S + (G₂ − 3) ÷ 4 × S²) ÷ (n − 1))), S = r̄ ÷ downside',
      note: 'Known error: takes the spread of a Sharpe ratio for that of a Sortino ratio, with 3 taken off twice.',
      value: (s) => probabilistic(s, sortino(s)),
    }),
    only('probabilistic_adjusted_sortino_ratio', {
      id: 'probabilistic-adjusted-sortino',
      title: 'Probabilistic Sortino ratio ÷ √2',
      section: 'significance',
      unit: 'fraction',
      needs: { observations: 4 },
      formula:
        'Φ((S − rf) ÷ √((1 + S² ÷ 2 − G₁ S + (G₂ − 3) ÷ 4 × S²) ÷ (n − 1))), S = r̄ ÷ downside ÷ √2',
      note: 'Known error: takes the spread of a Sharpe ratio for that of a Sortino ratio, with 3 taken off twice.',
      value: (s) => probabilistic(s, sortino(s) / Math.SQRT2),
    }),
    only('autocorr_penalty', {
      id: 'autocorrelation-penalty',
      title: 'Autocorrelation penalty',
      section: 'risk',
      unit: 'ratio',
      needs: { observations: 3 },
      formula: '√(1 + 2 Σ (n − k) ÷ n × |ρ|ᵏ), k = 1 … n − 1',
      value: (s) => autocorrelationPenalty(s.returns),
    }),
    only('avg_return', {
      id: 'average-return',
      title: 'Average return that is not zero',
      section: 'winning',
      unit: 'fraction',
      needs: { observations: 1 },
      formula: 'mean of r ≠ 0',
      value: ({ sides: { gained, lost, gains, losses } }) => (gained - lost) / (gains + losses),
    }),
    same('risk_return_ratio', 'return-risk-ratio'),
    same('cpc_index', 'cpc-index'),
    same('common_sense_ratio', 'common-sense-ratio'),
    same('outlier_win_ratio', 'outlier-win-ratio'),
    same('outlier_loss_ratio', 'outlier-loss-ratio'),
    differs('exposure', 'exposure', {
      formula: '⌈100 × #(r ≠ 0) ÷ n⌉ ÷ 100',
      note: 'Rounded up to a whole per cent.',
      value: exposure,
    }),
    differs('rar', 'return-over-exposure', {
      formula: 'annual return ÷ (⌈100 × #(r ≠ 0) ÷ n⌉ ÷ 100)',
      note: 'The exposure is rounded up to a whole per cent.',
      value: (s) => s.cagr / exposure(s),
    }),
    same('risk_of_ruin', 'risk-of-ruin'),
    same('best', 'best'),
    same('worst', 'worst'),
    same('consecutive_wins', 'longest-wins'),
    same('consecutive_losses', 'longest-losses'),
    same('avg_win', 'average-win'),
    same('avg_loss', 'average-loss'),
  ],
};

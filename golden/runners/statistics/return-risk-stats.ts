import { estimate } from '@plimsoll/analytics/analysis';
import {
  autocorrelatedSharpeScale,
  metricById,
  minimumTrackRecord,
  type ReturnSample,
} from '@plimsoll/analytics/statistics';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { type Check, same } from '../../check.ts';
import { isRecord } from '../../golden-case.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { sampleOf } from './case-sample.ts';
import { checkFigure } from './check-figure.ts';

/** Metric by the name of the case's figure; `rf` where the case's risk-free rate is in it. */
const figures: Readonly<Record<string, readonly [id: string, rate?: 'rf' | 'none', sign?: -1]>> = {
  total_return: ['total-return'],
  cagr_periods: ['cagr'],
  cagr_actual_365_25: ['cagr-julian'],
  cagr_actual_365: ['cagr-calendar'],
  calendar_days: ['calendar-days'],
  mean: ['mean-return'],
  ann_return_arith: ['annual-return-arithmetic'],
  vol_ddof1: ['volatility'],
  vol_ddof0: ['volatility-population'],
  sharpe_arith_rf0: ['sharpe'],
  sharpe_geometric_rf0: ['sharpe-geometric'],
  sharpe_log_rf0: ['sharpe-log'],
  downside_dev_mar0_full_n: ['downside-deviation'],
  downside_dev_mar0_subset_n: ['downside-deviation-subset'],
  downside_dev_std_of_negative_returns: ['loss-deviation'],
  sortino_mar0: ['sortino'],
  calmar_cagr_periods: ['calmar'],
  ulcer_index_full_n: ['ulcer-index'],
  pain_index: ['pain-index'],
  martin_ratio_rf0: ['martin'],
  pain_ratio_rf0: ['pain-ratio'],
  avg_drawdown_all_obs: ['pain-index', 'none', -1],
  pct_time_underwater: ['time-under-water'],
  omega_0: ['omega'],
  gain_to_pain_daily: ['gain-to-pain'],
  kappa3_mar0_periodic: ['kappa-3'],
  upside_potential_ratio_mar0: ['upside-potential-ratio'],
  skew_population_g1: ['skewness-population'],
  skew_sample_G1: ['skewness'],
  excess_kurtosis_population_g2: ['kurtosis-population'],
  excess_kurtosis_sample_G2: ['kurtosis'],
  jarque_bera: ['jarque-bera'],
  jarque_bera_p: ['jarque-bera-p'],
  tail_ratio_95_linear: ['tail-ratio'],
  best: ['best'],
  worst: ['worst'],
  positive_fraction: ['positive-share'],
  win_rate_excl_zero: ['win-rate'],
  avg_win: ['average-win'],
  avg_loss: ['average-loss'],
  payoff_ratio: ['payoff'],
  profit_factor: ['profit-factor'],
  kelly_mean_over_var: ['kelly-continuous'],
  common_sense_ratio: ['common-sense-ratio'],
  hurst_like_stability_r2_logcum: ['stability'],
  beta_excess: ['beta', 'rf'],
  beta_raw_cov: ['beta'],
  alpha_period_regression: ['alpha-period', 'rf'],
  alpha_annual_simple: ['alpha-arithmetic', 'rf'],
  alpha_annual_compound: ['alpha', 'rf'],
  alpha_t: ['alpha-t', 'rf'],
  beta_se: ['beta-standard-error', 'rf'],
  r_squared: ['r-squared', 'rf'],
  residual_std_ann: ['residual-volatility', 'rf'],
  correlation: ['correlation'],
  tracking_error_ann: ['tracking-error'],
  information_ratio_arith: ['information-ratio'],
  information_ratio_geometric_activepremium: ['information-ratio-geometric'],
  appraisal_ratio: ['appraisal-ratio', 'rf'],
  batting_average: ['batting-average'],
  up_capture_annualised_subset: ['up-capture'],
  down_capture_annualised_subset: ['down-capture'],
  up_capture_mean_ratio: ['up-capture-mean'],
  down_capture_mean_ratio: ['down-capture-mean'],
  up_capture_total_cumulative: ['up-capture-total'],
  down_capture_total_cumulative: ['down-capture-total'],
  beta_bull: ['beta-up', 'rf'],
  beta_bear: ['beta-down', 'rf'],
  coskewness: ['coskewness'],
  psr_vs_0: ['probabilistic-sharpe'],
  autocorr_lag1_pearson: ['autocorrelation-pearson'],
  acf1: ['autocorrelation'],
};

/** Names that state the rate of their risk-free return, such as `omega_rf2pct`. */
const withRate: readonly (readonly [RegExp, string])[] = [
  [/^sharpe_arith_rf.*pct/, 'sharpe'],
  [/^sortino_mar_rf.*pct/, 'sortino'],
  [/^omega_rf.*pct/, 'omega'],
  [/^treynor_arith_rf/, 'treynor'],
  [/^m2_rf/, 'm-squared'],
];

interface Samples {
  readonly none: ReturnSample;
  readonly given: ReturnSample;
}

/** What is not one metric: dictionaries, tables and other conventions. */
function special(key: string, wanted: unknown, { none }: Samples, tolerance: number): Check[] {
  const number = (what: string, value: number, expected: unknown): Check =>
    checkFigure(what, estimate(value, 'not a number'), expected, tolerance);
  if (key === 'n_obs') return [same(key, none.n, wanted)];
  if (key === 'ulcer_index_nminus1') {
    return [number(key, Math.sqrt(none.path.squares / (none.n - 1)), wanted)];
  }
  const [, q, lags] = /^sharpe_lo2002_q(\d+)_(\d+)lags$/.exec(key) ?? [];
  if (q && lags) {
    const rho = Float64Array.from({ length: Number(lags) }, (_, i) => none.autocorrelation(i + 1));
    return [number(key, none.sharpe * autocorrelatedSharpeScale(rho, Number(q)), wanted)];
  }
  const [, confidence] = /^minTRL_(\d+)$/.exec(key) ?? [];
  if (confidence) {
    const sure = Number(`0.${confidence}`);
    return [number(key, minimumTrackRecord(none.sharpeEstimate, 0, sure), wanted)];
  }
  if (key === 'max_drawdown' && isRecord(wanted)) {
    const found = none.deepestEpisode;
    if (!found) return [same(key, null, wanted)];
    const { peak, trough, recovered } = found;
    return [
      number('maxDD', -found.depth, wanted['maxDD']),
      same('peak', dayAt(none, peak), wanted['peak']),
      same('trough', dayAt(none, trough), wanted['trough']),
      same('recovery', recovered === null ? null : dayAt(none, recovered), wanted['recovery']),
      same('peak to trough', trough - peak, wanted['peak_to_trough_obs']),
      same(
        'trough to recovery',
        recovered === null ? null : recovered - trough,
        wanted['trough_to_recovery_obs'],
      ),
    ];
  }
  if (key.startsWith('drawdown_episodes') && Array.isArray(wanted)) {
    const found = none.episodes.toSorted((a, b) => b.depth - a.depth);
    return wanted.filter(isRecord).flatMap((each, i) => {
      const episode = found[i];
      if (!episode) return [same(`${key} ${i + 1}`, null, each)];
      const { depth, peak, trough, recovered, length } = episode;
      return [
        same(`start ${i + 1}`, dayAt(none, peak), each['start']),
        same(`trough ${i + 1}`, dayAt(none, trough), each['trough']),
        same(
          `recovery ${i + 1}`,
          recovered === null ? null : dayAt(none, recovered),
          each['recovery'],
        ),
        number(`depth ${i + 1}`, -depth, each['depth']),
        same(`length ${i + 1}`, length, each['length_obs']),
      ];
    });
  }
  return [];
}

const dayAt = (sample: ReturnSample, place: number): string | null =>
  place < 0 ? sample.start : (sample.days[place] ?? null);

/** Own formulas: every figure by its name. */
export const returnRiskStats: Runner = {
  category: 'return_risk_stats',
  handles: (golden) => golden['category'] === 'return_risk_stats',
  run(golden, surroundings): Outcome {
    const input = inputOf(golden, surroundings);
    const tolerance = toleranceOf(golden);
    const samples = {
      none: sampleOf(input, surroundings),
      given: sampleOf(input, surroundings, 'given'),
    };
    const checks: Check[] = [];
    const listed: string[] = [];
    for (const [key, wanted] of Object.entries(expectedOf(golden))) {
      const rated = withRate.find(([pattern]) => pattern.test(key));
      const [id, rate, sign = 1] = figures[key] ?? (rated ? [rated[1], 'rf'] : []);
      const metric = metricById(id ?? '');
      if (metric) {
        const free = rate === 'rf' ? 'given' : 'none';
        const { value } = metric.compute(samples[free]);
        checks.push(
          checkFigure(
            key,
            value === null ? { value, why: 'none' } : { value: value * sign },
            wanted,
            tolerance,
          ),
        );
        continue;
      }
      const others = special(key, wanted, samples, tolerance);
      checks.push(...others);
      if (others.length === 0) listed.push(`${key}: no metric of that name is known`);
    }
    return { checks, listed };
  },
};

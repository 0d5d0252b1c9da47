import { quantileSorted } from '@plimsoll/quant/statistics';
import { sortedTail } from '../../risk/historical.ts';
import { benchmarkOf } from '../against-benchmark.ts';
import type { ReturnSample } from '../return-sample.ts';
import { differs, only, same, type ToolTable } from './tool-figure.ts';

/** Share of days ahead of the benchmark among those on which it rose or stood still, or fell. */
function ahead(sample: ReturnSample, side: 'up' | 'down'): number {
  const benchmark = benchmarkOf(sample).returns;
  let days = 0;
  let won = 0;
  for (let t = 0; t < sample.n; t++) {
    if (side === 'up' ? benchmark[t] < 0 : benchmark[t] >= 0) continue;
    days++;
    if (sample.returns[t] > benchmark[t]) won++;
  }
  return won / days;
}

/** Losses are negative numbers, and ratios of means are annualised by √periods. */
export const empyrical: ToolTable = {
  tool: 'empyrical',
  title: 'empyrical-reloaded 0.5',
  conventions: [
    'Risk-free rates are per period.',
    'Drawdowns, VaR and CVaR are negative numbers.',
    'Returns that are not a number are left out.',
  ],
  figures: [
    same('cum_returns_final', 'total-return'),
    same('cagr', 'cagr'),
    same('annual_volatility', 'volatility'),
    same('sharpe_ratio', 'sharpe'),
    same('sortino_ratio', 'sortino'),
    differs('max_drawdown', 'max-drawdown', {
      formula: 'min over t of W(t) ÷ max W(s ≤ t) − 1',
      note: 'A negative number.',
      value: (s) => -s.path.deepest,
    }),
    same('calmar_ratio', 'calmar'),
    same('omega_ratio', 'omega'),
    same('downside_risk', 'downside-deviation'),
    same('tail_ratio', 'tail-ratio'),
    same('stability_of_timeseries', 'stability'),
    differs('value_at_risk', 'value-at-risk-95', {
      formula: 'quantile of r at 0.05, linear',
      note: 'A negative number is a loss.',
      value: (s) => quantileSorted(s.sorted, 0.05),
    }),
    differs('conditional_value_at_risk', 'cvar-95', {
      formula: 'mean of the lowest ⌊(n − 1) × 0.05⌋ + 1 of r',
      note: 'A negative number is a loss. Counts whole observations, so it is not coherent.',
      value: (s) => -sortedTail(s.sorted, 0.95, { tailMean: 'floor-count' }).cvar,
    }),
    same('alpha', 'alpha'),
    same('beta', 'beta'),
    same('up_capture', 'up-capture'),
    same('down_capture', 'down-capture'),
    same('batting_average', 'batting-average'),
    only('batting_average: up market', {
      id: 'batting-average-up',
      title: 'Batting average in up markets',
      section: 'benchmark',
      unit: 'fraction',
      needs: { observations: 1, benchmark: true },
      formula: '#(r > b and b ≥ 0) ÷ #(b ≥ 0)',
      value: (s) => ahead(s, 'up'),
    }),
    only('batting_average: down market', {
      id: 'batting-average-down',
      title: 'Batting average in down markets',
      section: 'benchmark',
      unit: 'fraction',
      needs: { observations: 1, benchmark: true },
      formula: '#(r > b and b < 0) ÷ #(b < 0)',
      value: (s) => ahead(s, 'down'),
    }),
    differs('excess_sharpe', 'information-ratio', {
      formula: 'mean(r − b) ÷ sample deviation(r − b)',
      note: 'Not annualised.',
      value: (s) => s.active.mean / s.activeDeviation,
    }),
    same('skew', 'skewness-population', 'Of the population, as scipy.stats.skew.'),
    same('kurtosis', 'kurtosis-population', 'Of the population, as scipy.stats.kurtosis.'),
  ],
};

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

/**
 * Whether the returns on the benchmark’s middle day are below the line through its worst and best days.
 *
 * **Source:** N. N. Taleb et al., A new heuristic measure of fragility and tail risks, 2012.
 */
function fragility(sample: ReturnSample): number {
  const benchmark = benchmarkOf(sample).returns;
  const order = Uint32Array.from(sample.returns.keys()).sort(
    (a, b) => benchmark[a] - benchmark[b] || a - b,
  );
  const half = order.length / 2;
  // NumPy rounds half to even.
  const middle = Number.isInteger(half) ? half : 2 * Math.round(half / 2);
  const [first, between, last] = [order[0], order[middle], order[order.length - 1]];
  const range = benchmark[last] - benchmark[first];
  const low = range === 0 ? 0.5 : (benchmark[between] - benchmark[first]) / range;
  const high = range === 0 ? 0.5 : (benchmark[last] - benchmark[between]) / range;
  return low * sample.returns[first] + high * sample.returns[last] - sample.returns[between];
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
    same('annual_return', 'cagr'),
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
    same('up_down_capture', 'capture-ratio'),
    only('capture', {
      id: 'capture',
      title: 'Capture',
      section: 'benchmark',
      unit: 'ratio',
      needs: { observations: 1, benchmark: true },
      formula: 'annual return ÷ that of the benchmark, both compounded',
      value: (s) => s.cagr / benchmarkOf(s).cagr,
    }),
    only('beta_fragility_heuristic', {
      id: 'beta-fragility',
      title: 'Beta fragility',
      section: 'benchmark',
      unit: 'fraction',
      needs: { observations: 3, benchmark: true },
      formula:
        'w r(worst) + (1 − w) r(best) − r(middle), by the order of b, w = (b(middle) − b(worst)) ÷ (b(best) − b(worst))',
      value: fragility,
    }),
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

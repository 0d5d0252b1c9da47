import { normalQuantile } from '@plimsoll/quant/distributions';
import { covariance, quantileSorted } from '@plimsoll/quant/statistics';
import { benchmarkOf } from '../against-benchmark.ts';
import { differs, only, same, type ToolTable } from './tool-figure.ts';

const pair = { observations: 2, benchmark: true } as const;

/** What the functions of a worksheet give for a column of returns, as sheets of funds put them together. */
export const excel: ToolTable = {
  tool: 'excel',
  title: 'Microsoft Excel worksheet functions',
  conventions: [
    'STDEV.S, SKEW and KURT are those of a sample; STDEV.P and SKEW.P those of a population.',
    'PERCENTILE.INC is a quantile of type 7, PERCENTILE.EXC of type 6.',
    'Losses are negative numbers.',
  ],
  figures: [
    same('PRODUCT(1+r)-1', 'total-return'),
    same('RRI(n/periods, 1, growth)', 'cagr'),
    same('AVERAGE', 'mean-return'),
    same('GEOMEAN(1+r)-1', 'geometric-mean-return'),
    same('MEDIAN', 'median-return'),
    same('AVERAGE*periods', 'annual-return-arithmetic'),
    same('STDEV.S*SQRT(periods)', 'volatility'),
    same('STDEV.P*SQRT(periods)', 'volatility-population'),
    same('AVEDEV', 'mean-absolute-deviation'),
    same('SKEW', 'skewness'),
    same('SKEW.P', 'skewness-population'),
    same('KURT', 'kurtosis'),
    same('MAX', 'best'),
    same('MIN', 'worst'),
    same('AVERAGE(r-rf)/STDEV.S(r-rf)*SQRT(periods)', 'sharpe'),
    same('SQRT(SUMSQ(negative r)/COUNT(r))*SQRT(periods)', 'downside-deviation'),
    same('COUNTIF(r,">0")/COUNT(r)', 'positive-share'),
    differs('PERCENTILE.INC(r, 5%)', 'value-at-risk-95', {
      formula: 'quantile of r at 0.05, type 7',
      note: 'A negative number is a loss.',
      value: (s) => quantileSorted(s.sorted, 0.05),
    }),
    only('PERCENTILE.EXC(r, 5%)', {
      id: 'value-at-risk-95-exclusive',
      title: 'Value at risk, 95 %, exclusive quantile',
      section: 'risk',
      unit: 'fraction',
      needs: { observations: 19 },
      formula: 'quantile of r at 0.05, type 6',
      note: 'A negative number is a loss.',
      value: (s) => quantileSorted(s.sorted, 0.05, 6),
    }),
    only('NORM.INV(5%, AVERAGE, STDEV.S)', {
      id: 'value-at-risk-95-normal',
      title: 'Value at risk, 95 %, normal',
      section: 'risk',
      unit: 'fraction',
      needs: { observations: 2 },
      formula: 'mean + z × sample deviation, z the normal quantile at 0.05',
      note: 'A negative number is a loss.',
      value: (s) => s.moments.mean + normalQuantile(0.05) * s.deviation,
    }),
    same('CORREL', 'correlation'),
    differs('SLOPE', 'beta', {
      formula: 'cov(r, b) ÷ var(b)',
      note: 'Of raw returns, without the risk-free rate.',
      value: (s) => covariance(s.returns, benchmarkOf(s).returns) / benchmarkOf(s).deviation ** 2,
    }),
    differs('INTERCEPT', 'alpha-period', {
      formula: 'r̄ − β b̄',
      note: 'Of raw returns, without the risk-free rate.',
      value: (s) =>
        s.moments.mean -
        (covariance(s.returns, benchmarkOf(s).returns) / benchmarkOf(s).deviation ** 2) *
          benchmarkOf(s).moments.mean,
    }),
    same('RSQ', 'r-squared'),
    only('STEYX', {
      id: 'residual-deviation',
      title: 'Standard error of the regression a period',
      section: 'benchmark',
      unit: 'fraction',
      needs: { observations: 3, benchmark: true },
      formula: '√(Σ ε² ÷ (n − 2))',
      value: (s) => Math.sqrt(s.line.squares / (s.n - 2)),
    }),
    only('COVARIANCE.S', {
      id: 'covariance',
      title: 'Covariance a period',
      section: 'benchmark',
      unit: 'number',
      needs: pair,
      formula: 'Σ (r − r̄)(b − b̄) ÷ (n − 1)',
      value: (s) => covariance(s.returns, benchmarkOf(s).returns),
    }),
    same('STDEV.S(r-b)*SQRT(periods)', 'tracking-error'),
  ],
};

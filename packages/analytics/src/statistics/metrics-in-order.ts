import type { Metric, MetricSection } from './metric.ts';
import { allMetrics } from './metric-by-id.ts';

/** Sections in the order in which they are shown, and their headings. */
export const sections: readonly (readonly [MetricSection, string])[] = [
  ['return', 'Return'],
  ['risk', 'Risk'],
  ['ratio', 'Return for risk'],
  ['drawdown', 'Drawdowns'],
  ['distribution', 'Distribution'],
  ['winning', 'Wins and losses'],
  ['calendar', 'Months and years'],
  ['benchmark', 'Against the benchmark'],
  ['significance', 'Significance'],
];

/** Those that people look for first, at the head of their sections. */
const first: readonly string[] = [
  'cagr',
  'total-return',
  'volatility',
  'downside-deviation',
  'value-at-risk-95',
  'cvar-95',
  'sharpe',
  'sortino',
  'calmar',
  'omega',
  'max-drawdown',
  'average-drawdown',
  'longest-drawdown',
  'ulcer-index',
  'best',
  'worst',
  'skewness',
  'kurtosis',
  'win-rate',
  'payoff',
  'profit-factor',
  'best-month',
  'worst-month',
  'beta',
  'alpha',
  'r-squared',
  'tracking-error',
  'information-ratio',
  'up-capture',
  'down-capture',
  'probabilistic-sharpe',
];

const rankOf = ({ id }: Metric): number => {
  const place = first.indexOf(id);
  return place < 0 ? first.length : place;
};

/** Every metric, section by section, those first that people look for first. */
export const metricsInOrder: readonly Metric[] = sections.flatMap(([section]) =>
  allMetrics.filter((metric) => metric.section === section).sort((a, b) => rankOf(a) - rankOf(b)),
);

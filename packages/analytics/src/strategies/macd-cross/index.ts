import { crossingManner, crossingParameters, crossingRule } from '../../strategy-kit/crossing.ts';
import { barsParameter } from '../../strategy-kit/sides-rule.ts';
import { signalStrategy } from '../../strategy-kit/signal-strategy.ts';

interface Periods {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

const rowsOf = ({ fast, slow, signal }: Periods) => {
  const params = { fast, slow, signal };
  return {
    fast: { indicator: 'macd', params, output: 'macd' },
    slow: { indicator: 'macd', params, output: 'signal' },
  };
};

export default signalStrategy({
  id: 'macd-cross',
  group: 'trend',
  title: 'MACD above its signal line',
  summary:
    'Long while the distance of two exponential averages is above its own average, so while the trend gains speed; flat, or short, while it is below. Early at turns, and for that wrong often within a steady trend.',
  source: 'Appel, The Moving Average Convergence-Divergence Trading Method, 1985',
  params: {
    fast: barsParameter('Fast average', 12, 1),
    slow: barsParameter('Slow average', 26),
    signal: barsParameter('Average of their distance', 9, 1),
    ...crossingParameters,
  },
  check: ({ fast, slow }) =>
    fast < slow ? null : `the fast average (${fast}) must be shorter than the slow one (${slow})`,
  warmUp: ({ slow, signal }) => slow + signal - 2,
  rows: (params) => Object.values(rowsOf(params)),
  rule: (params) => crossingRule(crossingManner(params)),
  crossing: (params) => ({ ...rowsOf(params), ...crossingManner(params) }),
});

import { bollingerParameters, bollingerRows } from '../../strategy-kit/bollinger-rows.ts';
import { sidesRule } from '../../strategy-kit/sides-rule.ts';
import { signalStrategy } from '../../strategy-kit/signal-strategy.ts';

export default signalStrategy({
  id: 'bollinger-reversion',
  group: 'mean-reversion',
  title: 'Back to the middle of Bollinger bands',
  summary:
    'Buys a close below the lower band and sells at a close above the average: what is far from its mean tends to come back. Loses where the fall was news and not noise.',
  source: 'Bollinger, Bollinger on Bollinger Bands, 2001',
  params: bollingerParameters,
  warmUp: ({ period }) => period - 1,
  rows: bollingerRows,
  rule: ({ short }) =>
    sidesRule(
      {
        enter: (close, _upper, _middle, lower) => close < lower,
        leave: (close, _upper, middle) => close > middle,
      },
      short
        ? {
            enter: (close, upper) => close > upper,
            leave: (close, _upper, middle) => close < middle,
          }
        : undefined,
    ),
});

import { bollingerParameters, bollingerRows } from '../../strategy-kit/bollinger-rows.ts';
import { sidesRule } from '../../strategy-kit/sides-rule.ts';
import { signalStrategy } from '../../strategy-kit/signal-strategy.ts';

export default signalStrategy({
  id: 'bollinger-breakout',
  group: 'breakout',
  title: 'Out of the Bollinger bands',
  summary:
    'Buys a close above the upper band and sells at a close below the average: a move beyond what was usual often goes on. Bought at the top of each spike that does not.',
  source: 'Bollinger, Bollinger on Bollinger Bands, 2001, method I',
  params: bollingerParameters,
  warmUp: ({ period }) => period - 1,
  rows: bollingerRows,
  rule: ({ short }) =>
    sidesRule(
      {
        enter: (close, upper) => close > upper,
        leave: (close, _upper, middle) => close < middle,
      },
      short
        ? {
            enter: (close, _upper, _middle, lower) => close < lower,
            leave: (close, _upper, middle) => close > middle,
          }
        : undefined,
    ),
});

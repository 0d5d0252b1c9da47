import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { TurningPoint } from '../../indicator/turning-point.ts';

export default defineIndicator({
  id: 'fractal',
  group: 'pattern',
  title: 'Fractal',
  summary:
    'A high or low that stands out over the bars around it, given when those after it are known.',
  formula:
    'high (low) of right bars before where it is above (below) all of left bars before it and right bars after it',
  source: 'Williams, Trading Chaos, 1995',
  params: { left: period(2, 'Bars before'), right: period(2, 'Bars after') },
  needs: ['high', 'low'],
  outputs: ['high', 'low'],
  warmUp: ({ left, right }) => left + right + 1,
  start: ({ left, right }) => {
    const highs = new TurningPoint(left, right, 1);
    const lows = new TurningPoint(left, right, -1);
    return {
      advance(input, from, until, [high, low]) {
        for (let i = from; i < until; i++) {
          high[i] = highs.at(input.high, i);
          low[i] = lows.at(input.low, i);
        }
      },
    };
  },
});

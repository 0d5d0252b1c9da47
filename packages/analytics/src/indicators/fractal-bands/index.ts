import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { TurningPoint } from '../../indicator/turning-point.ts';

export default defineIndicator({
  id: 'fractal-bands',
  group: 'channel',
  title: 'Fractal chaos bands',
  summary:
    'The newest high and low that stood out over the bars around them, from when that is known.',
  formula: 'the last high above, and low below, those of span bars before and after it',
  source: 'Williams, Trading Chaos, 1995',
  params: { span: period(2, 'Span') },
  needs: ['high', 'low'],
  outputs: ['upper', 'lower'],
  warmUp: ({ span }) => 40 * span + 40,
  keeps: 'path',
  start: ({ span }) => {
    const highs = new TurningPoint(span, span, 1);
    const lows = new TurningPoint(span, span, -1);
    let top = Number.NaN;
    let bottom = Number.NaN;
    return {
      advance({ high, low }, from, until, [upper, lower]) {
        for (let i = from; i < until; i++) {
          const newTop = highs.at(high, i);
          const newBottom = lows.at(low, i);
          if (!Number.isNaN(newTop)) top = newTop;
          if (!Number.isNaN(newBottom)) bottom = newBottom;
          upper[i] = top;
          lower[i] = bottom;
        }
      },
    };
  },
});

import { defineIndicator } from '../../indicator/define-indicator.ts';
import { factor } from '../../indicator/indicator-parameters.ts';
import { RollingMean } from '../../indicator/rolling/rolling-mean.ts';
import { HilbertCycle } from '../../indicator/smoothing/hilbert-cycle.ts';
import { settling } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'mama',
  group: 'average',
  title: 'MESA adaptive moving average',
  summary:
    'An average whose speed follows the phase of the dominant cycle, and a slower one after it.',
  formula:
    'α = max(fastLimit ÷ max(fall of the phase in degrees, 1), slowLimit), mama ← mama + α (price − mama), fama ← fama + α ÷ 2 × (mama − fama), price = (high + low) ÷ 2',
  source: 'Ehlers, MESA and trading market cycles, 2001',
  params: { fastLimit: factor(0.5, 'Fast limit', 1), slowLimit: factor(0.05, 'Slow limit', 1) },
  needs: ['high', 'low'],
  outputs: ['mama', 'fama'],
  warmUp: ({ slowLimit }) => 200 + settling(Math.max(slowLimit, 0.01) / 2),
  keeps: 'path',
  start: ({ fastLimit, slowLimit }) => {
    const cycle = new HilbertCycle();
    const first = new RollingMean(6);
    let phase = 0;
    let average = Number.NaN;
    let following = Number.NaN;
    const step = (price: number): void => {
      if (!cycle.next(price)) {
        average = following = first.next(price);
        return;
      }
      const before = phase;
      phase =
        cycle.inPhase === 0 ? 0 : (Math.atan(cycle.quadrature / cycle.inPhase) * 180) / Math.PI;
      const alpha = Math.max(fastLimit / Math.max(before - phase, 1), slowLimit);
      average = alpha * price + (1 - alpha) * average;
      following = 0.5 * alpha * average + (1 - 0.5 * alpha) * following;
    };
    return {
      advance({ high, low }, from, until, [mama, fama]) {
        for (let i = from; i < until; i++) {
          const price = (high[i] + low[i]) / 2;
          const isNumber = !Number.isNaN(price);
          if (isNumber) step(price);
          mama[i] = isNumber ? average : Number.NaN;
          fama[i] = isNumber ? following : Number.NaN;
        }
      },
    };
  },
});

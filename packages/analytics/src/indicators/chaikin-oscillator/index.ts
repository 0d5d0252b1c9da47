import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { moneyFlow } from '../../indicator/money-flow.ts';
import { exponentialAverage } from '../../indicator/smoothing/exponential-average.ts';
import { RunningTotal } from '../../indicator/smoothing/running-total.ts';
import { exponentialWarmUp } from '../../indicator/smoothing/settling.ts';

export default defineIndicator({
  id: 'chaikin-oscillator',
  group: 'volume',
  title: 'Chaikin oscillator',
  summary: 'A fast average of the accumulation and distribution line less a slow one.',
  formula: 'ema(line, fast) − ema(line, slow)',
  source: 'Chaikin; Achelis, Technical Analysis from A to Z, 2000',
  params: { fast: period(3, 'Fast period'), slow: period(10, 'Slow period') },
  needs: ['high', 'low', 'close', 'volume'],
  outputs: ['oscillator'],
  warmUp: ({ fast, slow }) => exponentialWarmUp(Math.max(fast, slow)),
  start: (params) => {
    const total = new RunningTotal();
    const quick = exponentialAverage(params.fast);
    const steady = exponentialAverage(params.slow);
    return {
      advance({ high, low, close, volume }, from, until, [oscillator]) {
        for (let i = from; i < until; i++) {
          const line = total.next(moneyFlow(high[i], low[i], close[i], volume[i]));
          oscillator[i] = quick.next(line) - steady.next(line);
        }
      },
    };
  },
});

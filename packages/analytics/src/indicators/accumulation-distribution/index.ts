import { defineIndicator } from '../../indicator/define-indicator.ts';
import { moneyFlow } from '../../indicator/money-flow.ts';
import { RunningTotal } from '../../indicator/smoothing/running-total.ts';

export default defineIndicator({
  id: 'accumulation-distribution',
  group: 'volume',
  title: 'Accumulation and distribution line',
  summary: 'Volume added by where the close stands in its bar.',
  formula: 'line ← line + ((close − low) − (high − close)) ÷ (high − low) × volume, from 0',
  source: 'Chaikin; Achelis, Technical Analysis from A to Z, 2000',
  params: {},
  needs: ['high', 'low', 'close', 'volume'],
  outputs: ['line', 'flow'],
  warmUp: () => 1,
  keeps: 'sum',
  start: () => {
    const total = new RunningTotal();
    return {
      advance({ high, low, close, volume }, from, until, [line, flow]) {
        for (let i = from; i < until; i++) {
          flow[i] = moneyFlow(high[i], low[i], close[i], volume[i]);
          line[i] = total.next(flow[i]);
        }
      },
    };
  },
});

import { defineIndicator } from '../../indicator/define-indicator.ts';
import { period } from '../../indicator/indicator-parameters.ts';
import { Lag } from '../../indicator/rolling/lag.ts';
import { rollingHighest, rollingLowest } from '../../indicator/rolling/rolling-extreme.ts';

export default defineIndicator({
  id: 'ichimoku',
  group: 'trend',
  title: 'Ichimoku cloud',
  summary:
    'Middles of three ranges; the two spans are those of some bars before, as drawn at this bar.',
  formula:
    'middle(n) = (max high + min low) ÷ 2 over n bars; conversion = middle(conversion), base = middle(base), spanA = (conversion + base) ÷ 2 and spanB = middle(span) of displacement bars before. The lagging span is the close drawn back, and so is not given',
  source: 'Hosoda, Ichimoku Kinko Hyo, 1969',
  params: {
    conversion: period(9, 'Conversion period'),
    base: period(26, 'Base period'),
    span: period(52, 'Span period'),
    displacement: period(26, 'Displacement', 0),
  },
  needs: ['high', 'low'],
  outputs: ['conversion', 'base', 'spanA', 'spanB'],
  warmUp: (params) => Math.max(params.conversion, params.base, params.span) + params.displacement,
  start: (params) => {
    const periods = [params.conversion, params.base, params.span];
    const highest = periods.map(rollingHighest);
    const lowest = periods.map(rollingLowest);
    const laggedA = new Lag(params.displacement);
    const laggedB = new Lag(params.displacement);
    const middle = (k: number, top: number, bottom: number): number =>
      (highest[k].next(top) + lowest[k].next(bottom)) / 2;
    return {
      advance({ high, low }, from, until, [conversion, base, spanA, spanB]) {
        for (let i = from; i < until; i++) {
          conversion[i] = middle(0, high[i], low[i]);
          base[i] = middle(1, high[i], low[i]);
          spanA[i] = laggedA.next((conversion[i] + base[i]) / 2);
          spanB[i] = laggedB.next(middle(2, high[i], low[i]));
        }
      },
    };
  },
});

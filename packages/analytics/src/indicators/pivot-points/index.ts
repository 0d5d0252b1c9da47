import { defineIndicator } from '../../indicator/define-indicator.ts';
import { pivotLevels, pivotMethod, pivotOutputs } from '../../indicator/pivot-levels.ts';

export default defineIndicator({
  id: 'pivot-points',
  group: 'pattern',
  title: 'Pivot points',
  summary:
    'Levels from the session before, good for the whole of this one. Weeks or months count as sessions where they are numbered so.',
  formula:
    'standard: pivot = (high + low + close) ÷ 3 of the session before, support and resistance about it; other methods as their authors give them',
  source: 'Person, A Complete Guide to Technical Trading Tactics, 2004',
  params: { method: pivotMethod },
  needs: ['open', 'high', 'low', 'close', 'session'],
  outputs: pivotOutputs,
  // Two whole sessions, however long they are.
  warmUp: () => 1000,
  keeps: 'path',
  start: ({ method }) => {
    const levels = new Float64Array(pivotOutputs.length).fill(Number.NaN);
    const window = { open: Number.NaN, high: Number.NaN, low: Number.NaN, close: Number.NaN };
    const turn = (open: number): void => {
      pivotLevels(method, method === 'woodie' ? { ...window, open } : window, levels);
      window.open = window.high = window.low = Number.NaN;
    };
    const widen = (open: number, high: number, low: number, close: number): void => {
      if (Number.isNaN(open + high + low + close)) return;
      if (Number.isNaN(window.open)) window.open = open;
      if (!(window.high >= high)) window.high = high;
      if (!(window.low <= low)) window.low = low;
      window.close = close;
    };
    return {
      advance({ open, high, low, close, session }, from, until, outputs) {
        for (let i = from; i < until; i++) {
          if (i > 0 && session[i] !== session[i - 1]) turn(open[i]);
          for (let k = 0; k < levels.length; k++) outputs[k][i] = levels[k];
          widen(open[i], high[i], low[i], close[i]);
        }
      },
    };
  },
});

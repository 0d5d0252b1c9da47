import type { IndicatorRun } from './define-indicator.ts';
import { previous } from './previous.ts';
import { RunningTotal } from './smoothing/running-total.ts';

/** Changes of the close linked, from 1,000, over the bars that a comparison of volumes picks. */
export function linkedOn(picks: (volume: number, before: number) => boolean): IndicatorRun {
  const total = new RunningTotal();
  return {
    advance({ close, volume }, from, until, [index]) {
      for (let i = from; i < until; i++) {
        const before = previous(close, i);
        const isPrice = close[i] > 0 && !Number.isNaN(volume[i]);
        const isPicked = isPrice && before > 0 && picks(volume[i], previous(volume, i));
        const change = isPicked ? Math.log(close[i] / before) : isPrice ? 0 : Number.NaN;
        index[i] = 1000 * Math.exp(total.next(change));
      }
    },
  };
}

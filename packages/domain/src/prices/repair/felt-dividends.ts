import type { DayView } from './day-view.ts';
import type { DividendEvent } from './dividend-event.ts';
import { priceTail } from './dividend-hypotheses.ts';

/**
 * How many standard errors the falls of these ex-days speak more for a dividend of this share than
 * the falls of all other days do: the sum over the ex-days of the log-likelihood ratio of the
 * share against none, less its mean over other days, ÷ its standard deviation there × √events. A
 * bias of the falls (of prices that are rarely made, say) is the same on other days and drops out.
 */
export function feltIn(view: DayView, all: readonly DividendEvent[]) {
  const exPlaces = new Set(all.map(({ place }) => place));
  return (events: readonly DividendEvent[], share: number): number => {
    const ratio = (fall: number): number =>
      priceTail((fall - share) / view.spread) - priceTail(fall / view.spread);
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let place = 1; place < view.falls.length; place++) {
      if (exPlaces.has(place)) continue;
      const value = ratio(view.falls[place] as number);
      count++;
      sum += value;
      squares += value * value;
    }
    const mean = sum / count;
    const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
    const total = events.reduce((s, { place }) => s + ratio(view.falls[place] as number), 0);
    return (total - events.length * mean) / (deviation * Math.sqrt(events.length));
  };
}

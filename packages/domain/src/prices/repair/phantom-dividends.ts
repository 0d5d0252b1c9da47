import type { DividendEvent } from './dividend-event.ts';

/** Two dividends that are one, told twice. */
export interface Phantom {
  readonly phantom: DividendEvent;
  readonly real: DividendEvent;
}

/** Days between an ex-day and its double. */
const nearby = 17;
/** Amounts that differ by less are the same. */
const same = 0.01;
/** A double comes at a fraction of the usual rhythm. */
const rhythm = 3;

/**
 * Finds dividends that repeat their neighbour's amount (in either unit) within 17 days and in less
 * than a third of the time that usually passes between two: the one at which the price fell less
 * is the phantom.
 */
export function findPhantoms(events: readonly DividendEvent[], units: number): Phantom[] {
  const phantoms: Phantom[] = [];
  for (let i = 1; i < events.length; i++) {
    const earlier = events[i - 1] as DividendEvent;
    const later = events[i] as DividendEvent;
    const gap = later.day - earlier.day;
    if (gap > nearby || !repeats(earlier, later, units)) continue;
    if (rhythm * gap > usualGap(events, i)) continue;
    const isLater = earlier.falls[0] > later.falls[0];
    phantoms.push(isLater ? { phantom: later, real: earlier } : { phantom: earlier, real: later });
    i++;
  }
  return phantoms;
}

function repeats(a: DividendEvent, b: DividendEvent, units: number): boolean {
  const ratio = a.amount / b.amount;
  return [1, units, 1 / units].some((times) => Math.abs(ratio / times - 1) < same);
}

/** The median of the days between other neighbours; 0 where there are none. */
function usualGap(events: readonly DividendEvent[], without: number): number {
  const gaps: number[] = [];
  for (let i = 1; i < events.length; i++) {
    if (i !== without) {
      gaps.push((events[i] as DividendEvent).day - (events[i - 1] as DividendEvent).day);
    }
  }
  gaps.sort((a, b) => a - b);
  return gaps[gaps.length >> 1] ?? 0;
}

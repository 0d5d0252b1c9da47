import type { DividendEvent } from './dividend-event.ts';
import { priceTail } from './dividend-hypotheses.ts';

/** Two dividends that are one, told twice. */
export interface Phantom {
  readonly phantom: DividendEvent;
  readonly real: DividendEvent;
  /**
   * How unlikely such a repetition is by chance, and how much better the prices fit without the
   * phantom, in nats.
   */
  readonly certainty: number;
}

/** Days between an ex-day and its double. */
const nearby = 17;
/** Amounts that differ by less are the same: on neighbouring days one may be converted at another rate. */
const same = 0.01;
const sameOnNeighbouringDays = 0.1;
const neighbouring = 3;
/** The later one is real only where the price fell half as much again. */
const clearly = 1.5;
/** A double comes at a fraction of the usual rhythm. */
const rhythm = 3;

/**
 * Finds dividends that repeat their neighbour's amount (in either unit) within 17 days and in less
 * than a third of the time that usually passes between two. The later is the phantom, unless the
 * price fell clearly more at it.
 */
export function findPhantoms(events: readonly DividendEvent[], units: number): Phantom[] {
  const phantoms: Phantom[] = [];
  const usual = usualGap(events);
  for (let i = 1; i < events.length; i++) {
    const earlier = events[i - 1] as DividendEvent;
    const later = events[i] as DividendEvent;
    const gap = later.day - earlier.day;
    if (gap > nearby || !repeats(earlier, later, units)) continue;
    if (rhythm * gap > usual) continue;
    const isLater = later.falls[0] <= clearly * Math.max(0, earlier.falls[0]);
    const [phantom, real] = isLater ? [later, earlier] : [earlier, later];
    const chance = (gap / usual) * toleranceOf(earlier, later);
    phantoms.push({ phantom, real, certainty: gainWithout(phantom, real) - Math.log(chance) });
    i++;
  }
  return phantoms;
}

/** How much better the price at the phantom fits without it. */
function gainWithout({ falls, spread }: DividendEvent, real: DividendEvent): number {
  return priceTail(falls[0] / spread) - priceTail((falls[0] - real.yield) / spread);
}

const toleranceOf = (a: DividendEvent, b: DividendEvent): number =>
  b.day - a.day <= neighbouring ? sameOnNeighbouringDays : same;

function repeats(a: DividendEvent, b: DividendEvent, units: number): boolean {
  const ratio = a.amount / b.amount;
  const tolerance = toleranceOf(a, b);
  return [1, units, 1 / units].some((times) => Math.abs(ratio / times - 1) < tolerance);
}

/** The median of the days between neighbours; 0 where there are none. */
function usualGap(events: readonly DividendEvent[]): number {
  const gaps = new Float64Array(Math.max(0, events.length - 1));
  for (let i = 0; i < gaps.length; i++) {
    gaps[i] = (events[i + 1] as DividendEvent).day - (events[i] as DividendEvent).day;
  }
  gaps.sort();
  return gaps[gaps.length >> 1] ?? 0;
}

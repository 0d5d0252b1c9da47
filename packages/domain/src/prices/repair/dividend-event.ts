import type { DayNumber } from '@plimsoll/kernel';
import { thinned } from '../robust-scale.ts';
import type { DayView } from './day-view.ts';
import { spreadOf } from './day-view.ts';
import { isPrice, type WorkingBars } from './working-bars.ts';

/** What is paid on one ex-day, beside what prices and adjusted closes say of it. */
export interface DividendEvent {
  readonly day: DayNumber;
  /** Place in the view of the first day on or after the ex-day. */
  readonly place: number;
  /** Cash per unit on the basis of the latest day: all dividends of the day. */
  readonly amount: number;
  /** Close before it, on that basis. */
  readonly closeBefore: number;
  /** Amount ÷ close before. */
  readonly yield: number;
  /**
   * What the adjusted closes took off for it, as a share of the close before; NaN where unknown,
   * Infinity where they are beyond numbers.
   */
  readonly adjustment: number;
  /** Falls of the price as shares of the close before: on the ex-day (or the first day since on which the price was made), and over two days. */
  readonly falls: readonly [number, number];
  /** How far the price usually moves in a day around then. */
  readonly spread: number;
  /** Whether the price was made anew on the ex-day or soon after, so that the falls say something. */
  readonly traded: boolean;
  /** The ratio of a split of the same day; 1 where there is none. */
  readonly splitRatio: number;
}

/** Days on each side that say how lively the price was. */
const neighbourhood = 20;

/** The ex-days that have a day before them in the view, oldest first. */
export function dividendEvents(work: WorkingBars, view: DayView): DividendEvent[] {
  const paid = new Map<number, { day: DayNumber; amount: number }>();
  for (const action of work.actions) {
    if (action.kind === 'split' || !isPrice(action.amount)) continue;
    const place = placeIn(view.days, action.day);
    if (place === 0 || place >= view.days.length) continue;
    const amount = action.amount / (view.basis[place] as number);
    const sum = paid.get(place);
    paid.set(place, { day: sum?.day ?? action.day, amount: (sum?.amount ?? 0) + amount });
  }
  const splits = splitsByPlace(work, view);
  return [...paid]
    .sort(([a], [b]) => a - b)
    .map(([place, { day, amount }]) => eventAt(view, place, day, amount, splits.get(place) ?? 1));
}

function splitsByPlace(work: WorkingBars, view: DayView): Map<number, number> {
  const splits = new Map<number, number>();
  for (const action of work.actions) {
    if (action.kind !== 'split' || !isPrice(action.ratio)) continue;
    const place = placeIn(view.days, action.day);
    splits.set(place, (splits.get(place) ?? 1) * action.ratio);
  }
  return splits;
}

function eventAt(
  view: DayView,
  place: number,
  day: DayNumber,
  amount: number,
  splitRatio: number,
): DividendEvent {
  const closeBefore = view.close[place - 1] as number;
  const shown = firstMoved(view, place);
  const at = shown ?? place;
  const fall = (row: number): number => 1 - (view.bottom[row] as number) / closeBefore;
  const around = [
    ...view.falls.subarray(Math.max(1, place - neighbourhood), place),
    ...view.falls.subarray(place + 1, place + 1 + neighbourhood),
  ];
  const before = view.factor[place - 1] as number;
  const after = view.factor[place] as number;
  return {
    day,
    place,
    amount,
    closeBefore,
    yield: amount / closeBefore,
    adjustment:
      Number.isFinite(before) && Number.isFinite(after)
        ? 1 - before / after
        : beyond(before, after),
    falls: [fall(at), fall(Math.min(at + 1, view.close.length - 1))],
    spread: Math.max(0.75 * view.spread, spreadOf(around)),
    traded: shown !== null,
    splitRatio,
  };
}

/** Days after the ex-day on which a rarely traded price may show it. */
const patience = 5;

/** The first place from `place` on with trades or another close; null where there is none soon. */
function firstMoved(view: DayView, place: number): number | null {
  if (!view.hasVolume) return place;
  const last = Math.min(view.days.length - 1, place + patience);
  for (let at = place; at <= last; at++) {
    if ((view.volume[at] as number) > 0 || view.close[at] !== view.close[at - 1]) return at;
  }
  return null;
}

const beyond = (before: number, after: number): number =>
  Number.isNaN(before) || Number.isNaN(after) ? Number.NaN : Number.POSITIVE_INFINITY;

/** The first place whose day is `day` or later. */
export function placeIn(days: Int32Array, day: DayNumber): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as number) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How precisely the adjusted closes state an adjustment: nine in ten days without an action change
 * the factor by less.
 */
export function adjustmentNoise(view: DayView, events: readonly DividendEvent[]): number {
  const eventPlaces = new Set(events.map(({ place }) => place));
  const changes = new Float64Array(view.factor.length).fill(Number.NaN);
  for (let i = 1; i < changes.length; i++) {
    if (eventPlaces.has(i)) continue;
    changes[i] = Math.abs((view.factor[i - 1] as number) / (view.factor[i] as number) - 1);
  }
  const small = thinned(changes).filter((change) => change < 0.01);
  const sorted = small.sort();
  return Math.max(1e-7, sorted[Math.floor(sorted.length * 0.9)] ?? 1e-7);
}

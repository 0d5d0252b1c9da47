import { dayFromNumber } from '@plimsoll/kernel';
import type { ActionEdits } from './action-edits.ts';
import type { AdjustmentCorrections } from './adjustment-corrections.ts';
import type { DayView } from './day-view.ts';
import type { DividendEvent } from './dividend-event.ts';
import { priceTail } from './dividend-hypotheses.ts';
import { figure, percent, type WorkingBars } from './working-bars.ts';

/** Smaller dividends drown in what prices do of themselves: as shares, and in spreads. */
const smallest = 0.05;
const smallestSpreads = 5;
/** Rows before and after the stated ex-day that are looked at. */
const before = 3;
const after = 5;
/** How much better the other day must fit, in nats: 1 : 150. */
const least = 5;
/** A fall that fits lies within so many spreads of the dividend. */
const within = 3;

/** What the steps of mending dividends write to. */
export interface DividendMending {
  readonly work: WorkingBars;
  readonly view: DayView;
  readonly edits: ActionEdits;
  readonly corrections: AdjustmentCorrections;
}

/**
 * Moves a dividend whose price fell on another day: a large one of a traded ex-day without a fall,
 * beside a day that fell by as much. What is not so stays as it is.
 */
export function moveMisdated(
  { work, view, edits, corrections }: DividendMending,
  event: DividendEvent,
): DividendEvent {
  const place = truePlace(view, event);
  if (place === null) return event;
  const closeBefore = view.close[place - 1] as number;
  const share = event.amount / closeBefore;
  const day = view.days[place] as number;
  const fall = view.falls[place] as number;
  corrections.multiplyBefore(event.place, 1 / (1 - event.adjustment));
  corrections.multiplyBefore(place, 1 - share);
  edits.move(event.place, day);
  work.repairs.push({
    code: 'dividend-on-wrong-day',
    day: event.day,
    from: work.bars.days[0] as number,
    until: Math.max(day, event.day) + 1,
    rows: view.firstRow[Math.max(place, event.place)] as number,
    fields: ['dividend', 'adjustedClose'],
    before: event.amount * (view.basis[event.place] as number),
    after: 0,
    factor: Number.NaN,
    why: `${figure(event.amount)} is ${percent(event.yield)} of the price, which fell by ${percent(event.falls[0])} on ${dayFromNumber(event.day)} and by ${percent(fall)} on ${dayFromNumber(day)}: that was the ex-day.`,
    certainty: fitOn(view, event, place) - fitOn(view, event, event.place),
  });
  const falls = [fall, fall] as const;
  return { ...event, day, place, closeBefore, yield: share, adjustment: share, falls };
}

function truePlace(view: DayView, event: DividendEvent): number | null {
  const isTraded = !view.hasVolume || (view.volume[event.place] as number) > 0;
  const isAdjusted = event.adjustment > 0 && event.adjustment < 1;
  const isLarge = event.yield >= smallest && event.yield >= smallestSpreads * event.spread;
  if (!isLarge || event.splitRatio !== 1 || !isTraded || !isAdjusted) return null;
  const stated = fitOn(view, event, event.place);
  let best: number | null = null;
  let bestFit = stated + least;
  const last = Math.min(view.days.length - 1, event.place + after);
  for (let place = Math.max(1, event.place - before); place <= last; place++) {
    const fit = fitOn(view, event, place);
    const share = event.amount / (view.close[place - 1] as number);
    const misses = Math.abs((view.falls[place] as number) - share) / event.spread;
    if (misses <= within && fit > bestFit) {
      best = place;
      bestFit = fit;
    }
  }
  return best;
}

/** How much better the fall of this day fits with the dividend than without, in nats. */
function fitOn(view: DayView, event: DividendEvent, place: number): number {
  const share = event.amount / (view.close[place - 1] as number);
  const fall = view.falls[place] as number;
  return priceTail((fall - share) / event.spread) - priceTail(fall / event.spread);
}

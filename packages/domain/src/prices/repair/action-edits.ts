import type { DayNumber } from '@plimsoll/kernel';
import type { DayView } from './day-view.ts';
import { placeIn } from './dividend-event.ts';
import type { PriceAction } from './price-action.ts';
import type { WorkingBars } from './working-bars.ts';

/** What is to become of the payments of certain days, gathered and then applied in one pass. */
export class ActionEdits {
  readonly #removed = new Set<number>();
  readonly #scaled = new Map<number, number>();
  readonly #moved = new Map<number, DayNumber>();

  /** What was paid at this place was not. */
  remove(place: number): void {
    this.#removed.add(place);
  }

  /** What was paid at this place was so many times as much. */
  scale(place: number, by: number): void {
    this.#scaled.set(place, (this.#scaled.get(place) ?? 1) * by);
  }

  /** What was paid at this place went ex on another day. */
  move(place: number, day: DayNumber): void {
    this.#moved.set(place, day);
  }

  apply(work: WorkingBars, view: DayView): void {
    if (this.#removed.size + this.#scaled.size + this.#moved.size === 0) return;
    work.actions = work.actions
      .flatMap((action): PriceAction[] => {
        if (action.kind === 'split') return [action];
        const place = placeIn(view.days, action.day);
        if (this.#removed.has(place)) return [];
        const by = this.#scaled.get(place);
        const amount = by === undefined ? action.amount : action.amount * by;
        return [{ ...action, amount, day: this.#moved.get(place) ?? action.day }];
      })
      .sort((a, b) => a.day - b.day);
  }
}

import { isDone, mayFollow, type OrderState } from '@plimsoll/domain';
import { invariant } from '@plimsoll/kernel';
import type { OrderKind } from '../strategy/strategy-context.ts';
import type { Order } from './holding.ts';
import type { LateText } from './late-text.ts';

/** What an order is made of; the rest is the same for every new one. */
export type OrderDraft = Pick<Order, 'held' | 'sign' | 'quantity'> &
  Partial<
    Pick<
      Order,
      | 'type'
      | 'kind'
      | 'timeInForce'
      | 'why'
      | 'target'
      | 'signalled'
      | 'forced'
      | 'bracket'
      | 'exitOf'
      | 'born'
    >
  >;

const market: OrderKind = { kind: 'market' };

export const newOrder = (draft: OrderDraft, id: number, submittedAt: number): Order => ({
  id,
  held: draft.held,
  sign: draft.sign,
  quantity: draft.quantity,
  type: draft.type ?? market,
  kind: draft.kind ?? (draft.type ?? market).kind,
  timeInForce: draft.timeInForce ?? 'gtc',
  why: draft.why ?? '',
  submittedAt,
  target: draft.target ?? false,
  signalled: draft.signalled ?? false,
  forced: draft.forced ?? false,
  bracket: draft.bracket ?? null,
  exitOf: draft.exitOf ?? null,
  exits: [],
  group: [],
  born: draft.born ?? null,
  triggered: false,
  best: draft.held.price,
  session: Number.NaN,
  filled: 0,
  paid: 0,
  commission: 0,
  value: 0,
  state: 'submitted',
  reason: '',
  doneAt: Number.NaN,
  view: null,
});

/** Moves an order on; a step that the table of states does not have is a mistake of ours. */
export function moveOrder(
  order: Order,
  state: OrderState,
  at: number,
  reason: LateText = '',
): void {
  // The text is only made where it is needed: this is called for each step of each order.
  if (!mayFollow(order.state, state)) {
    invariant(false, `order ${order.id}: ${order.state} → ${state}`);
  }
  order.state = state;
  if (reason !== '') order.reason = reason;
  if (!isDone(state)) return;
  order.doneAt = at;
  if (state === 'rejected' && order.signalled) order.held.signal = Number.NaN;
  const { orders, waiting } = order.held;
  waiting.log?.write(order);
  const place = orders.indexOf(order);
  if (place < 0) return;
  if (orders.length === 1) orders.pop();
  else orders.splice(place, 1);
  waiting.count--;
}

/** Units still wanted; what is left by rounding alone is nothing. */
export function remaining({ quantity, filled }: Order): number {
  const left = quantity - filled;
  return left <= 1e-12 * quantity ? 0 : left;
}

/** Whether an order can still fill. */
export const isOpen = (order: Order): boolean =>
  order.state === 'accepted' || order.state === 'partially_filled';

/** Whether it would make the position smaller, or turn it around. */
export const reduces = ({ sign, held }: Order): boolean => sign * held.quantity < 0;

/** Whether it takes whatever price there is, and so pays for it. */
export const takesPrice = (order: Order): boolean =>
  order.type.kind !== 'limit' && order.type.kind !== 'stop-limit';

import { isDone, mayFollow, type OrderState } from '@plimsoll/domain';
import { invariant } from '@plimsoll/kernel';
import type { OrderKind, TimeInForce } from '../strategy/strategy-context.ts';
import type { Holding } from './holding.ts';

/** An order in the book of a run. */
export interface Order {
  readonly id: number;
  readonly held: Holding;
  /** 1 to buy, −1 to sell. */
  readonly sign: 1 | -1;
  readonly quantity: number;
  readonly type: OrderKind;
  readonly timeInForce: TimeInForce;
  readonly why: string;
  /** Milliseconds. */
  readonly submittedAt: number;
  /** Asked for as a target: a newer target of the same instrument takes its place. */
  readonly target: boolean;
  filled: number;
  /** Sum of price × quantity of its fills. */
  paid: number;
  /** What it was charged so far, in base currency, and the value charged for. */
  commission: number;
  value: number;
  state: OrderState;
  reason: string;
  doneAt: number;
}

/** Moves an order on; a step that the table of states does not have is a mistake of ours. */
export function moveOrder(order: Order, state: OrderState, at: number, reason = ''): void {
  invariant(mayFollow(order.state, state), `order ${order.id}: ${order.state} → ${state}`);
  order.state = state;
  if (reason !== '') order.reason = reason;
  if (!isDone(state)) return;
  order.doneAt = at;
  const { orders, waiting } = order.held;
  const place = orders.indexOf(order);
  if (place < 0) return;
  orders.splice(place, 1);
  waiting.count--;
}

/** Units still wanted. */
export const remaining = (order: Order): number => order.quantity - order.filled;

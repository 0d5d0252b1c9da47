import type { Account } from './account.ts';
import type { Holding } from './holding.ts';
import { type Order, remaining } from './order.ts';

/** Carries out what waits on the instruments whose bars have become known at this moment. */
export function matchMoment(holdings: readonly Holding[], account: Account, moment: number): void {
  const waiting: Order[] = [];
  for (const held of holdings) {
    if (held.moment !== moment) continue;
    const opened = held.bars.opened[held.row] as number;
    for (const order of held.orders) if (order.submittedAt <= opened) waiting.push(order);
  }
  for (const order of sellsFirst(waiting)) {
    const { bars, row } = order.held;
    const price = bars.open[row] as number;
    const at = bars.opened[row] as number;
    account.execute(order, { at, quantity: remaining(order), price, marketPrice: price });
  }
}

/** Carries out market orders at the closes they were decided on. */
export function matchAtClose(holdings: readonly Holding[], account: Account): void {
  for (const order of sellsFirst(holdings.flatMap(({ orders }) => orders))) {
    const { bars, row } = order.held;
    const price = bars.close[row] as number;
    const at = bars.known[row] as number;
    account.execute(order, { at, quantity: remaining(order), price, marketPrice: price });
  }
}

/** What reduces positions comes first, so that its money is there; then by instrument and number. */
function sellsFirst(orders: readonly Order[]): readonly Order[] {
  if (orders.length < 2) return orders;
  const adds = ({ sign, held }: Order): number => (sign * held.quantity < 0 ? 0 : 1);
  return [...orders].sort(
    (a, b) => adds(a) - adds(b) || a.held.index - b.held.index || a.id - b.id,
  );
}

import { countWithin, defineGate, unlessReducing } from '../define-gate.ts';

/** Orders of the session, this one among them. */
export default defineGate({
  id: 'orders-per-day',
  title: 'Orders a day',
  summary: 'A strategy that runs wild is held up; orders that reduce positions pass.',
  check: (facts, limit) =>
    unlessReducing(facts, () => countWithin('orders today', facts.ordersToday + 1, limit)),
});

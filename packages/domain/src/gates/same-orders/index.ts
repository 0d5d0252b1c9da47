import { countWithin, defineGate } from '../define-gate.ts';

/** Open orders that are the same, this one among them. */
export default defineGate({
  id: 'same-orders',
  title: 'Duplicates',
  summary:
    'An order that was sent already is not sent again: same instrument, side, kind, price and quantity.',
  check: ({ sameOrders }, limit) => countWithin('orders that are the same:', sameOrders + 1, limit),
});

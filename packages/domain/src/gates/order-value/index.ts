import { defineGate, shareWithin } from '../define-gate.ts';

/** Value of one order ÷ equity. */
export default defineGate({
  id: 'order-value',
  title: 'Order value',
  summary: 'No single order is larger than this share of equity, but for those that only reduce.',
  check: ({ value, equity, reduces }, limit) =>
    reduces ? { passes: true } : shareWithin('the order is, of equity,', value / equity, limit),
});

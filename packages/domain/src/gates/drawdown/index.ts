import { defineGate, shareWithin, unlessReducing } from '../define-gate.ts';

/** 1 − equity ÷ its highest so far. */
export default defineGate({
  id: 'drawdown',
  title: 'Drawdown',
  summary: 'After such a fall from the highest equity only orders that reduce positions pass.',
  check: (facts, limit) =>
    unlessReducing(facts, () => shareWithin('fallen from the peak', facts.drawdown, limit)),
});

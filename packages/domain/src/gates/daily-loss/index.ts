import { defineGate, shareWithin, unlessReducing } from '../define-gate.ts';

/** 1 − equity ÷ equity when the session began. */
export default defineGate({
  id: 'daily-loss',
  title: 'Daily loss',
  summary: 'After such a loss in a session only orders that reduce positions pass.',
  check: (facts, limit) =>
    unlessReducing(facts, () => shareWithin('lost today', facts.dayLoss, limit)),
});

import { defineGate, shareWithin, unlessReducing } from '../define-gate.ts';

/** Value of the order ÷ what the account can still pay for. */
export default defineGate({
  id: 'buying-power',
  title: 'Buying power',
  summary: 'No order uses more than this share of what the account can still pay for.',
  check: (facts, limit) =>
    unlessReducing(facts, () =>
      shareWithin('the order takes, of buying power,', facts.value / facts.buyingPower, limit),
    ),
});

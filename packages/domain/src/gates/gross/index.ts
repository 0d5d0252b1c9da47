import { defineGate, shareWithin, unlessFalling } from '../define-gate.ts';

/** Σ |position| after the order ÷ equity. */
export default defineGate({
  id: 'gross',
  title: 'Gross exposure',
  summary: 'The positions’ absolute values do not grow beyond this multiple of equity.',
  check: ({ gross, grossAfter, equity }, limit) =>
    unlessFalling(gross, grossAfter, () =>
      shareWithin('gross exposure would be, of equity,', grossAfter / equity, limit),
    ),
});

import { defineGate, shareWithin, unlessFalling } from '../define-gate.ts';

/** |Σ position| after the order ÷ equity. */
export default defineGate({
  id: 'net',
  title: 'Net exposure',
  summary: 'The sum of the positions does not grow beyond this multiple of equity, up or down.',
  check: ({ net, netAfter, equity }, limit) =>
    unlessFalling(Math.abs(net), Math.abs(netAfter), () =>
      shareWithin('net exposure would be, of equity,', Math.abs(netAfter) / equity, limit),
    ),
});

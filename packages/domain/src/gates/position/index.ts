import { defineGate, shareWithin, unlessFalling } from '../define-gate.ts';

/** Absolute value of the position after the order ÷ equity. */
export default defineGate({
  id: 'position',
  title: 'Position',
  summary: 'No position grows beyond this share of equity.',
  check: ({ position, positionAfter, equity }, limit) =>
    unlessFalling(Math.abs(position), Math.abs(positionAfter), () =>
      shareWithin('the position would be, of equity,', Math.abs(positionAfter) / equity, limit),
    ),
});

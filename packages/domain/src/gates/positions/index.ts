import { countWithin, defineGate, unlessFalling } from '../define-gate.ts';

/** Instruments held after the order. */
export default defineGate({
  id: 'positions',
  title: 'Positions',
  summary: 'No more instruments than this are held at once.',
  check: ({ positions, positionsAfter }, limit) =>
    unlessFalling(positions, positionsAfter, () =>
      countWithin('positions would be', positionsAfter, limit),
    ),
});

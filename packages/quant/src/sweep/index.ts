export { openSweepRows } from './open-sweep-rows.ts';
export { pathState, type SweepRows } from './sweep-rows.ts';

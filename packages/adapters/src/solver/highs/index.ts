import type { LinearSolver } from '@plimsoll/ports';
import { loadHighs } from './load-highs.ts';
import { solveWithHighs } from './solve-with-highs.ts';

/** HiGHS, compiled to WebAssembly. Its four megabytes are read when it is opened, not before. */
export const highs: LinearSolver = {
  id: 'highs',
  title: 'HiGHS',
  async open({ seconds = 60 } = {}) {
    if (!(seconds > 0)) throw new RangeError(`The limit must be above 0 seconds, got ${seconds}.`);
    return solveWithHighs(await loadHighs(), seconds);
  },
};

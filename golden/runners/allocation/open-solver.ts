import { highs } from '@plimsoll/adapters/highs';
import type { SolveLinear } from '@plimsoll/quant/solver';

let opened: Promise<SolveLinear> | undefined;

/** HiGHS, loaded when the first case needs it. */
export const openSolver = (): Promise<SolveLinear> => {
  opened ??= highs.open();
  return opened;
};

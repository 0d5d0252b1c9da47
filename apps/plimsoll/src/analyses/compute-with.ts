import type { Analysis, Tools } from '@plimsoll/analytics/analysis';
import type { Compute } from '@plimsoll/engine';
import { present } from '@plimsoll/kernel';

/**
 * Carries out analyses in this thread, on values that were checked against their tables. Modules and
 * the solver are read when they are first needed.
 */
export function computeWith(openSolver: () => Promise<Tools['solveLinear']>): Compute {
  let opened: Promise<Tools> | undefined;
  const withSolver = (): Promise<Tools> => {
    opened ??= openSolver().then((solveLinear) => ({ solveLinear }));
    return opened;
  };
  return async (id, values) => {
    const { analyses } = await import('@plimsoll/analytics/analyses');
    const all: readonly Analysis[] = analyses;
    const analysis = present(
      all.find((one) => one.id === id),
      `the analysis ${id}`,
    );
    const tools = analysis.needs?.includes('solver') ? await withSolver() : withoutSolver;
    return analysis.compute(values as never, tools);
  };
}

const withoutSolver: Tools = {
  solveLinear: () => {
    throw new Error('An analysis that solves programs must say that it needs the solver');
  },
};

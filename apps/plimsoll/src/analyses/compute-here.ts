import type { Analysis, Report, Tools } from '@plimsoll/analytics/analysis';
import { present, type Result } from '@plimsoll/kernel';

/**
 * Carries out an analysis in this thread, on values that were checked against its table. Modules
 * and the solver are read when they are first needed.
 */
export async function computeHere(id: string, values: unknown): Promise<Result<Report>> {
  const { analyses } = await import('@plimsoll/analytics/analyses');
  const all: readonly Analysis[] = analyses;
  const analysis = present(
    all.find((one) => one.id === id),
    `the analysis ${id}`,
  );
  const tools = analysis.needs?.includes('solver') ? await solverTools() : noTools;
  return analysis.compute(values as never, tools);
}

const noTools: Tools = {
  solveLinear: () => {
    throw new Error('An analysis that solves programs must say that it needs the solver');
  },
};

let opened: Promise<Tools> | undefined;

/** The solver is opened once a thread. */
function solverTools(): Promise<Tools> {
  opened ??= import('@plimsoll/adapters/highs').then(async ({ highs }) => ({
    solveLinear: await highs.open(),
  }));
  return opened;
}

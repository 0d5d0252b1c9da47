import type { Analysis } from '@plimsoll/analytics/analysis';
import { present } from '@plimsoll/kernel';

/** Every analysis; read when a command needs them, as other commands should not wait for them. */
export async function loadAnalyses(): Promise<readonly Analysis[]> {
  const { analyses } = await import('@plimsoll/analytics/analyses');
  return analyses;
}

/** The analysis of that id. */
export const loadAnalysis = async (id: string): Promise<Analysis> =>
  present(
    (await loadAnalyses()).find((one) => one.id === id),
    `the analysis ${id}`,
  );

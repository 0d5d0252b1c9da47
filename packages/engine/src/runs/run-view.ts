import type { Json } from '@plimsoll/kernel';
import type { Run, RunArtifact } from '@plimsoll/ports';
import type { RunDetailView, RunSummary, RunView } from './run-use-cases.ts';

/** A run as lists show it. */
export function runView(run: Run, nowMs: number): RunView {
  const { config: _, summary: __, jobId: ___, progress, ...shown } = run;
  return {
    ...shown,
    progress:
      run.state === 'running' && progress !== null
        ? { ...progress, expectedAt: expectedAt(run, nowMs) }
        : null,
  };
}

/** A run with its configuration, its figures and its files. */
export const runDetail = (
  run: Run,
  artifacts: readonly RunArtifact[],
  nowMs: number,
): RunDetailView => ({
  ...runView(run, nowMs),
  config: run.config as Readonly<Record<string, Json>>,
  summary: summaryOf(run),
  artifacts: artifacts.map(({ object: _, ...shown }) => shown),
});

/** What a run gave beside its files; null where it gave nothing. */
export const summaryOf = ({ summary }: Run): RunSummary | null =>
  // Only what carries runs out writes it, and it writes this or null.
  summary as unknown as RunSummary | null;

/** When it will be done at the rate since it was begun. */
function expectedAt({ startedAt, progress }: Run, nowMs: number): string | null {
  if (startedAt === null || progress === null || progress.done <= 0) return null;
  const elapsedMs = nowMs - Date.parse(startedAt);
  if (elapsedMs <= 0 || progress.of < progress.done) return null;
  const leftMs = (elapsedMs / progress.done) * (progress.of - progress.done);
  return new Date(nowMs + leftMs).toISOString();
}

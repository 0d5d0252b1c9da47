import type { Job } from '@plimsoll/ports';
import type { JobView } from '../market/market-use-cases.ts';

/** A job with the time at which it will be done at the rate of its last holder. */
export function jobView(job: Job, nowMs: number): JobView {
  const { params: _, heldUntil: __, heldSince: ___, doneBefore: ____, ...shown } = job;
  return { ...shown, expectedAt: expectedAt(job, nowMs) };
}

function expectedAt(job: Job, nowMs: number): string | null {
  const { finishedAt, heldSince, doneBefore, done, failed, total } = job;
  if (finishedAt !== null || heldSince === null) return null;
  const finished = done + failed - doneBefore;
  const elapsedMs = nowMs - Date.parse(heldSince);
  if (finished < 1 || elapsedMs <= 0) return null;
  const leftMs = (elapsedMs / finished) * (total - done - failed);
  return new Date(nowMs + leftMs).toISOString();
}

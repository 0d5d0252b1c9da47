import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, JobDetailView, JobView } from '@plimsoll/engine';
import type { Call } from '../command.ts';
import { CommandRefusal, taken } from '../refusals.ts';
import { plain } from '../table.ts';

const betweenLooksMs = 500;
/** A line at most this often, so that a log of it can be read. */
const betweenLinesMs = 5_000;

/** Waits until a job has ended, telling how far it is; refuses where it came to nothing. */
export async function followJob(call: Call, engine: Engine, started: JobView): Promise<void> {
  const job = await watch(call, engine, started.id);
  if (call.json) call.output.json(job);
  else printEnd(call, job);
  if (job.state === 'failed') {
    throw new CommandRefusal({ code: 'market.refused', detail: `${job.title}: ${job.error}` });
  }
}

async function watch(call: Call, engine: Engine, id: string): Promise<JobDetailView> {
  let toldAt = performance.now();
  for (;;) {
    const job = taken(await engine.job(call.workspace, id));
    if (job.finishedAt !== null) return job;
    if (!call.json && performance.now() - toldAt > betweenLinesMs) {
      call.output.note(progressLine(job));
      toldAt = performance.now();
    }
    await pause(betweenLooksMs);
  }
}

/** `Refresh prices of 500 listings: 120 of 500, 3 failed, done about 22:41:07`. */
export function progressLine(job: JobView): string {
  const { title, done, failed, total, expectedAt } = job;
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  const until = expectedAt === null ? '' : `, done about ${expectedAt.slice(11, 19)} UTC`;
  return plain(`${title}: ${done + failed} of ${total}${failures}${until}`);
}

function printEnd({ output }: Call, { title, state, done, failed, items }: JobDetailView): void {
  output.print(plain(`${title}: ${state}, ${done} done, ${failed} failed.`));
  for (const { label, note } of items) output.note(plain(`${label}: ${note}`));
}

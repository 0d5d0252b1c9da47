import { ok, type Result } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import { pinModel } from '../models/pin-model.ts';
import type { WriteOptions, Written } from '../use-case.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { removeArtifacts } from './run-objects.ts';
import { type RunQueue, runJobKind } from './run-queue.ts';
import type { RunUseCases, RunView } from './run-use-cases.ts';
import { runView } from './run-view.ts';
import { type RunPartsOf, unavailable, unknownRun } from './runs-at-hand.ts';

/** Runs of one workspace that may wait at once. */
const mostUnfinished = 200;

/** Asking for runs: new ones, and ones that were. */
export function asking(
  parts: RunPartsOf,
  queue: RunQueue | null,
): Pick<RunUseCases, 'createRun' | 'rerunRun'> {
  const { context, read } = parts;
  return {
    createRun: async (workspace, request, options) => {
      const known = await read(workspace, async () => ok(null));
      if (!known.ok) return known;
      if (context.runs === undefined || queue === null) return unavailable;
      const plan = await planRun(context.runs.strategies, request);
      if (!plan.ok) return plan;
      const pinned = await read(workspace, (unit) => pinModel(unit, plan.value));
      return pinned.ok ? add(parts, queue, { workspace, plan: pinned.value, options }) : pinned;
    },
    rerunRun: async (workspace, id, options) => {
      const before = await read(workspace, async ({ runs }) => {
        const run = await runs.find(id);
        return run === null ? unknownRun(id) : ok(run);
      });
      if (!before.ok) return before;
      if (context.runs === undefined || queue === null) return unavailable;
      const { kind, config } = before.value;
      const plan = await planRun(context.runs.strategies, { kind, config });
      if (!plan.ok) return plan;
      return add(parts, queue, { workspace, plan: { ...plan.value, rerunOf: id }, options });
    },
  };
}

async function add(
  { context, write }: RunPartsOf,
  queue: RunQueue,
  asked: { readonly workspace: string; readonly plan: RunPlan; readonly options: WriteOptions },
): Written<RunView> {
  const { workspace, plan, options } = asked;
  const { newId, clock, runs: { codeVersion } = { codeVersion: '' } } = context;
  const written = await write(workspace, options, async (unit) => {
    const waiting = await unit.runs.unfinished();
    if (waiting >= mostUnfinished) {
      return fault(
        'run.too-many',
        `${waiting} runs have not ended yet, and no more than ${mostUnfinished} may wait. Cancel some, or wait.`,
      );
    }
    const id = newId();
    const { actor } = options;
    const jobId = await queueJob(unit, newId, { runId: id, title: plan.title, actor });
    const run = await unit.runs.add({ ...plan, id, jobId, codeVersion, requestedBy: actor });
    return ok(runView(run, Date.parse(clock.now())));
  });
  queue.wake(workspace);
  return written;
}

/** What is done with runs that are there. */
export function ending(
  parts: RunPartsOf,
  queue: RunQueue | null,
): Pick<RunUseCases, 'retryRun' | 'cancelRun' | 'removeRun'> {
  const { context, write } = parts;
  const nowMs = () => Date.parse(context.clock.now());
  return {
    retryRun: async (workspace, id, options) => {
      if (queue === null) return unavailable;
      const retried = await write(workspace, options, (unit) =>
        retry(parts, unit, { id, actor: options.actor }),
      );
      queue.wake(workspace);
      return retried;
    },
    cancelRun: async (workspace, id, options) => {
      let jobId: string | null = null;
      const cancelled = await write(workspace, options, async (unit) => {
        const run = await unit.runs.find(id);
        if (run === null) return unknownRun(id);
        if (await unit.runs.cancel(id)) {
          await unit.jobs.cancel(run.jobId);
          await tell(unit, context.newId, run.jobId, 'cancelled');
          jobId = run.jobId;
        }
        return shown(unit, id, nowMs());
      });
      if (jobId !== null) queue?.drop(workspace, jobId);
      return cancelled;
    },
    removeRun: async (workspace, id, options) => {
      if (context.runs === undefined) return unavailable;
      const removed = await write(workspace, options, async (unit) => {
        const run = await unit.runs.find(id);
        if (run === null) return unknownRun(id);
        if (await unit.runs.remove(id)) return ok(null);
        return fault('run.unfit-state', `The run "${id}" is ${run.state}; cancel it first.`);
      });
      if (removed.ok) await removeArtifacts(context.runs.objects, workspace, id);
      return removed;
    },
  };
}

async function retry(
  { context: { newId, clock } }: RunPartsOf,
  unit: UnitOfWork,
  { id, actor }: { readonly id: string; readonly actor: string },
): Promise<Result<RunView, EngineFault>> {
  const run = await unit.runs.find(id);
  if (run === null) return unknownRun(id);
  const jobId = await queueJob(unit, newId, { runId: id, title: run.title, actor });
  if (await unit.runs.requeue(id, jobId)) return shown(unit, id, Date.parse(clock.now()));
  return fault(
    'run.unfit-state',
    `The run "${id}" is ${run.state}; only a failed or cancelled one is retried. Use rerun to repeat it.`,
  );
}

async function shown(
  { runs }: UnitOfWork,
  id: string,
  nowMs: number,
): Promise<Result<RunView, EngineFault>> {
  const run = await runs.find(id);
  return run === null ? unknownRun(id) : ok(runView(run, nowMs));
}

/** Queues the job that carries a run out, and says so. */
async function queueJob(
  unit: UnitOfWork,
  newId: () => string,
  { runId, title, actor }: { runId: string; title: string; actor: string },
): Promise<string> {
  const id = newId();
  const job = { id, kind: runJobKind, title, params: { runId }, requestedBy: actor };
  await unit.jobs.add(job, ['run']);
  await tell(unit, newId, id, 'queued');
  return id;
}

const tell = ({ outbox }: UnitOfWork, newId: () => string, jobId: string, state: string) =>
  outbox.add([{ id: newId(), type: 'jobs.changed', payload: { jobId, kind: runJobKind, state } }]);

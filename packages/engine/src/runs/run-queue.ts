import type { Clock, ProviderWorld, Store } from '@plimsoll/ports';
import type { JobHandler } from '../jobs/job-handler.ts';
import { JobRunner } from '../jobs/job-runner.ts';

/** Runs of one workspace that this process has in hand at once; others wait in the queue. */
const atOnce = 2;

export interface RunQueueContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly world: ProviderWorld;
  /** How runs of a workspace are carried out. */
  readonly handler: (workspaceId: string) => JobHandler;
}

/** What a job that carries out a run is called. */
export const runJobKind = 'run';

/** Carries out the runs of every workspace; other processes on the same store take theirs beside it. */
export class RunQueue {
  readonly #context: RunQueueContext;
  readonly #runners = new Map<string, readonly JobRunner[]>();

  constructor(context: RunQueueContext) {
    this.#context = context;
  }

  /** Looks for runs of a workspace that wait. */
  wake(workspaceId: string): void {
    const runners = this.#runners.get(workspaceId) ?? this.#open(workspaceId);
    for (const runner of runners) runner.wake();
  }

  /** Goes on with what was left in any workspace. */
  async resume(): Promise<void> {
    const { store } = this.#context;
    for (const { id } of await store.workspaces()) {
      const left = await store.read(id, ({ runs }) => runs.unfinished());
      if (left > 0) this.wake(id);
    }
  }

  /** Lets go of a job that was cancelled. */
  drop(workspaceId: string, jobId: string): void {
    for (const runner of this.#runners.get(workspaceId) ?? []) runner.drop(jobId);
  }

  /** Puts back what it has in hand, and takes no more. */
  async end(): Promise<void> {
    const runners = [...this.#runners.values()].flat();
    await Promise.all(runners.map((runner) => runner.end()));
  }

  #open(workspaceId: string): readonly JobRunner[] {
    const { handler, ...rest } = this.#context;
    const handlers = { [runJobKind]: handler(workspaceId) };
    const context = { ...rest, workspaceId, handlers };
    const runners = Array.from({ length: atOnce }, () => new JobRunner(context));
    this.#runners.set(workspaceId, runners);
    return runners;
  }
}

import {
  type Clock,
  type Job,
  type JobItem,
  type JobLease,
  marketWorkspace,
  type ProviderWorld,
  type Store,
  StoreRefusal,
} from '@plimsoll/ports';
import { backOffMs, longestAskedMs, mostAttempts } from './back-off.ts';
import type { ItemOutcome, JobHandler } from './job-handler.ts';

export interface JobRunnerContext {
  readonly store: Store;
  /** Whose jobs; those of the market where it is left out. */
  readonly workspaceId?: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly world: ProviderWorld;
  readonly handlers: Readonly<Record<string, JobHandler>>;
}

/** How long a holder that says nothing keeps a job. */
const leaseMs = 12_000;
const renewalMs = 4_000;
/** Items in hand at once; what each provider bears is its own limit. */
const itemsAtOnce = 8;
/** How long it rests where the store cannot be reached. */
const storeRestMs = 5_000;

/** The lease counts no more: another has the job, or it was cancelled. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** A job in hand. */
interface AtWork {
  readonly job: Job;
  readonly lease: JobLease;
  readonly handler: JobHandler;
  readonly signal: AbortSignal;
}

type Waiting = Pick<JobItem, 'key' | 'attempts'> & { readonly dueMs: number };

/**
 * Works on the jobs of a workspace, one after the other, a few items at a time. What an item does is
 * kept with its mark in one unit of work, under a lease that is renewed: a runner that is killed
 * leaves every item done or not, and the next one goes on when its time has run out.
 */
export class JobRunner {
  readonly #context: JobRunnerContext;
  readonly #workspaceId: string;
  readonly #owner: string;
  readonly #ending = new AbortController();
  #running: Promise<void> | null = null;
  #wokenMeanwhile = false;
  #waiting: AbortController | null = null;
  #inHand: { readonly jobId: string; readonly stop: AbortController } | null = null;

  constructor(context: JobRunnerContext) {
    this.#context = context;
    this.#workspaceId = context.workspaceId ?? marketWorkspace;
    this.#owner = context.newId();
  }

  /** Looks for jobs, if it is not at work already. */
  wake(): void {
    if (this.#ending.signal.aborted) return;
    this.#wokenMeanwhile = true;
    this.#waiting?.abort();
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#wokenMeanwhile) this.wake();
    });
  }

  /** Resolves when there is nothing left to do. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** Lets go of a job that was cancelled. */
  drop(jobId: string): void {
    if (this.#inHand?.jobId === jobId) this.#inHand.stop.abort(new LeaseLost());
  }

  /** Puts back what it has in hand, and takes no more. */
  async end(): Promise<void> {
    this.#ending.abort(new LeaseLost());
    this.#inHand?.stop.abort(new LeaseLost());
    this.#wokenMeanwhile = false;
    await this.idle();
  }

  async #run(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      try {
        this.#wokenMeanwhile = false;
        const leased = await this.#lease();
        if (leased !== null) await this.#workOn(leased.job, leased.lease);
        else if (!(await this.#waitForOthers())) return;
      } catch (error) {
        if (error instanceof LeaseLost) continue;
        // A store that is gone for a while gives the job back by itself: the lease runs out.
        if (!(error instanceof StoreRefusal)) throw error;
        await this.#rest(storeRestMs);
      }
    }
  }

  #lease() {
    const until = this.#leaseEnd();
    return this.#context.store.write(this.#workspaceId, ({ jobs }) =>
      jobs.lease(this.#owner, until),
    );
  }

  #leaseEnd = (): string => new Date(this.#nowMs() + leaseMs).toISOString();

  #nowMs = (): number => Date.parse(this.#context.clock.now());

  /** Whether there is a job whose holder may be dead: then it waits until its time runs out. */
  async #waitForOthers(): Promise<boolean> {
    const jobs = await this.#context.store.read(this.#workspaceId, (unit) => unit.jobs.list(20));
    const held = jobs.flatMap(({ finishedAt, heldUntil }) =>
      finishedAt === null && heldUntil !== null ? [Date.parse(heldUntil)] : [],
    );
    if (held.length === 0) return this.#wokenMeanwhile;
    if (this.#wokenMeanwhile) return true;
    this.#waiting = new AbortController();
    const ending = AbortSignal.any([this.#ending.signal, this.#waiting.signal]);
    await this.#rest(Math.max(250, Math.min(...held) - this.#nowMs()), ending);
    this.#waiting = null;
    return true;
  }

  /** A pause that ends at once where the runner does. */
  async #rest(ms: number, signal = this.#ending.signal): Promise<void> {
    if (ms <= 0 || signal.aborted) return;
    try {
      await this.#context.world.wait(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #workOn(job: Job, lease: JobLease): Promise<void> {
    const handler = this.#context.handlers[job.kind];
    if (handler === undefined) {
      await this.#finish(lease, job, `Nothing here knows how to do "${job.kind}".`);
      return;
    }
    const stop = new AbortController();
    this.#inHand = { jobId: job.id, stop };
    const renewing = this.#renew(lease, stop);
    try {
      const broken = await this.#doItems({ job, lease, handler, signal: stop.signal });
      if (stop.signal.aborted) throw stop.signal.reason;
      if (broken === '') await handler.settle?.(job);
      await this.#finish(lease, job, broken, handler);
    } finally {
      this.#inHand = null;
      stop.abort(new LeaseLost());
      await renewing;
      if (this.#ending.signal.aborted) {
        await this.#context.store.write(this.#workspaceId, ({ jobs }) => jobs.release(lease));
      }
    }
  }

  /** Renews the lease until told to stop; where it is lost, the work stops. */
  async #renew(lease: JobLease, stop: AbortController): Promise<void> {
    for (;;) {
      await this.#rest(renewalMs, stop.signal);
      if (stop.signal.aborted) return;
      try {
        const until = this.#leaseEnd();
        const holds = await this.#context.store.write(this.#workspaceId, ({ jobs }) =>
          jobs.renew(lease, until),
        );
        if (!holds) stop.abort(new LeaseLost());
      } catch (error) {
        stop.abort(error);
      }
    }
  }

  /** Does what is waiting; gives what broke that nobody foresaw, or nothing. */
  async #doItems(work: AtWork): Promise<string> {
    const { job, signal } = work;
    const items = await this.#context.store.read(this.#workspaceId, ({ jobs }) =>
      jobs.items(job.id, ['waiting'], job.total),
    );
    const queue: Waiting[] = items.map(({ key, attempts, notBefore }) => ({
      key,
      attempts,
      dueMs: notBefore === null ? 0 : Date.parse(notBefore),
    }));
    let broken = '';
    const worker = async (): Promise<void> => {
      while (!signal.aborted && broken === '') {
        const item = takeNext(queue);
        if (item === undefined) return;
        await this.#rest(item.dueMs - this.#nowMs(), signal);
        if (!signal.aborted) {
          const fault = await this.#attempt(work, item, queue);
          if (fault !== '') broken = fault;
        }
      }
    };
    const workers = Array.from({ length: Math.min(itemsAtOnce, queue.length) }, worker);
    const ends = await Promise.allSettled(workers);
    const thrown = ends.find((end) => end.status === 'rejected');
    if (thrown) throw thrown.reason;
    return broken;
  }

  /** Tries an item; gives what broke that nobody foresaw, or nothing. */
  async #attempt(work: AtWork, item: Waiting, queue: Waiting[]): Promise<string> {
    try {
      const again = await this.#doItem(work, item);
      if (again) queue.push(again);
      return '';
    } catch (error) {
      const isKnown = error instanceof LeaseLost || error instanceof StoreRefusal;
      if (work.signal.aborted || isKnown) throw error;
      // A bug ends the job, which says so; it is not tried again and again.
      return `Something broke on our side at ${item.key}: ${String(error)}`;
    }
  }

  async #doItem(
    { job, lease, handler, signal }: AtWork,
    { key, attempts }: Waiting,
  ): Promise<Waiting | null> {
    const outcome = await handler.item(job, key, signal);
    if (signal.aborted) return null;
    const tries = attempts + 1;
    const isSoon = (outcome.afterMs ?? 0) <= longestAskedMs;
    const again = outcome.state === 'again' && isSoon && tries < mostAttempts;
    const pauseMs = backOffMs(tries, this.#context.world.random(), outcome.afterMs);
    const dueMs = again ? this.#nowMs() + pauseMs : 0;
    const state = outcome.state === 'done' ? 'done' : again ? 'waiting' : 'failed';
    const notBefore = again ? new Date(dueMs).toISOString() : null;
    await this.#keep(lease, { key, state, notBefore, note: outcome.note }, outcome);
    return again ? { key, attempts: tries, dueMs } : null;
  }

  #keep(lease: JobLease, item: Omit<JobItem, 'attempts'>, outcome: ItemOutcome): Promise<void> {
    return this.#context.store.write(this.#workspaceId, async (unit) => {
      if (!(await unit.jobs.mark(lease, item))) throw new LeaseLost();
      await outcome.write(unit);
    });
  }

  async #finish(lease: JobLease, job: Job, error: string, handler?: JobHandler): Promise<void> {
    await this.#context.store.write(this.#workspaceId, async (unit) => {
      const state = error === '' ? 'done' : 'failed';
      if (!(await unit.jobs.finish(lease, state, error))) throw new LeaseLost();
      if (error === '') await handler?.finish?.(unit, job);
      const payload = { jobId: job.id, kind: job.kind, state };
      await unit.outbox.add([{ id: this.#context.newId(), type: 'jobs.changed', payload }]);
    });
  }
}

/** The item that is due first, taken out. */
function takeNext(queue: Waiting[]): Waiting | undefined {
  let first = 0;
  for (let i = 1; i < queue.length; i++) {
    if ((queue[i]?.dueMs ?? 0) < (queue[first]?.dueMs ?? 0)) first = i;
  }
  return queue.splice(first, 1)[0];
}

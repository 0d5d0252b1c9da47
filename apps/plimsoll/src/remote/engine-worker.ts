import { Worker } from 'node:worker_threads';
import { type StoreConnection, transferOf } from '@plimsoll/adapters/database';
import type { Engine } from '@plimsoll/engine';
import { Calls } from './calls.ts';
import { engineOf, type Role } from './engine-methods.ts';
import { EngineLost, type News, type Order } from './protocol.ts';

/** An engine that runs in a thread of its own. */
export interface EngineWorker {
  readonly engine: Engine;
  /** Lets the calls in hand end, at most so long, and ends the thread. */
  close(graceMs: number): Promise<void>;
}

export interface EngineWorkerOptions {
  readonly role: Role;
  /** A new way to the store, for each start of the thread; it reads its modules while it waits. */
  readonly connect: () => StoreConnection | Promise<StoreConnection>;
  /** The thread died for the second time within a minute: something is broken for good. */
  readonly onGivenUp: (error: Error) => void;
  readonly onDeath: (error: Error) => void;
  readonly nowMs: () => number;
  /** Where the settings of market data are; none are read where absent. */
  readonly dataFolder?: string;
  /** The thread's module, where it is not our own worker. */
  readonly entry?: URL;
}

const patienceMs = 60_000;
/** A fold leaves much short-lived garbage; with room for it a fifth of its CPU time is saved. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };
const ownEntry = new URL('../worker.ts', import.meta.url);

/** Starts the thread, and once more where it dies. Resolves when it is ready to be called. */
export async function startEngineWorker(options: EngineWorkerOptions): Promise<EngineWorker> {
  const supervisor = new Supervisor(options);
  await supervisor.start();
  return {
    engine: engineOf(async (method, args) => supervisor.calls().ask(method, args)),
    close: (graceMs) => supervisor.close(graceMs),
  };
}

class Supervisor {
  readonly #options: EngineWorkerOptions;
  #worker: Worker | undefined;
  #calls: Calls | undefined;
  #closing = false;
  #everReady = false;
  #lastDeathMs = Number.NEGATIVE_INFINITY;

  constructor(options: EngineWorkerOptions) {
    this.#options = options;
  }

  calls(): Calls {
    if (this.#calls === undefined) throw new EngineLost(`The ${this.#options.role} thread is down`);
    return this.#calls;
  }

  async start(): Promise<void> {
    const { role, connect, dataFolder, entry = ownEntry } = this.#options;
    const worker = new Worker(entry, { name: role, resourceLimits, workerData: { dataFolder } });
    const calls = new Calls(worker);
    let why = new Error(`The ${role} thread ended`);
    worker.on('error', (error) => {
      why = error instanceof Error ? error : new Error(String(error));
    });
    const ready = Promise.withResolvers<void>();
    worker.on('message', (news: News) => news.kind === 'ready' && ready.resolve());
    worker.on('exit', () => {
      ready.reject(why);
      this.#bury(calls, why);
    });
    this.#worker = worker;
    this.#calls = calls;
    await Promise.all([this.#connect(worker, connect), ready.promise]);
    this.#everReady = true;
  }

  /** Lets the thread in to the store; without a store there is nothing for it to do. */
  async #connect(worker: Worker, connect: EngineWorkerOptions['connect']): Promise<void> {
    try {
      const connection = await connect();
      worker.postMessage({ kind: 'connect', connection } satisfies Order, transferOf(connection));
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  #bury(calls: Calls, why: Error): void {
    calls.abandon(`The ${this.#options.role} thread died: ${why.message}`);
    this.#worker = undefined;
    this.#calls = undefined;
    // A thread that never came up is the failure of whoever starts us.
    if (this.#closing || !this.#everReady) return;
    this.#options.onDeath(why);
    const now = this.#options.nowMs();
    const again = now - this.#lastDeathMs < patienceMs;
    this.#lastDeathMs = now;
    if (again) this.#options.onGivenUp(why);
    else this.start().catch(() => undefined); // its own death is reported by `exit`
  }

  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    const worker = this.#worker;
    if (worker === undefined) return;
    const exit = new Promise<void>((done) => worker.once('exit', () => done()));
    worker.postMessage({ kind: 'close' } satisfies Order);
    const timer = setTimeout(() => worker.terminate(), graceMs);
    await exit;
    clearTimeout(timer);
  }
}

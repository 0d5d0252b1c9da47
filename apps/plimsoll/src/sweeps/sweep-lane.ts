import { Worker } from 'node:worker_threads';
import type { Result } from '@plimsoll/kernel';
import type { SweepChunk } from './sweep-thread.ts';

/** A thread that nobody needs gives its memory back. */
const idleMs = 60_000;

/** Thrown where the thread ended before it had answered. */
export class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded';
}

/** One thread, started when it is needed and anew where it has ended, that does a chunk at a time. */
export class SweepLane {
  readonly #memoryMb: number;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(memoryMb: number) {
    this.#memoryMb = memoryMb;
  }

  /**
   * Does a chunk after those asked for before. A signal ends the thread in the midst of it.
   *
   * @throws ThreadEnded
   */
  run(chunk: SweepChunk, signal: AbortSignal | undefined): Promise<Result<null>> {
    const next = this.#last.then(() => this.#now(chunk, signal));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  async #now(chunk: SweepChunk, signal: AbortSignal | undefined): Promise<Result<null>> {
    if (signal?.aborted) throw new ThreadEnded('it was told to stop');
    clearTimeout(this.#idle);
    const worker = this.#started();
    const stop = (): void => void worker.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      worker.ref();
      return await answerOf(worker, chunk);
    } finally {
      signal?.removeEventListener('abort', stop);
      // The process need not wait for a thread that has nothing to do.
      worker.unref();
      this.#idle = setTimeout(() => void this.close(), idleMs).unref();
    }
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./sweep-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb },
    });
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    this.#worker = worker;
    return worker;
  }
}

function answerOf(worker: Worker, chunk: SweepChunk): Promise<Result<null>> {
  return new Promise((resolve, reject) => {
    let cause: Error | undefined;
    const onError = (error: Error): void => {
      cause = error;
    };
    const onExit = (code: number): void => {
      worker.off('message', onMessage);
      reject(new ThreadEnded(cause?.message ?? `exit code ${code}`, { cause }));
    };
    const onMessage = (answer: Result<null>): void => {
      worker.off('error', onError);
      worker.off('exit', onExit);
      resolve(answer);
    };
    worker.once('message', onMessage);
    worker.once('error', onError);
    worker.once('exit', onExit);
    worker.postMessage(chunk);
  });
}

import type { Worker } from 'node:worker_threads';
import type { Method } from './engine-methods.ts';
import { EngineLost, type News, type Order, unpack } from './protocol.ts';

/** The calls that one worker has been given and has not answered. */
export class Calls {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #last = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (news: News) => this.#hear(news));
  }

  /** Hands a call over. File contents are moved, not copied. */
  ask(method: Method, args: readonly unknown[]): Promise<unknown> {
    const asked = Promise.withResolvers<unknown>();
    const id = ++this.#last;
    this.#waiting.set(id, asked);
    const order: Order = { kind: 'call', id, method, args };
    try {
      this.#worker.postMessage(order, movable(args));
    } catch (error) {
      this.#waiting.delete(id);
      asked.reject(error);
    }
    return asked.promise;
  }

  /** The worker is gone: whoever waits is told. */
  abandon(why: string): void {
    for (const asked of this.#waiting.values()) asked.reject(new EngineLost(why));
    this.#waiting.clear();
  }

  #hear(news: News): void {
    if (news.kind === 'ready') return;
    const asked = this.#waiting.get(news.id);
    this.#waiting.delete(news.id);
    if (news.kind === 'value') asked?.resolve(news.value);
    else asked?.reject(unpack(news.thrown));
  }
}

/** The memory of uploaded files, each once. Small ones share a pool with others and are copied. */
function movable(args: readonly unknown[]): ArrayBuffer[] {
  const files = args.find(Array.isArray) ?? [];
  const buffers = files.flatMap(({ bytes }: { bytes?: Uint8Array }) =>
    bytes instanceof Uint8Array && bytes.buffer.byteLength === bytes.byteLength
      ? [bytes.buffer as ArrayBuffer]
      : [],
  );
  return [...new Set<ArrayBuffer>(buffers)];
}

import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestRefusal } from './problem-reply.ts';

/** The key of a write; refuses a request without a usable one. */
export function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const found =
    key === undefined ? 'has no Idempotency-Key header' : 'has an unusable Idempotency-Key';
  throw new RequestRefusal({
    code: 'idempotency.key-missing',
    detail: `This write ${found}. Send one of 1 to 200 visible ASCII characters, a fresh UUID for each new write and the same one when you try again.`,
  });
}

/** SHA-256 over parts, each told apart from the next. */
export function digestOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

/** The writes at work, so that the same one is not begun twice at a time. */
export class WritesAtWork {
  readonly #keys = new Set<string>();

  /** Runs the write unless one of the same name is running. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#keys.has(name)) throw inProgress;
    this.#keys.add(name);
    try {
      return await work();
    } finally {
      this.#keys.delete(name);
    }
  }
}

const inProgress = new RequestRefusal({
  code: 'idempotency.in-progress',
  detail:
    'A write with this Idempotency-Key is being worked on. Try again in a second for its answer.',
});

/** Says that the answer is that of an earlier request with the same key. */
export const markReplayed = (reply: FastifyReply): FastifyReply =>
  reply.header('idempotency-replayed', 'true');

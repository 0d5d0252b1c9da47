import { createHash } from 'node:crypto';
import { type Json, ok, type Result } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import type { EngineContext } from './engine-context.ts';
import { type EngineFault, fault } from './engine-fault.ts';
import type { LedgerViews } from './ledger/ledger-view.ts';
import type { IdempotencyKey, WriteOptions, Written } from './use-case.ts';

/** SHA-256 of a text, hex. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** Carries a fault out of a database transaction, which rolls back. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly fault: EngineFault;

  constructor(refused: EngineFault) {
    super(refused.detail);
    this.fault = refused;
  }
}

/** All writes go through here: one database transaction for the facts, the idempotency record and the events. */
export class Writer {
  readonly #context: EngineContext;
  readonly #views: LedgerViews;

  constructor(context: EngineContext, views: LedgerViews) {
    this.#context = context;
    this.#views = views;
  }

  /**
   * Runs `work` and commits, or rolls back and answers its fault. The same key gets the answer of
   * its first success; refusals are not kept, as the user may mend the cause and try again.
   */
  async write<T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ): Written<T> {
    try {
      return await this.#context.store.write(workspace, async (unit) => {
        const { idempotency } = options;
        const replay = idempotency ? await findReplay<T>(unit, idempotency) : null;
        if (replay) return ok(replay);
        const answer = await work(unit);
        if (!answer.ok) throw new Refusal(answer.fault);
        if (idempotency) await keepAnswer(unit, idempotency, answer.value);
        return ok({ value: answer.value, replayed: false });
      });
    } catch (error) {
      this.#views.forget(workspace);
      if (error instanceof Refusal) return { ok: false, fault: error.fault };
      throw error;
    }
  }
}

async function findReplay<T>(unit: UnitOfWork, { operation, key, request }: IdempotencyKey) {
  const known = await unit.idempotency.find(operation, key);
  if (!known) return null;
  if (known.requestHash !== sha256(request)) {
    const reused = fault(
      'idempotency.key-reused',
      `The key "${key}" was used for another request. Use a new key for each new request.`,
    );
    throw new Refusal(reused.fault);
  }
  return { value: known.body as T, replayed: true };
}

const keepAnswer = (
  unit: UnitOfWork,
  { operation, key, request }: IdempotencyKey,
  value: unknown,
) =>
  unit.idempotency.save({
    operation,
    key,
    requestHash: sha256(request),
    status: 200,
    body: value as Json,
  });

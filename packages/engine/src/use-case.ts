import type { Result } from '@plimsoll/kernel';
import type { EngineFault } from './engine-fault.ts';

/** What a use-case answers: its value, or why there is none. */
export type Answer<T> = Promise<Result<T, EngineFault>>;

/** Marks a write so that the same request is carried out once. */
export interface IdempotencyKey {
  readonly key: string;
  /** `POST /v1/transactions`. */
  readonly operation: string;
  /** The request as canonical JSON, or a digest of it. */
  readonly request: string;
}

/** Who writes, and under which key. */
export interface WriteOptions {
  readonly actor: string;
  /** None for the command line, whose writes are not retried. */
  readonly idempotency?: IdempotencyKey;
}

/** The reply of a write; `replayed` where the same key was answered before. */
export type Written<T> = Promise<
  Result<{ readonly value: T; readonly replayed: boolean }, EngineFault>
>;

/** A file as it came, not decoded yet. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

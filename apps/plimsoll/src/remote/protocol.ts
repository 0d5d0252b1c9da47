import type { StoreConnection } from '@plimsoll/adapters/database';
import { type StoreFault, StoreRefusal } from '@plimsoll/ports';
import type { Method } from './engine-methods.ts';

/** What the main thread says to a worker. */
export type Order =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: Method;
      readonly args: readonly unknown[];
    }
  /** The way to the store; comes first, as soon as the store is open. */
  | { readonly kind: 'connect'; readonly connection: StoreConnection }
  | { readonly kind: 'close' };

/** What a worker says to the main thread. */
export type News =
  | { readonly kind: 'ready' }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'thrown'; readonly id: number; readonly thrown: Thrown };

/** A throw in a form that survives the way between threads. */
export type Thrown =
  | { readonly kind: 'store'; readonly fault: StoreFault }
  | {
      readonly kind: 'bug';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };

/** A bug that showed in a worker, with the stack it had there. */
class WorkerBug extends Error {
  constructor({ name, message, stack }: Extract<Thrown, { kind: 'bug' }>) {
    super(message);
    this.name = name;
    this.stack = stack;
  }
}

/** The thread died with the call in it. Whether a write took place is not known; its key tells. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost';
}

/** Packs whatever was thrown. */
export function pack(thrown: unknown): Thrown {
  if (thrown instanceof StoreRefusal) return { kind: 'store', fault: thrown.fault };
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message, stack = '' } = error;
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : '';
  return { kind: 'bug', name, message, stack: `${stack}${cause}` };
}

/** The throw as it was, as far as that crosses. */
export const unpack = (thrown: Thrown): Error =>
  thrown.kind === 'store' ? new StoreRefusal(thrown.fault) : new WorkerBug(thrown);

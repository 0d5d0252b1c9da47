import type { MessagePort } from 'node:worker_threads';
import type { StoreFault } from '@plimsoll/ports';
import type { Row, SqlValue } from '../session.ts';

/** What a holder of a port asks of the engine. `id` comes back with the answer. */
export type EngineRequest =
  | { readonly id: number; readonly kind: 'acquire' }
  | { readonly id: number; readonly kind: 'release' }
  | { readonly id: number; readonly kind: 'script'; readonly sql: string }
  | {
      readonly id: number;
      readonly kind: 'query';
      readonly text: string;
      readonly values: readonly SqlValue[];
    }
  /** The next page of the query before. */
  | { readonly id: number; readonly kind: 'more' };

export type EngineReply =
  | {
      readonly id: number;
      readonly ok: true;
      readonly rows: readonly Row[];
      /** Whether `more` would give further rows. */
      readonly more: boolean;
      readonly tag: string;
    }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly code: string };

/** What the thread that started the engine tells it. */
export type EngineOrder =
  | { readonly kind: 'connect'; readonly port: MessagePort }
  | { readonly kind: 'close' };

/** What the engine tells the thread that started it. */
export type EngineNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly fault: StoreFault }
  /** The disk or the engine failed: end the process before anything more is answered. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'closed' };

/** What the engine is started with. */
export interface EngineStart {
  readonly directory: string;
  readonly startedAt: string;
}

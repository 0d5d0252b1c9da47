import type { RunOutcome, RunTask } from '@plimsoll/analytics/runs';
import type { StrategyGroup } from '@plimsoll/analytics/strategy';
import type { Fault, ParameterTable, Result } from '@plimsoll/kernel';

/** What a process of a user's strategy is asked to do, once. */
export interface OwnRequest {
  /** Absolute; nothing outside it can be imported. */
  readonly folder: string;
  /** Below the folder. */
  readonly file: string;
  /** Said in refusals of what needs more. */
  readonly memoryMb: number;
  readonly work:
    | { readonly kind: 'describe' }
    | { readonly kind: 'check'; readonly params: unknown }
    | { readonly kind: 'carry-out'; readonly task: RunTask };
}

/** A strategy as its file declares it, as data. */
export interface OwnDescription {
  readonly id: string;
  readonly group: StrategyGroup;
  readonly title: string;
  readonly summary: string;
  readonly source: string | null;
  readonly params: ParameterTable;
  readonly instruments: { readonly min: number; readonly max: number | null };
  readonly vector: boolean;
  /** Of the file and of what it imports, hex. */
  readonly sha256: string;
}

/** Where in a user's file something is wrong; from 1, null where that is not known. */
export interface OwnFault extends Fault {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** `detail` without the place. */
  readonly message: string;
}

export type OwnReply =
  | { readonly kind: 'described'; readonly description: OwnDescription }
  /** What is wrong with parameters by the strategy's own check; null where nothing is. */
  | { readonly kind: 'checked'; readonly wrong: string | null }
  | { readonly kind: 'carried-out'; readonly outcome: RunOutcome };

export type OwnAnswer = Result<OwnReply, OwnFault | Fault>;

/** What the process writes: frames of a byte of kind, eight bytes of length and a body. */
export const frameKinds = { progress: 1, answer: 2 } as const;
export const frameHead = 9;

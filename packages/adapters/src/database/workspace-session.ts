import type { Clock } from '@plimsoll/ports';
import type { Session } from './session.ts';

/** What every store of a unit of work stands on: the running transaction and whose rows it may see. */
export interface WorkspaceSession {
  readonly session: Session;
  readonly workspaceId: string;
  readonly clock: Clock;
}

/** How instants leave the database: `2026-03-31T16:00:00.000Z`. */
export const instant = (column: string): string =>
  `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

import type { MessagePort, Transferable } from 'node:worker_threads';
import type pg from 'pg';
import { runScript, type StatementNames, sqlState, statementNames } from '../run-statement.ts';
import type { Row } from '../session.ts';
import type { EngineReply, EngineRequest } from './protocol.ts';
import type { SpareLog } from './spare-log.ts';
import type { Turns } from './turns.ts';

/** Size of one message: what the receiver takes in within a few milliseconds. */
const rowsPerPage = 500;
const charactersPerPage = 1_000_000;

/** How many of the rows go into one message: at least one. */
function pageLength(rows: readonly Row[]): number {
  let characters = 0;
  for (const [index, row] of rows.entries()) {
    for (const cell of row) if (typeof cell === 'string') characters += cell.length;
    if (index + 1 === rowsPerPage || characters >= charactersPerPage) return index + 1;
  }
  return rows.length;
}

const names: StatementNames = statementNames();

/** What all ports have in common. */
export interface SharedEngine {
  readonly client: pg.Client;
  readonly session: Turns;
  readonly log: SpareLog;
  /** Ends the process; gives no answer to anyone any more. */
  stop(reason: string): void;
}

/**
 * The engine has given itself up, as when its log cannot be written. A server would be restarted by
 * its postmaster; the embedded one never answers again.
 */
const isPanic = (error: unknown): error is Error =>
  error instanceof Error &&
  'severity' in error &&
  (error.severity === 'PANIC' || error.severity === 'FATAL');

/** Serves one holder of a port: gives it the session in turn and runs its statements. */
export function servePort(port: MessagePort, shared: SharedEngine): void {
  const { client, session, log } = shared;
  let done: (() => void) | null = null;
  let gone = false;
  let rest: readonly Row[] = [];

  const give = (id: number, rows: readonly Row[], tag: string): void => {
    const page = rows.slice(0, pageLength(rows));
    rest = rows.slice(page.length);
    reply({ id, ok: true, rows: page, more: rest.length > 0, tag }, buffersOf(page));
  };
  const reply = (message: EngineReply, transfer: Transferable[] = []): void =>
    port.postMessage(message, transfer);
  const release = (): void => {
    done?.();
    done = null;
    log.sessionEnded();
  };

  const answer = async (request: EngineRequest): Promise<void> => {
    const { id } = request;
    if (request.kind === 'acquire') {
      const taken = await session.take();
      if (gone) return taken();
      done = taken;
      return give(id, [], '');
    }
    if (request.kind === 'release') {
      release();
      return give(id, [], '');
    }
    if (request.kind === 'more') return give(id, rest, '');
    if (request.kind === 'script') return give(id, [], await runScript(client, request.sql));
    const { rows, command } = await client.query<Row[]>({
      ...names.of(request.text),
      values: [...request.values],
      rowMode: 'array',
    } as pg.QueryArrayConfig);
    give(id, rows as unknown as readonly Row[], command);
  };

  port.on('message', (request: EngineRequest) => {
    answer(request).catch((error: unknown) => {
      if (isPanic(error)) return shared.stop(error.message);
      const code = sqlState(error);
      if (code === null || !(error instanceof Error)) throw error;
      reply({ id: request.id, ok: false, message: error.message, code });
    });
  });
  port.on('close', () => {
    gone = true;
    if (done === null) return;
    // Whoever held the session has died within its transaction.
    void client.query('ROLLBACK').then(release);
  });
}

/** Columns of bytes move to the receiver instead of being copied. */
const buffersOf = (rows: readonly Row[]): Transferable[] =>
  rows.flatMap((row) =>
    row.flatMap((cell) => (cell instanceof Uint8Array ? (cell.buffer as ArrayBuffer) : [])),
  );

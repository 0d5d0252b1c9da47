import { InvariantError } from '@plimsoll/kernel';
import { StoreRefusal } from '@plimsoll/ports';
import type { Session } from './session.ts';

/** Under whose rights a transaction runs, what it may see, and how. */
export interface TransactionTerms {
  /** `plimsoll_app` sees one workspace; `plimsoll_audit` reads all of them. */
  readonly role: 'plimsoll_app' | 'plimsoll_audit';
  readonly workspaceId: string | null;
  readonly access: 'read' | 'write';
  readonly statementTimeoutMs: number;
}

/** Runs `work` in a database transaction and commits it; whatever is thrown rolls it back. */
export async function inTransaction<T>(
  session: Session,
  terms: TransactionTerms,
  work: () => Promise<T>,
): Promise<T> {
  await session.script(opening(terms));
  try {
    const result = await work();
    const tag = await session.script('COMMIT');
    // PostgreSQL answers the COMMIT of a failed transaction with a quiet ROLLBACK.
    if (tag !== 'COMMIT')
      throw new InvariantError('The transaction was rolled back, not committed');
    return result;
  } catch (error) {
    await rollBack(session, error);
    throw error;
  }
}

/** A session that cannot be rolled back is of no use to the next: the refusal has it given up. */
async function rollBack(session: Session, cause: unknown): Promise<void> {
  try {
    await session.script('ROLLBACK');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreRefusal(
      {
        code: 'store.unavailable',
        detail: `The connection to the database was lost (${reason}). Nothing was recorded; try again.`,
      },
      { cause },
    );
  }
}

function opening(terms: TransactionTerms): string {
  const mode =
    terms.access === 'read'
      ? 'ISOLATION LEVEL REPEATABLE READ READ ONLY'
      : 'ISOLATION LEVEL READ COMMITTED';
  const settings = {
    role: terms.role,
    search_path: 'plimsoll, pg_temp',
    'app.workspace': terms.workspaceId ?? '',
    statement_timeout: String(terms.statementTimeoutMs),
    TimeZone: 'UTC',
    DateStyle: 'ISO, YMD',
  };
  const local = Object.entries(settings)
    .map(([name, value]) => `set_config(${quoted(name)}, ${quoted(value)}, true)`)
    .join(', ');
  return `BEGIN ${mode}; SELECT ${local}`;
}

/** A text literal. Parameters cannot be sent along with several statements at once. */
export function quoted(value: string): string {
  if (value.includes('\0'))
    throw new InvariantError('Text with a NUL cannot be sent to PostgreSQL');
  const doubled = value.replaceAll("'", "''");
  return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

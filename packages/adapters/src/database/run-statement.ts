import type pg from 'pg';

/** Names for statements that come again, so that PostgreSQL parses and plans them once. */
export interface StatementNames {
  of(text: string): { readonly text: string; readonly name?: string };
}

/** Statements put together from a filter have many texts; beyond this many they go unnamed. */
const mostNames = 200;

export function statementNames(): StatementNames {
  const names = new Map<string, string>();
  return {
    of: (text) => {
      const known = names.get(text);
      if (known !== undefined) return { text, name: known };
      if (names.size >= mostNames) return { text };
      const name = `plimsoll_${names.size}`;
      names.set(text, name);
      return { text, name };
    },
  };
}

/** Runs statements without parameters and gives the command tag of the last. */
export async function runScript(client: pg.ClientBase, sql: string): Promise<string> {
  const result = (await client.query(sql)) as pg.QueryResult | pg.QueryResult[];
  const last = Array.isArray(result) ? result.at(-1) : result;
  return last?.command ?? '';
}

/**
 * SQLSTATE of a refusal by PostgreSQL, null for any other error. `pg` and PGlite have an error class
 * each; both carry severity and code.
 */
export function sqlState(error: unknown): string | null {
  const refused = error instanceof Error && 'severity' in error && 'code' in error;
  return refused && typeof error.code === 'string' ? error.code : null;
}

import { InvariantError } from '@plimsoll/kernel';
import type { NewEntry } from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import type { WorkspaceSession } from '../workspace-session.ts';

/** An entry as a reversal sees it: the end of which chain it is, and whether it still is the end. */
interface Link {
  readonly root: string;
  readonly depth: number;
  readonly reversedBy: string | null;
}

interface ReversalColumns {
  readonly id: string;
  readonly reverses: string;
  readonly root: string;
  readonly depth: number;
}

/** Links the reversals among entries that were just inserted to what they reverse. */
export async function recordReversals(
  unit: WorkspaceSession,
  entries: readonly NewEntry[],
): Promise<void> {
  const reversals = entries.flatMap(({ fact }) => (fact.kind === 'reversal' ? fact.reversal : []));
  if (reversals.length === 0) return;
  const links = await readLinks(
    unit,
    reversals.map(({ reverses }) => reverses),
  );
  const earlier = new Map(entries.map(({ fact }, index) => [idOf(fact), index]));
  const columns = entries.flatMap(({ fact }, index) => {
    if (fact.kind !== 'reversal') return [];
    const { id, reverses } = fact.reversal;
    if ((earlier.get(reverses) ?? -1) >= index) {
      throw new InvariantError(`Reversal ${id} stands before entry ${reverses}, which it reverses`);
    }
    return follow(links, id, reverses);
  });
  await insertReversals(unit, columns);
}

const idOf = (fact: NewEntry['fact']): string =>
  fact.kind === 'reversal' ? fact.reversal.id : fact.transaction.id;

function follow(links: Map<string, Link>, id: string, reverses: string): ReversalColumns {
  const link = links.get(reverses);
  if (link === undefined) {
    throw new InvariantError(`Reversal ${id} reverses ${reverses}, which the ledger does not have`);
  }
  if (link.reversedBy !== null) {
    throw new InvariantError(`Entry ${reverses} is already reversed by ${link.reversedBy}`);
  }
  links.set(reverses, { ...link, reversedBy: id });
  const added = { root: link.root, depth: link.depth + 1 };
  links.set(id, { ...added, reversedBy: null });
  return { id, reverses, ...added };
}

async function readLinks(
  { session, workspaceId }: WorkspaceSession,
  ids: readonly string[],
): Promise<Map<string, Link>> {
  const rows = await session.query(
    `SELECT e.id, COALESCE(own.root, e.id), COALESCE(own.depth, 0), annulling.id
     FROM ledger_entry e
     LEFT JOIN reversal own ON own.workspace_id = e.workspace_id AND own.id = e.id
     LEFT JOIN reversal annulling
       ON annulling.workspace_id = e.workspace_id AND annulling.reverses = e.id
     WHERE e.workspace_id = $1 AND e.id = ANY($2::text[])`,
    [workspaceId, ids],
  );
  return new Map(
    rows.map(([id, root, depth, reversedBy]) => [
      text(id),
      { root: text(root), depth: integer(depth), reversedBy: textOrNull(reversedBy ?? null) },
    ]),
  );
}

async function insertReversals(
  { session, workspaceId }: WorkspaceSession,
  columns: readonly ReversalColumns[],
): Promise<void> {
  await session.query(
    `INSERT INTO reversal (workspace_id, id, reverses, root, depth)
     SELECT $1, id, reverses, root, depth
     FROM json_to_recordset($2::json) AS r (id text, reverses text, root text, depth integer)`,
    [workspaceId, JSON.stringify(columns)],
  );
}

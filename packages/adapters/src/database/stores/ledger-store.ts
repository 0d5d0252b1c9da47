import { setImmediate } from 'node:timers/promises';
import { transactionFromJson } from '@plimsoll/domain';
import { InvariantError, invariant, type Json, present } from '@plimsoll/kernel';
import type {
  LedgerEntry,
  LedgerHead,
  LedgerStore,
  NewEntry,
  Page,
  RecordedTransaction,
  TransactionFilter,
} from '@plimsoll/ports';
import { breath, mapBreathing, parts } from '../breathe.ts';
import { integer, text, textOrNull } from '../cells.ts';
import type { Row, SqlValue } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';
import { type EntryColumns, entryColumns, entryJson, ledgerEntries } from './entry-row.ts';
import { readCursor, writeCursor } from './page-cursor.ts';
import { recordReversals } from './reversals.ts';
import { annulled, transactionConditions } from './transaction-conditions.ts';

/** Entries sent in one statement: few enough that neither thread is held up for long. */
const entriesPerInsert = 500;
/** Fingerprints looked for in one statement. */
const fingerprintsPerLook = 5000;

/** The ledger in SQL: appends, and reads what is in force. */
export function ledgerStore(unit: WorkspaceSession): LedgerStore {
  return {
    append: (entries) => append(unit, entries),
    head: async () => {
      const { seq, hash } = await readHead(unit);
      return { seq, hash };
    },
    since: (after, limit, knownAt) => since(unit, after, limit, knownAt),
    page: (filter, cursor, limit) => page(unit, filter, cursor, limit),
    count: (filter) => count(unit, filter),
    knownFingerprints: (accountId, fingerprints) =>
      knownFingerprints(unit, accountId, fingerprints),
  };
}

interface Head extends LedgerHead {
  readonly recordedAt: string | null;
}

async function readHead({ session, workspaceId }: WorkspaceSession): Promise<Head> {
  const [row] = await session.query(
    `SELECT seq, hash, ${instant('recorded_at')} FROM workspace_head WHERE workspace_id = $1`,
    [workspaceId],
  );
  const [seq, hash, recordedAt] = present(row, `The head of workspace ${workspaceId}`);
  return { seq: integer(seq), hash: text(hash), recordedAt: textOrNull(recordedAt ?? null) };
}

async function append(
  unit: WorkspaceSession,
  entries: readonly NewEntry[],
): Promise<readonly LedgerEntry[]> {
  if (entries.length === 0) return [];
  const head = await readHead(unit);
  const recordedAt = notBefore(head.recordedAt, unit.clock.now());
  const recorded: LedgerEntry[] = [];
  let end: LedgerHead = head;
  for (const part of parts(entries, entriesPerInsert)) {
    const columns = await chain(unit.workspaceId, part, end, recordedAt);
    await insertEntries(unit, columns);
    end = present(columns.at(-1), 'The last entry');
    for (const [index, entry] of part.entries()) {
      const { seq, hash } = present(columns[index], 'The entry just recorded');
      recorded.push({ ...entry, seq, recordedAt, hash });
    }
  }
  await recordReversals(unit, entries);
  await refuseRepeatedFingerprints(unit, entries);
  await moveHead(unit, end, recordedAt);
  await announce(unit, head.seq + 1, end, recordedAt);
  return recorded;
}

/** The clock may be set back; the record's time never runs backwards. */
function notBefore(earlier: string | null, now: string): string {
  const instantNow = new Date(now).toISOString();
  return earlier !== null && earlier > instantNow ? earlier : instantNow;
}

async function chain(
  workspaceId: string,
  entries: readonly NewEntry[],
  head: LedgerHead,
  recordedAt: string,
): Promise<readonly EntryColumns[]> {
  let previousHash = head.hash;
  return mapBreathing(entries, (entry, index) => {
    const seq = head.seq + 1 + index;
    const columns = entryColumns(entry, { workspaceId, seq, recordedAt, previousHash });
    previousHash = columns.hash;
    return columns;
  });
}

async function insertEntries(
  { session, workspaceId }: WorkspaceSession,
  columns: readonly EntryColumns[],
): Promise<void> {
  await session.query(
    `INSERT INTO ledger_entry (workspace_id, seq, id, kind, payload, type, account_id,
       to_account_id, instrument_ids, effective_at, note, fingerprint, import_id, actor,
       recorded_at, previous_hash, hash)
     SELECT $1, seq, id, kind, payload, type, account_id, to_account_id,
       ARRAY(SELECT json_array_elements_text(instrument_ids)), effective_at, note, fingerprint,
       import_id, actor, recorded_at, previous_hash, hash
     FROM json_to_recordset($2::json) AS e (seq bigint, id text, kind text, payload text, type text,
       account_id text, to_account_id text, instrument_ids json, effective_at date, note text,
       fingerprint text, import_id text, actor text, recorded_at timestamptz, previous_hash text,
       hash text)`,
    [workspaceId, JSON.stringify(columns)],
  );
}

/** Two entries in force with one fingerprint in one account would count one event twice. */
async function refuseRepeatedFingerprints(
  { session, workspaceId }: WorkspaceSession,
  entries: readonly NewEntry[],
): Promise<void> {
  const fingerprints = entries.flatMap(({ fingerprint }) => fingerprint ?? []);
  for (const part of parts(fingerprints, fingerprintsPerLook)) {
    const [repeated] = await session.query(
      `SELECT e.account_id, e.fingerprint FROM ledger_entry e
       WHERE e.workspace_id = $1 AND e.fingerprint = ANY($2::text[]) AND NOT ${annulled}
       GROUP BY 1, 2 HAVING count(*) > 1 LIMIT 1`,
      [workspaceId, part],
    );
    if (repeated === undefined) continue;
    const [account, fingerprint] = repeated;
    throw new InvariantError(
      `Account ${account} already has an entry with fingerprint ${fingerprint}`,
    );
  }
}

async function moveHead(
  { session, workspaceId }: WorkspaceSession,
  end: LedgerHead,
  recordedAt: string,
): Promise<void> {
  await session.query(
    `UPDATE workspace_head SET seq = $2, hash = $3, recorded_at = $4 WHERE workspace_id = $1`,
    [workspaceId, end.seq, end.hash, recordedAt],
  );
}

/** Every append leaves its own event, so that no fact is recorded unannounced. */
async function announce(
  { session, workspaceId }: WorkspaceSession,
  first: number,
  last: LedgerHead,
  recordedAt: string,
): Promise<void> {
  await session.query(
    `INSERT INTO outbox (workspace_id, id, type, payload, recorded_at)
     VALUES ($1, $2, 'ledger.recorded', $3, $4)`,
    [
      workspaceId,
      `ledger:${first}-${last.seq}`,
      JSON.stringify({ first, last: last.seq, hash: last.hash }),
      recordedAt,
    ],
  );
}

async function since(
  { session, workspaceId }: WorkspaceSession,
  after: number,
  limit: number,
  knownAt?: string,
): Promise<readonly LedgerEntry[]> {
  const rows = await session.query(
    `SELECT json_agg(entry ORDER BY seq)::text FROM (
       SELECT e.seq, ${entryJson} AS entry, (row_number() OVER (ORDER BY e.seq) - 1) / ${breath} AS part
       FROM ledger_entry e
       WHERE e.workspace_id = $1 AND e.seq > $2
         AND e.recorded_at <= COALESCE($4::timestamptz, 'infinity')
       ORDER BY e.seq LIMIT $3
     ) AS entries GROUP BY part ORDER BY part`,
    [workspaceId, after, limit, knownAt ?? null],
  );
  const entries: LedgerEntry[] = [];
  for (const [part] of rows) {
    if (entries.length > 0) await setImmediate();
    entries.push(...ledgerEntries(text(part)));
  }
  return entries;
}

async function page(
  unit: WorkspaceSession,
  filter: TransactionFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<RecordedTransaction>> {
  invariant(limit > 0, `A page of ${limit} transactions`);
  const { conditions, values } = transactionConditions(unit.workspaceId, filter);
  const after = readCursor(cursor);
  if (after !== null) {
    conditions.push(
      `(e.effective_at, e.seq) < ($${values.push(after.day)}::date, $${values.push(after.seq)}::bigint)`,
    );
  }
  const rows = await unit.session.query(
    `SELECT e.seq, ${instant('e.recorded_at')}, e.payload, e.import_id, e.effective_at,
       CASE WHEN ${annulled} THEN
         (SELECT r.id FROM reversal r WHERE r.workspace_id = e.workspace_id AND r.reverses = e.id)
       END
     FROM ledger_entry e WHERE ${conditions.join(' AND ')}
     ORDER BY e.effective_at DESC, e.seq DESC LIMIT $${values.push(limit + 1)}`,
    values,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next =
    last === undefined ? null : writeCursor({ day: text(last[4]), seq: integer(last[0]) });
  return { items: await mapBreathing(shown, recordedTransaction), next };
}

function recordedTransaction(row: Row): RecordedTransaction {
  const [seq, recordedAt, payload, importId, , reversedBy] = row;
  return {
    seq: integer(seq),
    recordedAt: text(recordedAt),
    transaction: transactionFromJson(JSON.parse(text(payload)) as Json),
    importId: textOrNull(importId ?? null),
    reversedBy: textOrNull(reversedBy ?? null),
  };
}

async function count(unit: WorkspaceSession, filter: TransactionFilter): Promise<number> {
  const { conditions, values } = transactionConditions(unit.workspaceId, filter);
  const [row] = await unit.session.query(
    `SELECT count(*) FROM ledger_entry e WHERE ${conditions.join(' AND ')}`,
    values,
  );
  return integer(row?.[0]);
}

async function knownFingerprints(
  { session, workspaceId }: WorkspaceSession,
  accountId: string,
  fingerprints: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const part of parts(fingerprints, fingerprintsPerLook)) {
    const values: SqlValue[] = [workspaceId, accountId, part];
    const rows = await session.query(
      `SELECT DISTINCT e.fingerprint FROM ledger_entry e
       WHERE e.workspace_id = $1 AND e.account_id = $2 AND e.fingerprint = ANY($3::text[])
         AND NOT ${annulled}`,
      values,
    );
    for (const row of rows) known.add(text(row[0]));
  }
  return known;
}

import { type LedgerCheck, type LedgerFinding, marketWorkspace } from '@plimsoll/ports';
import { integer, text } from '../cells.ts';
import type { Session } from '../session.ts';
import { chainCheck } from './chain-check.ts';
import { checkPayloads } from './payload-check.ts';
import { type RowCheck, rowChecks, strayRows, strayTables } from './row-checks.ts';

/** Runs a reading in a transaction of its own that sees every workspace. */
export type Audit = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/** Entries looked at in one transaction, so that others are not kept waiting. */
const entriesPerTurn = 2000;

const ofPayload = ['payload', 'columns', 'postings'];

/**
 * The ledger check: an independent oracle that reads the rows as they lie and works everything out
 * anew — numbers, hashes, canonical text, reversals, postings — by its own means.
 *
 * Looks at entries up to the head it found at the start: what is recorded meanwhile can wait. With
 * `only`, at that workspace alone.
 */
export async function verifyLedger(audit: Audit, only?: string): Promise<LedgerCheck> {
  const heads = (await audit(readHeads)).filter(
    (head) => (only ?? head.workspaceId) === head.workspaceId,
  );
  const findings: LedgerFinding[] = await audit(findStrays);
  let entries = 0;
  for (const head of heads) {
    const found = await checkWorkspace(audit, head);
    // A demo may have been removed while it was looked at; that is no finding.
    const there = await audit((session) => exists(session, head.workspaceId));
    if (!there) continue;
    entries += head.seq;
    findings.push(...found);
  }
  const checks = ['stray', ...rowChecks.map((check) => check.name), chainCheck.name, ...ofPayload];
  const records = heads.filter(({ workspaceId }) => workspaceId !== marketWorkspace);
  return { workspaces: records.length, entries, checks, findings };
}

interface Head {
  readonly workspaceId: string;
  readonly seq: number;
}

async function readHeads(session: Session): Promise<readonly Head[]> {
  const rows = await session.query(
    `SELECT w.id, GREATEST(COALESCE(h.seq, 0), COALESCE(max(e.seq), 0))
     FROM workspace w LEFT JOIN workspace_head h ON h.workspace_id = w.id
     LEFT JOIN ledger_entry e ON e.workspace_id = w.id
     GROUP BY w.id, h.seq ORDER BY w.id`,
  );
  return rows.map(([id, seq]) => ({ workspaceId: text(id), seq: integer(seq) }));
}

async function exists(session: Session, workspaceId: string): Promise<boolean> {
  const rows = await session.query('SELECT 1 FROM workspace WHERE id = $1', [workspaceId]);
  return rows.length > 0;
}

async function findStrays(session: Session): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (const table of strayTables) {
    for (const [workspaceId, count] of await session.query(strayRows(table))) {
      findings.push({
        check: 'stray',
        workspaceId: text(workspaceId),
        seq: null,
        detail: `${table} has ${integer(count)} rows of a workspace that does not exist.`,
      });
    }
  }
  return findings;
}

async function checkWorkspace(audit: Audit, head: Head): Promise<readonly LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (const check of rowChecks) findings.push(...(await audit((s) => run(s, check, head, 0))));
  for (let after = 0; after < head.seq; after += entriesPerTurn) {
    const turn = { workspaceId: head.workspaceId, seq: Math.min(head.seq, after + entriesPerTurn) };
    findings.push(...(await audit((session) => run(session, chainCheck, turn, after))));
    findings.push(
      ...(await audit((session) => checkPayloads(session, turn.workspaceId, after, turn.seq))),
    );
  }
  return findings;
}

/** A check's SQL gives one row of `seq, detail` per finding. */
async function run(
  session: Session,
  check: RowCheck,
  { workspaceId, seq }: Head,
  after: number,
): Promise<readonly LedgerFinding[]> {
  const rows = await session.query(check.sql, [workspaceId, seq, after].slice(0, check.parameters));
  return rows.map(([at, detail]) => ({
    check: check.name,
    workspaceId,
    seq: at === null ? null : integer(at),
    detail: text(detail),
  }));
}

import type { CorporateAction } from '@plimsoll/domain';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import {
  type ActionDecision,
  type ActionStore,
  type MarketAction,
  marketWorkspace,
  type NewMarketAction,
} from '@plimsoll/ports';
import { integer, text, truth } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

/** Corporate actions and what became of them in a workspace, in SQL. */
export function actionStore(unit: WorkspaceSession): ActionStore {
  return {
    actions: (instrumentIds, knownAt) => actions(unit, instrumentIds, knownAt),
    history: (id) => history(unit, id),
    save: (found) => save(unit, found),
    decisions: () => decisions(unit),
    decide: (made) => decide(unit, made),
    rules: async () => {
      const rows = await unit.session.query(
        'SELECT kind, confirm FROM action_rule WHERE workspace_id = $1 ORDER BY kind COLLATE "C"',
        [unit.workspaceId],
      );
      return rows.map(([kind, confirm]) => ({
        kind: text(kind) as CorporateAction['kind'],
        confirm: truth(confirm),
      }));
    },
    saveRule: async ({ kind, confirm }, actor) => {
      await unit.session.query(
        `INSERT INTO action_rule (workspace_id, kind, confirm, decided_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (workspace_id, kind) DO UPDATE
           SET (confirm, decided_by, recorded_at)
             = (excluded.confirm, excluded.decided_by, excluded.recorded_at)`,
        [unit.workspaceId, kind, confirm, actor, unit.clock.now()],
      );
    },
  };
}

const actionColumns = `version, withdrawn, action, ${instant('recorded_at')}`;

function readAction([version, withdrawn, action, recordedAt]: Row): MarketAction {
  return {
    ...(JSON.parse(text(action)) as CorporateAction),
    version: integer(version),
    withdrawn: truth(withdrawn),
    recordedAt: text(recordedAt),
  };
}

async function actions(
  { session, workspaceId }: WorkspaceSession,
  instrumentIds: readonly string[],
  knownAt?: string,
): Promise<readonly MarketAction[]> {
  const rows = await session.query(
    `SELECT ${actionColumns} FROM (
       SELECT DISTINCT ON (workspace_id, id) id, day, version, withdrawn, action, recorded_at
       FROM corporate_action
       WHERE workspace_id IN ($1, $2) AND instrument_id = ANY($3::text[])
         AND ($4::timestamptz IS NULL OR recorded_at <= $4)
       ORDER BY workspace_id, id, version DESC
     ) AS known WHERE NOT withdrawn ORDER BY day, id COLLATE "C"`,
    [workspaceId, marketWorkspace, instrumentIds, knownAt ?? null],
  );
  return rows.map(readAction);
}

async function history(
  { session, workspaceId }: WorkspaceSession,
  id: string,
): Promise<readonly MarketAction[]> {
  const rows = await session.query(
    `SELECT ${actionColumns} FROM corporate_action
     WHERE workspace_id IN ($1, $2) AND id = $3 ORDER BY version`,
    [workspaceId, marketWorkspace, id],
  );
  return rows.map(readAction);
}

async function save(
  unit: WorkspaceSession,
  found: readonly NewMarketAction[],
): Promise<readonly MarketAction[]> {
  if (found.length === 0) return [];
  const { session, workspaceId, clock } = unit;
  const rows = await session.query(
    `SELECT DISTINCT ON (id) ${actionColumns} FROM corporate_action
     WHERE workspace_id = $1 AND id = ANY($2::text[]) ORDER BY id, version DESC`,
    [workspaceId, found.map(({ id }) => id)],
  );
  const known = new Map(rows.map(readAction).map((action) => [action.id, action]));
  const recordedAt = clock.now();
  const added: MarketAction[] = [];
  for (const { withdrawn, ...action } of found) {
    const before = known.get(action.id);
    if (before && isSame(before, action, withdrawn)) continue;
    const next = { ...action, withdrawn, version: (before?.version ?? 0) + 1, recordedAt };
    known.set(action.id, next);
    added.push(next);
    await session.query(
      `INSERT INTO corporate_action (workspace_id, id, version, instrument_id, kind, day, withdrawn,
         action, source, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8, $9, $10)`,
      [
        workspaceId,
        action.id,
        next.version,
        action.instrumentId,
        action.kind,
        action.day,
        withdrawn,
        canonicalJson(action as unknown as Json),
        action.source,
        recordedAt,
      ],
    );
  }
  if (added.length > 0) {
    await session.query(
      'UPDATE workspace_head SET price_version = price_version + 1 WHERE workspace_id = $1',
      [workspaceId],
    );
  }
  return added;
}

/** Another source that says the same is no correction. */
function isSame(before: MarketAction, action: CorporateAction, withdrawn: boolean): boolean {
  if (before.withdrawn !== withdrawn) return false;
  const { version: _, withdrawn: __, recordedAt: ___, ...known } = before;
  const source = known.source;
  return (
    canonicalJson(known as unknown as Json) ===
    canonicalJson({ ...action, source } as unknown as Json)
  );
}

async function decisions({
  session,
  workspaceId,
}: WorkspaceSession): Promise<readonly ActionDecision[]> {
  const rows = await session.query(
    `SELECT DISTINCT ON (action_id, account_id) action_id, action_version, account_id, decision,
       to_json(transaction_ids)::text, reason, decided_by, ${instant('recorded_at')}
     FROM action_decision WHERE workspace_id = $1
     ORDER BY action_id, account_id, position DESC`,
    [workspaceId],
  );
  return rows.map((row) => {
    const [actionId, actionVersion, accountId, decision, transactionIds] = row;
    const [reason, decidedBy, decidedAt] = row.slice(5);
    return {
      actionId: text(actionId),
      actionVersion: integer(actionVersion),
      accountId: text(accountId),
      decision: text(decision) as ActionDecision['decision'],
      transactionIds: JSON.parse(text(transactionIds)) as string[],
      reason: text(reason),
      decidedBy: text(decidedBy),
      decidedAt: text(decidedAt),
    };
  });
}

async function decide(
  { session, workspaceId, clock }: WorkspaceSession,
  made: readonly Omit<ActionDecision, 'decidedAt'>[],
): Promise<void> {
  for (const decision of made) {
    await session.query(
      `INSERT INTO action_decision (workspace_id, action_id, action_version, account_id, decision,
         transaction_ids, reason, decided_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6::text[], $7, $8, $9)`,
      [
        workspaceId,
        decision.actionId,
        decision.actionVersion,
        decision.accountId,
        decision.decision,
        decision.transactionIds,
        decision.reason,
        decision.decidedBy,
        clock.now(),
      ],
    );
  }
}

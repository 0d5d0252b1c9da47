import { canonicalJson, type Json } from '@plimsoll/kernel';
import type {
  ProviderHealth,
  QualityFilter,
  QualityFinding,
  QualityItem,
  QualityStore,
} from '@plimsoll/ports';
import { text, textOrNull } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

/** What is known of the quality of prices and what was decided about it, in SQL. */
export function qualityStore(unit: WorkspaceSession): QualityStore {
  const { session, workspaceId, clock } = unit;
  return {
    add: (findings) => add(unit, findings),
    list: (filter, limit) => list(unit, { filter, id: null, limit }),
    find: async (id) => (await list(unit, { filter: {}, id, limit: 1 }))[0] ?? null,
    decide: async (id, decision, reason, actor) => {
      await session.query(
        `INSERT INTO quality_decision (workspace_id, id, version, decision, reason, decided_by,
           recorded_at)
         SELECT $1, $2, COALESCE(max(version), 0) + 1, $3, $4, $5, $6
         FROM quality_decision WHERE workspace_id = $1 AND id = $2`,
        [workspaceId, id, decision, reason, actor, clock.now()],
      );
    },
    providers: async () => {
      const rows = await session.query(
        'SELECT health FROM provider_state WHERE workspace_id = $1 ORDER BY provider COLLATE "C"',
        [workspaceId],
      );
      return rows.map(([health]) => JSON.parse(text(health)) as ProviderHealth);
    },
    saveProvider: async (health) => {
      await session.query(
        `INSERT INTO provider_state (workspace_id, provider, health, recorded_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (workspace_id, provider) DO UPDATE
           SET (health, recorded_at) = (excluded.health, excluded.recorded_at)`,
        [workspaceId, health.id, canonicalJson(health as unknown as Json), clock.now()],
      );
    },
  };
}

async function add(
  { session, workspaceId, clock }: WorkspaceSession,
  findings: readonly QualityFinding[],
): Promise<readonly string[]> {
  if (findings.length === 0) return [];
  const rows = findings.map((one) => ({ ...one, evidence: canonicalJson(one.evidence) }));
  const added = await session.query(
    `INSERT INTO quality_finding (workspace_id, id, kind, instrument_id, day, source, code, detail,
       evidence, recorded_at)
     SELECT $1, id, kind, "instrumentId", day, source, code, detail, evidence, $3
     FROM json_to_recordset($2::json) AS f (id text, kind text, "instrumentId" text, day text,
       source text, code text, detail text, evidence text)
     ON CONFLICT DO NOTHING RETURNING id`,
    [workspaceId, JSON.stringify(rows), clock.now()],
  );
  return added.map(([id]) => text(id));
}

/** Findings and rows kept back alike, with the last decision on each. */
const items = `
  SELECT f.id, f.kind, f.instrument_id, f.day, f.source, f.code, f.detail, f.evidence, f.recorded_at
  FROM quality_finding f WHERE f.workspace_id = $1
  UNION ALL
  SELECT * FROM (
    SELECT DISTINCT ON (1) quarantine_id(instrument_id, day, source, bar, reason) AS id, 'row' AS kind,
      instrument_id, day, source, 'quarantined' AS code, reason AS detail, bar AS evidence, recorded_at
    FROM price_quarantine WHERE workspace_id = $1 ORDER BY 1, position
  ) AS kept`;

async function list(
  { session, workspaceId }: WorkspaceSession,
  asked: { readonly filter: QualityFilter; readonly id: string | null; readonly limit: number },
): Promise<readonly QualityItem[]> {
  const { states, kinds, instrumentIds } = asked.filter;
  const rows = await session.query(
    `SELECT id, kind, instrument_id, day, source, code, detail, evidence, ${instant('recorded_at')},
       state, reason, decided_by, ${instant('decided_at')}
     FROM (
       SELECT i.*, CASE WHEN d.decision IS NULL OR d.decision = 'reopened' THEN 'open'
           ELSE d.decision END AS state,
         COALESCE(d.reason, '') AS reason, d.decided_by, d.recorded_at AS decided_at
       FROM (${items}) AS i
       LEFT JOIN LATERAL (
         SELECT decision, reason, decided_by, recorded_at FROM quality_decision
         WHERE workspace_id = $1 AND id = i.id ORDER BY version DESC LIMIT 1
       ) AS d ON true
     ) AS decided
     WHERE ($2::text IS NULL OR id = $2) AND ($3::text[] IS NULL OR state = ANY($3::text[]))
       AND ($4::text[] IS NULL OR kind = ANY($4::text[]))
       AND ($5::text[] IS NULL OR instrument_id = ANY($5::text[]))
     ORDER BY recorded_at DESC, instrument_id COLLATE "C", day, id LIMIT $6`,
    [workspaceId, asked.id, states ?? null, kinds ?? null, instrumentIds ?? null, asked.limit],
  );
  return rows.map(readItem);
}

function readItem(row: Row): QualityItem {
  const [id, kind, instrumentId, day, source, code, detail, evidence, recordedAt] = row;
  const [state, reason, decidedBy, decidedAt] = row.slice(9);
  return {
    id: text(id),
    kind: text(kind) as QualityItem['kind'],
    instrumentId: text(instrumentId),
    day: text(day),
    source: text(source),
    code: text(code),
    detail: text(detail),
    evidence: JSON.parse(text(evidence)) as Json,
    recordedAt: text(recordedAt),
    state: text(state) as QualityItem['state'],
    reason: text(reason),
    decidedBy: textOrNull(decidedBy),
    decidedAt: textOrNull(decidedAt),
  };
}

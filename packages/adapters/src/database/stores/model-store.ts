import { canonicalJson, type Json, present } from '@plimsoll/kernel';
import type { ModelStageChange, ModelStore, NewStoredModel, StoredModel } from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

const modelColumns = `name, version, title, kind, run_id, created_by, record, config, object, sha256,
  size, stage, ${instant('created_at')}`;

/** Models by name and version, and who trusts them, in SQL. */
export function modelStore(unit: WorkspaceSession): ModelStore {
  const { session, workspaceId, clock } = unit;
  return {
    reserve: (name, purpose) => reserve(unit, name, purpose),
    add: (version, model) => add(unit, version, model),
    find: (name, version) => find(unit, name, version),
    all: async ({ name, stage } = {}) => {
      const rows = await session.query(
        `SELECT ${modelColumns} FROM model
         WHERE workspace_id = $1 AND ($2::text IS NULL OR name = $2)
           AND ($3::text IS NULL OR stage = $3)
         ORDER BY name COLLATE "C", version DESC`,
        [workspaceId, name ?? null, stage ?? null],
      );
      return rows.map(readModel);
    },
    setStage: async (name, version, { stage, by, why }) => {
      const changed = await session.query(
        `UPDATE model SET stage = $4
         WHERE workspace_id = $1 AND name = $2 AND version = $3 RETURNING name`,
        [workspaceId, name, version, stage],
      );
      if (changed.length === 0) return false;
      await session.query(
        `INSERT INTO model_stage (workspace_id, name, version, stage, changed_by, why, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [workspaceId, name, version, stage, by, why, clock.now()],
      );
      return true;
    },
    stages: async (name, version) => {
      const rows = await session.query(
        `SELECT stage, changed_by, why, ${instant('recorded_at')} FROM model_stage
         WHERE workspace_id = $1 AND name = $2 AND version = $3 ORDER BY position`,
        [workspaceId, name, version],
      );
      return rows.map(readStage);
    },
  };
}

/** Writers of one workspace wait for each other: no two are given one number. */
async function reserve(
  { session, workspaceId }: WorkspaceSession,
  name: string,
  purpose: string,
): Promise<number> {
  await session.query(
    `INSERT INTO model_version (workspace_id, name, version, purpose)
     SELECT $1, $2, coalesce(max(version), 0) + 1, $3 FROM model_version
     WHERE workspace_id = $1 AND name = $2
     ON CONFLICT (workspace_id, name, purpose) DO NOTHING`,
    [workspaceId, name, purpose],
  );
  const [row] = await session.query(
    'SELECT version FROM model_version WHERE workspace_id = $1 AND name = $2 AND purpose = $3',
    [workspaceId, name, purpose],
  );
  return integer(row?.[0]);
}

async function add(
  unit: WorkspaceSession,
  version: number,
  model: NewStoredModel,
): Promise<StoredModel> {
  const { session, workspaceId, clock } = unit;
  await session.query(
    `INSERT INTO model (workspace_id, name, version, title, kind, run_id, created_by, record, config,
       object, sha256, size, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      workspaceId,
      model.name,
      version,
      model.title,
      model.kind,
      model.runId,
      model.createdBy,
      canonicalJson(model.record),
      canonicalJson(model.config),
      model.object,
      model.sha256,
      model.size,
      clock.now(),
    ],
  );
  return present(await find(unit, model.name, version), 'the model that was just added');
}

async function find(
  { session, workspaceId }: WorkspaceSession,
  name: string,
  version: number | null,
): Promise<StoredModel | null> {
  const [row] = await session.query(
    `SELECT ${modelColumns} FROM model
     WHERE workspace_id = $1 AND name = $2 AND ($3::integer IS NULL OR version = $3)
     ORDER BY version DESC LIMIT 1`,
    [workspaceId, name, version],
  );
  return row === undefined ? null : readModel(row);
}

function readModel(row: Row): StoredModel {
  const [name, version, title, kind, runId, createdBy, record, config, object] = row;
  const [sha256, size, stage, createdAt] = row.slice(9);
  return {
    name: text(name),
    version: integer(version),
    title: text(title),
    kind: text(kind),
    runId: textOrNull(runId ?? null),
    createdBy: text(createdBy),
    record: JSON.parse(text(record)) as Json,
    config: JSON.parse(text(config)) as Json,
    object: text(object),
    sha256: text(sha256),
    size: integer(size),
    stage: text(stage) as StoredModel['stage'],
    createdAt: text(createdAt),
  };
}

const readStage = ([stage, by, why, at]: Row): ModelStageChange => ({
  stage: text(stage) as ModelStageChange['stage'],
  by: text(by),
  why: text(why),
  at: text(at),
});

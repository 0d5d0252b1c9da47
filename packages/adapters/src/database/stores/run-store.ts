import { canonicalJson, type Json, present } from '@plimsoll/kernel';
import type {
  NewRun,
  Run,
  RunArtifact,
  RunEnd,
  RunFigures,
  RunFilter,
  RunStore,
  RunTries,
} from '@plimsoll/ports';
import { bytes, integer, text, textOrNull } from '../cells.ts';
import type { Cell, Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';
import { readCursor, writeCursor } from './page-cursor.ts';

const runColumns = `position, id, kind, title, config, strategy, strategy_hash, code_version, seed,
  requested_by, rerun_of, job_id, state, ${instant('created_at')}, ${instant('started_at')},
  ${instant('ended_at')}, attempts, progress_done, progress_of, progress_doing, error,
  data_fingerprint, result_hash, tries, total_return, annual_return, volatility, sharpe,
  max_drawdown, final_equity, trades, summary`;

/** Runs, their artifacts and what was tried, in SQL. */
export function runStore(unit: WorkspaceSession): RunStore {
  const { session, workspaceId, clock } = unit;
  /** Whether a statement that gives the ids of the rows it touched has touched one. */
  const touched = async (sql: string, values: Parameters<typeof session.query>[1]) =>
    (await session.query(sql, values)).length === 1;
  return {
    add: (run) => add(unit, run),
    find: (id) => find(unit, id),
    page: (filter, cursor, limit) => page(unit, filter, cursor, limit),
    unfinished: async () => {
      const [row] = await session.query(
        'SELECT count(*) FROM run WHERE workspace_id = $1 AND ended_at IS NULL',
        [workspaceId],
      );
      return integer(row?.[0]);
    },
    begin: (id) =>
      touched(
        `UPDATE run SET state = 'running', started_at = $3, attempts = attempts + 1,
           progress_done = NULL, progress_of = NULL, progress_doing = ''
         WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id`,
        [workspaceId, id, clock.now()],
      ),
    progress: async (id, { done, of, doing }) => {
      await session.query(
        `UPDATE run SET progress_done = $3, progress_of = $4, progress_doing = $5
         WHERE workspace_id = $1 AND id = $2 AND state = 'running'`,
        [workspaceId, id, done, of, doing],
      );
    },
    end: (id, end) => endRun(unit, id, end),
    cancel: (id) =>
      touched(
        `UPDATE run SET state = 'cancelled', ended_at = $3
         WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id`,
        [workspaceId, id, clock.now()],
      ),
    requeue: (id, jobId) =>
      touched(
        `UPDATE run SET state = 'queued', started_at = NULL, ended_at = NULL, error = '', job_id = $3,
           progress_done = NULL, progress_of = NULL, progress_doing = ''
         WHERE workspace_id = $1 AND id = $2 AND state IN ('failed', 'cancelled') RETURNING id`,
        [workspaceId, id, jobId],
      ),
    allArtifacts: async () => {
      const rows = await session.query(
        `SELECT name, media_type, object, sha256, size FROM run_artifact
         WHERE workspace_id = $1 ORDER BY object COLLATE "C"`,
        [workspaceId],
      );
      return rows.map(readArtifact);
    },
    artifacts: async (id) => {
      const rows = await session.query(
        `SELECT name, media_type, object, sha256, size FROM run_artifact
         WHERE workspace_id = $1 AND run_id = $2 ORDER BY name COLLATE "C"`,
        [workspaceId, id],
      );
      return rows.map(readArtifact);
    },
    remove: async (id) => {
      const key = [workspaceId, id];
      const ended =
        'SELECT id FROM run WHERE workspace_id = $1 AND id = $2 AND ended_at IS NOT NULL';
      if (!(await touched(ended, key))) return false;
      await session.query('DELETE FROM run_artifact WHERE workspace_id = $1 AND run_id = $2', key);
      await session.query('DELETE FROM run WHERE workspace_id = $1 AND id = $2', key);
      return true;
    },
    addTries: (strategy, data, tries) => addTries(unit, strategy, data, tries),
    tries: async (strategy, data) => {
      const rows = await session.query(
        `SELECT run_id, keys, sharpe FROM run_try
         WHERE workspace_id = $1 AND strategy = $2 AND data = $3 ORDER BY position`,
        [workspaceId, strategy, data],
      );
      return rows.map(readTries);
    },
  };
}

async function add(unit: WorkspaceSession, run: NewRun): Promise<Run> {
  const { session, workspaceId, clock } = unit;
  await session.query(
    `INSERT INTO run (workspace_id, id, kind, title, config, strategy, strategy_hash, code_version,
       seed, requested_by, rerun_of, job_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      workspaceId,
      run.id,
      run.kind,
      run.title,
      canonicalJson(run.config),
      run.strategy,
      run.strategyHash,
      run.codeVersion,
      run.seed,
      run.requestedBy,
      run.rerunOf,
      run.jobId,
      clock.now(),
    ],
  );
  return present(await find(unit, run.id), 'the run that was just added');
}

async function find({ session, workspaceId }: WorkspaceSession, id: string): Promise<Run | null> {
  const [row] = await session.query(
    `SELECT ${runColumns} FROM run WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id],
  );
  return row === undefined ? null : readRun(row);
}

async function page(
  { session, workspaceId }: WorkspaceSession,
  { kinds, states, strategy, text: wanted }: RunFilter,
  cursor: string | null,
  limit: number,
): Promise<{ readonly items: readonly Run[]; readonly next: string | null }> {
  const rows = await session.query(
    `SELECT ${runColumns} FROM run
     WHERE workspace_id = $1 AND ($2::text[] IS NULL OR kind = ANY($2))
       AND ($3::text[] IS NULL OR state = ANY($3)) AND ($4::text IS NULL OR strategy = $4)
       AND ($5::text IS NULL OR strpos(lower(title), lower($5)) > 0)
       AND ($6::bigint IS NULL OR position < $6)
     ORDER BY position DESC LIMIT $7`,
    [
      workspaceId,
      kinds ?? null,
      states ?? null,
      strategy ?? null,
      wanted ?? null,
      readCursor(cursor)?.seq ?? null,
      limit + 1,
    ],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next =
    rows.length > limit && last !== undefined
      ? writeCursor({ day: readRun(last).createdAt.slice(0, 10), seq: integer(last[0]) })
      : null;
  return { items: shown.map(readRun), next };
}

async function endRun(unit: WorkspaceSession, id: string, end: RunEnd): Promise<boolean> {
  const { session, workspaceId, clock } = unit;
  const { figures } = end;
  const ended = await session.query(
    `UPDATE run SET state = $3, ended_at = $4, error = $5, data_fingerprint = $6, result_hash = $7,
       tries = $8, total_return = $9, annual_return = $10, volatility = $11, sharpe = $12,
       max_drawdown = $13, final_equity = $14, trades = $15, summary = $16
     WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id`,
    [
      workspaceId,
      id,
      end.state,
      clock.now(),
      end.error,
      end.dataFingerprint,
      end.resultHash,
      end.tries,
      figures.totalReturn,
      figures.annualReturn,
      figures.volatility,
      figures.sharpe,
      figures.maxDrawdown,
      figures.finalEquity,
      figures.trades,
      canonicalJson(end.summary),
    ],
  );
  if (ended.length === 0) return false;
  await session.query(
    `INSERT INTO run_artifact (workspace_id, run_id, name, media_type, object, sha256, size, recorded_at)
     SELECT $1, $2, name, "mediaType", object, sha256, size, $4
     FROM json_to_recordset($3::json)
       AS a (name text, "mediaType" text, object text, sha256 text, size bigint)`,
    [workspaceId, id, JSON.stringify(end.artifacts), clock.now()],
  );
  return true;
}

async function addTries(
  { session, workspaceId, clock }: WorkspaceSession,
  strategy: string,
  data: string,
  { runId, keys, sharpe }: RunTries,
): Promise<void> {
  await session.query(
    `INSERT INTO run_try (workspace_id, strategy, data, run_id, keys, sharpe, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (workspace_id, strategy, data, run_id)
     DO UPDATE SET keys = excluded.keys, sharpe = excluded.sharpe, recorded_at = excluded.recorded_at`,
    [workspaceId, strategy, data, runId, bytesOf(keys), bytesOf(sharpe), clock.now()],
  );
}

const bytesOf = ({ buffer, byteOffset, byteLength }: BigUint64Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A copy, for what a driver gives may lie anywhere in memory. */
function aligned(cell: Cell | undefined): ArrayBuffer {
  const given = bytes(cell);
  const copy = new ArrayBuffer(given.byteLength);
  new Uint8Array(copy).set(given);
  return copy;
}

const readTries = ([runId, keys, sharpe]: Row): RunTries => ({
  runId: text(runId),
  keys: new BigUint64Array(aligned(keys)),
  sharpe: new Float64Array(aligned(sharpe)),
});

const readArtifact = ([name, mediaType, object, sha256, size]: Row): RunArtifact => ({
  name: text(name),
  mediaType: text(mediaType),
  object: text(object),
  sha256: text(sha256),
  size: integer(size),
});

/** A float8, which leaves the database as text. */
const number = (cell: Cell | undefined): number => Number(text(cell));
const numberOrNull = (cell: Cell | undefined): number | null =>
  cell === null ? null : number(cell);
const integerOrNull = (cell: Cell | undefined): number | null =>
  cell === null ? null : integer(cell);

function readRun(row: Row): Run {
  const [, id, kind, title, config, strategy, strategyHash, codeVersion, seed] = row;
  const [requestedBy, rerunOf, jobId, state, createdAt, startedAt, endedAt, attempts] =
    row.slice(9);
  const [progressDone, progressOf, doing, error, data, result, tries] = row.slice(17);
  const done = numberOrNull(progressDone);
  return {
    id: text(id),
    kind: text(kind) as Run['kind'],
    title: text(title),
    config: JSON.parse(text(config)) as Json,
    strategy: text(strategy),
    strategyHash: textOrNull(strategyHash ?? null),
    codeVersion: text(codeVersion),
    seed: integer(seed),
    requestedBy: text(requestedBy),
    rerunOf: textOrNull(rerunOf ?? null),
    jobId: text(jobId),
    state: text(state) as Run['state'],
    createdAt: text(createdAt),
    startedAt: textOrNull(startedAt ?? null),
    endedAt: textOrNull(endedAt ?? null),
    attempts: integer(attempts),
    progress: done === null ? null : { done, of: number(progressOf), doing: text(doing) },
    error: text(error),
    dataFingerprint: textOrNull(data ?? null),
    resultHash: textOrNull(result ?? null),
    tries: integerOrNull(tries),
    figures: readFigures(row.slice(24)),
    summary: JSON.parse(text(row.at(-1))) as Json,
  };
}

const readFigures = (row: Row): RunFigures => ({
  totalReturn: numberOrNull(row[0]),
  annualReturn: numberOrNull(row[1]),
  volatility: numberOrNull(row[2]),
  sharpe: numberOrNull(row[3]),
  maxDrawdown: numberOrNull(row[4]),
  finalEquity: numberOrNull(row[5]),
  trades: integerOrNull(row[6]),
});

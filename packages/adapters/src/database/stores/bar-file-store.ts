import type { Timeframe } from '@plimsoll/domain';
import type { BarFile, BarFileStore } from '@plimsoll/ports';
import { integer, text } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

/** Which files of intraday bars count, in SQL. */
export function barFileStore(unit: WorkspaceSession): BarFileStore {
  const { session, workspaceId, clock } = unit;
  return {
    list: async (instrumentIds, timeframe) => {
      const rows = await session.query(
        `SELECT id, instrument_id, timeframe, name, sha256, size, count, first_at, last_at, source, version
         FROM bar_file
         WHERE workspace_id = $1 AND retired_at IS NULL
           AND ($2::text[] IS NULL OR instrument_id = ANY($2))
           AND ($3::text IS NULL OR timeframe = $3)
         ORDER BY version, first_at, id COLLATE "C"`,
        [workspaceId, instrumentIds, timeframe],
      );
      return rows.map(readFile);
    },
    add: async (files) => {
      if (files.length === 0) return;
      const [row] = await session.query(
        'SELECT coalesce(max(version), 0)::bigint FROM bar_file WHERE workspace_id = $1',
        [workspaceId],
      );
      const last = integer(row?.[0]);
      await insert(
        unit,
        files.map((file, i) => ({ ...file, version: last + 1 + i })),
      );
    },
    join: async (file, partIds) => {
      const parts = await session.query(
        `SELECT version FROM bar_file
         WHERE workspace_id = $1 AND id = ANY($2::text[]) AND retired_at IS NULL`,
        [workspaceId, partIds],
      );
      if (parts.length < partIds.length) return false;
      await session.query(
        'UPDATE bar_file SET retired_at = $3 WHERE workspace_id = $1 AND id = ANY($2::text[])',
        [workspaceId, partIds, clock.now()],
      );
      const version = Math.max(...parts.map(([one]) => integer(one)));
      await insert(unit, [{ ...file, version }]);
      return true;
    },
    retired: async () => {
      const rows = await session.query(
        `SELECT name, ${instant('retired_at')} FROM bar_file
         WHERE workspace_id = $1 AND retired_at IS NOT NULL ORDER BY retired_at, name COLLATE "C"`,
        [workspaceId],
      );
      return rows.map(([name, retiredAt]) => ({ name: text(name), retiredAt: text(retiredAt) }));
    },
  };
}

async function insert(
  { session, workspaceId, clock }: WorkspaceSession,
  files: readonly BarFile[],
): Promise<void> {
  await session.query(
    `INSERT INTO bar_file (workspace_id, id, instrument_id, timeframe, name, sha256, size, count,
       first_at, last_at, source, version, recorded_at)
     SELECT $1, id, "instrumentId", timeframe, name, sha256, size, count, first, last, source, version, $3
     FROM json_to_recordset($2::json) AS f (id text, "instrumentId" text, timeframe text, name text,
       sha256 text, size bigint, count bigint, first bigint, last bigint, source text, version bigint)`,
    [workspaceId, JSON.stringify(files), clock.now()],
  );
}

const readFile = (row: Row): BarFile => {
  const [id, instrumentId, timeframe, name, sha256, size, count, first, last, source, version] =
    row;
  return {
    id: text(id),
    instrumentId: text(instrumentId),
    timeframe: text(timeframe) as Timeframe,
    name: text(name),
    sha256: text(sha256),
    size: integer(size),
    count: integer(count),
    first: integer(first),
    last: integer(last),
    source: text(source),
    version: integer(version),
  };
};

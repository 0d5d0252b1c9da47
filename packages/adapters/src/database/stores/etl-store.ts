import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { EtlMapping, EtlRun, EtlStore } from '@plimsoll/ports';
import { text } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

/** Loads of files and the mappings that they were read with, in SQL. */
export function etlStore({ session, workspaceId, clock }: WorkspaceSession): EtlStore {
  const columns = `id, kind, digest, actor, report, ${instant('recorded_at')}`;
  return {
    runs: async (limit) => {
      const rows = await session.query(
        `SELECT ${columns} FROM etl_run WHERE workspace_id = $1 ORDER BY position DESC LIMIT $2`,
        [workspaceId, limit],
      );
      return rows.map(readRun);
    },
    run: async (id) => {
      const [row] = await session.query(
        `SELECT ${columns} FROM etl_run WHERE workspace_id = $1 AND id = $2`,
        [workspaceId, id],
      );
      return row === undefined ? null : readRun(row);
    },
    save: async ({ id, kind, digest, actor, report }) => {
      await session.query(
        `INSERT INTO etl_run (workspace_id, id, kind, digest, actor, report, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [workspaceId, id, kind, digest, actor, canonicalJson(report), clock.now()],
      );
    },
    mappings: async () => {
      const rows = await session.query(
        'SELECT mapping FROM etl_mapping WHERE workspace_id = $1 ORDER BY name COLLATE "C"',
        [workspaceId],
      );
      return rows.map(([mapping]) => JSON.parse(text(mapping)) as EtlMapping);
    },
    saveMapping: async (mapping) => {
      await session.query(
        `INSERT INTO etl_mapping (workspace_id, name, mapping) VALUES ($1, $2, $3)
         ON CONFLICT (workspace_id, name) DO UPDATE SET mapping = excluded.mapping`,
        [workspaceId, mapping.name, canonicalJson(mapping as unknown as Json)],
      );
    },
  };
}

const readRun = ([id, kind, digest, actor, report, recordedAt]: Row): EtlRun => ({
  id: text(id),
  kind: text(kind),
  digest: text(digest),
  actor: text(actor),
  report: JSON.parse(text(report)) as Json,
  recordedAt: text(recordedAt),
});

import { canonicalJson, invariant } from '@plimsoll/kernel';
import type { ImportRecord, ImportStore } from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

/** What was imported and what was undone, in SQL. */
export function importStore(unit: WorkspaceSession): ImportStore {
  const { session, workspaceId } = unit;
  return {
    save: (record) => save(unit, record),
    markUndone: async (id, at) => {
      const undone = await session.query(
        `UPDATE import SET undone_at = $3
         WHERE workspace_id = $1 AND id = $2 AND undone_at IS NULL RETURNING id`,
        [workspaceId, id, at],
      );
      invariant(undone.length === 1, `Import ${id} is unknown or already undone`);
    },
    list: async () => {
      const rows = await session.query(
        `SELECT id, account_id, format, files, added, skipped, refused, ${instant('imported_at')},
           ${instant('undone_at')}
         FROM import WHERE workspace_id = $1 ORDER BY imported_at DESC, id COLLATE "C"`,
        [workspaceId],
      );
      return rows.map(importRecord);
    },
  };
}

async function save({ session, workspaceId }: WorkspaceSession, record: ImportRecord) {
  await session.query(
    `INSERT INTO import (workspace_id, id, account_id, format, files, added, skipped, refused,
       imported_at, undone_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      workspaceId,
      record.id,
      record.accountId,
      record.format,
      canonicalJson(record.files.map(({ name, sha256, size }) => ({ name, sha256, size }))),
      record.added,
      record.skipped,
      record.refused,
      record.importedAt,
      record.undoneAt,
    ],
  );
}

function importRecord(row: Row): ImportRecord {
  const [id, accountId, format, files, added, skipped, refused, importedAt, undoneAt] = row;
  return {
    id: text(id),
    accountId: text(accountId),
    format: text(format),
    files: JSON.parse(text(files)) as ImportRecord['files'],
    added: integer(added),
    skipped: integer(skipped),
    refused: integer(refused),
    importedAt: text(importedAt),
    undoneAt: textOrNull(undoneAt ?? null),
  };
}

import type { RowCheck } from './row-checks.ts';

/** RFC 8785 text of a column that is text or null, by PostgreSQL's own JSON writer. */
const json = (column: string): string => `COALESCE(to_json(${column})::text, 'null')`;

/**
 * Works out every hash in SQL, from the columns as they lie, and compares it with the hash kept and
 * with the one the next entry builds on.
 */
export const chainCheck: RowCheck = {
  name: 'chain',
  parameters: 3,
  sql: `
    SELECT seq::bigint, CASE
      WHEN previous_hash IS DISTINCT FROM before THEN 'The entry does not build on the one before it.'
      ELSE 'The entry is not what its hash was made of.' END
    FROM (
      SELECT e.*, CASE WHEN e.seq = 1 THEN repeat('0', 64) ELSE
          (SELECT p.hash FROM ledger_entry p WHERE p.workspace_id = e.workspace_id AND p.seq = e.seq - 1)
        END AS before,
        encode(sha256(convert_to(previous_hash
          || '{"actor":' || ${json('actor')}
          || ',"effectiveAt":' || ${json('effective_at::text')}
          || ',"fingerprint":' || ${json('fingerprint')}
          || ',"id":' || ${json('id')}
          || ',"importId":' || ${json('import_id')}
          || ',"kind":' || ${json('kind')}
          || ',"payload":' || payload
          || ',"recordedAt":"' || to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          || '","seq":' || seq
          || ',"workspace":' || ${json('workspace_id')} || '}', 'UTF8')), 'hex') AS made
      FROM ledger_entry e WHERE e.workspace_id = $1 AND e.seq > $3 AND e.seq <= $2
    ) AS entry
    WHERE previous_hash IS DISTINCT FROM before OR hash <> made ORDER BY seq`,
};

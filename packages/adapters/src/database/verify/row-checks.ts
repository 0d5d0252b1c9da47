/** A check in SQL over one workspace: `$1` is its id, `$2` the last entry looked at. */
export interface RowCheck {
  readonly name: string;
  /** How many of `workspace, last, after` the statement names. */
  readonly parameters: 1 | 2 | 3;
  /** Gives `seq, detail` for each finding. */
  readonly sql: string;
}

/** Every table whose rows belong to a workspace. */
export const strayTables = [
  'workspace_head',
  'account',
  'portfolio',
  'instrument',
  'alias',
  'mapping',
  'import',
  'ledger_entry',
  'reversal',
  'price_block',
  'price_quarantine',
  'bar_file',
  'idempotency',
  'outbox',
  'instrument_link',
  'provider_symbol',
  'corporate_action',
  'action_decision',
  'action_rule',
  'instrument_name',
  'index_member',
  'fund_holding',
  'fundamental',
  'etl_run',
  'etl_mapping',
  'job',
  'job_item',
  'run',
  'run_artifact',
  'run_try',
  'model_version',
  'model',
  'model_stage',
  'quality_finding',
  'quality_decision',
  'provider_state',
  'inbox',
  'dead_letter',
];

/** Rows whose workspace is not there. */
export const strayRows = (table: string): string =>
  `SELECT t.workspace_id, count(*) FROM ${table} t LEFT JOIN workspace w ON w.id = t.workspace_id
   WHERE w.id IS NULL GROUP BY 1 ORDER BY 1`;

/** Numbers 1, 2, 3 … */
const sequence: RowCheck = {
  name: 'sequence',
  parameters: 2,
  sql: `
    SELECT seq::bigint, CASE WHEN seq = before THEN 'There are two entries of this number.'
      ELSE 'The entries from ' || before + 1 || ' to ' || seq - 1 || ' are missing.' END
    FROM (
      SELECT seq, lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS before
      FROM ledger_entry WHERE workspace_id = $1 AND seq <= $2
    ) AS numbered WHERE seq <> before + 1 ORDER BY seq`,
};

const head: RowCheck = {
  name: 'head',
  parameters: 1,
  sql: `
    SELECT COALESCE(last.seq, 0)::bigint,
      'The head says ' || COALESCE(h.seq::text, 'nothing') || ', the last entry is '
        || COALESCE(last.seq, 0) || CASE WHEN h.seq = COALESCE(last.seq, 0) THEN ' with another hash.' ELSE '.' END
    FROM workspace w LEFT JOIN workspace_head h ON h.workspace_id = w.id
    LEFT JOIN LATERAL (
      SELECT seq, hash, recorded_at FROM ledger_entry WHERE workspace_id = w.id ORDER BY seq DESC LIMIT 1
    ) AS last ON true
    WHERE w.id = $1 AND (h.seq IS DISTINCT FROM COALESCE(last.seq, 0)
      OR h.hash IS DISTINCT FROM COALESCE(last.hash, repeat('0', 64))
      OR h.recorded_at IS DISTINCT FROM last.recorded_at)`,
};

const ids: RowCheck = {
  name: 'ids',
  parameters: 2,
  sql: `
    SELECT max(seq)::bigint, 'There are ' || count(*) || ' entries with the id ' || id || '.'
    FROM ledger_entry WHERE workspace_id = $1 AND seq <= $2 GROUP BY id HAVING count(*) > 1`,
};

const times: RowCheck = {
  name: 'times',
  parameters: 2,
  sql: `
    SELECT seq::bigint, 'It was recorded before the entry before it.'
    FROM (
      SELECT seq, recorded_at, lag(recorded_at) OVER (ORDER BY seq) AS before
      FROM ledger_entry WHERE workspace_id = $1 AND seq <= $2
    ) AS timed WHERE recorded_at < before ORDER BY seq`,
};

/** The reversals as the entries themselves tell them. */
const told = `
  SELECT e.workspace_id, e.seq, e.id, e.payload::jsonb ->> 'reverses' AS reverses
  FROM ledger_entry e WHERE e.workspace_id = $1 AND e.kind = 'reversal'`;

const reversals: RowCheck = {
  name: 'reversals',
  parameters: 2,
  sql: `
    WITH told AS (${told})
    SELECT told.seq::bigint, CASE
        WHEN target.seq IS NULL THEN 'It reverses ' || COALESCE(told.reverses, 'nothing') || ', which is not in this ledger.'
        WHEN target.seq >= told.seq THEN 'It reverses ' || told.reverses || ', which comes after it.'
        ELSE 'It is not the one reversal on file for ' || told.reverses || '.' END
    FROM told
    LEFT JOIN ledger_entry target ON target.workspace_id = told.workspace_id AND target.id = told.reverses
    LEFT JOIN reversal r ON r.workspace_id = told.workspace_id AND r.id = told.id
    LEFT JOIN reversal before ON before.workspace_id = told.workspace_id AND before.id = told.reverses
    WHERE told.seq <= $2 AND (target.seq IS NULL OR target.seq >= told.seq
      OR r.reverses IS DISTINCT FROM told.reverses
      OR r.root IS DISTINCT FROM COALESCE(before.root, told.reverses)
      OR r.depth IS DISTINCT FROM COALESCE(before.depth, 0) + 1
      OR EXISTS (SELECT FROM told other WHERE other.reverses = told.reverses AND other.id <> told.id))
    UNION ALL
    SELECT NULL::bigint, 'A reversal ' || r.id || ' is on file that no entry tells of.'
    FROM reversal r WHERE r.workspace_id = $1 AND NOT EXISTS (SELECT FROM told WHERE told.id = r.id)
    ORDER BY 1`,
};

/** An entry is in force unless a reversal that is in force annuls it: walked from the entries alone. */
const fingerprints: RowCheck = {
  name: 'fingerprints',
  parameters: 2,
  sql: `
    WITH RECURSIVE told AS (${told}), annulling (entry, by, length) AS (
      SELECT reverses, id, 1 FROM told
      UNION ALL
      SELECT a.entry, t.id, a.length + 1 FROM annulling a JOIN told t ON t.reverses = a.by
      WHERE a.length < 1000
    ), annulled AS (
      SELECT entry FROM annulling GROUP BY entry HAVING max(length) % 2 = 1
    )
    SELECT max(e.seq)::bigint, 'Account ' || e.account_id || ' has ' || count(*)
      || ' entries in force with the fingerprint ' || e.fingerprint || '.'
    FROM ledger_entry e
    WHERE e.workspace_id = $1 AND e.seq <= $2 AND e.fingerprint IS NOT NULL
      AND e.id NOT IN (SELECT entry FROM annulled)
    GROUP BY e.account_id, e.fingerprint HAVING count(*) > 1`,
};

const outbox: RowCheck = {
  name: 'outbox',
  parameters: 2,
  sql: `
    WITH event AS (
      SELECT id, (payload::jsonb ->> 'first')::bigint AS first, (payload::jsonb ->> 'last')::bigint AS last,
        payload::jsonb ->> 'hash' AS hash
      FROM outbox WHERE workspace_id = $1 AND id LIKE 'ledger:%'
    ), ordered AS (
      SELECT *, lag(last, 1, 0::bigint) OVER (ORDER BY first) AS before FROM event
    )
    SELECT first, 'Event ' || id || ' does not follow the one that ends at ' || before || '.'
    FROM ordered WHERE first IS DISTINCT FROM before + 1
    UNION ALL
    SELECT last, 'Event ' || event.id || ' tells of another entry than is there.'
    FROM event LEFT JOIN ledger_entry e ON e.workspace_id = $1 AND e.seq = event.last
    WHERE e.hash IS DISTINCT FROM event.hash
    UNION ALL
    SELECT max(e.seq)::bigint, 'The last events are missing: they end at ' || told.last || '.'
    FROM ledger_entry e, (SELECT COALESCE(max(last), 0) AS last FROM event) AS told
    WHERE e.workspace_id = $1 AND e.seq <= $2 GROUP BY told.last HAVING max(e.seq) > told.last
    ORDER BY 1`,
};

const idempotency: RowCheck = {
  name: 'idempotency',
  parameters: 1,
  sql: `
    SELECT NULL::bigint, 'The answer kept for ' || operation || ' with key ' || key || ' is malformed.'
    FROM idempotency WHERE workspace_id = $1
      AND (request_hash !~ '^[0-9a-f]{64}$' OR status NOT BETWEEN 200 AND 599 OR body !~ '^[\\[{"tfn0-9-]')`,
};

const imports: RowCheck = {
  name: 'imports',
  parameters: 1,
  sql: `
    SELECT NULL::bigint, 'Import ' || COALESCE(i.id, e.import_id) || ' says it added '
      || COALESCE(i.added::text, 'nothing') || '; the ledger has ' || COALESCE(e.count, 0) || '.'
    FROM (SELECT * FROM import WHERE workspace_id = $1) AS i
    FULL JOIN (
      SELECT import_id, count(*) AS count FROM ledger_entry
      WHERE workspace_id = $1 AND import_id IS NOT NULL AND kind = 'transaction' GROUP BY 1
    ) AS e ON e.import_id = i.id
    WHERE i.added IS DISTINCT FROM COALESCE(e.count, 0)`,
};

/** What an entry names is there, in the same workspace. */
const references: RowCheck = {
  name: 'references',
  parameters: 2,
  sql: `
    SELECT e.seq::bigint, 'It names ' || named.what || ' ' || named.id || ', which this workspace does not have.'
    FROM ledger_entry e, LATERAL (
      SELECT 'account' AS what, id FROM unnest(ARRAY[e.account_id, e.to_account_id]) AS named_account (id)
      WHERE id IS NOT NULL AND NOT EXISTS
        (SELECT FROM account a WHERE a.workspace_id = e.workspace_id AND a.id = named_account.id)
      UNION ALL
      SELECT 'instrument', id FROM unnest(e.instrument_ids) AS named_instrument (id)
      WHERE NOT EXISTS
        (SELECT FROM instrument i WHERE i.workspace_id = e.workspace_id AND i.id = named_instrument.id)
    ) AS named
    WHERE e.workspace_id = $1 AND e.seq <= $2 ORDER BY 1`,
};

/** The checks that SQL answers for a whole workspace at once. */
export const rowChecks: readonly RowCheck[] = [
  sequence,
  head,
  ids,
  times,
  reversals,
  fingerprints,
  outbox,
  idempotency,
  imports,
  references,
];

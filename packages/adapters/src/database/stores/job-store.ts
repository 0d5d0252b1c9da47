import { canonicalJson, type Json, present } from '@plimsoll/kernel';
import type { Job, JobItem, JobLease, JobStore, NewJob } from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

const jobColumns = `id, kind, title, params, state, requested_by, ${instant('created_at')},
  ${instant('started_at')}, ${instant('finished_at')}, total, done, failed,
  ${instant('held_until')}, ${instant('held_since')}, done_before, error`;

/** A lease counts while its holder is the last one and the job is not finished. */
const holds =
  'workspace_id = $1 AND id = $2 AND held_by = $3 AND fence = $4 AND finished_at IS NULL';

const leaseKey = (unit: WorkspaceSession, { jobId, owner, fence }: JobLease) => [
  unit.workspaceId,
  jobId,
  owner,
  fence,
];

/** Jobs and their items, in SQL. */
export function jobStore(unit: WorkspaceSession): JobStore {
  const { session, workspaceId, clock } = unit;
  return {
    add: (job, keys) => add(unit, job, keys),
    find: (id) => find(unit, id),
    list: async (limit) => {
      const rows = await session.query(
        `SELECT ${jobColumns} FROM job WHERE workspace_id = $1 ORDER BY position DESC LIMIT $2`,
        [workspaceId, limit],
      );
      return rows.map(readJob);
    },
    items: async (id, states, limit) => {
      const rows = await session.query(
        `SELECT key, state, attempts, ${instant('not_before')}, note FROM job_item
         WHERE workspace_id = $1 AND job_id = $2
           AND ($3::text[] IS NULL OR state = ANY($3::text[]))
         ORDER BY position LIMIT $4`,
        [workspaceId, id, states, limit],
      );
      return rows.map(readItem);
    },
    lease: (owner, until) => lease(unit, owner, until),
    renew: async (held, until) => {
      const renewed = await session.query(
        `UPDATE job SET held_until = $5 WHERE ${holds} RETURNING id`,
        [...leaseKey(unit, held), until],
      );
      return renewed.length === 1;
    },
    release: async (held) => {
      await session.query(
        `UPDATE job SET held_by = NULL, held_until = NULL WHERE ${holds}`,
        leaseKey(unit, held),
      );
    },
    mark: (held, item) => mark(unit, held, item),
    finish: async (held, state, error) => {
      const finished = await session.query(
        `UPDATE job SET state = $5, error = $6, finished_at = $7, held_by = NULL, held_until = NULL
         WHERE ${holds} RETURNING id`,
        [...leaseKey(unit, held), state, error, clock.now()],
      );
      return finished.length === 1;
    },
    cancel: async (id) => {
      const cancelled = await session.query(
        `UPDATE job SET state = 'cancelled', finished_at = $3, held_by = NULL, held_until = NULL
         WHERE workspace_id = $1 AND id = $2 AND finished_at IS NULL RETURNING id`,
        [workspaceId, id, clock.now()],
      );
      return cancelled.length === 1;
    },
  };
}

async function add(unit: WorkspaceSession, job: NewJob, keys: readonly string[]): Promise<Job> {
  const { session, workspaceId, clock } = unit;
  const now = clock.now();
  const isEmpty = keys.length === 0;
  await session.query(
    `INSERT INTO job (workspace_id, id, kind, title, params, state, requested_by, created_at,
       finished_at, total)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      workspaceId,
      job.id,
      job.kind,
      job.title,
      canonicalJson(job.params),
      isEmpty ? 'done' : 'queued',
      job.requestedBy,
      now,
      isEmpty ? now : null,
      keys.length,
    ],
  );
  await session.query(
    `INSERT INTO job_item (workspace_id, job_id, position, key)
     SELECT $1, $2, position::integer, key FROM unnest($3::text[]) WITH ORDINALITY AS k (key, position)`,
    [workspaceId, job.id, keys],
  );
  return present(await find(unit, job.id), 'the job that was just added');
}

async function find({ session, workspaceId }: WorkspaceSession, id: string): Promise<Job | null> {
  const [row] = await session.query(
    `SELECT ${jobColumns} FROM job WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id],
  );
  return row === undefined ? null : readJob(row);
}

async function lease(
  { session, workspaceId, clock }: WorkspaceSession,
  owner: string,
  until: string,
) {
  const now = clock.now();
  const [row] = await session.query(
    `UPDATE job SET state = 'running', held_by = $2, held_until = $3, fence = fence + 1,
       held_since = $4, done_before = done + failed,
       started_at = COALESCE(started_at, $4)
     WHERE workspace_id = $1 AND id = (
       SELECT id FROM job
       WHERE workspace_id = $1 AND finished_at IS NULL AND (held_until IS NULL OR held_until <= $4)
       ORDER BY position LIMIT 1
     ) RETURNING ${jobColumns}, fence`,
    [workspaceId, owner, until, now],
  );
  if (row === undefined) return null;
  const job = readJob(row);
  return { job, lease: { jobId: job.id, owner, fence: integer(row.at(-1)) } };
}

async function mark(
  unit: WorkspaceSession,
  held: JobLease,
  { key, state, notBefore, note }: Omit<JobItem, 'attempts'>,
): Promise<boolean> {
  const { session } = unit;
  const [done, failed] = [state === 'done' ? 1 : 0, state === 'failed' ? 1 : 0];
  const counted = await session.query(
    `UPDATE job SET done = done + $5, failed = failed + $6 WHERE ${holds} RETURNING id`,
    [...leaseKey(unit, held), done, failed],
  );
  if (counted.length === 0) return false;
  const marked = await session.query(
    `UPDATE job_item SET state = $4, attempts = attempts + 1, not_before = $5, note = $6
     WHERE workspace_id = $1 AND job_id = $2 AND key = $3 AND state = 'waiting' RETURNING key`,
    [unit.workspaceId, held.jobId, key, state, notBefore, note],
  );
  // An item that is finished already was marked by an earlier holder: its effect stands.
  return marked.length === 1;
}

function readJob(row: Row): Job {
  const [id, kind, title, params, state, requestedBy, createdAt, startedAt, finishedAt] = row;
  const [total, done, failed, heldUntil, heldSince, doneBefore, error] = row.slice(9);
  return {
    id: text(id),
    kind: text(kind),
    title: text(title),
    params: JSON.parse(text(params)) as Json,
    state: text(state) as Job['state'],
    requestedBy: text(requestedBy),
    createdAt: text(createdAt),
    startedAt: textOrNull(startedAt),
    finishedAt: textOrNull(finishedAt),
    total: integer(total),
    done: integer(done),
    failed: integer(failed),
    heldUntil: textOrNull(heldUntil),
    heldSince: textOrNull(heldSince),
    doneBefore: integer(doneBefore),
    error: text(error),
  };
}

const readItem = ([key, state, attempts, notBefore, note]: Row): JobItem => ({
  key: text(key),
  state: text(state) as JobItem['state'],
  attempts: integer(attempts),
  notBefore: textOrNull(notBefore),
  note: text(note),
});

import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import { InvariantError } from '@plimsoll/kernel';
import type { Clock, Store, UnitOfWork, Workspace } from '@plimsoll/ports';
import { marketWorkspace, StoreRefusal } from '@plimsoll/ports';
import { text, truth } from './cells.ts';
import { type Database, type Session, SqlError } from './session.ts';
import { actionStore } from './stores/action-store.ts';
import { barFileStore } from './stores/bar-file-store.ts';
import { catalogueStore } from './stores/catalogue-store.ts';
import { deadLetterStore } from './stores/dead-letter-store.ts';
import { etlStore } from './stores/etl-store.ts';
import { idempotencyStore } from './stores/idempotency-store.ts';
import { importStore } from './stores/import-store.ts';
import { inboxStore } from './stores/inbox-store.ts';
import { jobStore } from './stores/job-store.ts';
import { giveLease, takeLease } from './stores/leases.ts';
import { ledgerStore } from './stores/ledger-store.ts';
import { linkStore } from './stores/link-store.ts';
import { modelStore } from './stores/model-store.ts';
import { readBacklog } from './stores/outbox-backlog.ts';
import { outboxStore } from './stores/outbox-store.ts';
import { priceStore } from './stores/price-store.ts';
import { qualityStore } from './stores/quality-store.ts';
import { referenceStore } from './stores/reference-store.ts';
import { runStore } from './stores/run-store.ts';
import { inTransaction, type TransactionTerms } from './transaction.ts';
import { verifyLedger } from './verify/verify-ledger.ts';
import { instant, type WorkspaceSession } from './workspace-session.ts';

/** A lost race is tried again this often before it is told. */
const attempts = 5;
const lostRaces: ReadonlySet<string> = new Set(['40001', '40P01']);

/** The store over any database that speaks PostgreSQL: one code, one set of statements. */
export function sqlStore(database: Database, clock: Clock): Store {
  const running = new AsyncLocalStorage<true>();
  const transaction = <T>(
    terms: Pick<TransactionTerms, 'role' | 'workspaceId' | 'access'>,
    work: (session: Session) => Promise<T>,
  ): Promise<T> => {
    // The embedded engine has one session: a unit within a unit would wait for itself for ever.
    if (running.getStore()) {
      throw new InvariantError('A unit of work was begun within another; use the one at hand');
    }
    const whole = { ...terms, statementTimeoutMs: database.statementTimeoutMs };
    return running.run(true, () =>
      retried(database.contended, () =>
        database.session((session) => inTransaction(session, whole, () => work(session))),
      ),
    );
  };
  const app = 'plimsoll_app' as const;

  return {
    describe: () =>
      transaction({ role: app, workspaceId: null, access: 'read' }, async (session) => ({
        engine: database.engine,
        version: await serverVersion(session),
        durable: database.durable,
      })),
    workspaces: () => transaction({ role: app, workspaceId: null, access: 'read' }, readWorkspaces),
    createWorkspace: (workspace) =>
      transaction({ role: app, workspaceId: workspace.id, access: 'write' }, (session) =>
        insertWorkspace(session, workspace),
      ),
    removeDemoWorkspace: (id) =>
      transaction({ role: app, workspaceId: id, access: 'write' }, (session) =>
        removeDemoWorkspace(session, id),
      ),
    read: (workspaceId, work) =>
      transaction({ role: app, workspaceId, access: 'read' }, async (session) => {
        await requireWorkspace(session, workspaceId, '');
        return work(unitOfWork({ session, workspaceId, clock }));
      }),
    write: (workspaceId, work) =>
      transaction({ role: app, workspaceId, access: 'write' }, async (session) => {
        await requireWorkspace(session, workspaceId, 'FOR UPDATE');
        return work(unitOfWork({ session, workspaceId, clock }));
      }),
    backlog: () =>
      transaction({ role: 'plimsoll_audit', workspaceId: null, access: 'read' }, readBacklog),
    takeLease: (name, holder, forMs) =>
      transaction({ role: app, workspaceId: null, access: 'write' }, (session) =>
        takeLease(session, { name, holder, forMs }),
      ),
    giveLease: (name, holder) =>
      transaction({ role: app, workspaceId: null, access: 'write' }, (session) =>
        giveLease(session, name, holder),
      ),
    verify: () =>
      verifyLedger((work) =>
        transaction({ role: 'plimsoll_audit', workspaceId: null, access: 'read' }, work),
      ),
    close: () => database.close(),
  };
}

async function retried<T>(contended: boolean, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const lost = error instanceof SqlError && lostRaces.has(error.code);
      if (!contended || !lost || attempt === attempts) throw error;
      await setTimeout(Math.random() * 10 * 2 ** attempt);
    }
  }
}

const unitOfWork = (unit: WorkspaceSession): UnitOfWork => ({
  workspaceId: unit.workspaceId,
  ledger: ledgerStore(unit),
  catalogue: catalogueStore(unit),
  imports: importStore(unit),
  prices: priceStore(unit),
  barFiles: barFileStore(unit),
  links: linkStore(unit),
  actions: actionStore(unit),
  reference: referenceStore(unit),
  etl: etlStore(unit),
  jobs: jobStore(unit),
  runs: runStore(unit),
  models: modelStore(unit),
  quality: qualityStore(unit),
  idempotency: idempotencyStore(unit),
  outbox: outboxStore(unit),
  inbox: inboxStore(unit),
  deadLetters: deadLetterStore(unit),
});

/** Finds the workspace's head, and with `FOR UPDATE` holds it: writers of one workspace queue here. */
async function requireWorkspace(
  session: Session,
  workspaceId: string,
  lock: '' | 'FOR UPDATE',
): Promise<void> {
  const [head] = await session.query(
    `SELECT seq FROM workspace_head WHERE workspace_id = $1 ${lock}`,
    [workspaceId],
  );
  if (head !== undefined) return;
  throw new StoreRefusal({
    code: 'store.unknown-workspace',
    detail: `There is no workspace "${workspaceId}".`,
  });
}

async function serverVersion(session: Session): Promise<string> {
  const [row] = await session.query('SHOW server_version');
  return text(row?.[0]);
}

async function readWorkspaces(session: Session): Promise<readonly Workspace[]> {
  const rows = await session.query(
    `SELECT id, name, demo, ${instant('created_at')} FROM workspace
     WHERE id <> $1 ORDER BY created_at, id COLLATE "C"`,
    [marketWorkspace],
  );
  return rows.map(([id, name, demo, createdAt]) => ({
    id: text(id),
    name: text(name),
    demo: truth(demo),
    createdAt: text(createdAt),
  }));
}

async function insertWorkspace(session: Session, workspace: Workspace): Promise<void> {
  const { id, name, demo, createdAt } = workspace;
  await session.query(
    'INSERT INTO workspace (id, name, demo, created_at) VALUES ($1, $2, $3, $4)',
    [id, name, demo, createdAt],
  );
  await session.query('INSERT INTO workspace_head (workspace_id) VALUES ($1)', [id]);
}

async function removeDemoWorkspace(session: Session, id: string): Promise<void> {
  const [row] = await session.query('SELECT demo FROM workspace WHERE id = $1', [id]);
  if (row?.[0] !== true) {
    throw new InvariantError(`Workspace ${id} is not a demo and cannot be removed`);
  }
  await session.query('SELECT remove_demo_workspace($1)', [id]);
}

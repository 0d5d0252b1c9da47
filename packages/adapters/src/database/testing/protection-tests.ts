import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { integer } from '../cells.ts';
import { migrate, migrations } from '../migrate.ts';
import type { Row, Session } from '../session.ts';
import { inTransaction } from '../transaction.ts';
import { strayTables } from '../verify/row-checks.ts';
import type { RawDatabase } from './raw-database.ts';
import { purchase, sampleWorkspace, stillClock } from './sample-workspace.ts';

const facts = ['ledger_entry', 'reversal', 'price_block', 'price_quarantine', 'idempotency'];

/** A busy machine may take its time. */
const patienceMs = 60_000;

/** What the database itself must refuse, whatever the application asks of it. */
export function protectionTests(name: string, open: () => Promise<RawDatabase>): void {
  describe(`protection by the database: ${name}`, { timeout: patienceMs }, () => {
    let raw: RawDatabase;
    let mine: string;
    let theirs: string;
    beforeAll(async () => {
      raw = await open();
      mine = await sampleWorkspace(raw.store, 4);
      theirs = await sampleWorkspace(raw.store, 5);
    }, patienceMs);
    afterAll(() => raw.store.close());

    const asApp = <T>(workspaceId: string | null, work: (session: Session) => Promise<T>) =>
      raw.database.session((session) =>
        inTransaction(
          session,
          { role: 'plimsoll_app', workspaceId, access: 'write', statementTimeoutMs: 0 },
          () => work(session),
        ),
      );
    /** As the owner of the tables, who may do all that triggers and constraints let pass. */
    const asOwner = (sql: string): Promise<readonly Row[]> =>
      raw.database.session(async (session) => {
        await session.script('BEGIN; SET LOCAL search_path = plimsoll');
        try {
          return await session.query(sql);
        } finally {
          await session.script('ROLLBACK');
        }
      });

    it.each(strayTables)(
      'shows of %s only rows of the own workspace, even to a query without a filter',
      async (table) => {
        const count = async (workspaceId: string | null, where = '') => {
          const [row] = await asApp(workspaceId, (session) =>
            session.query(`SELECT count(*) FROM ${table} ${where}`),
          );
          return integer(row?.[0]);
        };
        expect(await count(mine, `WHERE workspace_id NOT IN ('${mine}', 'market')`)).toBe(0);
        // Public market data is for all.
        const notPublic = "WHERE workspace_id <> 'market'";
        expect(await count(null, notPublic)).toBe(0);
        // The control: without the policy the same rows are there to be seen.
        const [seen] = await asOwner(
          `SELECT count(*) FROM ${table} WHERE workspace_id = '${theirs}'`,
        );
        if (facts.includes(table)) expect(integer(seen?.[0])).toBeGreaterThan(0);
        expect(await count(theirs, notPublic)).toBe(integer(seen?.[0]));
      },
    );

    it('takes no row for another workspace', async () => {
      const insert = (workspaceId: string) =>
        asApp(mine, (session) =>
          session.query(
            `INSERT INTO outbox (workspace_id, id, type, payload, recorded_at)
             VALUES ($1, 'smuggled', 'x', '{}', now())`,
            [workspaceId],
          ),
        );
      await expect(insert(theirs)).rejects.toThrow('row-level security');
      await insert(mine);
      const update = asApp(mine, (session) =>
        session.query("UPDATE account SET name = 'x' WHERE workspace_id = $1 RETURNING id", [
          theirs,
        ]),
      );
      expect(await update).toEqual([]);
    });

    it.each(facts)('refuses the application to change, delete or empty %s', async (table) => {
      for (const sql of [
        `UPDATE ${table} SET workspace_id = workspace_id`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ]) {
        await expect(asApp(mine, (session) => session.query(sql))).rejects.toThrow(
          'permission denied',
        );
      }
    });

    it.each(facts)('refuses the owner as well to change, delete or empty %s', async (table) => {
      for (const sql of [
        `UPDATE ${table} SET workspace_id = workspace_id`,
        `DELETE FROM ${table} WHERE workspace_id = '${mine}'`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(asOwner(sql)).rejects.toThrow('append-only');
      }
    });

    it('lets nobody turn a workspace into a demo or move its head back', async () => {
      await expect(
        asOwner(`UPDATE workspace SET demo = true WHERE id = '${mine}'`),
      ).rejects.toThrow('demo');
      const back = asApp(mine, (session) =>
        session.query('UPDATE workspace_head SET seq = seq - 1'),
      );
      await expect(back).rejects.toThrow('cannot move back');
      const removal = asApp(mine, (session) =>
        session.query('SELECT remove_demo_workspace($1)', [mine]),
      );
      await expect(removal).rejects.toThrow('not a demo');
    });

    it('gives the application no rights beyond its own', async () => {
      const [role] = await asOwner(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = 'plimsoll_app'",
      );
      expect(role).toEqual([false, false, false]);
      const owned = await asOwner(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'plimsoll' AND tableowner = 'plimsoll_app'",
      );
      expect(owned).toEqual([]);
      const open = await asOwner(
        `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'plimsoll'::regnamespace AND c.relkind = 'r'
           AND a.attname = 'workspace_id' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
      );
      expect(open).toEqual([]);
      const protectedTables = await asOwner(
        `SELECT table_name FROM information_schema.columns
         WHERE table_schema = 'plimsoll' AND column_name = 'workspace_id' ORDER BY 1`,
      );
      expect(protectedTables.map(([table]) => table)).toEqual(strayTables.toSorted());
    });

    it('tells of a commit that PostgreSQL turned into a rollback', async () => {
      const work = asApp(mine, async (session) => {
        await session.query('SELECT 1 / 0').catch(() => undefined);
      });
      await expect(work).rejects.toThrow('rolled back');
    });

    it('keeps writers of one workspace in line and others out of it', async () => {
      const seqs = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          raw.store.write(index % 2 === 0 ? mine : theirs, ({ ledger }) =>
            ledger.append([purchase(`concurrent-${index}`)]),
          ),
        ),
      );
      expect(
        seqs
          .filter((_, index) => index % 2 === 0)
          .flatMap((entries) => entries.map(({ seq }) => seq))
          .toSorted(),
      ).toEqual([5, 6, 7, 8, 9]);
    });

    it('runs each schema step once, refuses a changed one and one it does not know', async () => {
      const again = (steps = migrations()) =>
        raw.database.session((session) => migrate(session, stillClock, steps));
      await again();
      const [first, ...others] = migrations();
      if (first === undefined) expect.fail('There are no schema steps');
      await expect(again([{ ...first, checksum: 'other' }, ...others])).rejects.toThrow(
        'Schema step 1 (ledger)',
      );
      await expect(again([first])).rejects.toThrow('does not know');
    });

    it('goes on after a schema step that broke in the middle', async () => {
      const broken = {
        number: 9999,
        name: 'broken',
        sql: 'CREATE TABLE half_made (id int); SELECT 1 / 0',
        checksum: 'x',
      };
      const run = raw.database.session((session) =>
        migrate(session, stillClock, [...migrations(), broken]),
      );
      await expect(run).rejects.toThrow('division by zero');
      const made = await asOwner("SELECT to_regclass('plimsoll.half_made')::text");
      expect(made).toEqual([[null]]);
      await raw.database.session((session) => migrate(session, stillClock));
    });
  });
}

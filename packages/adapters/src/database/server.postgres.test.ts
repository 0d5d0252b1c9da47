import { randomUUID } from 'node:crypto';
import { storeConformance } from '@plimsoll/ports/conformance';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openServer } from './index.ts';
import { SqlError } from './session.ts';
import { protectionTests } from './testing/protection-tests.ts';
import { rawServer } from './testing/raw-database.ts';
import { purchase, sampleWorkspace, stillClock } from './testing/sample-workspace.ts';
import { tamperTests } from './testing/tamper-tests.ts';
import { testDatabaseUrl } from './testing/test-database-url.ts';

storeConformance('PostgreSQL server', (clock) => openServer(testDatabaseUrl(), { clock }));
protectionTests('PostgreSQL server', () => rawServer(testDatabaseUrl(), stillClock));
tamperTests('PostgreSQL server', () => rawServer(testDatabaseUrl(), stillClock));

describe('server', () => {
  const open = (url: string) => openServer(url, { clock: stillClock });
  const withOptions = (change: (url: URL) => void): string => {
    const url = new URL(testDatabaseUrl());
    change(url);
    return url.href;
  };

  it.each(['synchronous_commit'])('is refused with %s off', async (setting) => {
    const url = withOptions(({ searchParams }) => searchParams.set('options', `-c ${setting}=off`));
    await expect(open(url)).rejects.toMatchObject({ fault: { code: 'store.unsafe-settings' } });
    await expect(open(url)).rejects.toThrow(setting);
  });

  it('is refused where nothing answers', async () => {
    const url = withOptions((address) => {
      address.port = '1';
    });
    await expect(open(url)).rejects.toMatchObject({ fault: { code: 'store.unavailable' } });
  });

  it('takes up to five attempts at a unit that loses a race, and none twice', async () => {
    const store = await open(testDatabaseUrl());
    const workspace = await sampleWorkspace(store, 3);
    let attempts = 0;
    const losing = (times: number) =>
      store.write(workspace, async ({ ledger }) => {
        const entries = await ledger.append([purchase(`attempt-${times}`)]);
        if (++attempts <= times) throw new SqlError('could not serialize access', '40001');
        return entries[0]?.seq;
      });
    expect(await losing(4)).toBe(4);
    attempts = 0;
    await expect(losing(5)).rejects.toThrow('serialize');
    expect(attempts).toBe(5);
    expect((await store.read(workspace, ({ ledger }) => ledger.head())).seq).toBe(4);
    await store.close();
  });

  it('loses the unit at hand, not the store, when its connection is cut', async () => {
    const store = await open(testDatabaseUrl());
    const workspace = await sampleWorkspace(store, 3);
    const admin = new pg.Client({ connectionString: testDatabaseUrl() });
    await admin.connect();
    const cut = store.write(workspace, async ({ ledger }) => {
      await ledger.append([purchase('cut')]);
      await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'plimsoll' AND state = 'idle in transaction'`,
      );
      await ledger.append([purchase('after')]);
    });
    await expect(cut).rejects.toMatchObject({ fault: { code: 'store.unavailable' } });
    const [entry] = await store.write(workspace, ({ ledger }) =>
      ledger.append([purchase('again')]),
    );
    expect(entry?.seq).toBe(4);
    await admin.end();
    await store.close();
  });

  it('serves an owner who is no superuser, in a database of its own', async () => {
    const name = `plimsoll_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: testDatabaseUrl() });
    await admin.connect();
    await admin.query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'test'`);
    await admin.query(`CREATE DATABASE ${name} OWNER ${name}`);
    // On 15 whoever may create roles may grant any; from 16 on a role made by another is granted by hand.
    await admin.query(`GRANT plimsoll_app, plimsoll_audit TO ${name}`);
    const url = withOptions((address) => {
      address.username = name;
      address.password = 'test';
      address.pathname = name;
    });
    const store = await open(url);
    const workspace = await sampleWorkspace(store, 4);
    expect((await store.verify()).findings).toEqual([]);
    const again = await open(url);
    expect((await again.read(workspace, ({ ledger }) => ledger.head())).seq).toBe(4);
    await again.close();
    await store.close();
    await admin.query(`DROP DATABASE ${name}`);
    await admin.query(`DROP ROLE ${name}`);
    await admin.end();
  });
});

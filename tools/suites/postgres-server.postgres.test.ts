import { existsSync } from 'node:fs';
import pg from 'pg';
import { expect, it } from 'vitest';
import { startPostgres } from './postgres-server.ts';

it('gives a PostgreSQL that keeps what it acknowledged, and leaves nothing behind', async () => {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const settings = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('fsync', 'listen_addresses', 'data_directory')",
  );
  const setting = Object.fromEntries(settings.rows.map((row) => [row.name, row.setting]));
  await client.end();
  await server.stop();
  expect(setting).toMatchObject({ fsync: 'on', listen_addresses: '127.0.0.1' });
  expect(existsSync(setting['data_directory'] ?? '/')).toBe(false);
});

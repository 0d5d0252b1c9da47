import { tickStoreConformance } from '@plimsoll/ports/conformance';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTicks, openServer } from '../index.ts';
import { systemClock } from '../testing/system-clock.ts';
import { testDatabaseUrl } from '../testing/test-database-url.ts';

const name = 'plimsoll_hypertables';
const at = Date.parse('2026-03-30T12:00:00Z');

const on = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const available = await on(testDatabaseUrl(), async (client) => {
  const { rows } = await client.query(
    "SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb'",
  );
  return rows.length > 0;
});
if (!available) {
  process.stderr.write(
    'Hypertables are not tried: the server has no TimescaleDB. Name one that has it with PLIMSOLL_TEST_DATABASE_URL, or the folder of its programs with PLIMSOLL_TEST_POSTGRES_BIN.\n',
  );
}

const url = new URL(testDatabaseUrl());
url.pathname = `/${name}`;
const there = url.href;
const open = async () => {
  const store = await openServer(there, { clock: systemClock });
  await store.close();
  return connectTicks({ kind: 'server', url: there });
};

const refresh = async (): Promise<void> => {
  await on(there, (client) =>
    client.query("CALL refresh_continuous_aggregate('plimsoll_live.bar_5m', NULL, NULL)"),
  );
};

describe.skipIf(!available)('TimescaleDB', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await on(testDatabaseUrl(), async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name}`);
      await client.query(`CREATE DATABASE ${name}`);
    });
  }, 120_000);
  afterAll(() =>
    on(testDatabaseUrl(), (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  );

  it('takes over what plain partitions hold once its extension is created', async () => {
    const plain = await open();
    expect((await plain.describe()).kind).toBe('partitions');
    await plain.prepare('2026-03-30', '2026-03-30');
    const one = Float64Array.of(10);
    await plain.flush(
      1,
      {
        instrumentIds: ['kept'],
        sources: ['s'],
        of: Uint32Array.of(0),
        by: Uint8Array.of(0),
        at: Float64Array.of(at),
        bid: one,
        ask: one,
        last: one,
        size: one,
        tradeId: one,
      },
      [
        {
          timeframe: '1m',
          instrumentIds: ['kept'],
          of: Int32Array.of(0),
          bars: {
            from: Float64Array.of(at),
            open: one,
            high: one,
            low: one,
            close: one,
            volume: one,
          },
        },
      ],
    );
    await plain.close();
    await on(there, (client) => client.query('CREATE EXTENSION timescaledb'));
    const adopted = await open();
    const { kind, version } = await adopted.describe();
    expect([kind, version]).toEqual(['hypertables', expect.stringMatching(/^timescaledb \d/)]);
    expect([...(await adopted.ticks('kept', at, at + 1)).last]).toEqual([10]);
    expect([...(await adopted.bars('kept', '5m', at, at + 1)).volume]).toEqual([10]);
    await adopted.close();
    await (await open()).close(); // once more changes nothing
  });

  it('has hypertables, policies, an aggregate, and compresses', async () => {
    const ticks = await open();
    await on(there, async (client) => {
      const { rows: tables } = await client.query(
        `SELECT hypertable_name, compression_enabled FROM timescaledb_information.hypertables
         WHERE hypertable_schema = 'plimsoll_live' ORDER BY 1`,
      );
      expect(tables).toEqual([
        { hypertable_name: 'bar_1m', compression_enabled: true },
        { hypertable_name: 'tick_block', compression_enabled: true },
      ]);
      const { rows: jobs } = await client.query(
        `SELECT proc_name, count(*)::int FROM timescaledb_information.jobs
         WHERE proc_name LIKE 'policy_%' AND hypertable_name IS NOT NULL GROUP BY 1 ORDER BY 1`,
      );
      expect(jobs).toEqual([
        { proc_name: 'policy_compression', count: 2 },
        { proc_name: 'policy_refresh_continuous_aggregate', count: 1 },
      ]);
      const { rows: compressed } = await client.query(
        `SELECT count(compress_chunk(chunk))::int FROM show_chunks('plimsoll_live.tick_block') AS chunk`,
      );
      expect(compressed[0].count).toBeGreaterThan(0);
    });
    await refresh();
    expect([...(await ticks.ticks('kept', at, at + 1)).last]).toEqual([10]);
    expect([...(await ticks.bars('kept', '5m', at, at + 1)).close]).toEqual([10]);
    await ticks.close();
  });

  tickStoreConformance('TimescaleDB', open, refresh);
});

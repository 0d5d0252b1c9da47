import { text } from '../cells.ts';
import type { Session } from '../session.ts';
import { quoted } from '../transaction.ts';

/**
 * Turns the live tables into hypertables where the TimescaleDB extension has been created in the
 * database and they are plain partitions yet: compressed after a day, and bars of five minutes as a
 * continuous aggregate of those of one. As the owner, in one transaction; what is there is kept.
 */
export async function adoptTimescale(session: Session): Promise<void> {
  const [found] = await session.query(
    `SELECT extnamespace::regnamespace::text FROM pg_extension, pg_class c
     WHERE extname = 'timescaledb' AND c.oid = to_regclass('plimsoll_live.bar_5m')
       AND c.relkind = 'p'`,
  );
  if (found === undefined) return;
  try {
    await session.script(`
      BEGIN;
      SELECT set_config('search_path', 'plimsoll_live, ' || ${quoted(text(found[0]))}, true);
      SET LOCAL TimeZone = 'UTC';
      ${hypertable('tick_block', 'first_at', 'first_at, batch, source')};
      ${hypertable('bar_1m', 'at', 'at')};
      GRANT SELECT, INSERT ON tick_block TO plimsoll_app;
      GRANT SELECT, INSERT, UPDATE ON bar_1m TO plimsoll_app;
      DROP TABLE bar_5m;
      ${fiveMinutes};
      GRANT SELECT ON bar_5m TO plimsoll_app;
      GRANT SELECT ON tick_block, bar_1m, bar_5m TO plimsoll_audit;
      COMMIT`);
  } catch (error) {
    await session.script('ROLLBACK');
    throw error;
  }
}

const hypertable = (table: string, time: string, order: string): string => `
  ALTER TABLE ${table} RENAME TO ${table}_plain;
  CREATE TABLE ${table} (LIKE ${table}_plain INCLUDING CONSTRAINTS INCLUDING INDEXES);
  SELECT create_hypertable('${table}', '${time}', chunk_time_interval => interval '1 day');
  INSERT INTO ${table} SELECT * FROM ${table}_plain;
  DROP TABLE ${table}_plain;
  ALTER TABLE ${table} SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'instrument_id', timescaledb.compress_orderby = '${order}');
  SELECT add_compression_policy('${table}', interval '1 day')`;

/** Refreshed from behind the time in which late ticks may still change a bar; newer ones are read live. */
const fiveMinutes = `
  CREATE MATERIALIZED VIEW bar_5m
    WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
    SELECT instrument_id, time_bucket('5 minutes', at) AS at, first(open, at) AS open,
      max(high) AS high, min(low) AS low, last(close, at) AS close, sum(volume) AS volume
    FROM bar_1m GROUP BY 1, 2 WITH NO DATA;
  SELECT add_continuous_aggregate_policy('bar_5m', start_offset => interval '1 day',
    end_offset => interval '30 minutes', schedule_interval => interval '10 minutes')`;

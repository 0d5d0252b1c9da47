import type { LiveBars } from '@plimsoll/ports';
import type { Session } from '../session.ts';
import { barTables, instantOf } from './live-tables.ts';
import type { CutTicks } from './tick-blocks.ts';

/** Adds blocks of ticks; those of a batch that is there already stay as they are. */
export async function addTicks(session: Session, batch: number, cut: CutTicks): Promise<void> {
  let start = 1;
  const starts = cut.counts.map((count) => {
    const here = start;
    start += 48 * count;
    return String(here);
  });
  await session.query(
    `INSERT INTO plimsoll_live.tick_block (instrument_id, source, first_at, last_at, batch, count, ticks)
     SELECT id, source, ${instantOf('first')}, ${instantOf('last')}, $7, count,
       substr($8::bytea, start, 48 * count)
     FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::int4[], $6::int4[])
       AS block (id, source, first, last, count, start)
     ON CONFLICT DO NOTHING`,
    [
      cut.instrumentIds,
      cut.sources,
      cut.first.map(String),
      cut.last.map(String),
      cut.counts.map(String),
      starts,
      batch,
      cut.bytes,
    ],
  );
}

/** Puts bars in the place of those of the same start. */
export async function putBars(
  session: Session,
  { timeframe, instrumentIds, of, bars }: LiveBars,
): Promise<void> {
  const floats = (column: Float64Array) => Array.from(column, String);
  await session.query(
    `INSERT INTO ${barTables[timeframe]} AS known (instrument_id, at, open, high, low, close, volume)
     SELECT id, ${instantOf('at')}, open, high, low, close, nullif(volume, 'NaN')
     FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[],
       $7::float8[]) AS bar (id, at, open, high, low, close, volume)
     ON CONFLICT (instrument_id, at) DO UPDATE
       SET (open, high, low, close, volume)
         = (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)`,
    [
      Array.from(of, (index) => instrumentIds[index] ?? ''),
      floats(bars.from),
      floats(bars.open),
      floats(bars.high),
      floats(bars.low),
      floats(bars.close),
      floats(bars.volume),
    ],
  );
}

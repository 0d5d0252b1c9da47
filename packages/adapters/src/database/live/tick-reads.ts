import type { TickStore } from '@plimsoll/ports';
import { bytes, integer, text, textOrNull } from '../cells.ts';
import type { Cell, Row, Session } from '../session.ts';
import { barTables, instantOf } from './live-tables.ts';
import { joinTicks, ticksOfBlock } from './tick-blocks.ts';

const hourMs = 3_600_000;
/** Blocks read at a time where all are wanted: 50,000 ticks a second make about a thousand. */
const pageOfBlocks = 2_000;

const millisecondsOf = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::int8`;

type Read = <T>(work: (session: Session) => Promise<T>) => Promise<T>;
type Reads = Pick<TickStore, 'ticks' | 'replay' | 'bars' | 'instruments' | 'firstDay'>;

/** What can be asked of the live tables. */
export function tickReads(read: Read): Reads {
  return {
    ticks: async (instrumentId, from, until) => {
      const rows = await read((session) =>
        session.query(
          `SELECT ticks FROM plimsoll_live.tick_block
           WHERE instrument_id = $1 AND first_at >= ${instantOf('$2')}
             AND first_at < ${instantOf('$3')} AND last_at >= ${instantOf('$4')}
           ORDER BY batch, first_at, source COLLATE "C"`,
          // A block that began earlier in the hour may reach into the range.
          [instrumentId, Math.floor(from / hourMs) * hourMs, until, from],
        ),
      );
      return joinTicks(
        rows.map(([block]) => ticksOfBlock(bytes(block))),
        from,
        until,
      );
    },
    replay: async (from, handle) => {
      let after: Place = [-1, '', '', 0];
      for (;;) {
        const rows = await read((session) => nextBlocks(session, from, after));
        for (const [batch, instrumentId, source, first, block] of rows) {
          handle(text(instrumentId), text(source), ticksOfBlock(bytes(block)));
          after = [integer(batch), text(instrumentId), text(source), integer(first)];
        }
        if (rows.length < pageOfBlocks) return;
      }
    },
    bars: async (instrumentId, timeframe, from, until) => {
      const rows = await read((session) =>
        session.query(
          `SELECT ${millisecondsOf('at')}, open::text, high::text, low::text, close::text, volume::text
           FROM ${barTables[timeframe]}
           WHERE instrument_id = $1 AND at >= ${instantOf('$2')} AND at < ${instantOf('$3')}
           ORDER BY at`,
          [instrumentId, from, until],
        ),
      );
      const column = (index: number) => Float64Array.from(rows, (row) => number(row[index]));
      return {
        from: column(0),
        open: column(1),
        high: column(2),
        low: column(3),
        close: column(4),
        volume: column(5),
      };
    },
    instruments: async (from, until) => {
      const rows = await read((session) =>
        session.query(
          `SELECT DISTINCT instrument_id FROM plimsoll_live.bar_1m
           WHERE at >= ${instantOf('$1')} AND at < ${instantOf('$2')} ORDER BY 1`,
          [from, until],
        ),
      );
      return rows.map(([id]) => text(id));
    },
    firstDay: async () => {
      const [row] = await read((session) =>
        session.query(
          `SELECT to_char(least((SELECT min(first_at) FROM plimsoll_live.tick_block),
             (SELECT min(at) FROM plimsoll_live.bar_1m)), 'YYYY-MM-DD')`,
        ),
      );
      return textOrNull(row?.[0]);
    },
  };
}

/** A block's batch, instrument, source and first time. */
type Place = readonly [number, string, string, number];

const nextBlocks = (session: Session, from: number, after: Place): Promise<readonly Row[]> =>
  session.query(
    `SELECT batch, instrument_id, source, ${millisecondsOf('first_at')}, ticks
     FROM plimsoll_live.tick_block
     WHERE first_at >= ${instantOf('$1')} AND last_at >= ${instantOf('$2')}
       AND (batch, instrument_id COLLATE "C", source COLLATE "C", first_at)
         > ($3, $4, $5, ${instantOf('$6')})
     ORDER BY batch, instrument_id COLLATE "C", source COLLATE "C", first_at LIMIT ${pageOfBlocks}`,
    [Math.floor(from / hourMs) * hourMs, from, ...after],
  );

const number = (cell: Cell | undefined): number =>
  cell === null || cell === undefined ? Number.NaN : Number(cell);

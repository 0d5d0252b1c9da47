import type { BacktestInstrument, BacktestMarket } from '@plimsoll/analytics/backtest';
import type { GoldenCase } from '../../golden-case.ts';
import { type Columns, type GoldenData, select } from '../../golden-data.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** What a case calls an instrument: its file without the ending. */
const idOf = (file: string): string => file.replace(/\.csv$/, '');

const filesOf = ({ data }: GoldenCase): readonly string[] =>
  (Array.isArray(data) ? data : [data]).filter((file) => typeof file === 'string');

function instrumentOf(file: string, { days, names, values }: Columns): BacktestInstrument {
  const column = (name: string): Float64Array => {
    const place = names.indexOf(name);
    if (place < 0) throw new Error(`${file} has no column ${name}`);
    return Float64Array.from(days, (_, row) => values[row * names.length + place] ?? Number.NaN);
  };
  const from = Float64Array.from(days, (day) => Date.parse(day));
  return {
    id: idOf(file),
    currency: 'USD',
    multiplier: 1,
    step: 1,
    sector: null,
    option: null,
    finer: null,
    events: [],
    bars: {
      from,
      opened: from.map((at) => at + 14.5 * hourMs),
      known: from.map((at) => at + 21 * hourMs),
      session: from.map((at) => at / dayMs),
      edges: new Uint8Array(from.length).fill(3),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      volume: column('volume'),
    },
  };
}

/** The daily bars of a case's files, in whole units, of the days that it asks for. */
export function marketOf(golden: GoldenCase, data: GoldenData, fractions: boolean): BacktestMarket {
  const range = golden['window'];
  const asked = Array.isArray(range)
    ? { range: [String(range[0]), String(range[1])] as const }
    : {};
  const instruments = filesOf(golden).map((file) => {
    const columns = select(data.columns(`engines/${file}`), asked);
    return { ...instrumentOf(file, columns), step: fractions ? 0 : 1 };
  });
  return { base: 'USD', instruments, rates: [], notes: [] };
}

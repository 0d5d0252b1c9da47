import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parquet from '@plimsoll/adapters/bars';
import { openEmbedded } from '@plimsoll/adapters/database';
import folderObjects from '@plimsoll/adapters/objects-folder';
import { barColumns, plainInstrument, type TimedBars } from '@plimsoll/domain';
import type { BarStore } from '@plimsoll/ports';
import { systemClock } from '../../apps/plimsoll/src/system-clock.ts';
import { line, median, megabytes, ms, type Taken, take, title } from '../report.ts';

const count = 10_000_000;
const second = 1_000;
const start = Date.UTC(2024, 0, 1);
const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** Ten million seconds of a price that walks in cents, with whole volumes: 116 days. */
function manyBars(): TimedBars {
  const bars = barColumns(count);
  let cents = 10_000;
  let state = 42;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    cents += (state % 5) - 2;
    bars.from[i] = start + i * second;
    bars.open[i] = cents / 100;
    bars.high[i] = (cents + (state % 7)) / 100;
    bars.low[i] = (cents - (state % 6)) / 100;
    bars.close[i] = (cents + (state % 3) - 1) / 100;
    bars.volume[i] = state % 1_000;
  }
  return bars;
}

function tell(
  what: string,
  { wallMs, cpuMs }: Pick<Taken, 'wallMs' | 'cpuMs'>,
  rows: number,
): void {
  const rate = `${(rows / 1e6 / (wallMs / 1000)).toFixed(1)} M/s`;
  line(what, ms(wallMs), ms(cpuMs), rate, megabytes(process.memoryUsage.rss()));
}

async function measure(bars: BarStore, size: () => Promise<number>): Promise<void> {
  const source = { timeframe: '1s', source: 'bench' } as const;
  const many = manyBars();
  tell('write', await take(() => bars.write('bench', 'acme', { ...source, bars: many })), count);
  const bytes = await size();
  const all = { timeframe: '1s', ...always } as const;
  const read = async () => {
    const { close } = await bars.read('bench', 'acme', all);
    if (close.length !== count) throw new Error(`Read ${close.length} bars`);
  };
  tell('read for the first time, hashes held against', await take(read), count);
  tell('read again, middle of 5', await median(5, read), count);
  const day = { timeframe: '1s', from: start + 40 * 864e5, until: start + 41 * 864e5 } as const;
  tell(
    'read one day of it, middle of 5',
    await median(5, () => bars.read('bench', 'acme', day)),
    86_400,
  );
  const target = new Float64Array(6 * count);
  const origin = new Float64Array(6 * count).fill(1);
  tell('floor: copy the 458 MB once', await median(3, () => target.set(origin)), count);
  line(`files: ${megabytes(bytes)}, ${((8 * bytes) / count).toFixed(1)} bits a bar`);
}

/** Ten million bars of one instrument from Parquet files into six typed arrays. */
export async function run(): Promise<void> {
  title(
    `Read ${count / 1e6} M bars of 1 second from Parquet (Zstandard) into typed arrays; target < 1.5 s`,
  );
  line('', 'time', 'CPU', 'bars', 'RSS');
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const clock = systemClock;
  const store = await openEmbedded(join(folder, 'record'), { clock });
  const objects = await folderObjects.open(join(folder, 'objects'));
  let ids = 0;
  const bars = parquet.open({ store, objects, clock, newId: () => `b${ids++}` });
  try {
    await store.createWorkspace({ id: 'bench', name: 'b', demo: false, createdAt: clock.now() });
    await store.write('bench', ({ catalogue }) =>
      catalogue.saveInstruments([
        plainInstrument({ id: 'acme', kind: 'equity', name: 'acme', currency: 'USD' }),
      ]),
    );
    const size = async () =>
      (await bars.coverage('bench')).reduce((sum, { bytes }) => sum + bytes, 0);
    await measure(bars, size);
  } finally {
    await bars.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

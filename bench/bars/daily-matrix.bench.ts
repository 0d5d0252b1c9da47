import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, openServer } from '@plimsoll/adapters/database';
import type { PriceSeries, Store } from '@plimsoll/ports';
import { systemClock } from '../../apps/plimsoll/src/system-clock.ts';
import { startPostgres } from '../../tools/suites/postgres-server.ts';
import { line, median, megabytes, ms, type Taken, title } from '../report.ts';
import { days, fillDaily, symbols } from './daily-world.ts';

const clock = systemClock;
const bytes = symbols * days.length * (4 + 8);

/** Closes by instrument and day in one block of memory, shape [instruments × days]; NaN where there is none. */
function lay(series: readonly PriceSeries[]): Float64Array {
  const first = days[0] ?? 0;
  const at = new Int32Array((days.at(-1) ?? 0) - first + 1).fill(-1);
  for (let i = 0; i < days.length; i++) at[(days[i] as number) - first] = i;
  const matrix = new Float64Array(series.length * days.length).fill(Number.NaN);
  for (const [row, one] of series.entries()) {
    for (let i = 0; i < one.days.length; i++) {
      const column = at[(one.days[i] as number) - first] as number;
      if (column >= 0) matrix[row * days.length + column] = one.close[i] as number;
    }
  }
  return matrix;
}

async function measure(name: string, store: Store, workspace: string): Promise<void> {
  await store.createWorkspace({ id: workspace, name, demo: false, createdAt: clock.now() });
  const ids = await fillDaily(store, workspace);
  const closes = () => store.read(workspace, ({ prices }) => prices.closes(ids));
  const tell = (what: string, { wallMs, cpuMs }: Taken) => {
    const rate = bytes / 2 ** 20 / (wallMs / 1000);
    line(`${name}: ${what}`, ms(wallMs), ms(cpuMs), `${rate.toFixed(0)} MB/s`, rss());
  };
  tell('first read into the matrix', await median(1, async () => lay(await closes())));
  tell('read again, middle of 5', await median(5, async () => lay(await closes())));
  const series = await closes();
  tell('of that, laying out', await median(5, () => lay(series)));
}

const rss = (): string => megabytes(process.memoryUsage.rss());

/** The floor: the same bytes copied once within memory. */
async function floor(): Promise<void> {
  const from = new Uint8Array(bytes).fill(1);
  const to = new Uint8Array(bytes);
  const { wallMs } = await median(5, () => to.set(from));
  const rate = bytes / 2 ** 20 / (wallMs / 1000);
  line('floor: copy the bytes once', ms(wallMs), '', `${rate.toFixed(0)} MB/s`, rss());
}

/** Daily closes of 1,000 instruments over ten years, from column blocks in the database to one matrix. */
export async function run(): Promise<void> {
  title(
    `Daily matrix, ${symbols} instruments × ${days.length} days = ${(symbols * days.length) / 1e6} M closes, ${megabytes(bytes)} of days and closes; target < 300 ms`,
  );
  line('', 'time', 'CPU', 'rate', 'RSS');
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const embedded = await openEmbedded(join(folder, 'record'), { clock });
  try {
    await measure('embedded', embedded, 'bench');
  } finally {
    await embedded.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const server = await startPostgres();
  try {
    const store = await openServer(server.url, { clock });
    await measure('PostgreSQL', store, 'bench');
    await store.close();
  } finally {
    await server.stop();
  }
  await floor();
}

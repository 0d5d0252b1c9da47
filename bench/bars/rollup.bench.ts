import { alwaysOpen, barsOfTicks, createRollup, resample } from '@plimsoll/domain';
import { line, median, megabytes, ms, title } from '../report.ts';

const count = 4_000_000;
const instruments = 1_000;
const start = Date.UTC(2024, 0, 1);

const of = Uint32Array.from({ length: count }, (_, i) => (i * 7_919) % instruments);
const at = Float64Array.from({ length: count }, (_, i) => start + Math.floor(i / 50));
const price = Float64Array.from({ length: count }, (_, i) => 100 + Math.sin(i));
const size = Float64Array.from({ length: count }, (_, i) => i % 10);

function rollUp(timeframe: '1s' | '1m'): number {
  const rollup = createRollup({ timeframe, lateMs: 5_000 });
  let rows = 0;
  for (let i = 0; i < count; i++) {
    rollup.add(of[i] as number, at[i] as number, price[i] as number, size[i] as number);
    if (i % 50_000 === 49_999) rows += rollup.drain(at[i] as number).of.length;
  }
  return rows;
}

/** Ticks to bars as they come, and bars to coarser bars. */
export async function run(): Promise<void> {
  title(
    `Roll ${count / 1e6} M ticks of ${instruments} instruments up, drained every 50,000; target ≥ 2 M/s`,
  );
  line('', 'time', 'rate', 'RSS');
  const tell = (what: string, wallMs: number, rows: number) =>
    line(
      what,
      ms(wallMs),
      `${(rows / 1e6 / (wallMs / 1000)).toFixed(1)} M/s`,
      megabytes(process.memoryUsage.rss()),
    );
  for (const timeframe of ['1s', '1m'] as const) {
    tell(`roll-up to ${timeframe}`, (await median(3, () => rollUp(timeframe))).wallMs, count);
  }
  const ticks = { at, price, size };
  const { wallMs } = await median(3, () => barsOfTicks(ticks, '1s', alwaysOpen));
  tell('ticks of one instrument to 1 s', wallMs, count);
  const minutes = barsOfTicks(
    { ...ticks, at: at.map((_, i) => start + i * 60_000) },
    '1m',
    alwaysOpen,
  );
  const coarse = await median(3, () => resample(minutes.bars, '1h', alwaysOpen));
  tell('bars of 1 m to 1 h by the session', coarse.wallMs, count);
}

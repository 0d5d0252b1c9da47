import { join } from 'node:path';
import { runBacktest, runWeights } from '@plimsoll/analytics/backtest';
import { defineStrategy } from '@plimsoll/analytics/strategy';
import { ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms, take } from '../report.ts';
import { drawnBars, instrumentOf, marketOf } from './drawn-bars.ts';
import { found, settingsOf } from './prepared.ts';

const [wide, bars, every] = [500, 2520, 21];
const runs = 40;

const calendar = drawnBars(bars);
const { known, opened, from, session, edges } = calendar;
const market = marketOf(
  ...Array.from({ length: wide }, (_, i) =>
    instrumentOf(`S${String(i).padStart(3, '0')}`, {
      ...drawnBars(bars, { seed: i + 2 }),
      ...{ known, opened, from, session, edges },
    }),
  ),
);
const settings = settingsOf({ cash: 1e8, commission: { kind: 'bps', bps: 10 } });
const places = Int32Array.from({ length: Math.floor(bars / every) }, (_, i) => i * every + 20);
const rows = { bars: places, weights: new Float64Array(places.length * wide).fill(0.999 / wide) };

const monthly = defineStrategy({
  id: 'monthly',
  group: 'own',
  title: 'Monthly',
  summary: 'Equal weights.',
  params: {},
  onStart: () => null,
  onBar({ orders, instruments, count }) {
    if ((count - 21) % every !== 0) return;
    orders.rebalance(new Map(instruments.map((each) => [each, 0.999 / wide])));
  },
});

/** 500 instruments over ten years of days, brought to equal weights each month. */
export async function run(): Promise<void> {
  const event = await take(() => found(runBacktest(monthly, {}, market, settings)));
  let [cpu, wall] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let first = 0;
  let orders = 0;
  for (let i = 0; i < runs; i++) {
    const { cpuMs, wallMs, result } = await take(() => found(runWeights(rows, market, settings)));
    if (i === 0) first = wallMs;
    [cpu, wall] = [Math.min(cpu, cpuMs), Math.min(wall, wallMs)];
    orders = result.fills.at.length;
    const same = result.equity.every((value, bar) => value === event.result.equity[bar]);
    if (!same) throw new Error('the two paths trade differently');
  }
  const theirs = reference(join(import.meta.dirname, 'rebalance.py'), 1);
  const cells = wide * bars;
  const floorMs = ((cells * 8) / 25e9) * 1000;
  line('', 'CPU, best', 'wall, best', 'first', 'cells/s', 'NumPy CPU', 'ratio');
  line(
    `fast path, ${orders} orders`,
    ms(cpu),
    ms(wall),
    ms(first),
    `${(cells / cpu / 1000).toFixed(0)} M`,
    theirs?.['cpu'] ? ms(theirs['cpu']) : '–',
    ratio(cpu, theirs?.['cpu']),
  );
  line(
    'event engine, once',
    ms(event.cpuMs),
    ms(event.wallMs),
    '',
    `${(cells / event.cpuMs / 1000).toFixed(1)} M`,
  );
  line('floor: every close once at 25 GB/s', ms(floorMs), `${(cpu / floorMs).toFixed(0)}× away`);
  line('both paths', 'identical equity', 'process', megabytes(process.memoryUsage().rss));
}

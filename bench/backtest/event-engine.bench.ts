import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type BacktestResult, runBacktest, runVector } from '@plimsoll/analytics/backtest';
import { line, megabytes, ms, type Taken, take } from '../report.ts';
import { drawnBars, instrumentOf, marketOf } from './drawn-bars.ts';
import { found, settingsOf, strategyOf } from './prepared.ts';

const count = 1_000_000;
const runs = 15;

/** The shortest by processor time, and the middle. */
function sorted(all: readonly Taken[]): readonly [Taken, Taken] {
  const [...taken] = [...all].sort((a, b) => a.cpuMs - b.cpuMs);
  const [best, middle] = [taken[0], taken[taken.length >> 1]];
  if (!best || !middle) throw new Error('nothing was measured');
  return [best, middle];
}

/** SMA(10/30) over 1,000,000 one-minute bars by both paths, which must trade alike. */
export async function run(): Promise<void> {
  const bars = drawnBars(count, { drift: 0, volatility: 0.0008, every: 60_000 });
  const market = marketOf(instrumentOf('A', bars));
  const strategy = strategyOf('sma-cross');
  const params = { fast: 10, slow: 30 };
  const common = {
    commission: { kind: 'bps', bps: 0.1 },
    sizing: { kind: 'weight', weight: 0.95 },
  };
  const plain = settingsOf(common);
  const limits = { orderValue: 2, position: 2, gross: 2, drawdown: 0.999 };
  const gated = settingsOf({ ...common, limits });
  const events: Taken[] = [];
  const vectors: Taken[] = [];
  let result: BacktestResult | undefined;
  let fast: BacktestResult['fills'] | undefined;
  for (let i = 0; i < runs; i++) {
    const event = await take(() => found(runBacktest(strategy, params, market, gated)));
    const vector = await take(() => found(runVector(strategy, params, market, plain)));
    events.push(event);
    vectors.push(vector);
    result = event.result;
    fast = vector.result.fills;
    if (!isSame(result, vector.result)) throw new Error('the two paths trade differently');
  }
  if (!result || !fast) throw new Error('nothing ran');
  // Two averages, a comparison and a mark of equity: 6 columns of 8 bytes read or written once.
  const floorMs = ((count * 6 * 8) / 25e9) * 1000;
  line('', 'CPU, best', 'CPU, middle', 'wall, middle', 'bars/s', '× floor');
  for (const [name, taken] of [
    ['event engine: orders, gates, fees, equity, log', events],
    ['fast path: fills, trades, equity', vectors],
  ] as const) {
    const [best, middle] = sorted(taken);
    const rate = `${(count / best.cpuMs / 1000).toFixed(1)} M`;
    const times = `${(best.cpuMs / floorMs).toFixed(0)}×`;
    line(name, ms(best.cpuMs), ms(middle.cpuMs), ms(middle.wallMs), rate, times);
  }
  line('floor: 48 bytes a bar at 25 GB/s', ms(floorMs));
  line('both paths', `${fast.at.length} fills`, 'identical');
  const script = join(import.meta.dirname, 'minutes-once.ts');
  const memory: { readonly before: number; readonly peak: number } = JSON.parse(
    execFileSync(process.execPath, [script], { encoding: 'utf8' }),
  );
  const parts = [`with the bars ${megabytes(memory.before)}`, `peak ${megabytes(memory.peak)}`];
  line('memory of one run in a process of its own', ...parts);
}

function isSame(event: BacktestResult, vector: Pick<BacktestResult, 'fills' | 'equity'>): boolean {
  const { quantity, price, commission } = vector.fills;
  return (
    areSame(event.equity, vector.equity) &&
    areSame(event.fills.quantity, quantity) &&
    areSame(event.fills.price, price) &&
    areSame(event.fills.commission, commission)
  );
}

const areSame = (one: Float64Array, other: Float64Array): boolean =>
  one.length === other.length && one.every((value, i) => value === other[i]);

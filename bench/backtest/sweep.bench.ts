import { join } from 'node:path';
import {
  emptySweepColumns,
  openSweep,
  runBacktest,
  type SweepColumns,
} from '@plimsoll/analytics/backtest';
import { openSweepPool, type SweepPool } from '../../apps/plimsoll/src/sweeps/sweep-pool.ts';
import { ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms, type Taken, take } from '../report.ts';
import { drawnBars, instrumentOf, marketOf } from './drawn-bars.ts';
import { found, pairs, settingsOf, strategyOf } from './prepared.ts';

const bars = 2520;
const runs = 12;
const market = marketOf(instrumentOf('A', drawnBars(bars)));
const strategy = strategyOf('sma-cross');
const settings = settingsOf({ commission: { kind: 'bps', bps: 10 } });
const sets = pairs();

function sweep(figures: 'return' | 'all'): SweepColumns {
  const into = emptySweepColumns(sets.count);
  found(openSweep(strategy, sets, market, settings, { figures })).run(0, sets.count, into);
  return into;
}

const mean = (column: Float64Array): number =>
  column.reduce((sum, value) => sum + value, 0) / column.length;

/** Sampled cells must end where the event engine ends. */
function check({ totalReturn }: SweepColumns): void {
  for (let i = 0; i < sets.count; i += 997) {
    const params = { fast: sets.columns['fast']?.[i], slow: sets.columns['slow']?.[i] };
    const { equity, started } = found(runBacktest(strategy, params, market, settings));
    if ((equity.at(-1) ?? started) / started - 1 !== totalReturn[i]) {
      throw new Error(`set ${i} ends differently in the event engine`);
    }
  }
}

async function shortest(work: () => unknown): Promise<Taken> {
  let best: Taken = await take(work);
  for (let i = 1; i < runs; i++) best = shorter(best, await take(work));
  return best;
}

/** 10,000 pairs of averages over ten years of days: 25.2 million steps of a bar. */
export async function run(): Promise<void> {
  const all = sweep('all');
  check(all);
  const theirs = reference(join(import.meta.dirname, 'sweep.py'), 1);
  const steps = sets.count * bars;
  // Each pair compares two rows of 20 kB that lie in the second-level cache.
  const floorMs = ((sets.count * 2 * bars * 8) / 236e9) * 1000;
  line('one thread', 'CPU', 'wall', 'steps/s', '× floor', 'NumPy CPU', 'ratio');
  for (const [name, figures] of [
    ['return only', 'return'],
    ['with Sharpe ratio and drawdown', 'all'],
  ] as const) {
    const { cpuMs, wallMs } = await shortest(() => sweep(figures));
    const rate = `${(steps / cpuMs / 1e6).toFixed(2)} G`;
    const peer = theirs?.[figures];
    const times = `${(cpuMs / floorMs).toFixed(1)}×`;
    line(name, ms(cpuMs), ms(wallMs), rate, times, peer ? ms(peer) : '–', ratio(cpuMs, peer));
  }
  line(
    'floor: two rows a pair at 236 GB/s',
    ms(floorMs),
    'process',
    megabytes(process.memoryUsage().rss),
  );
  if (theirs) {
    const apart = Math.abs(mean(all.totalReturn) - (theirs['mean'] ?? 0));
    if (!(apart < 1e-9)) throw new Error(`NumPy's mean return is ${apart} apart`);
    line('mean return, as NumPy’s to 1e-9', mean(all.totalReturn).toFixed(9));
  }
  await threads(all);
}

/**
 * One worker and two in turn, so that both meet the same machine. The ratio by processor time is what
 * two cores of their own would give: twice one worker's time over the time of both.
 */
async function threads(all: SweepColumns): Promise<void> {
  const pools = [openSweepPool({ threads: 1 }), openSweepPool({ threads: 2 })] as const;
  line('', '1 worker, wall', 'CPU', '2 workers, wall', 'CPU', 'by wall', 'by CPU');
  for (const figures of ['return', 'all'] as const) {
    const [one, two] = await inTurn(pools, figures, all);
    const byWall = `${(one.wallMs / two.wallMs).toFixed(2)}×`;
    const byCpu = `${((2 * one.cpuMs) / two.cpuMs).toFixed(2)}×`;
    const name = figures === 'return' ? 'return only' : 'all figures';
    line(name, ms(one.wallMs), ms(one.cpuMs), ms(two.wallMs), ms(two.cpuMs), byWall, byCpu);
  }
  await Promise.all(pools.map((pool) => pool.close()));
}

/** The shortest of each pool. */
async function inTurn(
  [first, second]: readonly [SweepPool, SweepPool],
  figures: 'return' | 'all',
  all: SweepColumns,
): Promise<readonly [Taken, Taken]> {
  const once = async (pool: SweepPool): Promise<Taken> => {
    const options = { figures };
    const asked = { strategyId: strategy.id, sets, market, settings, options };
    const { result, ...taken } = await take(() => pool.sweep(asked));
    const { totalReturn } = found(result);
    if (!totalReturn.every((value, set) => value === all.totalReturn[set])) {
      throw new Error('the workers disagree');
    }
    return taken;
  };
  let [one, two] = [await once(first), await once(second)];
  for (let i = 0; i < 2 * runs; i++) {
    one = shorter(one, await once(first));
    two = shorter(two, await once(second));
  }
  return [one, two];
}

const shorter = (a: Taken, b: Taken): Taken => ({
  wallMs: Math.min(a.wallMs, b.wallMs),
  cpuMs: Math.min(a.cpuMs, b.cpuMs),
});

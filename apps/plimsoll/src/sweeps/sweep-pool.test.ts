import {
  type BacktestMarket,
  backtestSettings,
  emptySweepColumns,
  openSweep,
  parameterColumns,
} from '@plimsoll/analytics/backtest';
import { strategies } from '@plimsoll/analytics/strategies';
import { present, readParameters, seededRandom } from '@plimsoll/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { openSweepPool, type SweepAsked } from './sweep-pool.ts';

const settings = readParameters(backtestSettings, { commission: { kind: 'bps', bps: 10 } });

/** Daily bars of a random walk without gaps. */
function drawnMarket(bars: number): BacktestMarket {
  const random = seededRandom(5);
  const close = new Float64Array(bars);
  close.forEach((_, i) => {
    close[i] = (close[i - 1] ?? 100) * Math.exp(0.02 * random.normal());
  });
  const open = close.map((price, i) => close[i - 1] ?? price);
  const opened = close.map((_, i) => i * 86_400_000);
  const columns = {
    ...{ open, close, opened, from: opened },
    high: close.map((price, i) => Math.max(price, open[i] ?? price)),
    low: close.map((price, i) => Math.min(price, open[i] ?? price)),
    volume: close.map(() => 1e6),
    known: opened.map((at) => at + 1000),
    session: close.map((_, i) => i),
    edges: new Uint8Array(bars).fill(3),
  };
  const terms = { currency: 'USD', multiplier: 1, step: 0, sector: null, option: null };
  const instrument = { id: 'A', ...terms, bars: columns, finer: null, events: [] };
  return { base: 'USD', instruments: [instrument], rates: [], notes: [] };
}

const market = drawnMarket(600);
const sets = parameterColumns(
  Array.from({ length: 400 }, (_, i) => ({ fast: 2 + (i % 20), slow: 30 + Math.floor(i / 20) })),
);
const asked: SweepAsked = {
  strategyId: 'sma-cross',
  options: {},
  settings: present(settings.ok ? settings.value : undefined, 'settings'),
  ...{ sets, market },
};
const pools = [1, 3].map((threads) => openSweepPool({ threads }));
const [one, three] = [present(pools[0], 'a pool'), present(pools[1], 'a pool')];
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
});

// Threads read all strategies when they start, which takes a while on a busy machine.
describe('a pool for sweeps', { timeout: 60_000 }, () => {
  it('gives the same bits whatever the number of threads, which are those of no thread at all', async () => {
    const strategy = present(
      strategies.find(({ id }) => id === 'sma-cross'),
      'the strategy',
    );
    const alone = emptySweepColumns(sets.count);
    const sweep = openSweep(strategy, sets, market, asked.settings);
    if (!sweep.ok) throw new Error(sweep.fault.detail);
    sweep.value.run(0, sets.count, alone);
    for (const pool of pools) {
      const progress: number[] = [];
      const onProgress = (done: number): void => void progress.push(done);
      expect(await pool.sweep(asked, { onProgress })).toEqual({ ok: true, value: alone });
      expect(progress.at(-1)).toBe(sets.count);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
    }
  });

  it('refuses the whole of a sweep, and goes on to the next', async () => {
    const wrong = { ...asked, sets: parameterColumns([{ fast: -1 }, { fast: 3 }]) };
    const refused = await three.sweep(wrong);
    expect(refused.ok ? null : refused.fault.code).toBe('sweep.parameters');
    const unknown = await three.sweep({ ...asked, strategyId: 'luck' });
    expect(unknown.ok ? null : unknown.fault.detail).toMatch(/no strategy "luck"/);
    expect((await three.sweep(asked)).ok).toBe(true);
  });

  it('stops when it is told to, with nothing to show', async () => {
    const stop = new AbortController();
    const stopped = await one.sweep(asked, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(stopped.ok ? null : stopped.fault.code).toBe('run.stopped');
    expect((await one.sweep(asked)).ok).toBe(true);
  });

  it('refuses the sweep where its threads die, each time anew', async () => {
    const small = openSweepPool({ threads: 1, threadMemoryMb: 6 });
    const refused = await small.sweep(asked);
    expect(refused.ok ? null : refused.fault.code).toBe('sweep.thread');
    expect((await small.sweep(asked)).ok).toBe(false);
    await small.close();
  });
});

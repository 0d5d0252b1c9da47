import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunOutcome, RunReport, RunTask } from '@plimsoll/analytics/runs';
import { strategies } from '@plimsoll/analytics/strategies';
import type { StrategyEntry } from '@plimsoll/engine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { madeMarket, settingsWith } from '../testing/made-market.ts';
import { temporaryFolder } from '../testing/test-server.ts';
import { openRunCompute, type RunCompute } from './compute-run.ts';
import { newStrategy } from './own/new-strategy.ts';
import { readRunFile } from './read-run-file.ts';
import { strategyCatalogue } from './strategy-catalogue.ts';

// Each case starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const data = temporaryFolder();
const folder = join(data.folder, 'strategies');
const examples = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'strategies');
const builtIn = async () => strategies;
const catalogue = strategyCatalogue({ builtIn, folder, beside: examples });

let run: RunCompute;
beforeAll(() => {
  newStrategy(folder, 'my-trend');
  run = openRunCompute({ folders: [examples, folder] });
});
afterAll(async () => {
  await run.close();
  data.remove();
});

const resolved = async (named: string): Promise<StrategyEntry> => {
  const found = await catalogue.resolve(named);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
};

const taskOf = (entry: StrategyEntry, instruments = 1, bars = 500): RunTask => ({
  kind: 'backtest',
  strategy: entry.ref,
  params: {},
  settings: settingsWith(),
  market: madeMarket(bars, instruments),
  tradeFrom: 0,
  benchmark: null,
  triedBefore: { sharpe: new Float64Array(0) },
});

const carried = async (task: RunTask): Promise<RunOutcome> => {
  const { signal } = new AbortController();
  const outcome = await run.compute(task, { signal, onProgress: () => undefined });
  if (!outcome.ok) throw new Error(outcome.fault.detail);
  return outcome.value;
};

describe('the catalogue of strategies', () => {
  it('has those that come with the product and the user’s own', async () => {
    const { strategies: all, broken } = await catalogue.list();
    expect(broken).toEqual([]);
    expect(all.filter(({ ref }) => ref.kind === 'own').map(({ id }) => id)).toEqual(['my-trend']);
    expect(all.length).toBe(strategies.length + 1);
    expect((await resolved('my-trend')).ref).toEqual((await resolved('./my-trend.ts')).ref);
  });

  it('says which files give none and why, and keeps the others', async () => {
    const second = join(folder, 'other.ts');
    const wrong = join(folder, 'wrong.ts');
    writeFileSync(wrong, 'export default {\n  id: 5 };\n');
    writeFileSync(
      second,
      "import { defineStrategy } from '@plimsoll/strategy';\nexport default defineStrategy({ id: 'my-trend', title: 'x', summary: '', params: {}, onStart: () => 0 });\n",
    );
    const { strategies: all, broken } = await catalogue.list();
    expect(all.some(({ id }) => id === 'my-trend')).toBe(true);
    expect(broken).toEqual([
      expect.objectContaining({
        file: 'other.ts',
        message: expect.stringMatching(/is that of my-trend\.ts/),
      }),
      expect.objectContaining({ file: 'wrong.ts', line: 2, column: 3 }),
    ]);
    rmSync(second);
    rmSync(wrong);
  });

  it('reads a file again when it has changed', async () => {
    const file = join(folder, 'changing.ts');
    const text = (title: string) =>
      `export default { id: 'changing', title: '${title}', params: {}, onStart: () => 0 };\n`;
    writeFileSync(file, text('first'));
    const before = await resolved('./changing.ts');
    writeFileSync(file, text('second one'));
    const after = await resolved('./changing.ts');
    expect([before.title, after.title]).toEqual(['first', 'second one']);
    expect(after.ref).not.toEqual(before.ref);
    rmSync(file);
  });

  it.each([
    ['sma-cros', /Did you mean sma-cross\?/],
    ['./nothing.ts', /There is no file nothing\.ts/],
    ['../secrets.ts', /There is no file/],
    ['/etc/passwd.ts', /There is no file/],
  ])('refuses %s', async (named, words) => {
    const found = await catalogue.resolve(named);
    expect(found.ok ? '' : found.fault.detail).toMatch(words);
  });

  it('checks parameters by their table and by the strategy’s own check', async () => {
    const entry = await resolved('./strongest.ts');
    const told = async (given: Record<string, number>) => {
      const read = await catalogue.readParams(entry, given);
      return read.ok ? read.value : read.fault.detail;
    };
    expect(await told({ hold: 3 })).toEqual({ lookBack: 120, hold: 3, every: 21 });
    expect(await told({ hold: 0 })).toMatch(/hold: 0 is below 1/);
    expect(await told({ every: 200 })).toMatch(/every \(200\) is longer than lookBack/);
  });
});

describe('a strategy of the user’s', () => {
  it('runs as it was made, and again to the same bit', async () => {
    const task = taskOf(await resolved('my-trend'));
    const [one, other] = [await carried(task), await carried(task)];
    expect(one.result?.fills.at.length).toBeGreaterThan(2);
    expect(other).toEqual(one);
    expect((one.report as RunReport).probe?.changed).toBe(0);
  });

  it.each(readdirSync(examples).filter((name) => name.endsWith('.yaml')))(
    'runs by the example %s',
    async (name) => {
      const file = await readRunFile(join(examples, name));
      if (!file.ok) throw new Error(file.fault.detail);
      const { config } = file.value;
      const entry = await resolved(config.strategy);
      const count = 'names' in config.universe ? config.universe.names.length : 0;
      const outcome = await carried({ ...taskOf(entry, count), params: config.params });
      expect(outcome.result?.orders.length).toBeGreaterThan(5);
    },
  );

  it('is searched for parameters', async () => {
    const entry = await resolved('my-trend');
    const search = { parameters: { length: { from: 20, to: 60, step: 20 } } };
    const outcome = await carried({ ...taskOf(entry), kind: 'sweep', search });
    expect((outcome.report as RunReport).sweep?.trials).toBe(3);
  });
});

describe('a strategy that comes with the product', () => {
  it('runs in a thread and tells how far it is', async () => {
    const doing = new Set<string>();
    const outcome = await run.compute(taskOf(await resolved('sma-cross')), {
      signal: new AbortController().signal,
      onProgress: (progress) => doing.add(progress.doing),
    });
    expect(outcome.ok && outcome.value.result?.fills.at.length).toBeGreaterThan(0);
    expect(doing.size).toBeGreaterThan(0);
  });

  it('is stopped when it is told to', async () => {
    const stopping = new AbortController();
    const task = { ...taskOf(await resolved('sma-cross'), 1, 3000), kind: 'sweep' as const };
    const search = {
      parameters: { fast: { from: 2, to: 90, step: 1 }, slow: { from: 100, to: 300, step: 1 } },
    };
    const outcome = await run.compute(
      { ...task, search },
      { signal: stopping.signal, onProgress: () => stopping.abort() },
    );
    expect(outcome).toMatchObject({ ok: false, fault: { code: 'run.stopped' } });
  });
});

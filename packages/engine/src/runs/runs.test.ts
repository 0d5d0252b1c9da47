import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '@plimsoll/adapters/database';
import { plainInstrument } from '@plimsoll/domain';
import { dayNumber, present, seededRandom } from '@plimsoll/kernel';
import { type DailyBars, ObjectRefusal, type ProviderWorld, type Store } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { runPartsIn } from '../testing/run-parts.ts';
import { engineOver, had } from '../testing/test-engine.ts';
import type { RunDetailView, RunView } from './run-use-cases.ts';

const owner = { actor: 'owner' };
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-runs-'));
const world: ProviderWorld = {
  nowMs: () => Date.now(),
  wait: async (ms, signal) => {
    await pause(ms, undefined, { signal });
  },
  random: () => 0.5,
};
let store: Store;
let engine: Engine;
let workspace: string;
/** Runs wait here before they are computed, where a test asks for it. */
let hold: (signal: AbortSignal) => Promise<void> = async () => undefined;
let context: Partial<EngineContext>;
/** How much later it is than it is. */
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs).toISOString() };

/** Prices that go up and down by chance. */
function barsOf(seed: number, count = 300): DailyBars {
  const random = seededRandom(seed);
  const days: number[] = [];
  for (let day = dayNumber('2022-01-03'); days.length < count; day++) {
    if ((day + 4) % 7 !== 0 && (day + 4) % 7 !== 6) days.push(day);
  }
  let level = 100;
  const close = days.map(() => {
    level *= 1 + 0.03 * (random.next() - 0.49);
    return level;
  });
  const column = (of: (close: number) => number) => Float64Array.from(close, of);
  return {
    days: Int32Array.from(days),
    open: column((x) => x * 0.999),
    high: column((x) => x * 1.01),
    low: column((x) => x * 0.99),
    close: column((x) => x),
    adjustedClose: column(() => Number.NaN),
    volume: column(() => 1e6),
  };
}

const equity = (id: string) =>
  plainInstrument({
    id,
    kind: 'equity',
    name: `The ${id}`,
    symbol: id.toUpperCase(),
    currency: 'USD',
    mic: 'XNAS',
  });

const priced = (id: string, seed: number) =>
  store.write(workspace, ({ prices }) => prices.merge(id, barsOf(seed), 'by hand'));

beforeAll(async () => {
  store = await openEmbedded(join(folder, 'data'), { clock });
  const runs = await runPartsIn(join(folder, 'objects'), (signal) => hold(signal));
  context = { world, runs };
  engine = engineOver(store, clock, context);
  workspace = 'runs';
  await engine.createWorkspace(workspace, 'Runs');
  await engine.createWorkspace('other', 'Other');
  await store.write(workspace, ({ catalogue }) =>
    catalogue.saveInstruments(['acme', 'bolt', 'core', 'dune'].map(equity)),
  );
  await priced('acme', 1);
  await priced('bolt', 2);
  await priced('dune', 5);
}, 60_000);
afterAll(async () => {
  await engine.endJobs();
  await context.runs?.files?.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const config = {
  strategy: 'sma-cross',
  universe: ['ACME'],
  params: { fast: 5, slow: 20 },
  commission: { kind: 'bps', bps: 5 },
  from: '2022-03-01',
};

const create = async (over: object = {}, kind: RunView['kind'] = 'backtest') =>
  had(await engine.createRun(workspace, { kind, config: { ...config, ...over } }, owner)).value;

/** The run once it has ended. */
async function ended({ id }: Pick<RunView, 'id'>): Promise<RunDetailView> {
  for (;;) {
    const run = had(await engine.run(workspace, id));
    if (run.endedAt !== null) return run;
    await pause(10);
  }
}

const text = async (id: string, name: string): Promise<string> =>
  new TextDecoder().decode(had(await engine.runArtifact(workspace, id, name)).bytes);

describe('a run', { timeout: 60_000 }, () => {
  it('answers at once, is carried out, and keeps inputs, figures and files', async () => {
    const asked = await create();
    expect(asked).toMatchObject({ state: 'queued', title: expect.stringContaining('ACME') });
    const run = await ended(asked);
    expect([run.state, run.error]).toEqual(['finished', '']);
    expect(run.dataFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(run.resultHash).toMatch(/^[0-9a-f]{64}$/);
    expect(run.attempts).toBe(1);
    expect(run.config).toMatchObject({ cash: 100_000, params: { fast: 5, slow: 20 } });
    expect(run.figures.trades).toBeGreaterThan(0);
    expect(run.summary?.headline).toMatch(/% (a year|in \d+ months) after costs/);
    for (const { convention } of run.summary?.figures ?? []) expect(convention).not.toBe('');
    expect(run.artifacts.map(({ name }) => name)).toEqual([
      'equity.parquet',
      'fills.parquet',
      'log.csv',
      'orders.csv',
      'report.json',
      'result.json',
      'trades.csv',
    ]);
    const trades = (await text(run.id, 'trades.csv')).trim().split('\n');
    expect(trades.length).toBe(1 + (run.figures.trades ?? 0));
    const result = JSON.parse(await text(run.id, 'result.json'));
    expect(result.equity.values.at(-1)).toBe(run.figures.finalEquity);
    expect(had(await engine.runs(workspace, { limit: 1 })).items[0]?.id).toBe(run.id);
  });

  it('of many parameters counts each set, and chooses anew in every window', async () => {
    const sweep = { parameters: { fast: { from: 2, to: 6 }, slow: { in: [10, 20] } } };
    const over = { params: {}, sweep, universe: ['DUNE'] };
    const found = await ended(await create(over, 'sweep'));
    expect([found.state, found.error, found.tries]).toEqual(['finished', '', 10]);
    const report = JSON.parse(await text(found.id, 'report.json'));
    expect(report.sweep).toMatchObject({ trials: 10 });
    expect(found.figures.sharpe).not.toBeNull();
    const walkForward = { inSample: 80, outOfSample: 40 };
    const walked = await ended(await create({ ...over, walkForward }, 'walk-forward'));
    expect([walked.state, walked.error]).toEqual(['finished', '']);
    expect(walked.summary?.headline).toMatch(/^Out of sample /);
    const again = await ended(had(await engine.rerunRun(workspace, walked.id, owner)).value);
    expect(again.summary?.rerun).toMatchObject({ identical: true });
    const compared = had(await engine.compareRuns(workspace, [found.id, walked.id]));
    expect(compared.equity.days.length).toBeGreaterThan(60);
  });

  it('that searches the same again counts nothing twice', async () => {
    const sweep = { parameters: { fast: { from: 2, to: 6 }, slow: { from: 8, to: 9 } } };
    const counted = async () => {
      const { id } = await ended(await create({ params: {}, sweep, seed: 4 }, 'sweep'));
      const { bytes } = had(await engine.runArtifact(workspace, id, 'report.json'));
      return JSON.parse(new TextDecoder().decode(bytes)).sweep.luck.tried;
    };
    const first = await counted();
    expect(await counted()).toBe(first);
  });

  it('that is repeated gives the same to the bit, and says so', async () => {
    const first = await ended(await create());
    const again = await ended(had(await engine.rerunRun(workspace, first.id, owner)).value);
    expect(again.summary?.rerun).toEqual({ of: first.id, identical: true, differs: [] });
    expect(again.resultHash).toBe(first.resultHash);
    expect(again.tries).toBe(first.tries);
  });

  it('that is repeated on other data says what differs', async () => {
    const universe = ['BOLT'];
    const first = await ended(await create({ universe }));
    await priced('bolt', 3);
    const again = await ended(had(await engine.rerunRun(workspace, first.id, owner)).value);
    expect(again.summary?.rerun?.identical).toBe(false);
    expect(again.summary?.rerun?.differs).toEqual([
      expect.stringMatching(/^The data differs/),
      expect.stringMatching(/^The result differs/),
    ]);
  });

  it('counts what was tried on the same data, each set once, though runs are removed', async () => {
    await priced('core', 4);
    const tries = async (params: object, over: object = {}) =>
      (await ended(await create({ universe: ['CORE'], params, ...over }))).tries;
    expect(await tries({ fast: 5, slow: 20 })).toBe(1);
    expect(await tries({ fast: 6, slow: 20 })).toBe(2);
    expect(await tries({ fast: 5, slow: 20 })).toBe(2);
    expect(await tries({ fast: 5, slow: 20 }, { commission: { kind: 'none' } })).toBe(3);
    const { items } = had(await engine.runs(workspace, { text: 'CORE', limit: 10 }));
    for (const { id } of items) had(await engine.removeRun(workspace, id, owner));
    expect(await tries({ fast: 7, slow: 20 })).toBe(4);
  });

  it('of a strategy that throws fails with its words, and the next one runs', async () => {
    const [bad, good] = [await create({ strategy: 'broken', params: {} }), await create()];
    const failed = await ended(bad);
    expect(failed.state).toBe('failed');
    expect(failed.error).toContain('It broke after bar 5.');
    expect(failed.artifacts).toEqual([]);
    expect((await ended(good)).state).toBe('finished');
  });

  it('of instruments that nobody knows fails with their names', async () => {
    const failed = await ended(await create({ universe: ['NOSUCH'] }));
    expect(failed.state).toBe('failed');
    expect(failed.error).toContain('NOSUCH');
  });

  it('of days without bars fails and says when the last were', async () => {
    const failed = await ended(await create({ from: '2030-01-01' }));
    expect(failed.error).toMatch(/^There are no bars from 2030-01-01 on: the last is of 2023-/);
  });
});

describe('a run that is asked for wrongly', () => {
  const refusal = async (over: object, kind: RunView['kind'] = 'backtest') => {
    const answer = await engine.createRun(
      workspace,
      { kind, config: { ...config, ...over } },
      owner,
    );
    if (answer.ok) throw new Error('It was taken.');
    expect(answer.fault.code).toBe('run.refused');
    const { errors } = answer.fault.facts as { readonly errors: readonly { path: string }[] };
    return errors.map(({ path }) => path);
  };

  it('is refused at once with every mistake and its path', async () => {
    expect(await refusal({ cash: -1, colour: 'red', universe: [], to: '2020-01-01' })).toEqual([
      'colour',
      'cash',
      'universe',
    ]);
    expect(await refusal({ strategy: 'no-such' })).toEqual(['strategy']);
    expect(await refusal({ params: { fast: 'x', no: 1 } })).toEqual(['params.no', 'params.fast']);
    expect(await refusal({}, 'sweep')).toEqual(['sweep']);
    expect(await refusal({ sweep: { parameters: { no: {} } } }, 'sweep')).toEqual(['sweep']);
    const sweep = { parameters: { fast: { from: 2, to: 6 } } };
    const walkForward = { inSample: 0, outOfSample: 10 };
    expect(await refusal({ params: {}, sweep }, 'walk-forward')).toEqual(['walkForward']);
    expect(await refusal({ params: {}, sweep, walkForward }, 'walk-forward')).toEqual([
      'walkForward.inSample',
    ]);
    const held = { inSample: 80, outOfSample: 40, positions: 'carried' };
    expect(await refusal({ params: {}, sweep, walkForward: held }, 'walk-forward')).toEqual([
      'walkForward.positions',
    ]);
    expect(await refusal({ from: '2023-01-02', to: '2022-01-03' })).toEqual(['to']);
  });

  it('leaves nothing behind', async () => {
    const count = async () => had(await engine.runs(workspace, { limit: 200 })).items.length;
    const before = await count();
    await refusal({ cash: 0 });
    expect(await count()).toBe(before);
  });
});

describe('runs of one workspace', { timeout: 60_000 }, () => {
  it('are not there for another', async () => {
    const run = await ended(await create());
    const codes = await Promise.all([
      engine.run('other', run.id),
      engine.runArtifact('other', run.id, 'result.json'),
      engine.cancelRun('other', run.id, owner),
      engine.retryRun('other', run.id, owner),
      engine.rerunRun('other', run.id, owner),
      engine.removeRun('other', run.id, owner),
      engine.compareRuns('other', [run.id, 'x']),
    ]);
    for (const answer of codes) expect(answer).toMatchObject({ fault: { code: 'run.unknown' } });
    expect(had(await engine.runs('other', { limit: 10 })).items).toEqual([]);
  });

  it('are compared side by side', async () => {
    const one = await ended(await create());
    const other = await ended(await create({ params: { fast: 3, slow: 30 } }));
    const view = had(await engine.compareRuns(workspace, [one.id, other.id]));
    expect(view.differences).toEqual([
      { path: 'params.fast', values: ['5', '3'] },
      { path: 'params.slow', values: ['20', '30'] },
    ]);
    expect(view.equity.days.length).toBeGreaterThan(200);
    expect(view.equity.values.map((row) => row[0])).toEqual([1, 1]);
    expect(view.correlation[0]?.[0]).toBeCloseTo(1, 12);
    expect(view.correlation[0]?.[1]).toBe(view.correlation[1]?.[0]);
    const sharpe = view.figures.find(({ id }) => id === 'sharpe');
    expect(sharpe?.values).toEqual([one.figures.sharpe, other.figures.sharpe]);
    const alone = await engine.compareRuns(workspace, [one.id]);
    expect(alone).toMatchObject({ fault: { code: 'request.invalid' } });
  });

  it('are cancelled while they wait and while they run, and tried again', async () => {
    const begun = Promise.withResolvers<void>();
    hold = (signal) =>
      new Promise((_, stop) => {
        begun.resolve();
        signal.addEventListener('abort', () => stop(signal.reason));
      });
    const running = await create();
    await begun.promise;
    const cancelled = had(await engine.cancelRun(workspace, running.id, owner)).value;
    expect(cancelled.state).toBe('cancelled');
    const unfit = await engine.removeRun(workspace, (await create()).id, owner);
    expect(unfit).toMatchObject({ fault: { code: 'run.unfit-state' } });
    hold = async () => undefined;
    const { items } = had(await engine.runs(workspace, { limit: 1 }));
    had(await engine.cancelRun(workspace, present(items[0], 'a run').id, owner));
    const retried = had(await engine.retryRun(workspace, running.id, owner)).value;
    expect(retried.state).toBe('queued');
    const run = await ended(running);
    expect([run.state, run.attempts]).toEqual(['finished', 2]);
    const done = await engine.retryRun(workspace, running.id, owner);
    expect(done).toMatchObject({ fault: { code: 'run.unfit-state' } });
  });

  it('go on where another process was ended, and give the same', async () => {
    const before = await ended(await create());
    const begun = Promise.withResolvers<void>();
    const dying = engineOver(store, clock, {
      ...context,
      newId: () => `dying-${Math.random().toString(36).slice(2)}`,
      runs: await runPartsIn(join(folder, 'objects'), () => {
        begun.resolve();
        return new Promise(() => undefined);
      }),
      // Its time stands still, as that of a process that was killed: it never renews what it holds.
      world: { ...world, wait: () => new Promise(() => undefined) },
    });
    const asked = had(await dying.createRun(workspace, { kind: 'backtest', config }, owner)).value;
    await begun.promise;
    const left = present(await store.read(workspace, ({ runs }) => runs.find(asked.id)), 'the run');
    expect(left.state).toBe('running');
    aheadMs = 20_000;
    const next = engineOver(store, clock, {
      ...context,
      newId: () => `next-${Math.random().toString(36).slice(2)}`,
    });
    await next.resumeRuns();
    const run = await ended(asked);
    expect([run.state, run.attempts, run.resultHash]).toEqual(['finished', 2, before.resultHash]);
    await next.endJobs();
  });

  it('are part of the check, which names a file that is not what was kept', async () => {
    const run = await ended(await create());
    expect((await engine.verify()).checks).toContain('run-files');
    expect((await engine.verify()).findings).toEqual([]);
    const objects = present(context.runs, 'runs').objects;
    const names = await objects.list(`runs/${workspace}/${run.id}/`);
    expect(names.length).toBe(run.artifacts.length);
    const target = present(
      names.find((name) => name.endsWith('trades.csv')),
      'a file',
    );
    await objects.put(target, new TextEncoder().encode('forged'));
    const { findings } = await engine.verify();
    expect(findings).toMatchObject([{ check: 'run-files', workspaceId: workspace }]);
    const read = await engine.runArtifact(workspace, run.id, 'trades.csv');
    expect(read).toMatchObject({ fault: { code: 'run.artifact-unavailable' } });
    had(await engine.removeRun(workspace, run.id, owner));
    expect(await objects.list(`runs/${workspace}/${run.id}/`)).toEqual([]);
    expect((await engine.verify()).findings).toEqual([]);
    expect(await engine.run(workspace, run.id)).toMatchObject({ fault: { code: 'run.unknown' } });
  });

  it('that cannot be kept say so, and leave nothing behind', async () => {
    const { objects } = present(context.runs, 'runs');
    const put = objects.put.bind(objects);
    let room = 2;
    objects.put = (name, bytes) => {
      if (room-- > 0) return put(name, bytes);
      const detail = `The file ${name} could not be written: ENOSPC, no space left on the disk.`;
      return Promise.reject(new ObjectRefusal({ code: 'objects.unavailable', detail }));
    };
    try {
      const run = await ended(await create());
      expect(run.state).toBe('failed');
      expect(run.error).toMatch(/^Its files were not kept: .*no space left on the disk/);
      expect(await objects.list(`runs/${workspace}/${run.id}/`)).toEqual([]);
    } finally {
      objects.put = put;
    }
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '@plimsoll/adapters/database';
import { plainInstrument } from '@plimsoll/domain';
import { dayFromNumber, dayNumber, present, seededRandom } from '@plimsoll/kernel';
import type { DailyBars, ProviderWorld, Store } from '@plimsoll/ports';
import { onnxModel } from '@plimsoll/ports/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import type { RunDetailView, RunRequest, RunView } from '../runs/run-use-cases.ts';
import { runPartsIn } from '../testing/run-parts.ts';
import { engineOver, had } from '../testing/test-engine.ts';

const owner = { actor: 'owner' };
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-models-'));
const world: ProviderWorld = {
  nowMs: () => Date.now(),
  wait: async (ms, signal) => {
    await pause(ms, undefined, { signal });
  },
  random: () => 0.5,
};
const workspace = 'models';
const clock = { now: () => new Date().toISOString() };
let store: Store;
let engine: Engine;
let context: Partial<EngineContext>;

/** Prices of chance, 500 weekdays from January 2022 on. */
function barsOf(seed: number): DailyBars {
  const random = seededRandom(seed);
  const days: number[] = [];
  for (let day = dayNumber('2022-01-03'); days.length < 500; day++) {
    if ((day + 4) % 7 !== 0 && (day + 4) % 7 !== 6) days.push(day);
  }
  let level = 100;
  const close = days.map(() => {
    level *= 1 + 0.02 * random.normal();
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

beforeAll(async () => {
  store = await openEmbedded(join(folder, 'data'), { clock });
  context = { world, runs: await runPartsIn(join(folder, 'objects')) };
  engine = engineOver(store, clock, context);
  await engine.createWorkspace(workspace, 'Models');
  await engine.createWorkspace('other', 'Other');
  await store.write(workspace, async ({ catalogue, prices }) => {
    await catalogue.saveInstruments(['acme', 'bolt'].map(equity));
    await prices.merge('acme', barsOf(1), 'by hand');
    await prices.merge('bolt', barsOf(2), 'by hand');
  });
}, 60_000);
afterAll(async () => {
  await engine.endJobs();
  await context.runs?.files?.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const features = [
  { name: 'week', of: { kind: 'return', bars: 5 } },
  { name: 'unrest', of: { kind: 'volatility', bars: 10 } },
];
const lastLearnt = '2022-12-30';

const training = (name: string, over: object = {}, config: object = {}) => ({
  universe: ['ACME', 'BOLT'],
  to: lastLearnt,
  ...config,
  training: {
    name,
    features,
    label: { kind: 'fixed-horizon', bars: 3 },
    validation: { folds: 3, embargo: 2 },
    ...over,
  },
});

const following = (model: string, over: object = {}) => ({
  strategy: 'model-signal',
  model,
  universe: ['ACME', 'BOLT'],
  params: { long: 0.5 },
  commission: { kind: 'bps', bps: 5 },
  from: '2023-01-02',
  ...over,
});

async function ended({ id }: Pick<RunView, 'id'>): Promise<RunDetailView> {
  for (;;) {
    const run = had(await engine.run(workspace, id));
    if (run.endedAt !== null) return run;
    await pause(10);
  }
}

async function carried(kind: RunRequest['kind'], config: unknown): Promise<RunDetailView> {
  const run = await ended(had(await engine.createRun(workspace, { kind, config }, owner)).value);
  expect([run.state, run.error]).toEqual(['finished', '']);
  return run;
}

const train = (...given: Parameters<typeof training>) => carried('training', training(...given));

async function refused(kind: RunRequest['kind'], config: unknown): Promise<readonly string[]> {
  const answer = await engine.createRun(workspace, { kind, config }, owner);
  if (answer.ok) throw new Error('It was taken.');
  const { errors } = answer.fault.facts as { readonly errors: readonly { path: string }[] };
  return errors.map(({ path }) => path);
}

const file = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
});

describe('a training', () => {
  it('gives a model with its files, its figures and how far to trust it', async () => {
    const run = await train('first');
    expect(run.title).toBe('Model first: ACME, BOLT');
    expect(run.artifacts.map(({ name }) => name)).toEqual([
      'card.json',
      'features.json',
      'model.json',
      'result.json',
    ]);
    expect(run.summary?.figures.map(({ id }) => id)).toEqual([
      'log-loss',
      'auc',
      'accuracy',
      'brier',
    ]);
    expect(run.summary?.trust.join(' ')).toMatch(/Learnt from shuffled labels/);
    const model = had(await engine.model(workspace, 'first'));
    expect(model).toMatchObject({
      id: 'first@1',
      stage: 'candidate',
      runId: run.id,
      tries: 1,
      parent: null,
      instruments: ['ACME', 'BOLT'],
      codeVersion: 'test',
    });
    expect(model.learnt?.until).toBe(lastLearnt);
    const kept = had(await engine.runArtifact(workspace, run.id, 'features.json'));
    expect(JSON.parse(new TextDecoder().decode(kept.bytes)).version).toBe(model.featureVersion);
  });

  it('that is repeated learns the same to the bit, as the next version', async () => {
    const first = await train('again');
    const rerun = had(await engine.rerunRun(workspace, first.id, owner)).value;
    const second = await ended(rerun);
    expect(second.resultHash).toBe(first.resultHash);
    expect(second.summary?.rerun).toMatchObject({ identical: true, differs: [] });
    const model = had(await engine.model(workspace, 'again'));
    expect(model).toMatchObject({ id: 'again@2', parent: 'again@1', tries: 1 });
    const other = await train('again', { label: { kind: 'fixed-horizon', bars: 5 } });
    expect(other.resultHash).not.toBe(first.resultHash);
    expect(had(await engine.model(workspace, 'again')).tries).toBe(2);
    const ids = had(await engine.models(workspace, { name: 'again' })).map(({ id }) => id);
    expect(ids).toEqual(['again@3', 'again@2', 'again@1']);
  });

  it('that is asked for wrongly is refused at once with every path', async () => {
    expect(await refused('training', training('No name', { folds: 3 }))).toEqual([
      'training.folds',
    ]);
    expect(await refused('training', training('No name'))).toEqual(['training.name']);
    expect(await refused('training', { universe: ['ACME'], strategy: 'sma-cross' })).toEqual([
      'training.name',
      'training.features',
    ]);
  });

  it('outlives its run, and is part of the check', async () => {
    const run = await train('lasting');
    had(await engine.removeRun(workspace, run.id, owner));
    expect(had(await engine.model(workspace, 'lasting')).runId).toBe(run.id);
    expect((await engine.verify()).findings).toEqual([]);
    const objects = present(context.runs, 'runs').objects;
    const [name] = await objects.list(`models/${workspace}/lasting/`);
    await objects.put(present(name, 'its file'), new TextEncoder().encode('{}'));
    expect((await engine.verify()).findings).toMatchObject([{ check: 'run-files' }]);
    const drift = await engine.modelDrift(workspace, 'lasting');
    expect(drift).toMatchObject({ fault: { code: 'model.unavailable' } });
    const failed = await ended(
      had(
        await engine.createRun(
          workspace,
          { kind: 'backtest', config: following('lasting') },
          owner,
        ),
      ).value,
    );
    expect(failed).toMatchObject({ state: 'failed', error: expect.stringMatching(/not the one/) });
    await objects.remove(present(name, 'its file'));
  });
});

describe('a run that follows a model', () => {
  it('is carried out on days that it had not seen, and repeated with the same version', async () => {
    await train('followed');
    const run = await carried('backtest', following('followed'));
    expect(run.config['model']).toBe('followed@1');
    expect(run.figures.trades).toBeGreaterThan(0);
    const trust = run.summary?.trust.join('\n') ?? '';
    expect(trust).toMatch(/followed@1 knows nothing after 2022-12-30/);
    expect(run.summary?.notes.join('\n')).not.toMatch(/IN SAMPLE/);
    await train('followed', { model: 'boosted-trees', params: { trees: 5 } });
    const again = await ended(had(await engine.rerunRun(workspace, run.id, owner)).value);
    expect(again.summary?.rerun).toMatchObject({ identical: true });
    const newest = await carried('backtest', following('followed'));
    expect(newest.config['model']).toBe('followed@2');
    expect(newest.tries).toBe((run.tries ?? 0) + 1);
  });

  it('says loudly that its model has seen its days', async () => {
    await train('peeking');
    const run = await carried('backtest', following('peeking', { from: '2022-06-01' }));
    expect(run.summary?.notes[0]).toMatch(
      /^IN SAMPLE: peeking@1 knows what happened until 2022-12-30/,
    );
    expect(run.summary?.trust.join('\n')).toMatch(/the figures are worth nothing/);
  });

  it('takes an accepted version before a newer one, and none that is retired', async () => {
    await train('chosen');
    await train('chosen', { weighting: 'equal' });
    const why = 'It held on days that nobody had looked at.';
    const accepted = await engine.setModelStage(
      workspace,
      'chosen@1',
      { stage: 'accepted', why },
      owner,
    );
    expect(had(accepted).value).toMatchObject({
      stage: 'accepted',
      stages: [{ by: 'owner', why }],
    });
    const run = had(
      await engine.createRun(workspace, { kind: 'backtest', config: following('chosen') }, owner),
    ).value;
    expect((await ended(run)).config['model']).toBe('chosen@1');
    const reason = { stage: 'retired', why: 'It drifted.' } as const;
    had(await engine.setModelStage(workspace, 'chosen@1', reason, owner));
    expect(await refused('backtest', following('chosen@1'))).toEqual(['model']);
    const silent = await engine.setModelStage(
      workspace,
      'chosen@2',
      { stage: 'retired', why: ' ' },
      owner,
    );
    expect(silent).toMatchObject({ fault: { code: 'model.refused' } });
  });

  it('is refused where it names none, or one that is not there', async () => {
    await train('daily');
    expect(await refused('backtest', following('no-such'))).toEqual(['model']);
    const { model: _, ...without } = following('daily');
    expect(await refused('backtest', without)).toEqual(['model']);
  });
});

describe('models of one workspace', () => {
  it('are not there for another', async () => {
    await train('mine');
    const answers = await Promise.all([
      engine.model('other', 'mine'),
      engine.modelCard('other', 'mine'),
      engine.modelDrift('other', 'mine'),
      engine.setModelStage('other', 'mine', { stage: 'retired', why: 'x' }, owner),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ fault: { code: 'model.unknown' } });
    expect(had(await engine.models('other', {}))).toEqual([]);
  });

  it('are held against the days since they learnt', async () => {
    await train('drifting');
    const drift = had(await engine.modelDrift(workspace, 'drifting'));
    expect(drift.rows).toBeGreaterThan(300);
    expect(drift.labelled).toBe(drift.rows - 2 * 3);
    expect((drift.from ?? '') > dayFromNumber(dayNumber('2022-12-01'))).toBe(true);
    expect(drift.features.map(({ name }) => name)).toEqual(['week', 'unrest']);
    expect(drift.performance.recent).not.toBeNull();
    await train('fresh', {}, { to: '2030-01-01' });
    const none = had(await engine.modelDrift(workspace, 'fresh'));
    expect(none.verdict).toBeNull();
    expect(none.performance.why).toMatch(/are needed/);
  });
});

describe('a model that learnt elsewhere', () => {
  const rises = onnxModel({
    nodes: [
      ['MatMul', ['x', 'w'], ['m']],
      ['Sigmoid', ['m'], ['chance']],
    ],
    constants: { w: { shape: [2, 1], values: [-40, 0] } },
    inputs: { x: ['rows', 2] },
    outputs: { chance: ['rows', 1] },
  });
  const described = (over: object = {}) =>
    file('features.json', JSON.stringify({ features, ...over }));
  const bring = (files: readonly { name: string; bytes: Uint8Array }[], name = 'outside') =>
    engine.importModel(workspace, files, { name }, owner);

  it('is kept with its features and followed like any other', async () => {
    const learnt = { learntFrom: '2010-01-01', learntUntil: '2021-12-31' };
    const kept = had(await bring([file('rises.onnx', rises), described(learnt)])).value;
    expect(kept).toMatchObject({ id: 'outside@1', kind: 'onnx', runId: null, scores: [] });
    const run = await carried('backtest', following('outside@1'));
    expect(run.figures.trades).toBeGreaterThan(3);
    const orders = had(await engine.runArtifact(workspace, run.id, 'orders.csv'));
    expect(new TextDecoder().decode(orders.bytes)).toMatch(/foretold 0\.\d+/);
    expect(run.summary?.notes.join('\n')).toMatch(/made before the run/);
    const again = await ended(had(await engine.rerunRun(workspace, run.id, owner)).value);
    expect(again.summary?.rerun).toMatchObject({ identical: true });
    const drift = await engine.modelDrift(workspace, 'outside');
    expect(drift).toMatchObject({ fault: { code: 'model.refused' } });
    had(await bring([described(), file('rises.onnx', rises)]));
    const unknown = await carried('backtest', following('outside@2'));
    expect(unknown.summary?.notes[0]).toMatch(/^Nobody said from which days outside@2 learnt/);
  });

  it.each([
    ['without its features', [file('rises.onnx', rises)]],
    ['of other features', [file('rises.onnx', rises), described({ features: features.slice(1) })]],
    ['that is none', [file('rises.onnx', 'no model'), described()]],
    ['with features that are no JSON', [file('rises.onnx', rises), file('features.json', '{')]],
    ['with half of its days', [file('rises.onnx', rises), described({ learntFrom: '2010-01-01' })]],
  ])('is refused %s', async (_, files) => {
    const answer = await bring(files, 'odd');
    expect(answer).toMatchObject({ fault: { code: 'model.refused' } });
    expect(had(await engine.models(workspace, { name: 'odd' }))).toEqual([]);
  });

  it('is refused in words where nothing runs such files', async () => {
    const { inference: _, ...runs } = present(context.runs, 'runs');
    const bare = engineOver(store, clock, { ...context, runs });
    const files = [file('rises.onnx', rises), described()];
    const answer = await bare.importModel(workspace, files, { name: 'bare' }, owner);
    expect(answer).toMatchObject({ fault: { code: 'model.unavailable' } });
  });
});

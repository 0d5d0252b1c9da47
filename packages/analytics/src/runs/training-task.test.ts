import { canonicalJson, type Json, present, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truncateMarket } from '../backtest/cut-market.ts';
import { learningBars } from '../backtest/learning-bars.ts';
import type { BacktestMarket } from '../backtest/market.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import { settingsOf } from '../backtest/vector/testing/drawn-market.ts';
import { computeFeatures } from '../learning/feature-matrix.ts';
import { openModel } from '../learning/fit-model.ts';
import { models } from '../models/registry.gen.ts';
import modelSignal from '../strategies/model-signal/index.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { randomMarket } from '../strategy-kit/testing/random-market.ts';
import { carryOut } from './carry-out.ts';
import { modelDrift } from './model-drift.ts';
import type { RunTask } from './run-task.ts';
import type { TrainedModel, TrainingReport } from './trained-model.ts';
import { readTraining, trainingJson } from './training-block.ts';

const features = [
  { name: 'return-1', of: { kind: 'return', bars: 1 } },
  { name: 'return-5', of: { kind: 'return', bars: 5 } },
  { name: 'volatility', of: { kind: 'volatility', bars: 10 } },
  { name: 'rsi', of: { kind: 'indicator', id: 'rsi', params: { period: 7 } } },
];

const block = (more: object = {}) => ({
  name: 'trend',
  features,
  label: { kind: 'fixed-horizon', bars: 3 },
  validation: { folds: 4, embargo: 2 },
  placebo: true,
  ...more,
});

const twoOf = (seed: number, bars: number): BacktestMarket =>
  randomMarket({ seed, bars, names: ['A', 'B'] });

const task = (training: unknown, market: BacktestMarket, tradeFrom = 0): RunTask => ({
  kind: 'training',
  title: 'Trend',
  strategy: { kind: 'built-in', id: 'model-signal' },
  params: {},
  settings: settingsOf({ seed: 3 }),
  market,
  tradeFrom,
  benchmark: null,
  triedBefore: { sharpe: new Float64Array(0) },
  training,
});

/** A name that tells contents apart, for tests alone. */
const digest = (content: string | Uint8Array): string => {
  let hash = 2166136261;
  for (const each of typeof content === 'string' ? new TextEncoder().encode(content) : content) {
    hash = Math.imul(hash ^ each, 16777619) >>> 0;
  }
  return hash.toString(16);
};

const carried = async (asked: RunTask) =>
  carryOut(asked, {
    fresh: async () => modelSignal,
    onProgress: () => undefined,
    shouldStop: () => false,
    digest,
  });

async function trained(asked: RunTask): Promise<TrainingReport> {
  const outcome = await carried(asked);
  if (!outcome.ok) throw new Error(outcome.fault.detail);
  return outcome.value.report as TrainingReport;
}

const withModel = (market: BacktestMarket, model: TrainedModel): BacktestMarket => ({
  ...market,
  model: {
    name: 'trend@1',
    tries: 1,
    learnt: null,
    predictions: {
      kind: 'computed',
      features: model.record.features,
      fitted: model.fitted,
      adjust: model.adjust,
    },
  },
});

describe('the block of a training', () => {
  it('reads back to the same with its defaults', () => {
    const read = readTraining(block());
    if (!read.ok) throw new Error(read.fault.detail);
    expect(read.value.model).toBe('logistic-elastic-net');
    expect(readTraining(trainingJson(read.value))).toEqual(read);
  });

  it.each([
    ['a name with spaces', block({ name: 'My model' }), ['name']],
    ['nothing to learn from', block({ features: [] }), ['features']],
    ['a kind for another task', block({ model: 'linear-elastic-net' }), ['model']],
    ['parameters of another kind', block({ params: { trees: 3 } }), ['params.trees']],
    ['several at once', { ...block({ folds: 3 }), features: undefined }, ['folds', 'features']],
    ['nothing', {}, ['name', 'features']],
  ])('refuses %s', (_, given, paths) => {
    const read = readTraining(given);
    expect(read.ok ? [] : read.fault.errors.map(({ path }) => path)).toEqual(paths);
  });

  it('names the place of a mistake within a feature', () => {
    const odd = [features[0], { name: 'x', of: { kind: 'return', bars: 0 } }];
    const read = readTraining(block({ features: odd, validation: { fold: 3 } }));
    expect(read.ok ? [] : read.fault.errors.map(({ path }) => path)).toEqual([
      'validation.fold',
      'features.1.of.bars',
    ]);
  });

  it('never crashes, whatever is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.jsonValue()), (given) => {
        const read = readTraining(given);
        if (!read.ok) expect(read.fault.errors.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a training', () => {
  it('gives a model with where it comes from, and the same each time', async () => {
    const asked = task(block(), twoOf(1, 300));
    const first = await trained(asked);
    const { record, learntUntil } = first.model;
    expect(record).toMatchObject({ id: 'trend', model: 'logistic-elastic-net', seed: 3 });
    expect(record.data.instruments).toEqual(['A', 'B']);
    expect(record.placebo).not.toBeNull();
    expect(learntUntil >= (record.data.to ?? '')).toBe(true);
    const plain = (report: TrainingReport): string =>
      canonicalJson(JSON.parse(JSON.stringify(report)) as Json);
    expect(plain(await trained(asked))).toBe(plain(first));
    expect(first.headline).toMatch(/^Trend has learnt from \d+ rows of 2 instruments, /);
  });

  it('learns nothing from bars before the first day', async () => {
    const market = twoOf(1, 300);
    const from = present(market.instruments[0]?.bars.known[150], 'a moment');
    const { model } = await trained(task(block(), market, from));
    expect(Math.min(...model.outOfFold.times)).toBeGreaterThanOrEqual(from);
    // What is learnt rests on the bars from then on: others before, and it is the same.
    const whole = await trained(task(block(), market));
    expect(model.record.data.rows).toBeLessThan(whole.model.record.data.rows);
  });

  it('is refused in words where there is too little, and ends where it is told to', async () => {
    const little = await carried(task(block(), twoOf(1, 12)));
    expect(little.ok ? '' : little.fault.detail).toMatch(/rows|parts|learn/);
    const stopped = await carryOut(task(block({ model: 'boosted-trees' }), twoOf(1, 300)), {
      fresh: async () => modelSignal,
      onProgress: () => undefined,
      shouldStop: () => true,
      digest,
    });
    expect(stopped.ok ? '' : stopped.fault.code).toBe('run.stopped');
  });

  it('warns of a feature that knows the label', async () => {
    const market = twoOf(1, 300);
    // Prices that move by turns: the move of today tells that of tomorrow.
    const [first] = market.instruments;
    const bars = present(first, 'an instrument').bars;
    const close = bars.close.map((_, i) => 100 + (i % 2) * 2 + 0.01 * Math.sin(i));
    const odd = { ...bars, open: close, high: close, low: close, close };
    const instruments = [{ ...present(first, 'an instrument'), bars: odd, finer: null }];
    const { model, headline } = await trained(
      task(block({ label: { kind: 'fixed-horizon', bars: 1 } }), { ...market, instruments }),
    );
    expect(model.record.warnings.join(' ')).toMatch(/Too good/);
    expect(headline).toMatch(/Too good/);
  });
});

describe('the predictions that a strategy sees', () => {
  it('are those of the features of training, bar by bar, and rest on nothing later', async () => {
    const market = twoOf(2, 220);
    const { model } = await trained(task(block(), market));
    const seen = new Map<string, number>();
    const watcher = defineStrategy({
      id: 'watcher',
      group: 'own',
      title: 'Watcher',
      summary: 'Looks on.',
      params: {},
      onStart: ({ instruments, prediction }) => instruments.map((one) => [one, prediction(one)]),
      onBar: ({ now }, views) => {
        for (const [one, view] of views as never as [{ id: string }, { value: number }][]) {
          seen.set(`${one.id} ${now}`, view.value);
        }
      },
    });
    const run = (on: BacktestMarket) => {
      seen.clear();
      const result = runBacktest(watcher, {}, withModel(on, model), settingsOf({}));
      if (!result.ok) throw new Error(result.fault.detail);
      return new Map(seen);
    };
    const whole = run(market);
    const computed = computeFeatures(model.record.features, learningBars(market, model.adjust));
    const opened = openModel(models, model.fitted);
    if (!computed.ok || !opened.ok) throw new Error('It was to be computed.');
    const { times, instrument, instruments, x } = computed.value;
    const said = opened.value.predict(x);
    let compared = 0;
    times.forEach((at, i) => {
      const value = whole.get(`${instruments[instrument[i] as number]} ${at}`);
      expect(value).toBe(said[i]);
      if (!Number.isNaN(said[i])) compared++;
    });
    expect(compared).toBeGreaterThan(200);
    const moments = present(market.instruments[0], 'A').bars.known;
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 218 }), (cut) => {
        const at = moments[cut] as number;
        for (const [key, value] of run(truncateMarket(market, at))) {
          expect(value).toBe(whole.get(key));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('are refused where the run names no model', () => {
    const result = runBacktest(modelSignal, {}, twoOf(1, 30), settingsOf({}));
    expect(result.ok ? '' : result.fault.detail).toMatch(/names no model/);
  });
});

describe('drift since a training', () => {
  it('is not seen in values that missed while windows filled up', async () => {
    const market = twoOf(6, 900);
    const cut = present(market.instruments[0], 'A').bars.known[500] as number;
    const slow = [...features, { name: 'slow', of: { kind: 'return', bars: 5 }, scaledOver: 200 }];
    const asked = task(
      block({ features: slow, model: 'boosted-trees', params: { trees: 5 } }),
      truncateMarket(market, cut),
    );
    const { model } = await trained(asked);
    const found = modelDrift(model, market, cut);
    if (!found.ok) throw new Error(found.fault.detail);
    const drift = found.value.input?.features.find(({ name }) => name === 'slow');
    expect(drift?.stabilityIndex).toBeLessThan(0.2);
    expect(drift?.verdict).not.toBe('drifted');
  });

  it('is none where the same goes on, and is seen where moves are another', async () => {
    const market = twoOf(5, 900);
    const bars = present(market.instruments[0], 'A').bars;
    const cut = bars.known[600] as number;
    const { model } = await trained(task(block(), truncateMarket(market, cut)));
    const calm = modelDrift(model, market, cut);
    if (!calm.ok) throw new Error(calm.fault.detail);
    expect(calm.value.rows).toBeGreaterThan(400);
    expect(calm.value.labelled).toBeLessThan(calm.value.rows);
    expect(calm.value.input?.verdict).not.toBe('drifted');
    const random = seededRandom(1);
    const wild: BacktestMarket = {
      ...market,
      instruments: market.instruments.map((one) => {
        const close = one.bars.close.slice();
        for (let i = 601; i < close.length; i++) {
          close[i] = (close[i - 1] as number) * Math.exp(0.12 * (random.next() - 0.5));
        }
        const { open, high, low } = one.bars;
        const moved = (column: Float64Array) =>
          column.map((value, i) => (i > 600 ? (close[i] as number) : value));
        return {
          ...one,
          bars: { ...one.bars, open: moved(open), high: moved(high), low: moved(low), close },
        };
      }),
    };
    const drifted = modelDrift(model, wild, cut);
    expect(drifted.ok && drifted.value.input?.verdict).toBe('drifted');
    const none = modelDrift(model, market, Number.POSITIVE_INFINITY);
    expect(none.ok && [none.value.rows, none.value.input?.verdict]).toEqual([0, null]);
  });
});

import { seededRandom } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { describe, expect, it } from 'vitest';
import boostedTrees from '../models/boosted-trees/index.ts';
import linear from '../models/linear-elastic-net/index.ts';
import logistic from '../models/logistic-elastic-net/index.ts';
import { assembleRows, type LabelledRows } from './assemble-rows.ts';
import { lastKnownLabels } from './baselines.ts';
import { readFeatureDefinition } from './feature-definition.ts';
import { computeFeatures } from './feature-matrix.ts';
import { labelBars } from './labels.ts';
import { sampleWeights } from './sample-weights.ts';
import { sampleBars } from './testing/sample-bars.ts';
import { type Training, type TrainingRequest, trainModel } from './train-model.ts';
import { tuneModel } from './tune-model.ts';

/** Labels that overlap for 5 days, and two features: one that foretells by `strength`, one of noise. */
function rowsOf(n: number, seed: number, strength: number): LabelledRows {
  const random = seededRandom(seed);
  const x = matrix(n, 2);
  for (let i = 0; i < x.data.length; i++) x.data[i] = random.normal();
  const y = Float64Array.from({ length: n }, (_, i) =>
    strength * (x.data[2 * i] ?? 0) + random.normal() > 0 ? 1 : 0,
  );
  const times = Float64Array.from({ length: n }, (_, i) => i);
  return {
    names: ['true', 'noise'],
    instruments: ['A'],
    instrument: new Int32Array(n),
    x,
    y,
    weights: new Float64Array(n).fill(1),
    times,
    ends: times.map((each) => each + 5),
  };
}

const request = (rows: LabelledRows, more: Partial<TrainingRequest> = {}): TrainingRequest => ({
  model: logistic,
  params: {},
  task: 'classification',
  rows,
  validation: { folds: 5, tested: 1, embargo: 2 },
  seed: 7,
  ...more,
});

function trained(of: TrainingRequest): Training {
  const found = trainModel(of);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const score = (scores: Training['scores'], id: string): number => scores[id] ?? Number.NaN;

describe('training', () => {
  it('finds what is there, better than the baselines, and which feature it was', () => {
    for (const model of [logistic, boostedTrees]) {
      const params = model === logistic ? {} : { trees: 40 };
      const found = trained(request(rowsOf(600, 1, 0.6), { model, params }));
      expect(score(found.scores, 'auc')).toBeGreaterThan(0.6);
      expect(score(found.scores, 'log-loss')).toBeLessThan(score(found.mean, 'log-loss'));
      expect(found.importance.map(({ name }) => name)).toEqual(['true', 'noise']);
      expect(found.importance[0]?.helpedFolds).toBe(5);
      expect(found.importance[0]?.shapley).toBeGreaterThan(found.importance[1]?.shapley ?? 1);
      expect(found.folds.map(({ tested }) => tested)).toEqual([120, 120, 120, 120, 120]);
      expect(found.calibration.reduce((sum, { rows }) => sum + rows, 0)).toBe(600);
      expect(found.warnings).toEqual([]);
    }
  });

  it('scores like chance on labels shuffled in time', () => {
    const found = trained(request(rowsOf(600, 2, 1.5), { placebo: true }));
    expect(Math.abs(score(found.placebo ?? {}, 'auc') - 0.5)).toBeLessThan(0.08);
    expect(score(found.placebo ?? {}, 'log-loss')).toBeGreaterThan(0.68);
  });

  it('flags a feature that knows the future, and the score that it makes', () => {
    const rows = rowsOf(300, 3, 0);
    const random = seededRandom(1);
    const planted = {
      ...rows,
      names: ['leak', 'noise'],
      x: matrix(
        300,
        2,
        rows.x.data.map((each, i) =>
          i % 2 === 0 ? (rows.y[i / 2] ?? 0) + 0.5 * random.normal() : each,
        ),
      ),
    };
    const { warnings } = trained(request(planted));
    expect(warnings.length).toBe(2);
    expect(warnings[0]).toMatch(/area under the curve of 0\.9/);
    expect(warnings[1]).toMatch(/leak alone/);
  });

  it('flags the same for numbers', () => {
    const rows = rowsOf(300, 4, 0);
    const leaking = { ...rows, y: Float64Array.from(rows.y, (_, i) => rows.x.data[2 * i] ?? 0) };
    const { warnings, scores } = trained(
      request(leaking, { model: linear, task: 'regression', params: { penalty: 0 } }),
    );
    expect(score(scores, 'r2')).toBeCloseTo(1, 6);
    expect(warnings.join(' ')).toMatch(/R² of 1\.000.*true alone/);
  });

  it('is the same to the bit for the same seed, and tells how far it is', () => {
    const told: string[] = [];
    const of = request(rowsOf(200, 5, 1), {
      model: boostedTrees,
      params: { trees: 10 },
      validation: { folds: 4, tested: 2, embargo: 0 },
      onProgress: (done, all) => told.push(`${done}/${all}`),
    });
    const once = trained(of);
    expect(told).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
    expect(trained(of)).toEqual(once);
    expect(trained({ ...of, seed: 8 }).predictions).not.toEqual(once.predictions);
  });

  it('leaves out rows that a model cannot take, and foretells none of them', () => {
    const rows = rowsOf(200, 6, 1);
    rows.x.data[7] = Number.NaN;
    const found = trained(request(rows));
    expect(found.rowsMissing).toBe(1);
    expect(found.predictions[3]).toBeNaN();
    expect(found.predictions.filter(Number.isNaN).length).toBe(1);
  });

  it('refuses more folds than times, and names the fold that cannot be learnt', () => {
    const code = (of: TrainingRequest): string => {
      const found = trainModel(of);
      return found.ok ? '' : `${found.fault.code}: ${found.fault.detail}`;
    };
    const rows = rowsOf(100, 7, 1);
    expect(code(request(rows, { validation: { folds: 500, tested: 1, embargo: 0 } }))).toMatch(
      /validation\.folds: 100 times/,
    );
    const late = { ...rows, y: rows.y.map((_, i) => (i < 80 ? 0 : 1)) };
    expect(code(request(late))).toMatch(/model\.one-class: Fold 5 of 5/);
    expect(code(request(rows, { shouldStop: () => true }))).toMatch(/model\.stopped/);
  });
});

describe('the last known label', () => {
  it('is known at the time of the row, of the same instrument', () => {
    const rows = rowsOf(6, 1, 0);
    const two = {
      ...rows,
      y: Float64Array.of(1, 2, 3, 4, 5, 6),
      times: Float64Array.of(0, 0, 1, 1, 2, 2),
      ends: Float64Array.of(1, 2, 2, 3, 3, 4),
      instrument: Int32Array.of(0, 1, 0, 1, 0, 1),
    };
    const none = Number.NaN;
    expect([...lastKnownLabels(two)]).toEqual([none, none, 1, none, 3, 2]);
  });
});

describe('tuning', () => {
  it('keeps the best of all tries and counts them', () => {
    const asked = [{ penalty: 1e-3 }, { penalty: 5 }, { nonsense: 1 }, { penalty: 0.01 }];
    const told: (number | null)[] = [];
    const { params: _, ...of } = request(rowsOf(300, 8, 1));
    const search = {
      ask: () => asked[told.length] ?? null,
      tell: (__: unknown, value: number | null) => {
        told.push(value);
      },
    };
    const found = tuneModel(of, search, 10);
    if (!found.ok) throw new Error(found.fault.detail);
    expect(found.value.tries.length).toBe(4);
    expect(told[2]).toBeNull();
    const best = Math.max(...told.filter((each) => each !== null));
    expect(-score(found.value.best.scores, 'log-loss')).toBe(best);
    expect(asked[told.indexOf(best)]).toEqual(found.value.params);
    told.length = 0;
    const few = tuneModel(of, search, 2);
    expect(few.ok && few.value.tries.length).toBe(2);
  });
});

describe('rows to learn from', () => {
  it('come from features and labels of several instruments, each with the end of its label', () => {
    const bars = [sampleBars('A', 60, 1), sampleBars('B', 60, 2)];
    const read = readFeatureDefinition({
      features: [{ name: 'r', of: { kind: 'return', bars: 3 } }],
    });
    const features = read.ok ? computeFeatures(read.value, bars) : read;
    if (!features.ok) throw new Error(features.fault.detail);
    const labels = bars.map((each) => {
      const found = labelBars(each, {
        kind: 'fixed-horizon',
        bars: 5,
        form: 'size',
        threshold: 0,
        volatilityBars: 20,
      });
      if (!found.ok) throw new Error(found.fault.detail);
      return { labels: found.value, weights: sampleWeights(found.value, each.close, 'uniqueness') };
    });
    const rows = assembleRows(features.value, bars, labels);
    if (!rows.ok) throw new Error(rows.fault.detail);
    const { times, ends, instrument, y, x } = rows.value;
    // 3 bars of the return and 5 ahead leave 60 − 3 − 5 of each instrument.
    expect(y.length).toBe(2 * 52);
    const [a] = bars;
    expect([times[0], ends[0], instrument[0]]).toEqual([a?.knownAt[3], a?.knownAt[8], 0]);
    expect(x.data[0]).toBe((a?.close[3] ?? 0) / (a?.close[0] ?? 0) - 1);
    const wrong = assembleRows(features.value, bars.toReversed(), labels);
    expect(wrong.ok ? '' : wrong.fault.code).toBe('labels.instruments');
  });
});

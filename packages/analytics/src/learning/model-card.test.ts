import { seededRandom } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import logistic from '../models/logistic-elastic-net/index.ts';
import { models } from '../models/registry.gen.ts';
import { columnDrift, inputDrift, kolmogorovSmirnov } from './drift.ts';
import { columnReference } from './drift-reference.ts';
import { featureCache } from './feature-cache.ts';
import { readFeatureDefinition } from './feature-definition.ts';
import type { computeFeatures } from './feature-matrix.ts';
import { openModel } from './fit-model.ts';
import { type LearningRequest, type LearntModel, learnModel } from './learn-model.ts';
import { modelCard } from './model-card.ts';
import { performanceDrift } from './performance-drift.ts';
import type { Judged } from './prediction-scores.ts';
import { sidesOf, signalOf } from './signal-of.ts';
import { sampleBars } from './testing/sample-bars.ts';

const normals = (n: number, seed: number, shift = 0): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n }, () => shift + random.normal());
};

/** A digest that tells contents apart; what it is made of does not matter here. */
const digest = (content: string | Uint8Array): string => {
  let state = 0x811c9dc5;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  return state.toString(16).padStart(8, '0');
};

function request(more: Partial<LearningRequest> = {}): LearningRequest {
  const features = readFeatureDefinition({
    features: [
      { name: 'r5', of: { kind: 'return', bars: 5 } },
      { name: 'vol', of: { kind: 'volatility', bars: 10 } },
      { name: 'rank', of: { kind: 'return', bars: 3 }, across: 'rank' },
    ],
  });
  if (!features.ok) throw new Error(features.fault.detail);
  return {
    id: 'up-in-five',
    version: 2,
    title: 'Up in five days',
    model: logistic,
    params: { penalty: 0.02 },
    features: features.value,
    label: { kind: 'fixed-horizon', bars: 5, form: 'sign', threshold: 0, volatilityBars: 20 },
    weighting: 'uniqueness',
    bars: [sampleBars('A', 200, 1), sampleBars('B', 200, 2)],
    validation: { folds: 4, tested: 1, embargo: 3 },
    placebo: true,
    tries: 12,
    seed: 3,
    codeVersion: 'test',
    parent: { id: 'up-in-five', version: 1 },
    createdAt: 1_700_000_000_000,
    ...more,
  };
}

function learnt(of: LearningRequest): LearntModel {
  const found = learnModel(of, { digest });
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

describe('drift', () => {
  it('is seen where a column has moved, and not where it has not', () => {
    const reference = columnReference('a', normals(800, 1));
    expect(columnDrift(reference, normals(300, 2)).verdict).toBe('stable');
    const moved = columnDrift(reference, normals(300, 3, 1));
    expect(moved.verdict).toBe('drifted');
    expect(moved.stabilityIndex).toBeGreaterThan(0.25);
    expect(moved.distanceChance).toBeLessThan(1e-6);
  });

  it('is told no more often than its chance allows', () => {
    let told = 0;
    for (let seed = 0; seed < 200; seed++) {
      const reference = columnReference('a', normals(300, 1000 + seed));
      if (columnDrift(reference, normals(60, 5000 + seed)).verdict !== 'stable') told += 1;
    }
    // 5 % of the index and 1 % of the distance, which mostly go together.
    expect(told).toBeLessThan(24);
  });

  it('counts values that went missing', () => {
    const reference = columnReference('a', normals(500, 1));
    const holes = normals(200, 2).map((each, i) => (i % 3 === 0 ? Number.NaN : each));
    expect(columnDrift(reference, holes).verdict).toBe('drifted');
  });

  it('says why there is no verdict', () => {
    const found = columnDrift(columnReference('a', normals(500, 1)), normals(10, 2));
    expect(found).toMatchObject({ verdict: null, stabilityIndex: null });
    expect(found.why).toMatch(/10 recent and 500 training values; 30/);
    const nothing = columnReference('a', new Float64Array(0));
    expect(columnDrift(nothing, new Float64Array(0)).verdict).toBeNull();
  });

  it('keeps a thousand values of many, spread alike', () => {
    const all = normals(20_000, 1);
    const { sorted, rows } = columnReference('a', all);
    expect([sorted.length, rows]).toEqual([1000, 20_000]);
    const { distance } = kolmogorovSmirnov(Float64Array.from(sorted), all);
    expect(distance).toBeLessThan(2e-3);
  });

  it('has the distance of the two distribution functions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }),
        (a, b) => {
          const below = (of: readonly number[], x: number): number =>
            of.filter((each) => each <= x).length / of.length;
          const wanted = Math.max(
            ...Array.from({ length: 10 }, (_, x) => Math.abs(below(a, x) - below(b, x))),
          );
          const found = kolmogorovSmirnov(Float64Array.from(a), Float64Array.from(b));
          expect(found.distance).toBeCloseTo(wanted, 12);
          expect(found.chance).toBeGreaterThanOrEqual(0);
          expect(found.chance).toBeLessThanOrEqual(1);
        },
      ),
    );
    // 1000 and 1000 values 0.0607 apart: the 5 % point of Kolmogorov’s table.
    const grid = Float64Array.from({ length: 1000 }, (_, i) => i);
    expect(
      kolmogorovSmirnov(
        grid,
        grid.map((each) => each + 61),
      ).chance,
    ).toBeCloseTo(0.05, 2);
  });

  it('of performance is seen against as many rows out of fold', () => {
    const judged = (n: number, seed: number, strength: number): Judged => {
      const random = seededRandom(seed);
      const predictions = Float64Array.from({ length: n }, () => 0.2 + 0.6 * random.next());
      const y = predictions.map((p) => (random.next() < 0.5 + strength * (p - 0.5) ? 1 : 0));
      const times = Float64Array.from({ length: n }, (_, i) => i);
      return { predictions, y, times, mean: new Float64Array(n).fill(0.5) };
    };
    const training = judged(600, 1, 1);
    const found = (recent: Judged) =>
      performanceDrift('classification', training, recent, 40, seededRandom(1));
    const same = found(judged(150, 2, 1));
    expect(same.verdict).toBe('stable');
    expect(same.rolling.length).toBe(111);
    expect(same.band?.low).toBeLessThan(same.band?.high ?? 0);
    expect(found(judged(150, 3, -1)).verdict).toBe('drifted');
    expect(found(judged(12, 2, 1))).toMatchObject({ verdict: null, recent: null });
  });
});

describe('a signal', () => {
  it('is long from one threshold on and short up to another, and nothing without a prediction', () => {
    const said = Float64Array.of(0.7, 0.55, 0.5, 0.45, 0.2, Number.NaN);
    expect([...sidesOf(said, { long: 0.55, short: 0.45 })]).toEqual([1, 1, 0, -1, -1, 0]);
    expect([...sidesOf(said, { long: 0.55, short: null })]).toEqual([1, 1, 0, 0, 0, 0]);
    expect(() => sidesOf(said, { long: 0.5, short: 0.5 })).toThrow(/must be below/);
  });

  it('of one row is that of the same row among many', () => {
    const { training, rows } = learnt(request());
    const model = openModel(models, training.fitted);
    if (!model.ok) throw new Error(model.fault.detail);
    const thresholds = { long: 0.52, short: 0.48 };
    const many = signalOf(model.value, rows.x, thresholds);
    for (const i of [0, 7, 300]) {
      const one = matrix(1, 3, rows.x.data.slice(3 * i, 3 * i + 3));
      expect(signalOf(model.value, one, thresholds).predictions[0]).toBe(many.predictions[i]);
    }
  });
});

describe('a learnt model', () => {
  it('has a record that is data and that learning again reproduces', () => {
    const { record } = learnt(request());
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    expect(learnt(request()).record).toEqual(record);
    expect(record.data).toMatchObject({ instruments: ['A', 'B'], rowsMissing: 14 });
    const other = learnt(request({ seed: 4 })).record;
    expect(other.featureVersion).toBe(record.featureVersion);
    const changed = learnt(request({ bars: [sampleBars('A', 200, 9), sampleBars('B', 200, 2)] }));
    expect(changed.record.data.fingerprint).not.toBe(record.data.fingerprint);
    expect(changed.record.fittedDigest).not.toBe(record.fittedDigest);
  });

  it('takes features from a cache', () => {
    const cache = featureCache(1e6);
    let computed = 0;
    const tools = {
      digest,
      featuresOf: (
        version: string,
        fingerprint: string,
        compute: () => ReturnType<typeof computeFeatures>,
      ) => {
        const found = cache.get(version, fingerprint, () => {
          computed += 1;
          const made = compute();
          if (!made.ok) throw new Error(made.fault.detail);
          return made.value;
        });
        return { ok: true, value: found } as const;
      },
    };
    const once = learnModel(request(), tools);
    const again = learnModel(request(), tools);
    expect(computed).toBe(1);
    expect(once.ok && again.ok && once.value.record).toEqual(again.ok && again.value.record);
  });

  it('learns nothing from chance, and its card says so', () => {
    const { record } = learnt(request());
    const card = modelCard(record);
    expect(card.title).toBe('Up in five days, version 2');
    expect(card.conventions[0]).toMatch(/chance that the price is higher 5 bars later.*A, B/);
    expect(card.tables.map(({ id }) => id)).toEqual([
      'folds',
      'calibration',
      'importance',
      'lineage',
    ]);
    expect(card.notes.join(' ')).toMatch(/no better than the mean.*do not trade on it/);
    for (const { rows, columns } of card.tables) {
      for (const row of rows) expect(row.length).toBe(columns.length);
    }
    for (const { x, lines } of card.charts) {
      for (const { values } of lines) expect(values.length).toBe(x.length);
    }
    expect(card.figures.every(({ value }) => value === null || Number.isFinite(value))).toBe(true);
    const ids = card.figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows drift on its card', () => {
    const { record, training, rows } = learnt(request());
    const same = inputDrift(record.drift, rows.x, training.predictions);
    expect(same.verdict).toBe('stable');
    const moved = matrix(
      rows.x.rows,
      3,
      rows.x.data.map((each) => each + 0.05),
    );
    const input = inputDrift(record.drift, moved, training.predictions);
    const mean = new Float64Array(rows.y.length).fill(0.5);
    const judged = { predictions: training.predictions, y: rows.y, times: rows.times, mean };
    const performance = performanceDrift('classification', judged, judged, 100, seededRandom(1));
    const card = modelCard(record, { input, performance });
    expect(card.tables.map(({ id }) => id)).toContain('drift');
    expect(card.charts.map(({ id }) => id)).toContain('rolling-score');
    const index = card.figures.find(({ id }) => id === 'stability-index');
    expect(index?.note).toMatch(/verdict: drifted/);
    expect(() => inputDrift(record.drift, matrix(1, 2), mean)).toThrow(/3 features/);
  });

  it('is refused for what is wrong on the way', () => {
    const code = (more: Partial<LearningRequest>): string => {
      const found = learnModel(request(more), { digest });
      return found.ok ? '' : found.fault.code;
    };
    expect(code({ bars: [] })).toBe('features.bars');
    expect(code({ sides: [Float64Array.of(1), Float64Array.of(1)] })).toBe('labels.sides');
    expect(code({ params: { nonsense: 1 } })).toBe('model.parameters');
  });
});

import { type Json, seededRandom } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model, ModelTask, OpenModel, TrainingRows } from '../learning/define-model.ts';
import { fitModel, openModel } from '../learning/fit-model.ts';
import { models } from './registry.gen.ts';

const small: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'random-forest': { trees: 12, minLeafRows: 2, maxDepth: 5 },
  'boosted-trees': { trees: 12, minChildWeight: 1, maxDepth: 3 },
};

const tools = (task: ModelTask, seed = 1) => ({ task, random: seededRandom(seed) });

/** y = 2 a − b + noise; its sign for a classification. */
function rowsOf(n: number, seed: number, task: ModelTask, missing = 0): TrainingRows {
  const random = seededRandom(seed);
  const x = matrix(n, 3);
  for (let i = 0; i < x.data.length; i++) x.data[i] = random.normal();
  const y = Float64Array.from({ length: n }, (_, i) => {
    const value = 2 * x.data[3 * i] - x.data[3 * i + 1] + 0.5 * random.normal();
    if (task === 'regression') return value;
    return value > 0 ? 1 : 0;
  });
  for (let i = 0; i < x.data.length; i++) if (random.next() < missing) x.data[i] = Number.NaN;
  const times = Float64Array.from({ length: n }, (_, i) => i);
  return { x, y, weights: new Float64Array(n).fill(1), times, ends: times.map((each) => each + 1) };
}

function fitted(model: Model, rows: TrainingRows, task: ModelTask, more = {}): OpenModel {
  const found = fitModel(model, { ...small[model.id], ...more }, rows, tools(task));
  if (!found.ok) throw new Error(found.fault.detail);
  // Through text and back, as it is kept.
  const opened = openModel(models, JSON.parse(JSON.stringify(found.value)));
  if (!opened.ok) throw new Error(opened.fault.detail);
  return opened.value;
}

const kinds = models.flatMap((model) => model.tasks.map((task) => ({ id: model.id, model, task })));

describe.each(kinds)('$id for $task', ({ model, task }) => {
  const rows = rowsOf(300, 1, task);

  it('foretells what it learnt, also of rows that it has not seen', () => {
    const open = fitted(model, rows, task);
    const fresh = rowsOf(300, 2, task);
    const said = open.predict(fresh.x);
    const mean = fresh.y.reduce((sum, each) => sum + each, 0) / 300;
    let wrong = 0;
    let plain = 0;
    for (let i = 0; i < 300; i++) {
      wrong += (said[i] - fresh.y[i]) ** 2;
      plain += (mean - fresh.y[i]) ** 2;
    }
    expect(wrong).toBeLessThan(0.7 * plain);
  });

  it('is the same to the bit for the same seed, after being kept as text', () => {
    const once = fitModel(model, small[model.id] ?? {}, rows, tools(task, 5));
    const again = fitModel(model, small[model.id] ?? {}, rows, tools(task, 5));
    expect(JSON.stringify(once)).toBe(JSON.stringify(again));
  });

  it('explains its margins: they are the bias and what features add', () => {
    const open = fitted(model, rows, task);
    const some = matrix(20, 3, rows.x.data.slice(0, 60));
    const said = open.predict(some);
    const explained = open.explain?.(some);
    if (!explained) throw new Error('it explains nothing');
    for (let i = 0; i < 20; i++) {
      const margin = explained.contributions.data
        .subarray(3 * i, 3 * i + 3)
        .reduce((sum, each) => sum + each, explained.bias);
      // A forest's margin is its chance; the others' are log-odds.
      const linked = task === 'classification' && model.id !== 'random-forest';
      expect(linked ? 1 / (1 + Math.exp(-margin)) : margin).toBeCloseTo(said[i], 9);
    }
  });

  it('takes missing values or refuses them, as it says', () => {
    const holes = rowsOf(300, 3, task, 0.1);
    const found = fitModel(model, small[model.id] ?? {}, holes, tools(task));
    expect(found.ok ? '' : found.fault.code).toBe(model.takesMissing ? '' : 'model.values');
    const said = fitted(model, rows, task).predict(matrix(1, 3, Float64Array.of(Number.NaN, 0, 0)));
    expect(Number.isNaN(said[0])).toBe(!model.takesMissing);
  });

  it('counts rows without weight for nothing', () => {
    const halves = {
      ...rows,
      y: rows.y.map((each, i) => (i < 150 ? each : task === 'regression' ? 99 : 1)),
      weights: rows.weights.map((_, i) => (i < 150 ? 1 : 0)),
    };
    const other = { ...halves, y: rows.y.map((each, i) => (i < 150 ? each : 0)) };
    const all = { rowShare: 1 };
    const more = model.id === 'boosted-trees' ? all : {};
    const a = fitted(model, halves, task, more).predict(rows.x);
    const b = fitted(model, other, task, more).predict(rows.x);
    expect([...a]).toEqual([...b]);
  });

  it('refuses what cannot be learnt from, each with its reason', () => {
    const code = (
      changed: Partial<TrainingRows>,
      params: Readonly<Record<string, unknown>> = {},
    ) => {
      const found = fitModel(model, params, { ...rows, ...changed }, tools(task));
      return found.ok ? '' : found.fault.code;
    };
    const few = rowsOf(9, 1, task);
    expect(code(few)).toBe('model.rows');
    expect(code({ y: rows.y.map(() => Number.NaN) })).toBe('model.labels');
    expect(code({ weights: new Float64Array(300) })).toBe('model.weights');
    expect(code({ weights: new Float64Array(300).fill(-1) })).toBe('model.weights');
    expect(code({}, { nonsense: 1 })).toBe('model.parameters');
    const empty = rows.x.data.map((each, i) => (i % 3 === 1 ? Number.NaN : each));
    expect(code({ x: matrix(300, 3, empty) })).toMatch(/^model\.(values|empty-feature)$/);
    const infinite = rows.x.data.with(4, Number.POSITIVE_INFINITY);
    expect(code({ x: matrix(300, 3, infinite) })).toBe('model.values');
    if (task === 'classification') {
      expect(code({ y: new Float64Array(300).fill(1) })).toBe('model.one-class');
      expect(code({ y: rows.y.map((each) => each + 0.5) })).toBe('model.labels');
    }
    const stopped = fitModel(model, small[model.id] ?? {}, rows, {
      ...tools(task),
      shouldStop: () => true,
    });
    expect(stopped.ok ? '' : stopped.fault.code).toMatch(/^model\./);
  });

  it('refuses to open what was not kept by it', () => {
    const found = fitModel(model, small[model.id] ?? {}, rows, tools(task));
    if (!found.ok) throw new Error(found.fault.detail);
    const learnt = found.value.learnt as Readonly<Record<string, Json>>;
    const broken: Json[] = [null, {}, { ...learnt, task: 'other' }];
    for (const name of Object.keys(learnt)) {
      if (name !== 'learning') broken.push({ ...learnt, [name]: 'x' });
    }
    for (const each of broken) {
      const opened = model.open(each);
      expect(opened.ok ? JSON.stringify(each) : opened.fault.code).toBe('model.format');
    }
    const unknown = openModel(models, { ...found.value, model: 'nope' });
    expect(unknown.ok ? '' : unknown.fault.code).toBe('model.unknown');
    const opened = fitted(model, rows, task);
    expect(() => opened.predict(matrix(1, 2))).toThrow(/3 features/);
  });
});

describe('linear models', () => {
  const linear = models.find(({ id }) => id === 'linear-elastic-net') as Model;

  it('without a penalty are least squares, however features are scaled', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0.01, max: 100, noNaN: true }), (seed, scale) => {
        const rows = rowsOf(40, seed, 'regression');
        const open = fitted(linear, rows, 'regression', { penalty: 0 });
        const residuals = open.predict(rows.x).map((each, i) => each - rows.y[i]);
        // Residuals of least squares are at right angles to each column and to 1.
        for (let j = 0; j < 3; j++) {
          const product = residuals.reduce(
            (sum, each, i) => sum + each * rows.x.data[3 * i + j],
            0,
          );
          expect(Math.abs(product)).toBeLessThan(1e-6);
        }
        expect(Math.abs(residuals.reduce((sum, each) => sum + each, 0))).toBeLessThan(1e-8);
        const scaled = {
          ...rows,
          x: matrix(
            40,
            3,
            rows.x.data.map((each) => each * scale),
          ),
        };
        const other = fitted(linear, scaled, 'regression', { penalty: 0.1 }).predict(scaled.x);
        fitted(linear, rows, 'regression', { penalty: 0.1 })
          .predict(rows.x)
          .forEach((each, i) => {
            expect(Math.abs(each - (other[i] ?? 0))).toBeLessThan(1e-8);
          });
      }),
      { numRuns: 20 },
    );
  });

  // scikit-learn 1.2.1, ElasticNet(alpha, l1_ratio) on the standardised columns.
  it.each([
    [0.2, 0.5, [0.5992105876505108, -0.5698013663543067, 0.037220496293330976]],
    [0.08, 1, [0.6698481655941629, -0.6386181423066762, 0.05850282615178891]],
    [0.4, 0, [0.5438635073702683, -0.5245352383099372, 0.10212745127879798]],
  ])('are those of scikit-learn at α %d and ρ %d', (penalty, absoluteShare, expected) => {
    const n = 40;
    const columns = Array.from({ length: n }, (_, i) => [
      (i % 7) - 3 + 0.1 * (i % 3),
      ((i * i) % 11) - 5,
      ((i * 3) % 5) - 2 + 0.01 * i,
    ]);
    const x = matrix(n, 3, Float64Array.from(columns.flat()));
    const y = Float64Array.from(
      columns,
      ([a = 0, b = 0], i) => 0.3 * a - 0.2 * b + (((i * 13) % 9) - 4) * 0.5,
    );
    const rows = { ...rowsOf(n, 1, 'regression'), x, y };
    const found = fitModel(linear, { penalty, absoluteShare }, rows, tools('regression'));
    if (!found.ok) throw new Error(found.fault.detail);
    const { coefficients } = found.value.learnt as { readonly coefficients: readonly number[] };
    expected.forEach((each, j) => {
      const column = columns.map((row) => row[j] ?? 0);
      const mean = column.reduce((sum, value) => sum + value, 0) / n;
      const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
      expect((coefficients[j] ?? 0) * deviation).toBeCloseTo(each, 9);
    });
  });

  it('say that labels are parted where nothing holds them back', () => {
    const logistic = models.find(({ id }) => id === 'logistic-elastic-net') as Model;
    const rows = rowsOf(20, 1, 'regression');
    const parted = { ...rows, y: rows.y.map((_, i) => (rows.x.data[3 * i] > 0 ? 1 : 0)) };
    const found = fitModel(logistic, { penalty: 0 }, parted, tools('classification'));
    expect(found.ok ? '' : found.fault.code).toBe('model.not-converged');
  });
});

describe('boosted trees', () => {
  it('stop by the last rows, purged of labels that reach into them', () => {
    const boosted = models.find(({ id }) => id === 'boosted-trees') as Model;
    const noise = rowsOf(200, 1, 'regression');
    const rows = { ...noise, y: noise.y.map((each, i) => each + 10 * Math.sin(i)) };
    const found = fitModel(
      boosted,
      { trees: 500, validationShare: 0.3, patience: 5, learningRate: 0.5, minChildWeight: 1 },
      rows,
      tools('regression'),
    );
    if (!found.ok) throw new Error(found.fault.detail);
    const { trees } = found.value.learnt as { readonly trees: readonly Json[] };
    expect(trees.length).toBeLessThan(100);
    const reaching = { ...rows, ends: rows.times.map(() => 1000) };
    const none = fitModel(boosted, { validationShare: 0.3 }, reaching, tools('regression'));
    expect(none.ok ? '' : none.fault.code).toBe('model.validation');
  });
});

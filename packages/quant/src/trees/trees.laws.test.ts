import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { binFeatures } from './bin-features.ts';
import { type BoostingOptions, boostTrees } from './boosted-trees.ts';
import { explainTrees } from './explain-trees.ts';
import { TreeGrower } from './grow-tree.ts';
import { type ForestOptions, growForest } from './random-forest.ts';
import { leafOf, type TreeEnsemble, treeMargin } from './regression-tree.ts';

/** Draws that follow from a seed; a linear congruence is enough to tell seeds apart. */
function chanceOf(seed: number) {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  return {
    integer: (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    },
  };
}

const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -4, max: 4 }).map((each) => each / 2) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

const sample = fc
  .record({ rows: fc.integer({ min: 2, max: 60 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      x: fc
        .array(value, { minLength: rows * columns, maxLength: rows * columns })
        .map((data) => matrix(rows, columns, Float64Array.from(data))),
      y: fc
        .array(fc.integer({ min: -9, max: 9 }), { minLength: rows, maxLength: rows })
        .map((all) => Float64Array.from(all)),
      labels: fc
        .array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows })
        .map((all) => Float64Array.from(all)),
      weights: fc
        .array(fc.integer({ min: 1, max: 3 }), { minLength: rows, maxLength: rows })
        .map((all) => Float64Array.from(all)),
      seed: fc.nat(1000),
    }),
  );

const boosting: BoostingOptions = {
  loss: 'squared',
  trees: 8,
  learningRate: 0.5,
  maxDepth: 3,
  minChildWeight: 1,
  l2: 1,
  minGain: 0,
  rowShare: 1,
  columnShare: 1,
  bins: 255,
};

const foresting: ForestOptions = {
  trees: 12,
  maxDepth: 8,
  minLeafRows: 1,
  featuresPerSplit: 2,
  rowShare: 1,
  bins: 255,
};

const rowOf = ({ columns, data }: Matrix, i: number): Float64Array =>
  data.slice(i * columns, (i + 1) * columns);

const marginsOf = (ensemble: TreeEnsemble, x: Matrix): number[] =>
  Array.from({ length: x.rows }, (_, i) => treeMargin(ensemble, rowOf(x, i)));

/** The best gain over all features, thresholds and sides of missing values, by trying them all. */
function bestGain(x: Matrix, g: Float64Array, h: Float64Array, l2: number): number {
  const sums = (inside: (i: number) => boolean) => {
    let [sumG, sumH, count] = [0, 0, 0];
    for (let i = 0; i < x.rows; i++) {
      if (!inside(i)) continue;
      sumG += g[i] ?? 0;
      sumH += h[i] ?? 0;
      count += 1;
    }
    return { score: (sumG * sumG) / (sumH + l2), count };
  };
  const whole = sums(() => true).score;
  let best = 0;
  for (let j = 0; j < x.columns; j++) {
    for (const threshold of [...x.data, Number.MAX_VALUE]) {
      for (const missingLeft of [true, false]) {
        const left = (i: number): boolean => {
          const each = x.data[i * x.columns + j] ?? 0;
          return Number.isNaN(each) ? missingLeft : each < threshold;
        };
        const a = sums(left);
        const b = sums((i) => !left(i));
        if (a.count > 0 && b.count > 0) best = Math.max(best, (a.score + b.score - whole) / 2);
      }
    }
  }
  return best;
}

describe('bins', () => {
  it('keep the order of values, apart where there are bins for all, and NaN last', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 2, max: 20 }), ({ x }, bins) => {
        const { codes, least, greatest } = binFeatures(x, bins);
        for (let j = 0; j < x.columns; j++) {
          const column = Array.from({ length: x.rows }, (_, i) => x.data[i * x.columns + j] ?? 0);
          const distinct = new Set(column.filter((each) => !Number.isNaN(each))).size;
          const from = least[j] ?? new Float64Array(0);
          expect(from.length).toBeLessThanOrEqual(Math.min(bins, distinct));
          if (distinct <= bins) expect(from.length).toBe(distinct);
          column.forEach((each, i) => {
            const code = codes[j * x.rows + i] ?? -1;
            if (Number.isNaN(each)) {
              expect(code).toBe(from.length);
              return;
            }
            expect(from[code]).toBeLessThanOrEqual(each);
            expect(greatest[j]?.[code]).toBeGreaterThanOrEqual(each);
          });
        }
      }),
    );
  });

  it('hold about as many rows each where values are all different', () => {
    const x = matrix(
      1000,
      1,
      Float64Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000),
    );
    const { codes, least } = binFeatures(x, 16);
    const counts = new Array(least[0]?.length ?? 0).fill(0);
    for (const code of codes) counts[code] += 1;
    expect(counts.length).toBe(16);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  it('are not starved by a value that most rows have', () => {
    const data = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : i));
    const { least } = binFeatures(matrix(1000, 1, data), 8);
    expect(least[0]?.length).toBeGreaterThanOrEqual(7);
  });
});

describe('a grown tree', () => {
  it('splits where the gain is largest, and not where there is none', () => {
    fc.assert(
      fc.property(sample, ({ x, y, weights, seed }) => {
        const grower = new TreeGrower(binFeatures(x, 255), {
          maxDepth: 1,
          minLeafRows: 1,
          minLeafWeight: 0,
          l2: 1,
          minGain: 1e-9,
          featuresPerSplit: x.columns,
        });
        const g = y.map((each, i) => -each * (weights[i] ?? 0));
        const places = Int32Array.from({ length: x.rows }, (_, i) => i);
        const columns = Int32Array.from({ length: x.columns }, (_, j) => j);
        const tree = grower.grow(g, weights, places, columns, 1, chanceOf(seed));
        const score = (of: readonly number[]): number => {
          const sumG = of.reduce((sum, i) => sum + (g[i] ?? 0), 0);
          const sumH = of.reduce((sum, i) => sum + (weights[i] ?? 0), 0);
          return (sumG * sumG) / (sumH + 1);
        };
        const all = Array.from({ length: x.rows }, (_, i) => i);
        const leaves = all.map((i) => leafOf(tree, x.data, i * x.columns, false));
        const best = bestGain(x, g, weights, 1);
        if (tree.left.length === 1) {
          expect(best).toBeLessThan(1e-8);
          return;
        }
        const isLeft = (i: number): boolean => {
          const each = x.data[i * x.columns + (tree.feature[0] ?? 0)] ?? 0;
          if (Number.isNaN(each)) return tree.missingLeft[0] === 1;
          return each < (tree.threshold[0] ?? 0);
        };
        const left = all.filter(isLeft);
        const right = all.filter((i) => !isLeft(i));
        const gain = (score(left) + score(right) - score(all)) / 2;
        expect(Math.abs(gain - best)).toBeLessThan(1e-9 * Math.max(1, best));
        expect(leaves[left[0] ?? 0]).toBe(tree.value[tree.left[0] ?? 0]);
        expect(tree.cover[0]).toBe(weights.reduce((sum, each) => sum + each, 0));
      }),
    );
  });
});

describe('boosted trees', () => {
  it('fit the training rows better with each tree, where nothing is sampled', () => {
    fc.assert(
      fc.property(sample, fc.boolean(), ({ x, y, labels, weights, seed }, classify) => {
        const { loss } = boostTrees(
          x,
          classify ? labels : y,
          weights,
          { ...boosting, loss: classify ? 'logistic' : 'squared', minChildWeight: 0 },
          chanceOf(seed),
        );
        loss.slice(1).forEach((each, i) => {
          expect(each).toBeLessThanOrEqual((loss[i] ?? 0) * (1 + 1e-12) + 1e-15);
        });
      }),
    );
  });

  it('are the same for the same chance, and learn the same of whole weights as of repeated rows', () => {
    fc.assert(
      fc.property(sample, ({ x, y, weights, seed }) => {
        const sampled = { ...boosting, rowShare: 0.7, columnShare: 0.7 };
        const once = boostTrees(x, y, weights, sampled, chanceOf(seed));
        expect(boostTrees(x, y, weights, sampled, chanceOf(seed))).toEqual(once);
        const places = [...weights].flatMap((count, i) => new Array<number>(count).fill(i));
        const repeated = matrix(
          places.length,
          x.columns,
          Float64Array.from(places.flatMap((i) => [...rowOf(x, i)])),
        );
        const ones = new Float64Array(places.length).fill(1);
        const target = Float64Array.from(places, (i) => y[i] ?? 0);
        // One tree on whole numbers: all sums are exact, so that no tie turns by their order.
        const one = { ...boosting, trees: 1, start: 0 };
        const a = marginsOf(boostTrees(x, y, weights, one, chanceOf(seed)).ensemble, x);
        const b = marginsOf(boostTrees(repeated, target, ones, one, chanceOf(seed)).ensemble, x);
        expect(b).toEqual(a);
      }),
      { numRuns: 50 },
    );
  });

  it('stop where the validation rows are no longer foretold better', () => {
    const chance = chanceOf(7);
    const draw = (rows: number) => {
      const x = matrix(rows, 3);
      for (let i = 0; i < x.data.length; i++) x.data[i] = chance.integer(1000) / 1000;
      const y = Float64Array.from(
        { length: rows },
        (_, i) => (x.data[3 * i] ?? 0) + chance.integer(1000) / 500,
      );
      return { x, y, weights: new Float64Array(rows).fill(1) };
    };
    const learnt = draw(200);
    const judged = draw(200);
    const found = boostTrees(
      learnt.x,
      learnt.y,
      learnt.weights,
      { ...boosting, trees: 200, validation: { ...judged, patience: 5 } },
      chance,
    );
    const least = Math.min(...found.validationLoss);
    const kept = found.ensemble.trees.length;
    expect(found.validationLoss[kept - 1]).toBe(least);
    expect(found.validationLoss.length).toBe(kept + 5);
    expect(kept).toBeLessThan(200);
  });

  it('end when they are asked to', () => {
    let asked = 0;
    const x = matrix(4, 1, Float64Array.of(1, 2, 3, 4));
    const ones = new Float64Array(4).fill(1);
    const shouldStop = (): boolean => {
      asked += 1;
      return asked > 3;
    };
    const { ensemble } = boostTrees(x, x.data, ones, { ...boosting, shouldStop }, chanceOf(1));
    expect(ensemble.trees.length).toBe(3);
  });
});

describe('a forest', () => {
  it('stays within the labels, and is the same for the same chance', () => {
    fc.assert(
      fc.property(sample, ({ x, y, weights, seed }) => {
        const found = growForest(x, y, weights, foresting, chanceOf(seed));
        expect(growForest(x, y, weights, foresting, chanceOf(seed))).toEqual(found);
        const [least, most] = [Math.min(...y), Math.max(...y)];
        for (const each of [...marginsOf(found.ensemble, x), ...found.outOfBag]) {
          if (Number.isNaN(each)) continue;
          expect(each).toBeGreaterThanOrEqual(least - 1e-9);
          expect(each).toBeLessThanOrEqual(most + 1e-9);
        }
      }),
    );
  });

  it('adds up what its features contribute', () => {
    fc.assert(
      fc.property(sample, ({ x, y, weights, seed }) => {
        const { ensemble } = growForest(x, y, weights, foresting, chanceOf(seed));
        for (let i = 0; i < Math.min(5, x.rows); i++) {
          const { contributions, bias } = explainTrees(ensemble, rowOf(x, i));
          const sum = contributions.reduce((total, each) => total + each, bias);
          expect(Math.abs(sum - treeMargin(ensemble, rowOf(x, i)))).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('judges by rows that a tree has not seen', () => {
    const rows = 400;
    const chance = chanceOf(3);
    const x = matrix(rows, 2);
    for (let i = 0; i < x.data.length; i++) x.data[i] = chance.integer(1000);
    const noise = Float64Array.from({ length: rows }, () => chance.integer(2));
    const ones = new Float64Array(rows).fill(1);
    const { ensemble, outOfBag } = growForest(
      x,
      noise,
      ones,
      { ...foresting, trees: 50 },
      chanceOf(1),
    );
    const right = (chances: ArrayLike<number>): number =>
      noise.reduce(
        (sum, label, i) => sum + ((chances[i] ?? 0) >= 0.5 === (label === 1) ? 1 : 0),
        0,
      );
    expect(right(marginsOf(ensemble, x))).toBeGreaterThan(0.85 * rows);
    expect(Math.abs(right(outOfBag) - rows / 2)).toBeLessThan(0.12 * rows);
  });

  it('gives no estimate for rows that all trees have seen', () => {
    const x = matrix(2, 1, Float64Array.of(1, 2));
    const ones = Float64Array.of(1, 1);
    const options = { ...foresting, trees: 1, rowShare: 50 };
    expect([...growForest(x, x.data, ones, options, chanceOf(1)).outOfBag]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
  });
});

import { join } from 'node:path';
import { computeFeatures, readFeatureDefinition } from '@plimsoll/analytics/learning';
import { seededRandom } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { elasticNet, logisticElasticNet, standardise } from '@plimsoll/quant/regression';
import { boostTrees, growForest, treeExplainer } from '@plimsoll/quant/trees';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms, title } from '../report.ts';

const rows = 2520;
const features = 20;
const trees = 100;

const random = seededRandom(1);
const x = matrix(rows, features);
for (let i = 0; i < x.data.length; i++) x.data[i] = random.normal();
const at = (i: number, j: number): number => x.data[i * features + j] ?? 0;
const y = Float64Array.from(
  { length: rows },
  (_, i) => at(i, 0) + 0.5 * at(i, 1) * at(i, 2) + random.normal(),
);
const labels = y.map((each) => (each > 0 ? 1 : 0));
const ones = new Float64Array(rows).fill(1);

const forest = { trees, maxDepth: 32, minLeafRows: 1, rowShare: 1, bins: 255 } as const;
const boosting = {
  loss: 'logistic',
  trees,
  learningRate: 0.3,
  maxDepth: 6,
  minChildWeight: 1,
  l2: 1,
  minGain: 0,
  rowShare: 1,
  columnShare: 1,
  bins: 255,
} as const;

function learning(theirs: Readonly<Record<string, number>> | null): void {
  title(`Learning from ${rows} rows of ${features} features, ${trees} trees, one thread`);
  line('work', 'ours', 'the peer', 'ratio');
  const row = (name: string, peer: string, took: number): void => {
    const known = theirs?.[peer];
    line(name, ms(took), known === undefined ? '–' : ms(known), ratio(took, known));
  };
  const standard = standardise(x).x;
  const numbers = { ...forest, featuresPerSplit: features };
  const classes = { ...forest, featuresPerSplit: 4 };
  row(
    'forest of numbers, all features a split',
    'forest-numbers',
    best(2, () => growForest(x, y, ones, numbers, random)),
  );
  row(
    'forest of labels, 4 features a split',
    'forest-labels',
    best(3, () => growForest(x, labels, ones, classes, random)),
  );
  const { ensemble } = boostTrees(x, labels, ones, boosting, random);
  const boosted = best(3, () => boostTrees(x, labels, ones, boosting, random));
  row('boosted trees, depth 6', 'boosted', boosted);
  row(
    'Shapley values of 200 rows of them',
    'shapley',
    best(3, () => {
      const explain = treeExplainer(ensemble);
      for (let i = 0; i < 200; i++) {
        explain(x.data.subarray(i * features, (i + 1) * features));
      }
    }),
  );
  row(
    'linear elastic net',
    'linear',
    best(10, () => elasticNet(standard, y, { alpha: 0.01, absoluteShare: 0.5 })),
  );
  row(
    'logistic elastic net',
    'logistic',
    best(5, () => logisticElasticNet(standard, labels, ones, { alpha: 0.01, absoluteShare: 0.5 })),
  );
  // Each level reads a gradient, a curvature and a code of every row and feature.
  const bytes = rows * features * trees * boosting.maxDepth * (8 + 8 + 2);
  line('', `${megabytes(bytes)} read`, 'at 10 GB/s', ms(bytes / 1e7));
  line('distance of boosting from that limit', `${(boosted / (bytes / 1e7)).toFixed(1)}×`);
}

function featurePipeline(): void {
  const bars = 252 * 10;
  const instruments = 20;
  title(`Features of ${instruments} instruments, ${bars} bars each`);
  const definition = readFeatureDefinition({
    features: [
      { name: 'r1', of: { kind: 'return', bars: 1 } },
      { name: 'r20', of: { kind: 'return', bars: 20 }, across: 'rank' },
      { name: 'vol', of: { kind: 'volatility', bars: 20 } },
      { name: 'rsi', of: { kind: 'indicator', id: 'rsi' } },
      { name: 'z', of: { kind: 'z-score', bars: 60 } },
      { name: 'frac', of: { kind: 'fractional-difference' } },
      { name: 'day', of: { kind: 'calendar' } },
    ],
  });
  if (!definition.ok) throw new Error(definition.fault.detail);
  const all = Array.from({ length: instruments }, (_, k) => {
    let level = 100;
    const close = Float64Array.from({ length: bars }, () => {
      level *= Math.exp(0.01 * random.normal());
      return level;
    });
    const knownAt = close.map((_, t) => (19_000 + t) * 86_400_000);
    return {
      instrument: `I${k}`,
      open: close,
      high: close,
      low: close,
      close,
      volume: close,
      knownAt,
    };
  });
  const took = best(3, () => computeFeatures(definition.value, all));
  const cells = bars * instruments * definition.value.features.length;
  line(
    `${definition.value.features.length} features`,
    ms(took),
    `${(cells / took / 1000).toFixed(1)} M cells/s`,
  );
  line('memory', megabytes(process.memoryUsage().rss));
}

export async function run(): Promise<void> {
  learning(reference(join(import.meta.dirname, 'learning.py'), 1));
  featurePipeline();
}

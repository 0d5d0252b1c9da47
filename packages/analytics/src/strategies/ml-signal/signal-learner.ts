import { invariant, ok, type Random, type Result } from '@plimsoll/kernel';
import { assembleRows } from '../../learning/assemble-rows.ts';
import type { OpenModel } from '../../learning/define-model.ts';
import {
  type FeatureDefinition,
  readFeatureDefinition,
} from '../../learning/feature-definition.ts';
import { computeFeatures, type FeatureMatrix } from '../../learning/feature-matrix.ts';
import { fitModel, openModel } from '../../learning/fit-model.ts';
import { type LearningBars, labelBars } from '../../learning/labels.ts';
import { sampleWeights } from '../../learning/sample-weights.ts';
import { models } from '../../models/registry.gen.ts';

/** What is seen of each bar: moves, unrest and stretch, all of closes, each of a window that ends. */
const definition: FeatureDefinition = (() => {
  const feature = (name: string, of: Readonly<Record<string, unknown>>) => ({ name, of });
  const read = readFeatureDefinition({
    features: [
      feature('return-1', { kind: 'return', bars: 1 }),
      feature('return-5', { kind: 'return', bars: 5 }),
      feature('return-20', { kind: 'return', bars: 20 }),
      feature('return-60', { kind: 'return', bars: 60 }),
      feature('volatility-20', { kind: 'volatility', bars: 20 }),
      feature('to-mean-60', { kind: 'to-mean', bars: 60 }),
      feature('z-score-20', { kind: 'z-score', bars: 20 }),
    ],
  });
  invariant(read.ok, read.ok ? '' : read.fault.detail);
  return read.value;
})();

/** Bars that the longest window needs beside the newest. */
export const featureBars = 61;

interface LearnerRules {
  readonly model: string;
  /** Bars ahead whose rise is foretold. */
  readonly horizon: number;
}

/** Learns from bars already known whether prices rise, and foretells it of the newest bar. */
export class SignalLearner {
  readonly #rules: LearnerRules;
  readonly #random: Random;
  #model: OpenModel | null = null;

  constructor(rules: LearnerRules, random: Random) {
    this.#rules = rules;
    this.#random = random;
  }

  /**
   * Learns anew from the bars of all instruments together. A bar counts once what came after it is
   * known; labels that share bars count less. Refused where nothing can be learnt; what was learnt
   * before then stays.
   */
  learn(bars: readonly LearningBars[]): Result<number> {
    const features = computeFeatures(definition, bars);
    if (!features.ok) return features;
    const labels = bars.map((each) => {
      const found = labelBars(each, {
        kind: 'fixed-horizon',
        bars: this.#rules.horizon,
        form: 'sign',
        threshold: 0,
        volatilityBars: 20,
      });
      invariant(found.ok, 'labels without sides');
      const weights = sampleWeights(found.value, each.close, 'uniqueness');
      return { labels: found.value, weights };
    });
    leaveIncompleteOut(
      features.value,
      labels.map(({ weights }) => weights),
    );
    const rows = assembleRows(features.value, bars, labels);
    if (!rows.ok) return rows;
    const kind = models.find(({ id }) => id === this.#rules.model);
    invariant(kind !== undefined, `a model ${this.#rules.model}`);
    const tools = { task: 'classification', random: this.#random } as const;
    const fitted = fitModel(kind, {}, rows.value, tools);
    if (!fitted.ok) return fitted;
    const opened = openModel(models, fitted.value);
    if (!opened.ok) return opened;
    this.#model = opened.value;
    return ok(rows.value.y.length);
  }

  /** The chance that the price is higher `horizon` bars on; NaN before anything is learnt. */
  chance(bars: LearningBars): number {
    const features = this.#model && computeFeatures(definition, [bars]);
    if (!(this.#model && features?.ok)) return Number.NaN;
    const { rows, columns, data } = features.value.x;
    const newest = data.slice((rows - 1) * columns);
    return this.#model.predict({ rows: 1, columns, data: newest })[0] ?? Number.NaN;
  }
}

/** The first bars have no return of sixty; not every model can do without. */
function leaveIncompleteOut(
  { x, instrument, bar }: FeatureMatrix,
  weights: readonly Float64Array[],
): void {
  for (let row = 0; row < x.rows; row++) {
    const features = x.data.subarray(row * x.columns, (row + 1) * x.columns);
    const of = weights[instrument[row]];
    if (of && !features.every(Number.isFinite)) of[bar[row]] = 0;
  }
}

import type { Random } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { rank } from '@plimsoll/quant/statistics';
import { correlationOrNull } from './correlation-or-null.ts';
import type { ModelTask, OpenModel, TrainingRows } from './define-model.ts';
import { rowsAt } from './held-out.ts';

/** What a model makes of each feature on rows that it has not seen. Shapes [features]. */
export interface FoldImportance {
  /** Rise of the loss (log loss, or squared error ÷ variance) when the feature is shuffled. */
  readonly permutation: Float64Array;
  /** Mean |φ|; null where the model explains nothing. */
  readonly shapley: Float64Array | null;
}

/** The importance of one feature over all folds. */
export interface FeatureImportance {
  readonly name: string;
  readonly permutation: number;
  /** Standard deviation over the folds (ddof 1); null with one fold. */
  readonly permutationDeviation: number | null;
  readonly shapley: number | null;
  /** Folds in which shuffling the feature made the model worse. */
  readonly helpedFolds: number;
}

/** Rows that Shapley values are computed of, spread evenly: they cost most. */
const explainedRows = 200;

const smallest = 2.220446049250313e-16;

function lossOf(task: ModelTask, predictions: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    if (task === 'regression') sum += (y[i] - predictions[i]) ** 2;
    else {
      const given = y[i] === 1 ? predictions[i] : 1 - predictions[i];
      sum -= Math.log(Math.max(smallest, given));
    }
  }
  return sum / y.length;
}

/**
 * Importance of features by shuffling each among the rows, and by Shapley values.
 *
 * @param rows Rows of a test, all of which the model can foretell.
 *
 * Cost: a prediction a feature. Source: Breiman, Random forests (2001), §10; Lundberg and Lee (2017).
 */
export function foldImportance(
  task: ModelTask,
  model: OpenModel,
  rows: TrainingRows,
  random: Random,
): FoldImportance {
  const { x, y } = rows;
  const { columns } = x;
  const n = x.rows;
  const mean = y.reduce((sum, each) => sum + each / n, 0);
  const variance = y.reduce((sum, each) => sum + (each - mean) ** 2 / n, 0);
  const unit = task === 'regression' && variance > 0 ? variance : 1;
  const plain = lossOf(task, model.predict(x), y);
  const changed = matrix(n, columns, x.data.slice());
  const permutation = Float64Array.from({ length: columns }, (_, j) => {
    for (let i = n - 1; i > 0; i--) {
      const other = random.integer(i + 1);
      const kept = changed.data[i * columns + j];
      changed.data[i * columns + j] = changed.data[other * columns + j];
      changed.data[other * columns + j] = kept;
    }
    const worse = lossOf(task, model.predict(changed), y) - plain;
    for (let i = 0; i < n; i++) changed.data[i * columns + j] = x.data[i * columns + j];
    return worse / unit;
  });
  return { permutation, shapley: meanContributions(model, rows) };
}

function meanContributions(model: OpenModel, rows: TrainingRows): Float64Array | null {
  if (!model.explain) return null;
  const n = rows.x.rows;
  const count = Math.min(n, explainedRows);
  const places = Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
  const { contributions } = model.explain(rowsAt(rows, places).x);
  const sizes = new Float64Array(contributions.columns);
  contributions.data.forEach((each, i) => {
    sizes[i % contributions.columns] += Math.abs(each) / count;
  });
  return sizes;
}

/** Joins the importance of all folds, the most important feature first. */
export function importanceOver(
  names: readonly string[],
  folds: readonly FoldImportance[],
): readonly FeatureImportance[] {
  const n = folds.length;
  return names
    .map((name, j): FeatureImportance => {
      const each = folds.map(({ permutation }) => permutation[j]);
      const mean = each.reduce((sum, value) => sum + value, 0) / n;
      const squares = each.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const shapley = folds.map((fold) => fold.shapley?.[j]);
      return {
        name,
        permutation: mean,
        permutationDeviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
        shapley: shapley.every((value) => value !== undefined)
          ? shapley.reduce((sum, value) => sum + value, 0) / n
          : null,
        helpedFolds: each.filter((value) => value > 0).length,
      };
    })
    .sort((a, b) => b.permutation - a.permutation || (a.name < b.name ? -1 : 1));
}

/**
 * How alike the folds rank the features: the mean of Spearman's correlation over all pairs of folds. 1
 * is the same order each time; near 0 the importance is chance. Null with fewer than 2 folds or 3
 * features.
 */
export function importanceStability(folds: readonly FoldImportance[]): number | null {
  const ranks = folds.map(({ permutation }) => rank(permutation));
  const found: number[] = [];
  for (let a = 0; a < ranks.length; a++) {
    for (let b = 0; b < a; b++) {
      const each = correlationOrNull(ranks[a] as Float64Array, ranks[b] as Float64Array);
      if (each !== null) found.push(each);
    }
  }
  if (found.length === 0) return null;
  return found.reduce((sum, each) => sum + each, 0) / found.length;
}

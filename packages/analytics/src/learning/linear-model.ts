import { type Json, ok, type Result } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import type { Explanation, ModelTask, OpenModel } from './define-model.ts';
import { listed, notStored, numbersOf, recordOf, requireColumns, taskOf } from './stored-model.ts';

/** A linear model as it is stored: of features as they come, not of standardised ones. */
export interface LinearCoefficients {
  readonly task: ModelTask;
  /** Shape [features]. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  /** Means of the training rows, from which contributions are counted; shape [features]. */
  readonly means: Float64Array;
}

/** Columns at weighted mean 0 and deviation 1, and what undoes it. */
export interface WeightedStandard {
  readonly x: Matrix;
  readonly means: Float64Array;
  /** 0 for a column that does not vary, which is then 0 throughout. */
  readonly deviations: Float64Array;
}

/** z = (x − x̄) ÷ √(Σ w (x − x̄)² ÷ Σ w) with x̄ = Σ w x ÷ Σ w, by column. Weights: shape [rows]. */
export function standardiseWeighted(x: Matrix, weights: Float64Array): WeightedStandard {
  const { rows, columns, data } = x;
  const total = weights.reduce((sum, each) => sum + each, 0);
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  const made = matrix(rows, columns);
  for (let j = 0; j < columns; j++) {
    const first = data[j];
    let shift = 0;
    let varies = false;
    for (let i = 0; i < rows; i++) {
      shift += (weights[i] * (data[i * columns + j] - first)) / total;
      varies ||= weights[i] > 0 && data[i * columns + j] !== first;
    }
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      squares += (weights[i] * (data[i * columns + j] - first - shift) ** 2) / total;
    }
    means[j] = first + shift;
    deviations[j] = varies ? Math.sqrt(squares) : 0;
    if (deviations[j] === 0) continue;
    for (let i = 0; i < rows; i++) {
      made.data[i * columns + j] = (data[i * columns + j] - first - shift) / deviations[j];
    }
  }
  return { x: made, means, deviations };
}

/** Brings coefficients of standardised columns back to the columns as they come. */
export function unstandardised(
  task: ModelTask,
  standard: WeightedStandard,
  coefficients: Float64Array,
  intercept: number,
): Json {
  const { means, deviations } = standard;
  const plain = coefficients.map((each, j) => (deviations[j] > 0 ? each / deviations[j] : 0));
  const shift = plain.reduce((sum, each, j) => sum + each * means[j], 0);
  return {
    task,
    coefficients: listed(plain),
    intercept: intercept - shift,
    means: listed(means),
  };
}

/** Reads a stored linear model; chances are 1 ÷ (1 + e^(−margin)). */
export function openLinear(id: string, learnt: Json): Result<OpenModel> {
  const read = recordOf(learnt);
  const task = taskOf(read?.['task']);
  const coefficients = numbersOf(read?.['coefficients']);
  const means = numbersOf(read?.['means']);
  const intercept = read?.['intercept'];
  if (!task || !coefficients || means?.length !== coefficients.length) return notStored(id);
  if (typeof intercept !== 'number' || !Number.isFinite(intercept)) return notStored(id);
  const model: LinearCoefficients = {
    task,
    coefficients: Float64Array.from(coefficients),
    intercept,
    means: Float64Array.from(means),
  };
  const features = coefficients.length;
  return ok({
    task,
    features,
    predict(x: Matrix): Float64Array {
      requireColumns(x, features);
      const margins = marginsOf(model, x);
      return task === 'regression' ? margins : margins.map((m) => 1 / (1 + Math.exp(-m)));
    },
    explain: (x: Matrix): Explanation => {
      requireColumns(x, features);
      return explainLinear(model, x);
    },
  });
}

function marginsOf({ coefficients, intercept }: LinearCoefficients, x: Matrix): Float64Array {
  const margins = new Float64Array(x.rows).fill(intercept);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < x.columns; j++) margins[i] += coefficients[j] * x.data[i * x.columns + j];
  }
  return margins;
}

/**
 * Shapley values of a linear model with independent features: φⱼ = βⱼ (xⱼ − x̄ⱼ).
 *
 * Source: Lundberg and Lee, A unified approach to interpreting model predictions (2017), corollary 1.
 */
function explainLinear(model: LinearCoefficients, x: Matrix): Explanation {
  const { coefficients, means, intercept } = model;
  const contributions = matrix(x.rows, x.columns);
  for (let i = 0; i < x.data.length; i++) {
    const j = i % x.columns;
    contributions.data[i] = coefficients[j] * (x.data[i] - means[j]);
  }
  return {
    contributions,
    bias: coefficients.reduce((sum, each, j) => sum + each * means[j], intercept),
  };
}

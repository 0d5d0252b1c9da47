import type { Json } from '@plimsoll/kernel';
import type { ModelTask } from './define-model.ts';

/**
 * How well trees foretold rows that they had not seen: R² = 1 − Σ w (y − ŷ)² ÷ Σ w (y − ȳ)² for a
 * regression, the weighted share foretold for a classification. Rows that all trees have seen are left
 * out; the score is null where nothing is left, or the labels left do not vary.
 *
 * @param outOfBag NaN where there is none, shape [rows].
 */
export function outOfBagScore(
  task: ModelTask,
  outOfBag: Float64Array,
  y: Float64Array,
  weights: Float64Array,
): Json {
  let rows = 0;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    if (Number.isNaN(outOfBag[i])) continue;
    rows += 1;
    total += weights[i];
    sum += weights[i] * y[i];
  }
  const mean = sum / total;
  let wrong = 0;
  let spread = 0;
  for (let i = 0; i < y.length; i++) {
    if (Number.isNaN(outOfBag[i])) continue;
    if (task === 'classification') {
      wrong += outOfBag[i] >= 0.5 === (y[i] === 1) ? 0 : weights[i];
      spread += weights[i];
    } else {
      wrong += weights[i] * (y[i] - outOfBag[i]) ** 2;
      spread += weights[i] * (y[i] - mean) ** 2;
    }
  }
  return {
    rows,
    measure: task === 'classification' ? 'accuracy' : 'r2',
    score: spread > 0 ? 1 - wrong / spread : null,
  };
}

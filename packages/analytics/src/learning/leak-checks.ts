import { rank } from '@plimsoll/quant/statistics';
import type { LabelledRows } from './assemble-rows.ts';
import { classificationScores } from './classification-scores.ts';
import { correlationOrNull } from './correlation-or-null.ts';
import type { ModelTask } from './define-model.ts';
import type { Scores } from './prediction-scores.ts';

/** Beyond these a score is more likely a leak than a find: honest ones on markets are far below. */
const tooGood = { auc: 0.8, r2: 0.3, rankCorrelation: 0.5 } as const;

/** Fewest rows that a feature is judged alone by. */
const fewest = 30;

/**
 * What looks too good to be true: single features that all but tell the label, and scores beyond what
 * markets give away. One sentence each; none is a proof, each is a reason to look for what a feature
 * knew too early.
 */
export function leakWarnings(
  task: ModelTask,
  rows: LabelledRows,
  scores: Scores,
): readonly string[] {
  const found: string[] = [];
  const auc = scores['auc'] ?? null;
  const r2 = scores['r2'] ?? null;
  if (auc !== null && auc >= tooGood.auc) {
    found.push(
      `Too good: an area under the curve of ${auc.toFixed(3)} on rows not learnt from is at or above ${tooGood.auc}; look for a feature that knows the future.`,
    );
  }
  if (r2 !== null && r2 >= tooGood.r2) {
    found.push(
      `Too good: an R² of ${r2.toFixed(3)} on rows not learnt from is at or above ${tooGood.r2}; look for a feature that knows the future.`,
    );
  }
  rows.names.forEach((name, j) => {
    const alone = strengthAlone(task, rows, j);
    if (alone !== null) found.push(`Too good: ${name} alone ${alone}; does it know the future?`);
  });
  return found;
}

/** What a feature does alone, where that is too much; null else. */
function strengthAlone(task: ModelTask, { x, y }: LabelledRows, j: number): string | null {
  const known = Array.from(y, (_, i) => i).filter((i) => !Number.isNaN(x.data[i * x.columns + j]));
  if (known.length < fewest) return null;
  const values = Float64Array.from(known, (i) => x.data[i * x.columns + j]);
  const labels = Float64Array.from(known, (i) => y[i]);
  if (task === 'regression') {
    const found = correlationOrNull(rank(values), rank(labels));
    return found !== null && Math.abs(found) >= tooGood.rankCorrelation
      ? `has a rank correlation of ${found.toFixed(3)} with the label`
      : null;
  }
  // The area under the curve needs an order only, whatever the unit.
  const found = classificationScores(values, labels).areaUnderCurve.value;
  const area = found === null ? null : Math.max(found, 1 - found);
  return area !== null && area >= tooGood.auc
    ? `tells the label with an area under the curve of ${area.toFixed(3)}`
    : null;
}

import { type Estimate, unknown } from '../analysis/estimate.ts';

/** How well chances foretold what came. */
export interface ClassificationScores {
  /** −mean of ln(chance given to what came); lower is better, 0.693 is a coin. */
  readonly logLoss: number;
  /** Mean squared difference of chance and outcome. */
  readonly brier: number;
  /** Share foretold by whether the chance is at least ½. */
  readonly accuracy: number;
  /** Chance that an event was given more than a non-event; none where the labels are alike. */
  readonly areaUnderCurve: Estimate;
}

const smallest = 2.220446049250313e-16;

/**
 * Scores of chances against outcomes: log loss −1 ÷ n Σ ln pᵢ(yᵢ), Brier 1 ÷ n Σ (pᵢ − yᵢ)², accuracy,
 * and the area under the ROC curve by ranks, (R − n₁ (n₁ + 1) ÷ 2) ÷ (n₁ n₀), equals sharing a rank.
 *
 * @param chances In [0, 1], shape [n], n at least 1; 0 and 1 count as ε away in the log loss. NaN makes all
 *   scores meaningless: leave such rows out.
 * @param labels 0 or 1, shape [n].
 *
 * Cost: a sort. Source: Brier, "Verification of forecasts expressed in terms of probability" (1950);
 * Hanley and McNeil, "The meaning and use of the area under a ROC curve" (1982).
 */
export function classificationScores(
  chances: Float64Array,
  labels: Float64Array,
): ClassificationScores {
  const n = chances.length;
  let logLoss = 0;
  let brier = 0;
  let right = 0;
  for (let i = 0; i < n; i++) {
    const given = labels[i] === 1 ? chances[i] : 1 - chances[i];
    logLoss -= Math.log(Math.min(1 - smallest, Math.max(smallest, given))) / n;
    brier += (chances[i] - labels[i]) ** 2 / n;
    if (chances[i] >= 0.5 === (labels[i] === 1)) right += 1;
  }
  return { logLoss, brier, accuracy: right / n, areaUnderCurve: areaByRanks(chances, labels) };
}

function areaByRanks(chances: Float64Array, labels: Float64Array): Estimate {
  const order = Array.from(chances, (_, i) => i).sort((a, b) => chances[a] - chances[b]);
  let ranks = 0;
  let events = 0;
  for (let i = 0; i < order.length; ) {
    let j = i + 1;
    while (j < order.length && chances[order[j] as number] === chances[order[i] as number]) j += 1;
    for (let k = i; k < j; k++) {
      if (labels[order[k] as number] !== 1) continue;
      ranks += (i + j + 1) / 2;
      events += 1;
    }
    i = j;
  }
  const others = order.length - events;
  if (events === 0 || others === 0) return unknown('all labels are alike');
  return { value: (ranks - (events * (events + 1)) / 2) / (events * others) };
}

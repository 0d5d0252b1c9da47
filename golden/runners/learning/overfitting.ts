import { overfittingProbability } from '@plimsoll/analytics/learning';
import { expectedOf, factsOf, numberOf, numbersOf, textOf } from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { agrees, listAgrees } from '../../check.ts';
import type { Run } from './run.ts';

/** Rows of numbers of a file with or without a head and a first column of days. */
function matrixOf(text: string): { readonly values: Float64Array; readonly width: number } {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(',').map(Number));
  const numeric = rows.filter((row) => row.slice(1).every(Number.isFinite));
  const from = numeric.some(([first]) => Number.isNaN(first)) ? 1 : 0;
  const kept = numeric.map((row) => row.slice(from));
  return { values: Float64Array.from(kept.flat()), width: kept[0]?.length ?? 0 };
}

const middle = (values: Float64Array): number => {
  const sorted = values.toSorted();
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
};

/** The chance that the best of the trials in a file is merely the luckiest. */
export const overfitting: Run = (golden, { data }, tolerance) => {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const inline = input['matrix'] ?? input['returns'];
  const { values, width } = Array.isArray(inline)
    ? matrixOf(inline.map((row) => numbersOf(row).join(',')).join('\n'))
    : matrixOf(data.text((textOf(input, 'file', 'matrix_file') ?? '').split(' ')[0] ?? ''));
  const blocks = numberOf(input, 'S', 'n_blocks', 'blocks', 'n_partitions', 'partitions') ?? 16;
  const metric = textOf(input, 'metric', 'statistic', 'performance') ?? 'sharpe';
  const score = /mean/i.test(metric) && !/sharpe/i.test(metric) ? 'mean' : 'sharpe';
  const found = overfittingProbability(values, width, blocks, score);
  if (!found.ok) return { checks: [], listed: [found.fault.detail] };
  const { logits, probability, probabilityOfLoss, degradation } = found.value;
  const mean = logits.reduce((sum, each) => sum + each, 0) / logits.length;
  const figures: Readonly<Record<string, number | null>> = {
    pbo: probability,
    probability,
    n_combinations: logits.length,
    n_splits: logits.length,
    combinations: logits.length,
    n_logits: logits.length,
    mean_logit: mean,
    logit_mean: mean,
    median_logit: middle(logits),
    logit_median: middle(logits),
    prob_loss: probabilityOfLoss,
    prob_oos_loss: probabilityOfLoss,
    p_loss: probabilityOfLoss,
    probability_of_loss: probabilityOfLoss,
    slope: degradation,
    degradation_slope: degradation,
    performance_degradation: degradation,
  };
  const checks: Check[] = [];
  const listed: string[] = [];
  for (const [name, wanted] of Object.entries(expected)) {
    if (name in figures) checks.push(agrees(name, figures[name], wanted, tolerance));
    else if (/logits/.test(name)) {
      checks.push(...listAgrees('logit', logits, numbersOf(wanted), tolerance));
    } else listed.push(`${name} is no figure of ours`);
  }
  return { checks, listed };
};

import { ok } from '@plimsoll/kernel';
import { cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { panelObservations } from '../../analysis/observations.ts';
import type { Chart } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import { overfittingProbability } from '../../learning/overfitting-probability.ts';

const source =
  'David Bailey, Jonathan Borwein, Marcos López de Prado and Qiji Zhu, The probability of backtest overfitting, 2017';

export default defineAnalysis({
  id: 'overfitting-probability',
  group: 'statistics',
  title: 'Probability of overfitting',
  summary: 'How likely the best of many trials is merely the luckiest.',
  input: {
    trials: {
      kind: 'panel',
      of: 'returns',
      title: 'Returns of all trials that were made',
      help: 'A column a trial; the ones that were thrown away too, or the answer flatters.',
    },
    blocks: {
      kind: 'integer',
      min: 2,
      max: 20,
      default: 16,
      title: 'Blocks of time',
      help: 'Even; each half of them is a sample once.',
    },
    score: {
      kind: 'choice',
      of: ['sharpe', 'mean'],
      default: 'sharpe',
      title: 'What trials are compared by',
    },
  },
  compute({ trials, blocks, score }) {
    const read = panelObservations(trials, 'returns');
    if (!read.ok) return read;
    const { names, days, returns, n, missing } = read.value;
    const found = overfittingProbability(returns, names.length, blocks, score);
    if (!found.ok) return found;
    const { probability, logits, inSample, outOfSample, probabilityOfLoss, degradation, leftOut } =
      found.value;
    const sorted = logits.toSorted();
    const half = sorted.length / 2;
    const median = ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
    return ok({
      title: `Overfitting in ${names.length} trials`,
      sample: sampleOf({ days, n, missing }),
      conventions: [
        `${blocks} equal blocks of time make ${logits.length} splits; trials are compared by ${
          score === 'sharpe' ? 'mean ÷ standard deviation a period' : 'their mean'
        }.`,
      ],
      figures: [
        figure('probability', 'Probability of overfitting', probability, {
          unit: 'fraction',
          formula: 'share of splits with λ ≤ 0, λ = ln(ω ÷ (1 − ω)), ω = rank ÷ (trials + 1)',
          source,
        }),
        figure('median-logit', 'Median λ', median, {
          formula: 'median of ln(ω ÷ (1 − ω))',
          source,
        }),
        figure('probability-of-loss', 'Probability of loss out of sample', probabilityOfLoss, {
          unit: 'fraction',
          formula: 'share of splits whose best trial scores below 0 out of sample',
          source,
        }),
        figure('degradation', 'Out of sample for one more in sample', degradation, {
          unit: 'ratio',
          formula: 'slope of the score out of sample on the one in sample',
          source,
          why: 'the best score in sample is the same in every split',
        }),
      ],
      tables: [],
      charts: [
        logitChart(logits),
        {
          id: 'degradation',
          title: 'Out of sample against in sample',
          kind: 'points',
          x: Array.from(inSample),
          lines: [{ name: 'Score out of sample', values: cells(outOfSample) }],
          unit: 'number',
        },
      ],
      notes:
        leftOut > 0 ? [`The oldest ${leftOut} returns are left out so that blocks are equal.`] : [],
    });
  },
});

/** How often λ falls in each of twenty classes. */
function logitChart(logits: Float64Array): Chart {
  const low = Math.min(...logits);
  const width = (Math.max(...logits) - low) / 20 || 1;
  const counts = new Float64Array(20);
  for (const logit of logits) {
    const place = Math.min(19, Math.floor((logit - low) / width));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return {
    id: 'logits',
    title: 'Distribution of λ',
    kind: 'bars',
    x: Array.from(counts, (_, i) => low + (i + 0.5) * width),
    lines: [{ name: 'Splits', values: cells(counts) }],
    unit: 'count',
  };
}

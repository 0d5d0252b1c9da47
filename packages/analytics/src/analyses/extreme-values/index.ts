import { ok } from '@plimsoll/kernel';
import { quantileSorted } from '@plimsoll/quant/statistics';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Chart, Figure } from '../../analysis/report.ts';
import { trackOrBook } from '../../risk/book.ts';
import { hillTailIndex, peaksOverThreshold, thresholdTail } from '../../risk/extreme-values.ts';
import { fitDetails } from '../../risk/sections/fit-figures.ts';
import { percent } from '../../risk/sections/section.ts';
import { distinctLevels, whyNoRequest } from '../../risk/sections/tail-section.ts';
import { methodParameters, trackParameters } from '../../risk/tail-parameters.ts';

/** Thresholds that the charts try. */
const quantiles = Array.from({ length: 25 }, (_, i) => 0.8 + i * 0.0075);

export default defineAnalysis({
  id: 'extreme-values',
  group: 'risk',
  title: 'Extreme values',
  summary:
    'How thick the tail of losses is: a generalised Pareto tail beyond a threshold, Hill’s index, and charts to choose the threshold by.',
  input: {
    ...trackParameters,
    threshold: methodParameters.threshold,
    tailFit: methodParameters.tailFit,
    levels: { kind: 'numbers', default: [0.99, 0.995, 0.999], title: 'Levels' },
    hill: {
      kind: 'integer',
      min: 2,
      optional: true,
      title: 'Losses that Hill’s index is of',
      help: 'As many as lie beyond the threshold if not given.',
    },
  },
  compute(values) {
    const wrong = whyNoRequest(values.levels, [1]);
    if (wrong) return wrong;
    const track = trackOrBook(values);
    if (!track.ok) return track;
    const { returns } = track.value;
    const { threshold, tailFit } = values;
    const fit = peaksOverThreshold(returns, { quantile: threshold, method: tailFit });
    if (!fit.ok) return fit;
    const details = fitDetails(returns, 'extreme-values', { threshold, tailFit });
    const k = values.hill ?? fit.value.exceedances;
    const hill = hillTailIndex(returns, k);
    const source = 'A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2015';
    const figures: Figure[] = distinctLevels(values.levels).flatMap((level) => {
      const tail = thresholdTail(fit.value, level);
      const common = {
        unit: 'fraction',
        source,
        ...(tail.ok ? {} : { why: tail.fault.detail }),
      } as const;
      const name = percent(level);
      return [
        {
          id: `var-${name}`,
          title: `VaR ${name} %`,
          value: cell(tail.ok ? tail.value.valueAtRisk : null),
          formula: 'u + β/ξ [(n (1 − level) ÷ N_u)^−ξ − 1]',
          ...common,
        },
        {
          id: `cvar-${name}`,
          title: `CVaR ${name} %`,
          value: cell(tail.ok ? tail.value.cvar : null),
          formula: '(VaR + β − ξ u) ÷ (1 − ξ)',
          ...common,
        },
      ];
    });
    return ok({
      title: 'Extreme values',
      sample: track.value.sample,
      conventions: [
        `The threshold is the ${percent(threshold)} % quantile (type 7) of the losses; the tail beyond it is fitted by ${tailFit === 'likelihood' ? 'maximum likelihood' : 'probability-weighted moments'}.`,
      ],
      figures: [
        ...details.figures,
        ...figures,
        {
          id: 'hill',
          title: 'Hill’s tail index',
          value: cell(hill),
          ...(hill === null ? { why: `there are not ${k + 1} losses that differ` } : {}),
          unit: 'number',
          formula: 'k ÷ Σ ln(L₍ᵢ₎ ÷ L₍ₖ₊₁₎)',
          source:
            'B. Hill, A simple general approach to inference about the tail of a distribution, 1975',
          note: 'Moments of this order and above are infinite.',
        },
      ],
      tables: [],
      charts: [meanExcess(returns), shapes(returns, tailFit), hillPlot(returns)],
      notes: [...track.value.notes, ...details.notes],
    });
  },
});

/** Mean loss beyond each threshold less the threshold: a straight line up where the tail is Pareto. */
function meanExcess(returns: Float64Array): Chart {
  const losses = returns.map((each) => -each).sort();
  const thresholds = quantiles.map((p) => quantileSorted(losses, p));
  return {
    id: 'mean-excess',
    title: 'Mean excess over each threshold',
    kind: 'line',
    x: thresholds,
    lines: [
      {
        name: 'mean excess',
        values: thresholds.map((u) => {
          const beyond = losses.filter((loss) => loss > u);
          return beyond.length === 0
            ? null
            : cell(beyond.reduce((sum, loss) => sum + loss - u, 0) / beyond.length);
        }),
      },
    ],
    unit: 'fraction',
  };
}

/** The shape that each threshold would give: choose one where it is level. */
const shapes = (returns: Float64Array, method: 'likelihood' | 'moments'): Chart => ({
  id: 'shapes',
  title: 'Shape ξ by threshold',
  kind: 'line',
  x: quantiles.map((p) => `${percent(p)} %`),
  lines: [
    {
      name: 'ξ',
      values: quantiles.map((quantile) => {
        const fit = peaksOverThreshold(returns, { quantile, method });
        return fit.ok ? cell(fit.value.shape) : null;
      }),
    },
  ],
  unit: 'number',
});

/** Hill's index by how many losses it is of. */
function hillPlot(returns: Float64Array): Chart {
  const most = Math.floor(returns.length / 5);
  const step = Math.max(1, Math.floor(most / 60));
  const counts: number[] = [];
  for (let k = 10; k <= most; k += step) counts.push(k);
  return {
    id: 'hill-plot',
    title: 'Hill’s index by number of losses',
    kind: 'line',
    x: counts,
    lines: [{ name: 'tail index', values: counts.map((k) => cell(hillTailIndex(returns, k))) }],
    unit: 'number',
  };
}

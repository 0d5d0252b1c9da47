import { ok } from '@plimsoll/kernel';
import { line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { type FactorAttribution, factorAttribution } from '../../factors/factor-attribution.ts';
import { factorParameters, subjectParameters } from '../../factors/factor-input.ts';
import { factorRegression } from '../../factors/factor-regression.ts';
import { factorSubject } from '../../factors/factor-sample.ts';

const sharpe =
  'William Sharpe, Asset allocation: management style and performance measurement, 1992';
const carino = 'David Carino, Combining attribution effects over time, 1999';

/** Return and risk by factors. */
export default defineAnalysis({
  id: 'factor-attribution',
  group: 'attribution',
  title: 'Factor attribution',
  summary:
    'What each factor, alpha and luck gave to the return over the whole time and to its variance; the parts add up.',
  input: { ...subjectParameters, ...factorParameters },
  compute(values) {
    const read = factorSubject(values);
    if (!read.ok) return read;
    const sample = read.value;
    const fitted = factorRegression(sample.excess, sample.factors);
    if (!fitted.ok) return fitted;
    const { alpha, betas, fit } = fitted.value;
    const split = factorAttribution({
      alpha,
      betas,
      factors: sample.factors.returns,
      residuals: fit.residuals,
      riskFree: sample.riskFree,
    });
    if (!split.ok) return split;
    const parts = split.value;
    const { names } = sample.factors;
    return ok({
      title: `Factor attribution of ${sample.subject}`,
      sample: sample.sample,
      conventions: [
        ...sample.conventions,
        'Betas are those of the whole sample; parts over the whole time are linked by Carino’s factors and sum to the return.',
        'Variances are the sample’s (ddof = 1) of excess returns.',
      ],
      figures: figures(parts),
      tables: [table(names, betas, parts)],
      charts: [
        {
          id: 'parts',
          title: 'Parts of the return over the whole time',
          kind: 'bars',
          x: [...names, 'alpha', 'residual', 'risk-free'],
          lines: [
            line('part', [
              ...parts.linkedFactors,
              parts.linkedAlpha,
              parts.linkedResidual,
              parts.linkedRiskFree,
            ]),
          ],
          unit: 'fraction',
        },
      ],
      notes: sample.notes,
    });
  },
});

const figures = (parts: FactorAttribution): Figure[] => [
  figure('total-return', 'Return over the whole time', parts.totalReturn, {
    unit: 'fraction',
    formula: 'Π (1 + r) − 1 = Σ linked parts',
    source: carino,
    why: notDefined,
  }),
  figure('mean-excess', 'Mean excess return per period', parts.meanExcess, {
    unit: 'fraction',
    formula: 'α + Σ β_k f̄_k',
    source: sharpe,
    why: notDefined,
  }),
  figure('alpha', 'Alpha per period', parts.alpha, {
    unit: 'fraction',
    formula: 'α of r − rf = α + Σ β_k f_k + e',
    source: sharpe,
    why: notDefined,
  }),
  figure('variance', 'Variance of excess returns', parts.variance, {
    unit: 'number',
    formula: 'βᵀ Cov(f) β + Var(e)',
    source: sharpe,
    why: notDefined,
  }),
  figure(
    'factor-share',
    'Share of the variance by factors',
    parts.factorVariance / parts.variance,
    {
      unit: 'fraction',
      formula: 'βᵀ Cov(f) β ÷ Var(r − rf)',
      source: sharpe,
      why: 'the returns do not vary',
    },
  ),
];

function table(
  names: readonly string[],
  betas: Float64Array,
  parts: FactorAttribution,
): ReportTable {
  return {
    id: 'parts',
    title: 'Parts',
    columns: [
      { id: 'part', title: 'Part' },
      { id: 'beta', title: 'Beta', unit: 'ratio' },
      { id: 'mean', title: 'Mean per period', unit: 'fraction' },
      { id: 'linked', title: 'Over the whole time', unit: 'fraction' },
      { id: 'variance', title: 'Variance', unit: 'number' },
    ],
    rows: [
      ...names.map((name, j) => [
        name,
        betas[j],
        parts.mean[j],
        parts.linkedFactors[j],
        parts.varianceShares[j],
      ]),
      ['alpha', null, parts.alpha, parts.linkedAlpha, 0],
      ['residual', null, 0, parts.linkedResidual, parts.residualVariance],
      ['risk-free', null, null, parts.linkedRiskFree, null],
    ],
  };
}

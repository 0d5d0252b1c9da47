import { ok } from '@plimsoll/kernel';
import { along, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import type { Figure } from '../../analysis/report.ts';
import { factorParameters, subjectParameters } from '../../factors/factor-input.ts';
import { factorSubject } from '../../factors/factor-sample.ts';
import { type Style, styleAnalysis } from '../../factors/style-analysis.ts';

const source =
  'William Sharpe, Asset allocation: management style and performance measurement, 1992';

/** The mix of indices that moves like a portfolio. */
export default defineAnalysis({
  id: 'style-analysis',
  group: 'factors',
  title: 'Style analysis',
  summary:
    'The long-only mix of indices that moves most like a portfolio, and what selection added beyond it.',
  input: {
    ...subjectParameters,
    factors: {
      ...factorParameters.factors,
      title: 'Indices',
      help: 'Prices or returns of what the portfolio could hold, a column each.',
    },
    matching: factorParameters.matching,
    periodsPerYear: factorParameters.periodsPerYear,
  },
  compute(values) {
    // Style is of whole returns, so that nothing is taken off either side.
    const read = factorSubject({ ...values, model: 'all', riskFreeColumn: '', riskFreeRate: 0 });
    if (!read.ok) return read;
    const sample = read.value;
    const found = styleAnalysis(sample.own, sample.factors);
    if (!found.ok) return found;
    const { weights, selection } = found.value;
    const n = selection.length;
    const mean = selection.reduce((sum, each) => sum + each, 0) / n;
    let together = 0;
    const path = selection.map((each) => {
      together += each;
      return together;
    });
    const { periodsPerYear } = sample;
    return ok({
      title: `Style of ${sample.subject}`,
      sample: sample.sample,
      conventions: [
        `Simple returns, ${periodsPerYear} periods a year; total returns, not excess.`,
        'Weights are between 0 and 1, sum to 1, and minimise the variance of what they leave.',
      ],
      figures: figures(found.value, mean, periodsPerYear),
      tables: [
        {
          id: 'style',
          title: 'Style',
          columns: [
            { id: 'index', title: 'Index' },
            { id: 'weight', title: 'Weight', unit: 'fraction' },
          ],
          rows: sample.factors.names.map((name, j) => [name, weights[j]]),
        },
      ],
      charts: [
        {
          id: 'style',
          title: 'Style',
          kind: 'bars',
          x: sample.factors.names,
          lines: [line('weight', weights)],
          unit: 'fraction',
        },
        {
          id: 'selection',
          title: 'Selection, added up',
          kind: 'line',
          x: along(sample.days, n),
          lines: [line('selection', path)],
          unit: 'fraction',
        },
      ],
      notes: sample.notes,
    });
  },
});

const figures = (
  { r2, selection, trackingError }: Style,
  mean: number,
  periodsPerYear: number,
): Figure[] => [
  figure('style-r2', 'Share of the movement that is style', r2, {
    unit: 'fraction',
    formula: '1 − Var(r − Σ w f) ÷ Var(r)',
    source,
    why: notDefined,
  }),
  figure('selection', 'Selection a year', mean * periodsPerYear, {
    unit: 'fraction',
    formula: 'mean of r − Σ w f, × periods',
    source,
    why: notDefined,
  }),
  figure(
    'tracking-error',
    'Deviation of the selection a year',
    trackingError * Math.sqrt(periodsPerYear),
    { unit: 'fraction', formula: '√(Var(r − Σ w f) × periods), ddof 1', source, why: notDefined },
  ),
  figure(
    'selection-t',
    't of the selection',
    mean / (trackingError / Math.sqrt(selection.length)),
    {
      unit: 'number',
      formula: 'mean ÷ (deviation ÷ √n)',
      source,
      why: 'the mix is the portfolio: nothing is left to be sure of',
    },
  ),
];

import { ok, refuse } from '@plimsoll/kernel';
import { columnOf, matrix } from '@plimsoll/quant/linear-algebra';
import { rollingRegression } from '@plimsoll/quant/regression';
import { along, cell, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { factorParameters, subjectParameters } from '../../factors/factor-input.ts';
import { whyCollinear } from '../../factors/factor-regression.ts';
import { factorSubject } from '../../factors/factor-sample.ts';

/** Betas in a window that moves. */
export default defineAnalysis({
  id: 'rolling-factors',
  group: 'factors',
  title: 'Rolling factor betas',
  summary: 'How alpha and the betas to factors changed, by a regression in each window.',
  input: {
    ...subjectParameters,
    ...factorParameters,
    window: { kind: 'integer', min: 3, default: 252, unit: 'periods', title: 'Window' },
  },
  compute(values) {
    const read = factorSubject(values);
    if (!read.ok) return read;
    const sample = read.value;
    const { names, returns } = sample.factors;
    const { periodsPerYear } = sample;
    const { window } = values;
    const n = sample.excess.length;
    if (window < names.length + 2 || window > n) {
      return refuse({
        code: 'factors.window',
        detail: `A window of ${window} does not fit ${names.length} factors over ${n} periods; it may be ${names.length + 2} to ${n}.`,
      });
    }
    const collinear = whyCollinear(sample.factors);
    if (collinear) return refuse({ code: 'factors.collinear', detail: collinear });
    const rolled = rollingRegression(returns, matrix(n, 1, sample.excess), window);
    const k = names.length + 1;
    const coefficients = matrix(rolled.windows, k, rolled.coefficients);
    const paths = ['alpha', ...names].map((name, j) => ({
      name,
      values: columnOf(coefficients, j),
    }));
    const x = along(sample.days, n).slice(window - 1);
    const alpha = paths[0].values.map((each) => (1 + each) ** periodsPerYear - 1);
    return ok({
      title: `Rolling factor betas of ${sample.subject}`,
      sample: sample.sample,
      conventions: [
        ...sample.conventions,
        `Each point is a least-squares regression of the ${window} periods that end there; alpha a year is compounded.`,
      ],
      figures: paths.slice(1).flatMap(({ name, values: path }) => latest(name, path)),
      tables: [table(paths)],
      charts: [
        {
          id: 'betas',
          title: 'Betas',
          kind: 'line',
          x,
          lines: paths.slice(1).map(({ name, values: path }) => line(name, path)),
          unit: 'ratio',
        },
        {
          id: 'alpha',
          title: 'Alpha a year',
          kind: 'line',
          x,
          lines: [line('alpha', alpha)],
          unit: 'fraction',
        },
        {
          id: 'r2',
          title: 'R²',
          kind: 'line',
          x,
          lines: [line('R²', rolled.r2)],
          unit: 'fraction',
        },
      ],
      notes: [
        ...sample.notes,
        ...(rolled.dependent.length > 0
          ? [
              `In ${rolled.dependent.length} windows the factors cannot be told apart; they have no betas there.`,
            ]
          : []),
      ],
    });
  },
});

const source = 'Eugene Fama, Kenneth French, Industry costs of equity, 1997';

const latest = (name: string, path: Float64Array): Figure[] => [
  figure(`beta-${name}`, `Beta to ${name} in the last window`, path[path.length - 1], {
    unit: 'ratio',
    formula: 'β of r − rf = α + Σ β_k f_k + e over the window',
    source,
    why: 'the factors cannot be told apart in the last window',
  }),
];

function table(
  paths: readonly { readonly name: string; readonly values: Float64Array }[],
): ReportTable {
  return {
    id: 'range',
    title: 'Range over all windows',
    columns: [
      { id: 'factor', title: 'Factor' },
      { id: 'first', title: 'First', unit: 'ratio' },
      { id: 'last', title: 'Last', unit: 'ratio' },
      { id: 'mean', title: 'Mean', unit: 'ratio' },
      { id: 'least', title: 'Least', unit: 'ratio' },
      { id: 'most', title: 'Most', unit: 'ratio' },
    ],
    rows: paths.map(({ name, values }) => {
      const known = values.filter((each) => !Number.isNaN(each));
      const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
      return [
        name,
        cell(values[0]),
        cell(values[values.length - 1]),
        cell(mean),
        cell(known.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY)),
        cell(known.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY)),
      ];
    }),
  };
}

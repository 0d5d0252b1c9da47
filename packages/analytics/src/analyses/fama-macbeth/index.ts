import { ok } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { along, cell, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { factorParameters } from '../../factors/factor-input.ts';
import { type FactorPanel, factorPanel } from '../../factors/factor-sample.ts';
import { type FamaMacBeth, famaMacBeth } from '../../factors/fama-macbeth.ts';

const source = 'Eugene Fama, James MacBeth, Risk, return, and equilibrium: empirical tests, 1973';
const shanken = 'Jay Shanken, On the estimation of beta-pricing models, 1992';

/** What the market paid for exposure to factors. */
export default defineAnalysis({
  id: 'fama-macbeth',
  group: 'factors',
  title: 'Fama–MacBeth premiums',
  summary:
    'What exposure to each factor earned across instruments, by two passes of regressions, with Newey–West and Shanken errors.',
  input: {
    prices: { kind: 'panel', of: 'prices', title: 'Prices or returns of the instruments' },
    ...factorParameters,
    lags: {
      kind: 'integer',
      min: 0,
      optional: true,
      title: 'Lag of Newey–West',
      help: '⌊4 (T ÷ 100)^(2/9)⌋ if not given.',
    },
  },
  compute(values) {
    const read = factorPanel(values.prices, values);
    if (!read.ok) return read;
    const panel = read.value;
    const found = famaMacBeth(excessOf(panel), panel.factors, values.lags);
    if (!found.ok) return found;
    const premiums = found.value;
    const names = ['constant', ...panel.factors.names];
    return ok({
      title: 'Fama–MacBeth premiums',
      sample: panel.sample,
      conventions: [
        ...panel.conventions,
        'Betas are those of the whole sample; each cross-section has a constant.',
        `Newey–West errors have lag ${premiums.lags}; Shanken’s factor takes the sample covariance of factors (ddof = 1).`,
      ],
      figures: [
        ...names.map((name, j) => premiumFigure(name, premiums.premiums[j])),
        ...wholeFigures(premiums),
      ],
      tables: [premiumTable(names, premiums), betaTable(panel, premiums)],
      charts: [
        {
          id: 'paid',
          title: 'What each factor paid, added up',
          kind: 'line',
          x: along(panel.days, premiums.slopes.rows),
          lines: panel.factors.names.map((name, j) =>
            line(name, runningSum(premiums.slopes, j + 1)),
          ),
          unit: 'fraction',
        },
      ],
      notes: panel.notes,
    });
  },
});

const wholeFigures = (premiums: FamaMacBeth): Figure[] => [
  figure('shanken-factor', 'Shanken’s factor', premiums.shankenFactor, {
    unit: 'ratio',
    formula: '1 + λᵀ Σ_f⁻¹ λ',
    source: shanken,
    why: notDefined,
  }),
  figure('mean-r2', 'Mean R² of the cross-sections', premiums.meanR2, {
    unit: 'fraction',
    formula: '(1 ÷ T) Σ R²(t)',
    source,
    why: notDefined,
  }),
];

const betaTable = ({ names, factors }: FactorPanel, { betas }: FamaMacBeth): ReportTable => ({
  id: 'betas',
  title: 'Betas of the first pass',
  columns: [
    { id: 'instrument', title: 'Instrument' },
    ...factors.names.map((name) => ({ id: name, title: name, unit: 'ratio' as const })),
  ],
  rows: names.map((name, i) => [
    name,
    ...betas.data.subarray(i * betas.columns, (i + 1) * betas.columns),
  ]),
});

function excessOf({ names, returns, riskFree }: FactorPanel): Matrix {
  return matrix(
    returns.rows,
    names.length,
    returns.data.map((each, at) => each - riskFree[Math.floor(at / names.length)]),
  );
}

const premiumFigure = (name: string, premium: number): Figure =>
  figure(`premium-${name}`, `Premium of ${name} per period`, premium, {
    unit: 'fraction',
    formula: 'mean of λ(t), r(t) = λ₀(t) + Σ λ_k(t) β_k + u(t)',
    source,
    why: notDefined,
  });

const premiumTable = (names: readonly string[], found: FamaMacBeth) => ({
  id: 'premiums',
  title: 'Premiums',
  columns: [
    { id: 'factor', title: 'Factor' },
    { id: 'premium', title: 'Premium per period', unit: 'fraction' as const },
    { id: 'error', title: 'Standard error', unit: 'fraction' as const },
    { id: 't', title: 't', unit: 'number' as const },
    { id: 'newey-west', title: 'Newey–West error', unit: 'fraction' as const },
    { id: 'shanken', title: 'Shanken error', unit: 'fraction' as const },
    { id: 't-shanken', title: 't, Shanken', unit: 'number' as const },
  ],
  rows: names.map((name, j) => [
    name,
    found.premiums[j],
    cell(found.standardErrors[j]),
    cell(found.t[j]),
    cell(found.neweyWestErrors[j]),
    cell(found.shankenErrors[j]),
    cell(found.premiums[j] / found.shankenErrors[j]),
  ]),
});

function runningSum({ rows, columns, data }: Matrix, j: number): Float64Array {
  let sum = 0;
  return Float64Array.from({ length: rows }, (_, t) => {
    sum += data[t * columns + j];
    return sum;
  });
}

import { ok, type Result, refuse } from '@plimsoll/kernel';
import { elasticNet, huberRegression, ridge, standardise } from '@plimsoll/quant/regression';
import { line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import type { Figure } from '../../analysis/report.ts';
import { factorParameters, subjectParameters } from '../../factors/factor-input.ts';
import { type FactorReturns, whyCollinear, withConstant } from '../../factors/factor-regression.ts';
import { factorSubject } from '../../factors/factor-sample.ts';

const sources = {
  ridge: 'Arthur Hoerl, Robert Kennard, Ridge regression, 1970',
  lasso: 'Robert Tibshirani, Regression shrinkage and selection via the lasso, 1996',
  'elastic-net':
    'Hui Zou, Trevor Hastie, Regularization and variable selection via the elastic net, 2005',
  huber: 'Peter Huber, Robust estimation of a location parameter, 1964',
} as const;

const formulas = {
  ridge: '‖y − Zb‖² + λ ‖b‖²',
  lasso: '‖y − Zb‖² ÷ (2n) + λ ‖b‖₁',
  'elastic-net': '‖y − Zb‖² ÷ (2n) + λ ρ ‖b‖₁ + λ (1 − ρ) ‖b‖² ÷ 2',
  huber: 'Σ ρ(e ÷ s), quadratic to 1.345 and linear beyond',
} as const;

type Method = keyof typeof sources;

/** Betas that are held back, or that outliers do not pull. */
export default defineAnalysis({
  id: 'regularised-regression',
  group: 'factors',
  title: 'Regularised regression on factors',
  summary:
    'Betas by ridge, lasso or elastic net where factors are many or alike, or by Huber where outliers are wild.',
  input: {
    ...subjectParameters,
    ...factorParameters,
    method: {
      kind: 'choice',
      of: ['lasso', 'ridge', 'elastic-net', 'huber'],
      default: 'lasso',
      title: 'Method',
    },
    penalty: {
      kind: 'number',
      min: 0,
      default: 1e-4,
      title: 'Weight of the penalty',
      help: 'λ: for lasso and elastic net in the unit of the returns, for ridge a number of observations. Huber has none.',
    },
    absoluteShare: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      title: 'Absolute share of the elastic net’s penalty',
      help: '1 is the lasso, 0 is ridge.',
    },
    threshold: {
      kind: 'number',
      above: 0,
      default: 1.345,
      title: 'Huber’s threshold, in deviations',
    },
  },
  compute(values) {
    const read = factorSubject(values);
    if (!read.ok) return read;
    const sample = read.value;
    const { factors, excess } = sample;
    const n = excess.length;
    if (n < 3) {
      return refuse({
        code: 'factors.too-few',
        detail: `${n} periods are too few to regress on anything; give 3 or more.`,
      });
    }
    const found = betasBy(excess, factors, values);
    if (!found.ok) return found;
    const { method } = values;
    const { alpha, betas, standardised } = found.value;
    const { total, left } = sumsOf(excess, factors, alpha, betas);
    return ok({
      title: `${method} regression of ${sample.subject}`,
      sample: sample.sample,
      conventions: [
        ...sample.conventions,
        method === 'huber'
          ? `Minimises ${formulas.huber}; the scale s is the median of |e| ÷ 0.6745.`
          : `Minimises ${formulas[method]} with factors at mean 0 and deviation 1 (ddof = 0) and returns less their mean; λ = ${values.penalty}.`,
      ],
      figures: figures(method, found.value, total > 0 ? 1 - left / total : Number.NaN),
      tables: [
        {
          id: 'coefficients',
          title: 'Coefficients',
          columns: [
            { id: 'factor', title: 'Factor' },
            { id: 'beta', title: 'Beta', unit: 'ratio' },
            { id: 'standardised', title: 'Of the standardised factor', unit: 'fraction' },
          ],
          rows: factors.names.map((name, j) => [name, betas[j], standardised[j]]),
        },
      ],
      charts: [
        {
          id: 'betas',
          title: 'Betas',
          kind: 'bars',
          x: factors.names,
          lines: [line('beta', betas)],
          unit: 'ratio',
        },
      ],
      notes: [...sample.notes, ...found.value.notes],
    });
  },
});

const figures = (method: Method, { alpha, betas }: Fit, r2: number): Figure[] => [
  figure('alpha', 'Alpha per period', alpha, {
    unit: 'fraction',
    formula: 'mean of r − rf − Σ β_k f_k; for Huber its constant',
    source: sources[method],
    why: notDefined,
  }),
  figure('r2', 'R²', r2, {
    unit: 'fraction',
    formula: '1 − Σ e² ÷ Σ (r − r̄)²',
    source: sources[method],
    why: 'the returns do not vary',
  }),
  figure('kept', 'Factors kept', betas.filter((each) => each !== 0).length, {
    unit: 'count',
    formula: 'betas that are not 0',
    source: sources[method],
  }),
];

interface Fit {
  readonly alpha: number;
  readonly betas: Float64Array;
  /** b of factors at deviation 1. */
  readonly standardised: Float64Array;
  readonly notes: readonly string[];
}

function betasBy(
  excess: Float64Array,
  factors: FactorReturns,
  options: {
    readonly method: Method;
    readonly penalty: number;
    readonly absoluteShare: number;
    readonly threshold: number;
  },
): Result<Fit> {
  const { x, means, deviations } = standardise(factors.returns);
  if (options.method === 'huber') return huber(excess, factors, deviations, options.threshold);
  const mean = excess.reduce((sum, each) => sum + each, 0) / excess.length;
  const y = excess.map((each) => each - mean);
  const notes: string[] = [];
  let standardised: Float64Array;
  if (options.method === 'ridge') {
    const found = ridge(x, y, options.penalty);
    if (!found) {
      return refuse({
        code: 'factors.penalty',
        detail: `A penalty of ${options.penalty} does not tell the factors apart, which are collinear; give a larger one.`,
      });
    }
    standardised = found;
  } else {
    const found = elasticNet(x, y, {
      alpha: options.penalty,
      absoluteShare: options.method === 'lasso' ? 1 : options.absoluteShare,
    });
    standardised = found.coefficients;
    if (!found.converged) notes.push('The search ended before its conditions held.');
  }
  const betas = standardised.map((each, j) => (deviations[j] > 0 ? each / deviations[j] : 0));
  const alpha = betas.reduce((left, beta, j) => left - beta * means[j], mean);
  const still = factors.names.filter((_, j) => deviations[j] === 0);
  if (still.length > 0) notes.push(`${still.join(', ')} did not vary and got no beta.`);
  return ok({ alpha, betas, standardised, notes });
}

function huber(
  excess: Float64Array,
  factors: FactorReturns,
  deviations: Float64Array,
  threshold: number,
): Result<Fit> {
  if (excess.length < factors.names.length + 2) {
    return refuse({
      code: 'factors.too-few',
      detail: `${excess.length} periods cannot tell ${factors.names.length} factors and an alpha apart.`,
    });
  }
  const collinear = whyCollinear(factors);
  if (collinear) return refuse({ code: 'factors.collinear', detail: collinear });
  const found = huberRegression(withConstant(factors.returns), excess, threshold);
  const betas = found.fit.coefficients.slice(1);
  const heldBack = found.weights.filter((each) => each < 1).length;
  return ok({
    alpha: found.fit.coefficients[0],
    betas,
    standardised: betas.map((each, j) => each * deviations[j]),
    notes: [
      `${heldBack} of ${excess.length} periods count for less than one.`,
      ...(found.converged ? [] : ['The reweighting ended before it settled.']),
    ],
  });
}

function sumsOf(
  excess: Float64Array,
  { returns }: FactorReturns,
  alpha: number,
  betas: Float64Array,
): { readonly total: number; readonly left: number } {
  const n = excess.length;
  const k = betas.length;
  const mean = excess.reduce((sum, each) => sum + each, 0) / n;
  let total = 0;
  let left = 0;
  for (let t = 0; t < n; t++) {
    let residual = excess[t] - alpha;
    for (let j = 0; j < k; j++) residual -= betas[j] * returns.data[t * k + j];
    left += residual * residual;
    total += (excess[t] - mean) ** 2;
  }
  return { total, left };
}

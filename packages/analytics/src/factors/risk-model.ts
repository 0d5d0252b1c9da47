import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { yearOf } from '../analysis/infer-periods.ts';
import { panelObservations } from '../analysis/observations.ts';
import { onlyColumns } from '../analysis/only-columns.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';
import { weightsOf, whyNoColumn } from '../analysis/weights-by-name.ts';
import {
  type FactorCovariance,
  factorCovariance,
  principalCovariance,
} from '../covariance/factor-covariance.ts';
import { sampleCovariance } from '../covariance/sample.ts';
import type { FactorValues } from './factor-input.ts';
import { whyCollinear } from './factor-regression.ts';
import { factorPanel } from './factor-sample.ts';

/** Weights with a model of the covariance of what they are of. */
export interface RiskModel {
  readonly names: readonly string[];
  /** Shape [instruments]. */
  readonly weights: Float64Array;
  readonly factorNames: readonly string[];
  readonly model: FactorCovariance;
  /** wᵀSw of the sample's own covariance, which the model only comes near. */
  readonly sampleVariance: number;
  /** As given, or of the days of the sample. */
  readonly periodsPerYear: number;
  readonly sample: Sample;
  readonly conventions: readonly string[];
  readonly notes: readonly string[];
}

/** What a model is made from. */
export interface RiskModelValues extends Omit<FactorValues, 'factors'> {
  readonly prices: PanelInput;
  readonly weights: Readonly<Record<string, number>>;
  readonly factors: PanelInput | undefined;
  /** Principal components, where there are no factors. */
  readonly components: number | undefined;
}

/**
 * A covariance by given factors or by principal components, of the instruments that have a weight.
 * Refused: both or neither of the two, weights of unknown instruments, collinear factors, too few
 * periods.
 */
export function riskModel(values: RiskModelValues): Result<RiskModel> {
  const { prices, weights, factors, components } = values;
  const unknown = whyNoColumn(weights, prices, 'factors.unknown-instrument');
  if (unknown) return unknown;
  const held = onlyColumns(
    prices,
    prices.names.filter((name) => weights[name]),
  );
  if (held.names.length === 0) {
    return refuse({
      code: 'factors.no-weights',
      detail: 'All weights are zero, so there is no risk to split; give one at least.',
    });
  }
  const shares = weightsOf(held.names, weights);
  if (factors && components === undefined) {
    return byFactors(held, shares, { ...values, factors });
  }
  if (!factors && components !== undefined)
    return byComponents(held, shares, { ...values, components });
  return refuse({
    code: 'factors.input',
    detail: 'Give either factors or a number of principal components.',
  });
}

function byFactors(
  held: PanelInput,
  weights: Float64Array,
  values: FactorValues,
): Result<RiskModel> {
  const read = factorPanel(held, values);
  if (!read.ok) return read;
  const { names, returns, riskFree, factors, periodsPerYear, sample, conventions, notes } =
    read.value;
  const collinear = whyCollinear(factors);
  if (collinear) return refuse({ code: 'factors.collinear', detail: collinear });
  const excess = matrix(
    returns.rows,
    names.length,
    returns.data.map((each, at) => each - riskFree[Math.floor(at / names.length)]),
  );
  const model = factorCovariance(excess, factors.returns);
  if (!model) return tooFew(returns.rows, factors.names.length);
  return ok({
    names,
    weights,
    factorNames: factors.names,
    model,
    sampleVariance: varianceOf(excess, weights),
    periodsPerYear,
    sample,
    conventions: [
      ...conventions,
      'Exposures by least squares on the whole sample; specific variance is that of residuals over n − k − 1.',
    ],
    notes,
  });
}

function byComponents(
  held: PanelInput,
  weights: Float64Array,
  asked: Pick<RiskModelValues, 'periodsPerYear'> & { readonly components: number },
): Result<RiskModel> {
  const read = panelObservations(held, 'prices');
  if (!read.ok) return read;
  const { components } = asked;
  const { names, returns, n, days } = read.value;
  if (n < 2) return tooFew(n, components);
  const panel = matrix(n, names.length, returns);
  const count = Math.min(components, names.length);
  const { periodsPerYear, notes } = yearOf(days, asked.periodsPerYear);
  return ok({
    names,
    weights,
    factorNames: Array.from({ length: count }, (_, c) => `component ${c + 1}`),
    model: principalCovariance(panel, count),
    sampleVariance: varianceOf(panel, weights),
    periodsPerYear,
    sample: sampleOf(read.value),
    conventions: [
      'Factors are the principal components of the sample covariance; what they leave of each variance is specific.',
    ],
    notes: [
      ...notes,
      ...(components > names.length
        ? [`There are only ${names.length} components of ${names.length} instruments.`]
        : []),
    ],
  });
}

function varianceOf(
  panel: { readonly rows: number; readonly columns: number; readonly data: Float64Array },
  weights: Float64Array,
): number {
  const whole = new Float64Array(panel.rows);
  for (let t = 0; t < panel.rows; t++) {
    for (let i = 0; i < panel.columns; i++) {
      whole[t] += weights[i] * panel.data[t * panel.columns + i];
    }
  }
  return sampleCovariance(matrix(panel.rows, 1, whole)).data[0];
}

const tooFew = (n: number, k: number): Result<never> =>
  refuse({
    code: 'factors.too-few',
    detail: `${n} periods are too few for a model of ${k} factors; give ${k + 3} or more.`,
  });

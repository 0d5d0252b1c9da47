import { type Fault, ok, type Refused, type Result, refuse } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { ledoitWolfConstantCorrelation } from './constant-correlation.ts';
import { denoisedCovariance } from './denoise.ts';
import {
  decayOfHalfLife,
  decayOfSpan,
  exponentialConventions,
  exponentialCovariance,
} from './exponential.ts';
import { principalCovariance } from './factor-covariance.ts';
import { type GerberStatistic, gerberCovariance } from './gerber.ts';
import { ledoitWolfIdentity, oracleApproximating } from './identity-shrinkage.ts';
import { sampleCovariance } from './sample.ts';
import { semiCovariance } from './semi-covariance.ts';
import { ledoitWolfSingleFactor } from './single-factor.ts';

/** How a covariance is estimated from complete returns. */
export const covarianceMethods = [
  'sample',
  'exponential',
  'gerber',
  'ledoit-wolf-identity',
  'ledoit-wolf-single-factor',
  'ledoit-wolf-constant-correlation',
  'oas',
  'denoised',
  'semi',
  'principal-components',
] as const;

export type CovarianceMethod = (typeof covarianceMethods)[number];

/** What the methods may be told; each has a default. */
export interface CovarianceSettings {
  /** Degrees of freedom taken off by `sample` and `ledoit-wolf-constant-correlation`; 1 and 0. */
  readonly ddof?: 0 | 1 | undefined;
  /** λ of `exponential` in (0, 1), 0.94; a span or a half-life in periods goes before it. */
  readonly decay?: number | undefined;
  readonly span?: number | undefined;
  readonly halfLife?: number | undefined;
  readonly convention?: keyof typeof exponentialConventions | undefined;
  /** Of `gerber`, in deviations, 0.5. */
  readonly gerberThreshold?: number | undefined;
  readonly gerberStatistic?: GerberStatistic | undefined;
  readonly oasFormula?: 'chen' | 'sklearn' | undefined;
  /** Of `denoised`: σ² of the noise is 1, or fitted with a kernel of this width. */
  readonly noise?: 'unit' | 'fitted' | undefined;
  readonly bandwidth?: number | undefined;
  readonly detone?: number | undefined;
  /** Of `semi`, a return per period, 0. */
  readonly threshold?: number | undefined;
  /** Of `principal-components`, 3 or as many as there are columns. */
  readonly components?: number | undefined;
}

/** An estimate with what its method found on the way. */
export interface EstimatedCovariance {
  /** Per period, shape [n × n]. */
  readonly covariance: Matrix;
  /** Share of the target where the method shrinks. */
  readonly shrinkage?: number;
  readonly meanCorrelation?: number;
  readonly noiseVariance?: number;
  readonly edge?: number;
  readonly signals?: number;
}

type Estimator = (returns: Matrix, settings: CovarianceSettings) => EstimatedCovariance;

const estimators: Readonly<Record<CovarianceMethod, Estimator>> = {
  sample: (returns, { ddof = 1 }) => ({ covariance: sampleCovariance(returns, ddof) }),
  exponential: (returns, { convention = 'riskmetrics', ...settings }) => ({
    covariance: exponentialCovariance(returns, {
      decay: decayOf(settings),
      ...exponentialConventions[convention],
    }),
  }),
  gerber: (returns, { gerberThreshold = 0.5, gerberStatistic = 'GS1' }) => ({
    covariance: gerberCovariance(returns, gerberThreshold, gerberStatistic).covariance,
  }),
  'ledoit-wolf-identity': (returns) => ledoitWolfIdentity(returns),
  'ledoit-wolf-single-factor': (returns) => ledoitWolfSingleFactor(returns),
  'ledoit-wolf-constant-correlation': (returns, { ddof = 0 }) =>
    ledoitWolfConstantCorrelation(returns, ddof),
  oas: (returns, { oasFormula }) => oracleApproximating(returns, oasFormula),
  denoised: (returns, { noise = 'unit', bandwidth = 0.01, detone = 0 }) =>
    denoisedCovariance(returns, { noise: noise === 'unit' ? 'unit' : { bandwidth }, detone }),
  semi: (returns, { threshold }) => ({ covariance: semiCovariance(returns, threshold) }),
  'principal-components': (returns, { components = Math.min(3, returns.columns) }) =>
    principalCovariance(returns, components),
};

function decayOf({ decay = 0.94, span, halfLife }: CovarianceSettings): number {
  if (span !== undefined) return decayOfSpan(span);
  return halfLife === undefined ? decay : decayOfHalfLife(halfLife);
}

/** Methods that divide by deviations, and so have no answer where one is 0. */
const needsMotion = new Set<CovarianceMethod>([
  'gerber',
  'ledoit-wolf-constant-correlation',
  'denoised',
]);

/**
 * A covariance per period by the method named. Refused: fewer than 2 periods or no column, a constant
 * column for methods that divide by its deviation, one column for a mean correlation, more components
 * than columns, a fit of noise with no more periods than columns, a result that is not finite.
 *
 * @param returns shape [T × n], finite.
 * @param names of the columns, for refusals.
 */
export function estimateCovariance(
  returns: Matrix,
  names: readonly string[],
  method: CovarianceMethod,
  settings: CovarianceSettings = {},
): Result<EstimatedCovariance> {
  const why = refusal(returns, names, method, settings);
  if (why) return refuse(why);
  const found = estimators[method](returns, settings);
  return whyNotFinite(found.covariance, names) ?? ok(found);
}

/** A refusal that names the first column whose covariance is no number; undefined where all are. */
export function whyNotFinite(
  { columns, data }: Matrix,
  names: readonly string[],
): Refused<Fault> | undefined {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return undefined;
  const [one, other] = [Math.floor(at / columns), at % columns].map(
    (i) => names[i] ?? `column ${i + 1}`,
  );
  return refuse({
    code: 'covariance.not-finite',
    detail: `The covariance of ${one} and ${other} is not a number by this method: their returns are too large, or nothing is left of one of them.`,
  });
}

function refusal(
  returns: Matrix,
  names: readonly string[],
  method: CovarianceMethod,
  { components = 1, detone = 0, noise }: CovarianceSettings,
): { readonly code: string; readonly detail: string } | undefined {
  const { rows, columns } = returns;
  if (rows < 2 || columns === 0) {
    return {
      code: 'covariance.too-few',
      detail: `A covariance needs 2 periods and a column; there are ${rows} and ${columns}.`,
    };
  }
  const still = needsMotion.has(method) ? constantColumn(returns) : -1;
  if (still >= 0) {
    return {
      code: 'covariance.constant',
      detail: `${names[still] ?? `Column ${still + 1}`} never moves, so it has no correlation: leave it out, or use the method sample.`,
    };
  }
  if (method === 'ledoit-wolf-constant-correlation' && columns < 2) {
    return {
      code: 'covariance.too-few',
      detail: 'A mean correlation needs 2 columns; there is 1.',
    };
  }
  if (Math.max(components, detone + 1) > columns) {
    return {
      code: 'covariance.components',
      detail: `There are ${columns} columns, so at most ${columns} components to keep and ${columns - 1} to take out.`,
    };
  }
  if (method === 'denoised' && noise === 'fitted' && rows <= columns) {
    return {
      code: 'covariance.too-few',
      detail: `To fit the noise of ${columns} columns needs more than ${columns} periods; there are ${rows}. Take noise as unit.`,
    };
  }
  return undefined;
}

/** The first column whose spread is no more than the rounding of its size; −1 where all move. */
export function constantColumn({ rows, columns, data }: Matrix): number {
  for (let i = 0; i < columns; i++) {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < rows; t++) {
      least = Math.min(least, data[t * columns + i]);
      most = Math.max(most, data[t * columns + i]);
    }
    if (most - least <= 4 * Number.EPSILON * Math.max(1, Math.abs(most), Math.abs(least))) return i;
  }
  return -1;
}

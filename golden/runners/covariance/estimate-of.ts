import {
  type DenoisedCovariance,
  decayOfHalfLife,
  decayOfSpan,
  denoisedCovariance,
  exponentialConventions,
  exponentialCovariance,
  type GerberStatistic,
  gerberCovariance,
  ledoitWolfConstantCorrelation,
  ledoitWolfIdentity,
  ledoitWolfSingleFactor,
  oracleApproximating,
  sampleCovariance,
  semiCovariance,
} from '@plimsoll/analytics/covariance';
import type { Matrix } from '@plimsoll/quant/linear-algebra';

/** What a case may say of an estimate. */
export interface FoundEstimate {
  readonly covariance: Matrix;
  readonly correlation?: Matrix;
  /** Single numbers by the keys of `expected`. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly denoised?: DenoisedCovariance;
}

type Input = Readonly<Record<string, unknown>>;

const exponential = (
  returns: Matrix,
  decay: number,
  convention: keyof typeof exponentialConventions,
): FoundEstimate => ({
  covariance: exponentialCovariance(returns, { decay, ...exponentialConventions[convention] }),
  numbers: {},
});

/** The prose of a case on how its figures were made: of the input, and its name. */
export const proseOf = (id: string, input: Input): string =>
  [id, input['target'], input['rule'], input['method'], input['estimator']]
    .filter((each) => typeof each === 'string')
    .join(' ')
    .toLowerCase();

/** The estimate that a case's keys, or failing those its prose, ask for. */
export function estimateOf(returns: Matrix, input: Input, prose: string): FoundEstimate {
  if (input['lam'] !== undefined) return exponential(returns, Number(input['lam']), 'riskmetrics');
  if (input['span'] !== undefined) {
    const convention = prose.includes('full-sample mean') ? 'pyportfolioopt' : 'pandas';
    return exponential(returns, decayOfSpan(Number(input['span'])), convention);
  }
  if (input['halflife'] !== undefined) {
    const convention = prose.includes('full-sample mean') ? 'pyportfolioopt' : 'pandas';
    return exponential(returns, decayOfHalfLife(Number(input['halflife'])), convention);
  }
  if (prose.includes('gerber') || input['statistic'] !== undefined) {
    const statistic = String(input['statistic'] ?? 'GS1') as GerberStatistic;
    return {
      ...gerberCovariance(returns, Number(input['threshold'] ?? 0.5), statistic),
      numbers: {},
    };
  }
  if (/denois|eigenvalues above|fit of sigma/.test(prose)) return denoised(returns, input, prose);
  return shrunk(returns, prose) ?? plain(returns, input, prose);
}

function shrunk(returns: Matrix, prose: string): FoundEstimate | undefined {
  if (/constant.corr/.test(prose)) {
    const found = ledoitWolfConstantCorrelation(returns, /ddof ?= ?1/.test(prose) ? 1 : 0);
    return { ...found, numbers: { shrinkage: found.shrinkage, rbar: found.meanCorrelation } };
  }
  if (/single.(factor|index)/.test(prose)) {
    const found = ledoitWolfSingleFactor(returns);
    return { ...found, numbers: { shrinkage: found.shrinkage } };
  }
  if (/\boas\b|oracle/.test(prose)) {
    const sklearn = oracleApproximating(returns, 'sklearn');
    return {
      ...sklearn,
      numbers: {
        shrinkage: sklearn.shrinkage,
        shrinkage_sklearn: sklearn.shrinkage,
        shrinkage_chen2010_eq23: oracleApproximating(returns, 'chen').shrinkage,
      },
    };
  }
  if (/ledoit|mu\*i/.test(prose)) {
    const found = ledoitWolfIdentity(returns);
    return { ...found, numbers: { shrinkage: found.shrinkage } };
  }
  return undefined;
}

function plain(returns: Matrix, input: Input, prose: string): FoundEstimate {
  if (/semi/.test(prose)) {
    const threshold = Number(input['benchmark'] ?? input['threshold'] ?? 0);
    return { covariance: semiCovariance(returns, threshold), numbers: {} };
  }
  const ddof = Number(input['ddof'] ?? (prose.includes('ddof0') ? 0 : 1)) === 0 ? 0 : 1;
  return { covariance: sampleCovariance(returns, ddof), numbers: {} };
}

function denoised(returns: Matrix, input: Input, prose: string): FoundEstimate {
  const isFitted = input['bandwidth'] !== undefined;
  const bandwidth = Number(input['bandwidth'] ?? 0.01);
  const search = prose.includes('l-bfgs') ? 'from-half' : 'global';
  const found = denoisedCovariance(
    returns,
    isFitted ? { noise: { bandwidth, search } } : { noise: 'unit' },
  );
  const other = denoisedCovariance(returns, {
    noise: { bandwidth, search, evaluateAt: 'densities' },
  });
  return {
    ...found,
    denoised: found,
    numbers: {
      sigma2: found.noiseVariance,
      lambda_plus: found.edge,
      n_signal: found.signals,
      skfolio_variant_sigma2: other.noiseVariance,
      skfolio_variant_lambda_plus: other.edge,
      skfolio_variant_n_signal: other.signals,
    },
  };
}

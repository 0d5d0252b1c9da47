import {
  covarianceHealth,
  type FactorCovariance,
  factorCovariance,
  principalCovariance,
} from '@plimsoll/analytics/covariance';
import { type FactorReturns, factorRegression } from '@plimsoll/analytics/factors';
import { columnOf, type Matrix, matrix, toRows } from '@plimsoll/quant/linear-algebra';
import { expectedOf, granted, inputOf, toleranceOf } from '../../case-facts.ts';
import { compare } from '../../compare.ts';
import type { GoldenCase } from '../../golden-case.ts';
import { simpleReturns } from '../../golden-data.ts';
import type { Outcome, Surroundings } from '../../runner.ts';
import { pricesOf } from '../attribution/case-input.ts';
import { factorNames, factorPanel } from './factor-data.ts';

/** A covariance by given factors, or by the components that `n_factors` or `k` counts. */
export function factorModel(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const count = input['n_factors'] ?? input['k'];
  const found =
    typeof count === 'number'
      ? describe(principalCovariance(returnsOf(input, surroundings), count))
      : ofFactors(input, surroundings);
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

function returnsOf(input: Readonly<Record<string, unknown>>, surroundings: Surroundings): Matrix {
  const { values, names } = simpleReturns(pricesOf(input, surroundings));
  return matrix(values.length / names.length, names.length, values);
}

function ofFactors(
  input: Readonly<Record<string, unknown>>,
  surroundings: Surroundings,
): Readonly<Record<string, unknown>> {
  const wanted = factorNames(input, surroundings);
  const { excess, factors } = factorPanel(input, wanted, surroundings);
  const model = factorCovariance(excess, factors.returns);
  if (!model) throw new Error('the factors are collinear or the sample is too short');
  const own = regressions(excess, factors);
  return {
    ...describe(model),
    n: excess.rows,
    alpha: own.alphas,
    alphas: own.alphas,
    r2: own.r2,
  };
}

function regressions(
  excess: Matrix,
  factors: FactorReturns,
): { readonly alphas: readonly number[]; readonly r2: readonly number[] } {
  const { columns } = excess;
  const fits = Array.from({ length: columns }, (_, i) =>
    granted(factorRegression(columnOf(excess, i), factors)),
  );
  return { alphas: fits.map(({ alpha }) => alpha), r2: fits.map(({ fit }) => fit.r2) };
}

function describe(model: FactorCovariance): Readonly<Record<string, unknown>> {
  const { covariance, loadings, factors, specific } = model;
  const { trace, frobenius, eigenvalues, logDeterminant } = covarianceHealth(covariance);
  return {
    matrix: toRows(covariance),
    cov: toRows(covariance),
    loadings: toRows(loadings),
    betas: toRows(loadings),
    B: toRows(loadings),
    factor_cov: toRows(factors),
    specific_var: specific,
    resid_var: specific,
    trace,
    frobenius,
    logdet: logDeterminant,
    eig_min: eigenvalues[0],
    eig_max: eigenvalues.at(-1),
  };
}

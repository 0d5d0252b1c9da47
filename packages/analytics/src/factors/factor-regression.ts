import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import {
  type LinearRegression,
  ordinaryLeastSquares,
  type RegressionOptions,
  varianceInflation,
} from '@plimsoll/quant/regression';

/** Factor returns by period. */
export interface FactorReturns {
  readonly names: readonly string[];
  /** Row-major [n × k], fractions, finite. */
  readonly returns: Matrix;
}

/** Returns explained by factors. The constant stands first in everything of shape [k + 1]. */
export interface FactorRegression {
  readonly fit: LinearRegression;
  /** Constant of the regression: what the factors leave unexplained, per period. */
  readonly alpha: number;
  /** Shape [k]. */
  readonly betas: Float64Array;
  /** Variance inflation of each factor, shape [k]. */
  readonly inflation: Float64Array;
}

/**
 * Regresses excess returns on factors, r(t) = α + Σ β_k f_k(t) + e(t), by least squares. With the
 * market's excess return alone it is the CAPM; with SMB and HML the three-factor model of Fama and
 * French; with RMW and CMA their five-factor model; with momentum beside three, Carhart's.
 *
 * @param excess returns less the risk-free rate, fractions per period, shape [n], finite.
 * @param factors shape [n × k]; returns of long-short portfolios, or of indices less the same rate.
 * @param options how errors are estimated; classic if not given.
 * @returns the fit. Refused: fewer periods than factors + 2, and factors that depend on one another,
 *   by name. Cost 2·n·k².
 *
 * **Source:** Eugene Fama, Kenneth French, Common risk factors in the returns on stocks and bonds,
 * 1993, and A five-factor asset pricing model, 2015; Mark Carhart, On persistence in mutual fund
 * performance, 1997.
 */
export function factorRegression(
  excess: Float64Array,
  factors: FactorReturns,
  options: RegressionOptions = {},
): Result<FactorRegression> {
  const { rows: n, columns: k } = factors.returns;
  if (n < k + 2) {
    return refuse({
      code: 'factors.too-few',
      detail: `${n} periods cannot tell ${k} factors and an alpha apart; give ${k + 2} or more.`,
    });
  }
  const collinear = whyCollinear(factors);
  if (collinear) return refuse({ code: 'factors.collinear', detail: collinear });
  const fit = ordinaryLeastSquares(withConstant(factors.returns), excess, options);
  return ok({
    fit,
    alpha: fit.coefficients[0],
    betas: fit.coefficients.slice(1),
    inflation: varianceInflation(factors.returns),
  });
}

/** A constant before the columns given. */
export function withConstant({ rows, columns, data }: Matrix): Matrix {
  const made = matrix(rows, columns + 1);
  for (let t = 0; t < rows; t++) {
    made.data[t * (columns + 1)] = 1;
    made.data.set(data.subarray(t * columns, (t + 1) * columns), t * (columns + 1) + 1);
  }
  return made;
}

/**
 * One sentence that names the factors that cannot be told apart, or undefined: a factor that does not
 * vary, or that is a linear combination of others.
 */
export function whyCollinear({ names, returns }: FactorReturns): string | undefined {
  const { rows: n, columns: k } = returns;
  const design = withConstant(returns);
  const { dependent } = ordinaryLeastSquares(design, new Float64Array(n));
  const [first] = dependent;
  if (first === undefined) return undefined;
  // What the dependent column is made of: its regression on the independent ones.
  const kept = Array.from({ length: k + 1 }, (_, j) => j).filter((j) => !dependent.includes(j));
  const others = matrix(n, kept.length);
  const column = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    kept.forEach((j, place) => {
      others.data[t * kept.length + place] = design.data[t * (k + 1) + j];
    });
    column[t] = design.data[t * (k + 1) + first];
  }
  const { coefficients } = ordinaryLeastSquares(others, column);
  const size = Math.max(...coefficients.map(Math.abs));
  const partners = kept.filter(
    (j, place) => j > 0 && Math.abs(coefficients[place]) > 1e-9 * Math.max(1, size),
  );
  const name = names[first - 1];
  if (partners.length === 0 || first === 0) {
    return `The factor ${name ?? names[0]} does not vary over these periods; leave it out.`;
  }
  const list = partners.map((j) => names[j - 1]).join(', ');
  return `The factor ${name} is a linear combination of ${list} over these periods; leave one of them out.`;
}

import { ok, type Result, refuse } from '@plimsoll/kernel';
import { logGamma, normalQuantile, studentTQuantile } from '@plimsoll/quant/distributions';
import {
  cholesky,
  columnOf,
  logDeterminantCholesky,
  type Matrix,
  matrix,
  multiplyTransposed,
  nearestCorrelation,
  solveLower,
} from '@plimsoll/quant/linear-algebra';
import { minimiseScalar } from '@plimsoll/quant/minimise';
import { ascendingOrder, kendallTau, rank } from '@plimsoll/quant/statistics';
import { fitMargin, type Margin, type MarginKind, marginMap } from './margin.ts';
import { chiSquareDraw } from './normal-draws.ts';
import { type ReturnModel, rootOf } from './simulation.ts';

export type CopulaKind = 'gaussian' | 'student-t';

/** How returns depend on one another, apart from what each is like on its own. */
export interface Copula {
  readonly kind: CopulaKind;
  /** Unit diagonal, positive semi-definite. */
  readonly correlation: Matrix;
  /** ν of the t copula; Infinity for the Gaussian one, in which extremes come alone. */
  readonly degreesOfFreedom: number;
}

/**
 * Fits a copula to returns by rank: correlations sin(π τ/2) from Kendall's τ, made a correlation
 * matrix where they are none, and for the t copula the ν of the highest likelihood of the ranks,
 * between 2 and 100.
 *
 * @param returns Shape [n × instruments], n ≥ 10.
 * @param names Of the columns, for refusals.
 *
 * Cost instruments² · n log n. **Source:** A. McNeil, R. Frey, P. Embrechts, Quantitative Risk
 * Management, 2015, §7.5.
 */
export function fitCopula(
  returns: Matrix,
  kind: CopulaKind,
  names?: readonly string[],
): Result<Copula> {
  const { rows: n, columns: width } = returns;
  if (n < 10) {
    return refuse({
      code: 'risk.too-few',
      detail: `${n} common returns are too few to fit a copula; give 10 or more.`,
    });
  }
  const columns = columnsOf(returns);
  const still = columns.findIndex((column) => column.every((each) => each === column[0]));
  if (still >= 0) {
    return refuse({
      code: 'risk.no-spread',
      detail: `${names?.[still] ?? `Column ${still + 1}`} never changes, so that nothing can depend on it; leave it out.`,
    });
  }
  const taus = matrix(width, width);
  for (let i = 0; i < width; i++) {
    const order = ascendingOrder(columns[i]);
    taus.data[i * (width + 1)] = 1;
    for (let j = 0; j < i; j++) {
      const rho = Math.sin((Math.PI / 2) * kendallTau(columns[i], columns[j], order));
      taus.data[i * width + j] = rho;
      taus.data[j * width + i] = rho;
    }
  }
  const correlation = cholesky(taus) ? taus : nearestCorrelation(taus).correlation;
  if (kind === 'gaussian') {
    return ok({ kind, correlation, degreesOfFreedom: Number.POSITIVE_INFINITY });
  }
  return ok({ kind, correlation, degreesOfFreedom: bestDegrees(columns, correlation) });
}

const columnsOf = (a: Matrix): Float64Array[] =>
  Array.from({ length: a.columns }, (_, j) => columnOf(a, j));

/** ν of the highest pseudo-likelihood Σ_t ln c_ν(u_t), u the ranks ÷ (n + 1). */
function bestDegrees(columns: readonly Float64Array[], correlation: Matrix): number {
  const width = columns.length;
  const n = columns[0].length;
  // Where the correlation is singular, a touch of independence lets the density exist.
  const regular = cholesky(correlation) ?? cholesky(blended(correlation, 1e-6));
  if (!regular || width < 2) return 100;
  const shares = columns.map((column) => rank(column).map((each) => each / (n + 1)));
  // Every column has the same ranks but for ties, so quantiles are looked up once a ν.
  const score = (nu: number): number => {
    const known = new Map<number, number>();
    const quantile = (p: number): number => {
      const found = known.get(p);
      if (found !== undefined) return found;
      const made = nu >= 100 ? normalQuantile(p) : studentTQuantile(p, nu);
      known.set(p, made);
      return made;
    };
    const constant =
      logGamma((nu + width) / 2) +
      (width - 1) * logGamma(nu / 2) -
      width * logGamma((nu + 1) / 2) -
      logDeterminantCholesky(regular) / 2;
    let total = n * constant;
    const variates = new Float64Array(width);
    for (let t = 0; t < n; t++) {
      let margins = 0;
      for (let j = 0; j < width; j++) {
        const x = quantile(shares[j][t]);
        variates[j] = x;
        margins += Math.log1p((x * x) / nu);
      }
      const solved = solveLower(regular, variates);
      let squares = 0;
      for (let j = 0; j < width; j++) squares += solved[j] * solved[j];
      total += ((nu + 1) / 2) * margins - ((nu + width) / 2) * Math.log1p(squares / nu);
    }
    return total;
  };
  return Math.exp(
    minimiseScalar((log) => -score(Math.exp(log)), Math.log(2), Math.log(100), { tolerance: 1e-4 })
      .x,
  );
}

const blended = (correlation: Matrix, share: number): Matrix =>
  matrix(
    correlation.rows,
    correlation.rows,
    correlation.data.map((each, at) =>
      at % (correlation.rows + 1) === 0 ? 1 : each * (1 - share),
    ),
  );

/** A copula and margins that can be drawn from, and what they are. */
export interface CopulaModel extends ReturnModel {
  readonly copula: Copula;
  readonly margins: readonly Margin[];
}

/**
 * Fits a copula and margins to returns and makes them drawable: z = L ε, divided by √(χ²_ν ÷ ν) for
 * the t copula, and each variate moved to its margin's quantile of the same probability.
 *
 * @param returns Shape [n × instruments].
 */
export function fitCopulaModel(
  returns: Matrix,
  copulaKind: CopulaKind,
  marginKind: MarginKind,
  names?: readonly string[],
): Result<CopulaModel> {
  const copula = fitCopula(returns, copulaKind, names);
  if (!copula.ok) return copula;
  const margins: Margin[] = [];
  for (const [place, column] of columnsOf(returns).entries()) {
    const margin = fitMargin(column, marginKind);
    if (!margin.ok) {
      const { code, detail } = margin.fault;
      return refuse({ code, detail: `${names?.[place] ?? `Column ${place + 1}`}: ${detail}` });
    }
    margins.push(margin.value);
  }
  const { correlation, degreesOfFreedom: nu } = copula.value;
  const root = rootOf(correlation);
  const maps = margins.map((margin) => marginMap(margin, nu));
  const width = margins.length;
  return ok({
    copula: copula.value,
    margins,
    instruments: width,
    returns: (shocks, into, random, paired) => {
      const variates = multiplyTransposed(shocks, root);
      let wider = 1;
      for (let row = 0, at = 0; row < shocks.rows; row++) {
        if (Number.isFinite(nu) && !(paired && row % 2 === 1)) {
          wider = Math.sqrt(nu / chiSquareDraw(nu, random));
        }
        for (let j = 0; j < width; j++, at++) into.data[at] = maps[j](variates.data[at] * wider);
      }
    },
  });
}

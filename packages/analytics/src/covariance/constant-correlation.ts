import { gram, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { deviationsOf } from './correlation.ts';
import { centred, scaled } from './sample.ts';
import { type ShrunkCovariance, shrinkTowards, sumOfSquares } from './shrinkage.ts';

/**
 * Ledoit and Wolf's shrinkage towards a constant correlation r̄, the mean of all pairs, variances
 * kept:
 *
 *   fᵢⱼ = r̄ √(sᵢᵢ sⱼⱼ),   δ = (π̂ − ρ̂) ÷ (γ̂ T),   γ̂ = ‖F − S‖²
 *
 * with π̂ the summed asymptotic variances of S and ρ̂ the summed covariances of F with S. Needs n ≥ 2
 * and no constant column. Cost T·n²: the sums over pairs are taken apart, a period at a time.
 *
 * **Source:** Ledoit and Wolf, Honey, I shrunk the sample covariance matrix, 2004, appendix B, and the
 * authors' covCor.m, which has S over T (ddof 0); PyPortfolioOpt 1.5.6 has ddof 1.
 *
 * @param returns shape [T × n], finite.
 */
export function ledoitWolfConstantCorrelation(
  returns: Matrix,
  ddof: 0 | 1 = 0,
): ShrunkCovariance & { readonly meanCorrelation: number } {
  const { rows: periods, columns: n } = returns;
  const around = centred(returns, columnMeans(returns));
  const overT = scaled(gram(around), 1 / periods);
  const sample = scaled(overT, periods / (periods - ddof));
  const deviation = deviationsOf(sample);
  const meanCorrelation = meanPair(sample, deviation);
  const target = matrix(n, n);
  let gamma = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      const isOwn = i === j;
      target.data[at] = isOwn ? sample.data[at] : meanCorrelation * deviation[i] * deviation[j];
      gamma += (sample.data[at] - target.data[at]) ** 2;
    }
  }
  const parts = { around, overT, sample, deviation };
  const { pi, own } = variances(parts);
  const rho = own + meanCorrelation * thetas(parts);
  const intensity = gamma > 0 ? (pi - rho) / gamma / periods : 0;
  return { ...shrinkTowards(sample, target, intensity), meanCorrelation };
}

interface Parts {
  readonly around: Matrix;
  /** S over T. */
  readonly overT: Matrix;
  readonly sample: Matrix;
  readonly deviation: Float64Array;
}

/** Σᵢⱼ and Σᵢ of Σₜ xᵢ² xⱼ² ÷ T − 2 s̄ᵢⱼ sᵢⱼ + sᵢⱼ², with s̄ over T. */
function variances({ around, overT, sample }: Parts): {
  readonly pi: number;
  readonly own: number;
} {
  const { rows: periods, columns: n } = around;
  let all = 0;
  let each = 0;
  for (let t = 0; t < periods; t++) {
    let length = 0;
    for (let i = 0; i < n; i++) {
      const x = around.data[t * n + i];
      const square = x * x;
      length += square;
      each += square * square;
    }
    all += length * length;
  }
  let crossed = 0;
  let crossedOwn = 0;
  let squaresOwn = 0;
  for (let i = 0; i < n * n; i++) crossed += overT.data[i] * sample.data[i];
  for (let i = 0; i < n * n; i += n + 1) {
    crossedOwn += overT.data[i] * sample.data[i];
    squaresOwn += sample.data[i] ** 2;
  }
  return {
    pi: all / periods - 2 * crossed + sumOfSquares(sample),
    own: each / periods - 2 * crossedOwn + squaresOwn,
  };
}

/** Σ over i ≠ j of (σⱼ ÷ σᵢ) θᵢⱼ with θᵢⱼ = Σₜ xᵢ³ xⱼ ÷ T − s̄ᵢᵢ sᵢⱼ − s̄ᵢⱼ sᵢᵢ + sᵢᵢ sᵢⱼ. */
function thetas({ around, overT, sample, deviation }: Parts): number {
  const { rows: periods, columns: n } = around;
  let cubed = 0;
  for (let t = 0; t < periods; t++) {
    let cubes = 0;
    let sum = 0;
    let own = 0;
    for (let i = 0; i < n; i++) {
      const x = around.data[t * n + i];
      const cube = x * x * x;
      cubes += cube / deviation[i];
      sum += x * deviation[i];
      own += cube * x;
    }
    cubed += cubes * sum - own;
  }
  let rest = 0;
  for (let i = 0; i < n; i++) {
    const [variance, plain] = [sample.data[i * (n + 1)], overT.data[i * (n + 1)]];
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const at = i * n + j;
      const ratio = deviation[j] / deviation[i];
      rest += ratio * (variance * (sample.data[at] - overT.data[at]) - plain * sample.data[at]);
    }
  }
  return cubed / periods + rest;
}

/** Mean correlation of the pairs. */
function meanPair({ rows: n, data }: Matrix, deviation: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) sum += data[i * n + j] / (deviation[i] * deviation[j]);
  }
  return (2 * sum) / (n * (n - 1));
}

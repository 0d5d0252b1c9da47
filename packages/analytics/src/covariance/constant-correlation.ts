import { gram, type Matrix, matrix, transposedMultiply } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { deviationsOf } from './correlation.ts';
import { centred, scaled } from './sample.ts';
import { type ShrunkCovariance, shrinkTowards } from './shrinkage.ts';

/**
 * Ledoit and Wolf's shrinkage towards a constant correlation r̄, the mean of all pairs, variances
 * kept:
 *
 *   fᵢⱼ = r̄ √(sᵢᵢ sⱼⱼ),   δ = (π̂ − ρ̂) ÷ (γ̂ T),   γ̂ = ‖F − S‖²
 *
 * with π̂ the summed asymptotic variances of S and ρ̂ the summed covariances of F with S. Needs n ≥ 2
 * and no constant column. Cost 4·T·n².
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
  const squares = gramOf(around, (x) => x * x);
  const cubes = matrix(
    periods,
    n,
    around.data.map((x) => x * x * x),
  );
  const cubed = transposedMultiply(cubes, around);
  const target = matrix(n, n);
  let pi = 0;
  let rho = 0;
  let gamma = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      const s = sample.data[at];
      const variance = squares.data[at] / periods - 2 * overT.data[at] * s + s * s;
      pi += variance;
      if (i === j) {
        target.data[at] = s;
        rho += variance;
        continue;
      }
      const own = sample.data[i * (n + 1)];
      const theta =
        cubed.data[at] / periods - overT.data[i * (n + 1)] * s - overT.data[at] * own + own * s;
      rho += meanCorrelation * (deviation[j] / deviation[i]) * theta;
      target.data[at] = meanCorrelation * deviation[i] * deviation[j];
      gamma += (s - target.data[at]) ** 2;
    }
  }
  const intensity = gamma > 0 ? (pi - rho) / gamma / periods : 0;
  return { ...shrinkTowards(sample, target, intensity), meanCorrelation };
}

/** Mean correlation of the pairs. */
function meanPair({ rows: n, data }: Matrix, deviation: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) sum += data[i * n + j] / (deviation[i] * deviation[j]);
  }
  return (2 * sum) / (n * (n - 1));
}

const gramOf = ({ rows, columns, data }: Matrix, map: (x: number) => number): Matrix =>
  gram(matrix(rows, columns, data.map(map)));

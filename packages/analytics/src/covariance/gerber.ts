import { type Matrix, matrix, multiplyTransposed } from '@plimsoll/quant/linear-algebra';
import { deviationsOf, fromCorrelation } from './correlation.ts';
import { sampleCovariance } from './sample.ts';

/** What concordant less discordant pairs are divided by. */
export type GerberStatistic = 'GS0' | 'GS1' | 'GS2';

/**
 * Gerber covariance: pairs of returns count as concordant where both are beyond ± c standard
 * deviations on the same side, as discordant on opposite sides, and noise is left out:
 *
 *   GS0: g = (nᶜ − nᵈ) ÷ (nᶜ + nᵈ)
 *   GS1: g = (nᶜ − nᵈ) ÷ (T − nᴺᴺ), where nᴺᴺ counts periods in which both are noise
 *   GS2: g = (nᶜ − nᵈ) ÷ √(nᵢ nⱼ), where nᵢ counts the periods in which i is beyond
 *   sᵢⱼ = gᵢⱼ σᵢ σⱼ
 *
 * GS2 is positive semi-definite always, GS0 and GS1 need not be. The diagonal of g is 1; a pair that
 * never moves beyond has 0. Cost 2·T·n².
 *
 * **Source:** Gerber, Markowitz, Ernst, Miao, Javid and Sargen, The Gerber statistic: a robust
 * co-movement measure for portfolio optimization, 2022, equations 3 to 11.
 *
 * @param returns shape [T × n], finite, T ≥ 2.
 * @param threshold c in standard deviations (ddof 1), ≥ 0; 0.5 in the source.
 */
export function gerberCovariance(
  returns: Matrix,
  threshold = 0.5,
  statistic: GerberStatistic = 'GS1',
): { readonly covariance: Matrix; readonly correlation: Matrix } {
  const deviations = deviationsOf(sampleCovariance(returns));
  const correlation = gerberCorrelation(returns, deviations, threshold, statistic);
  return { covariance: fromCorrelation(correlation, deviations), correlation };
}

function gerberCorrelation(
  returns: Matrix,
  deviations: Float64Array,
  threshold: number,
  statistic: GerberStatistic,
): Matrix {
  const n = returns.columns;
  const sides = sidesOf(returns, deviations, threshold);
  const moves = matrix(n, returns.rows, sides.data.map(Math.abs));
  const net = multiplyTransposed(sides, sides);
  const both = multiplyTransposed(moves, moves);
  const made = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      const pairs = pairsOf[statistic](
        both.data[i * (n + 1)],
        both.data[j * (n + 1)],
        both.data[at],
      );
      made.data[at] = i === j ? 1 : pairs > 0 ? net.data[at] / pairs : 0;
    }
  }
  return made;
}

/** 1 above the threshold, −1 below it on the other side, 0 for noise; shape [n × T]. */
function sidesOf({ rows, columns, data }: Matrix, deviations: Float64Array, threshold: number) {
  const sides = matrix(columns, rows);
  for (let t = 0; t < rows; t++) {
    for (let i = 0; i < columns; i++) {
      const value = data[t * columns + i];
      const beyond = threshold * deviations[i];
      sides.data[i * rows + t] = value >= beyond ? 1 : value <= -beyond ? -1 : 0;
    }
  }
  return sides;
}

/** The divisor of each statistic, from the periods in which i, j and both move beyond. */
const pairsOf: Record<GerberStatistic, (i: number, j: number, both: number) => number> = {
  GS0: (_i, _j, both) => both,
  GS1: (i, j, both) => i + j - both,
  GS2: (i, j) => Math.sqrt(i * j),
};

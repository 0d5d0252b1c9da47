import { normalCdf } from '../../distributions/index.ts';
import { type Deterministic, tauCritical, tauSurfaces, zSurfaces } from './mackinnon-tables.ts';

/** Values of a statistic below which a unit root is refused at 1, 5 and 10 %. */
export interface CriticalValues {
  readonly one: number;
  readonly five: number;
  readonly ten: number;
}

const polynomial = (c: readonly number[], x: number): number =>
  c.reduceRight((sum, each) => sum * x + each, 0);

/**
 * The p-value of a Dickey–Fuller τ, or of Engle and Granger's with N series: the asymptotic
 * probability of a value so low if there is a unit root (no cointegration).
 *
 * @param series N, 1 to 6.
 *
 * Source: James MacKinnon, Approximate asymptotic distribution functions for unit-root and
 * cointegration tests, 1994.
 */
export function tauP(tau: number, deterministic: Deterministic, series = 1): number {
  const { star, least, most, left, rest } = tauSurfaces[deterministic];
  const i = series - 1;
  if (tau > most[i]) return 1;
  if (tau < least[i]) return 0;
  return normalCdf(polynomial(tau <= star[i] ? left[i] : rest[i], tau));
}

/** The p-value of the statistic n (ρ − 1) of a single series. Source: as `tauP`. */
export function zP(z: number, deterministic: Deterministic): number {
  const { star, left, rest } = zSurfaces[deterministic];
  return normalCdf(z <= star ? polynomial(left, Math.log(Math.abs(z))) : polynomial(rest, z));
}

/**
 * Critical values of τ for n observations and N series; null where the tables have none (no constant
 * and more than one series).
 *
 * Source: James MacKinnon, Critical values for cointegration tests, 2010.
 */
export function tauCriticalValues(
  deterministic: Deterministic,
  n: number,
  series = 1,
): CriticalValues | null {
  const rows = tauCritical[deterministic][series - 1];
  if (rows === undefined) return null;
  const [one, five, ten] = rows.map((row) => polynomial(row, 1 / n));
  return { one, five, ten };
}

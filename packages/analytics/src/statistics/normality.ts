import type { ReturnSample } from './return-sample.ts';

/**
 * n ÷ 6 × (γ₃² + (γ₄ − 3)² ÷ 4) with population moments.
 *
 * @returns NaN where the returns do not vary.
 *
 * **Source:** C. M. Jarque, A. K. Bera, A test for normality of observations and regression residuals, 1987.
 */
export function jarqueBera({ n, moments: { m2, m3, m4 }, deviation }: ReturnSample): number {
  if (!(deviation > 0)) return Number.NaN;
  const skewness = m3 / m2 ** 1.5;
  const excess = m4 / (m2 * m2) - 3;
  return (n / 6) * (skewness * skewness + (excess * excess) / 4);
}

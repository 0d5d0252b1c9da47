/**
 * Sharpe ratio with a penalty for negative skewness and fat tails:
 * SR × (1 + γ₃ ÷ 6 × SR − (γ₄ − 3) ÷ 24 × SR²).
 *
 * @param sharpe SR a year.
 * @param shape Population skewness, and kurtosis that is 3 for a normal distribution.
 *
 * **Source:** J. Pézier, A. White, The relative merits of investable hedge fund indices, 2006.
 */
export const adjustedSharpe = (
  sharpe: number,
  { skewness, kurtosis }: { readonly skewness: number; readonly kurtosis: number },
): number => sharpe * (1 + (skewness / 6) * sharpe - ((kurtosis - 3) / 24) * sharpe * sharpe);

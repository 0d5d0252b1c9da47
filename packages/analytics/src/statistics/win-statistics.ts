import type { ReturnSample } from './return-sample.ts';

/**
 * Share of capital to stake by wins alone: w − (1 − w) ÷ b, with w the win rate and b the payoff ratio.
 *
 * @returns at most 1, negative where the odds are against; NaN without a win or a loss.
 *
 * **Source:** J. L. Kelly, A new interpretation of information rate, 1956.
 */
export function kellyOfWins({ sides }: ReturnSample): number {
  const { gains, losses, gained, lost } = sides;
  if (gains === 0 || losses === 0) return Number.NaN;
  const winRate = gains / (gains + losses);
  return winRate - (1 - winRate) / ((gained * losses) / (gains * lost));
}

/**
 * ((1 − w) ÷ (1 + w))ⁿ with w the win rate: chance of losing n stakes.
 *
 * **Source:** N. J. Balsara, Money management strategies for futures traders, 1992, as QuantStats has it.
 */
export function riskOfRuin({ sides: { gains, losses }, n }: ReturnSample): number {
  const winRate = gains / (gains + losses);
  return ((1 - winRate) / (1 + winRate)) ** n;
}

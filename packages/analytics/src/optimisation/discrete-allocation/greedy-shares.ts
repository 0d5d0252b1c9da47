/**
 * Whole shares by the greedy rule: first each weight's share count rounded down, then one more share
 * at a time of whatever is furthest below its weight and can still be paid.
 *
 * Deficits are against the weights of what is already bought, ties go to the greater weight, and the
 * search for a payable share gives up after ten tries. All this as PyPortfolioOpt 1.5.6, whose counts
 * it reproduces; `exactShares` is never worse by its own measure.
 *
 * @param prices  Above 0, in the currency of `total`, shape [n].
 * @param weights At least 0, shape [n]; need not sum to 1.
 * @param total   Money to spend, above 0.
 * @returns Shares, shape [n].
 *
 * **Source:** R. A. Martin, "PyPortfolioOpt: portfolio optimization in Python" (2021).
 */
export function greedyShares(
  prices: Float64Array,
  weights: Float64Array,
  total: number,
): Float64Array {
  const order = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a]);
  const shares = new Float64Array(prices.length);
  let money = total;
  for (const i of order) {
    shares[i] = Math.floor((weights[i] * total) / prices[i]);
    money -= shares[i] * prices[i];
  }
  while (money > 0) {
    const next = nextShare(prices, weights, shares, order, money);
    if (next < 0) break;
    shares[next] += 1;
    money -= prices[next];
  }
  return shares;
}

/** The instrument that the next share is of; −1 where no more is bought. */
function nextShare(
  prices: Float64Array,
  weights: Float64Array,
  shares: Float64Array,
  order: readonly number[],
  money: number,
): number {
  const invested = shares.reduce((sum, count, i) => sum + count * prices[i], 0);
  const deficits = new Map(
    order.map((i) => [i, weights[i] - (invested > 0 ? (shares[i] * prices[i]) / invested : 0)]),
  );
  const furthest = (): number =>
    order.reduce((most, i) => ((deficits.get(i) ?? 0) > (deficits.get(most) ?? 0) ? i : most));
  let next = furthest();
  for (let tries = 0; prices[next] > money; tries++) {
    deficits.set(next, 0);
    next = furthest();
    if (tries === 9 || (deficits.get(next) ?? 0) <= 0) return -1;
  }
  return (deficits.get(next) ?? 0) <= 0 ? -1 : next;
}

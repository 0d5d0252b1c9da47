/** What an order for so many units would take out of the account, commission in it; rising. */
export type CostOf = (quantity: number) => number;

/** Steps after which the search ends whatever is left; one or two do where the cost is a straight line. */
const mostSteps = 100;

/**
 * The largest quantity below `wanted` whose cost the cash covers, to 4e-15 of the cash; 0 where none
 * does. `wanted` itself costs too much. By the rule of false position with halving where that is slow:
 * straight lines, as commissions mostly are, take two or three costs.
 */
export function affordableQuantity(costOf: CostOf, wanted: number, cash: number): number {
  let fits = 0;
  let over = wanted;
  let spare = cash - costOf(0);
  if (!(spare >= 0)) return 0;
  let lacking = costOf(wanted) - cash;
  const near = 4e-15 * cash;
  for (let step = 0; step < mostSteps && spare > near && over - fits > 1e-15 * over; step++) {
    // Aims a little below, so that rounding does not end just beyond; and halves every third step, so
    // that a bend in the cost cannot hold the search up.
    const share = step % 3 === 2 ? 0.5 : (spare - near / 2) / (spare + lacking);
    const middle = fits + (over - fits) * share;
    if (middle <= fits || middle >= over) break;
    const left = cash - costOf(middle);
    if (left >= 0) {
      fits = middle;
      spare = left;
    } else {
      over = middle;
      lacking = -left;
    }
  }
  return fits;
}

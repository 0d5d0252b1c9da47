import { minimiseScalar } from '@plimsoll/quant/minimise';

/** Risks that are read off scenarios rather than a covariance. */
export type ScenarioMeasure =
  | 'mean-absolute-deviation'
  | 'semi-deviation'
  | 'value-at-risk'
  | 'cvar'
  | 'evar'
  | 'worst'
  | 'max-drawdown'
  | 'average-drawdown'
  | 'cdar'
  | 'ulcer';

/**
 * The risk of a series of returns, as the optimisers of this folder minimise it.
 *
 *   mean-absolute-deviation   (1 ÷ T) Σ |xₜ − x̄|
 *   semi-deviation            √(Σ min(xₜ − x̄, 0)² ÷ (T − 1))
 *   value-at-risk             −x₍ₖ₎, the k-th smallest, k = ⌈α T⌉
 *   cvar                      min over a of a + Σ max(−xₜ − a, 0) ÷ (α T)
 *   evar                      min over z > 0 of z ln(Σ exp(−xₜ ÷ z) ÷ (α T))
 *   worst                     −min xₜ
 *   drawdowns                 dₜ = max(dₜ₋₁ − xₜ, 0), d₀ = 0, of uncompounded returns from the start on:
 *                             the greatest, the mean, cvar's formula on them, √(Σ dₜ² ÷ T)
 *
 * These are the conventions of Riskfolio-Lib; they make the measures convex in the weights. Drawdowns
 * are of cumulative sums, not of compounded values, for the same reason.
 *
 * @param returns Per period, at least 1 (2 for the semi-deviation), shape [T].
 * @param tail    α, in (0, 1): 0.05 for 95 %.
 * @returns A loss as a positive number, per period.
 *
 * **Source:** R. T. Rockafellar, S. Uryasev, "Optimization of Conditional Value-at-Risk" (2000);
 * A. Chekhlov, S. Uryasev, M. Zabarankin, "Drawdown Measure in Portfolio Optimization" (2005);
 * A. Ahmadi-Javid, "Entropic Value-at-Risk" (2012).
 */
export function scenarioRisk(
  measure: ScenarioMeasure,
  returns: Float64Array,
  tail: number,
): number {
  switch (measure) {
    case 'mean-absolute-deviation':
      return centred(returns).reduce((sum, each) => sum + Math.abs(each), 0) / returns.length;
    case 'semi-deviation': {
      const squares = centred(returns).reduce((sum, each) => sum + Math.min(each, 0) ** 2, 0);
      return Math.sqrt(squares / (returns.length - 1));
    }
    case 'value-at-risk':
      return -returns.toSorted()[tailPlace(returns.length, tail)];
    case 'cvar':
      return tailMean(
        returns.map((each) => -each),
        tail,
      );
    case 'evar':
      return entropicRisk(returns, tail).value;
    case 'worst':
      return -returns.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
    case 'max-drawdown':
      return drawdowns(returns).reduce((most, each) => Math.max(most, each), 0);
    case 'average-drawdown':
      return drawdowns(returns).reduce((sum, each) => sum + each, 0) / returns.length;
    case 'cdar':
      return tailMean(drawdowns(returns), tail);
    case 'ulcer':
      return Math.sqrt(
        drawdowns(returns).reduce((sum, each) => sum + each * each, 0) / returns.length,
      );
  }
}

function centred(returns: Float64Array): Float64Array {
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  return returns.map((each) => each - mean);
}

/** Place, from 0, of the quantile among sorted values. What rounding leaves above a whole number is none. */
const tailPlace = (length: number, tail: number): number =>
  Math.max(0, Math.ceil(tail * length - 1e-9) - 1);

/** The mean of the worst α T losses, the last of them in part: min over a of a + Σ max(lₜ − a, 0) ÷ (α T). */
function tailMean(losses: Float64Array, tail: number): number {
  const sorted = losses.toSorted().reverse();
  const at = sorted[tailPlace(sorted.length, tail)];
  let beyond = 0;
  for (const loss of sorted) {
    if (loss <= at) break;
    beyond += loss - at;
  }
  return at + beyond / (tail * sorted.length);
}

/** Drawdowns of the cumulative sum from its highest so far, 0 at the start; shape [T]. */
function drawdowns(returns: Float64Array): Float64Array {
  let depth = 0;
  return returns.map((each) => {
    depth = Math.max(0, depth - each);
    return depth;
  });
}

/** The entropic value at risk and the z at which it is had; z is 0 where the worst loss is the answer. */
export function entropicRisk(
  returns: Float64Array,
  tail: number,
): { readonly value: number; readonly z: number } {
  const worst = returns.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const best = returns.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  const spread = best - worst;
  if (!(spread > 0)) return { value: -worst, z: 0 };
  const at = (z: number): number => {
    let sum = 0;
    for (const each of returns) sum += Math.exp((worst - each) / z);
    return -worst + z * Math.log(sum / (tail * returns.length));
  };
  const { x, value } = minimiseScalar(
    (log) => at(Math.exp(log)),
    Math.log(spread * 1e-6),
    Math.log(spread * 1e4),
    { tolerance: 1e-12 },
  );
  return value < -worst ? { value, z: Math.exp(x) } : { value: -worst, z: 0 };
}

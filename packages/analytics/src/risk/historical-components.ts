import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import { ascendingOrder, standardDeviation } from '@plimsoll/quant/statistics';
import { type RiskParts, type TailParts, timesEach } from './components.ts';
import { type HistoricalOptions, historicalTail } from './historical.ts';
import { tailOf, whyNoTail } from './tail-risk.ts';

/**
 * Parts of the historical VaR and CVaR.
 *
 * CVaR: marginal = minus the mean return of the instrument over the days of the portfolio's tail,
 * so that components sum to it exactly. VaR: one day alone would make the parts, so they are
 * averaged over the days near it, with weights 1 − (d/h)² that fall to 0 at a distance
 * h = 2.34 s n^(−1/5) of the portfolio's return from −VaR, and stretched so that they sum exactly.
 *
 * @param weights Shape [instruments].
 * @param returns Simple returns, shape [n × instruments], finite.
 *
 * **Source:** D. Tasche, Capital allocation to business units and sub-portfolios: the Euler
 * principle, 2007; E. Epperlein, A. Smillie, Cracking VaR with kernels, 2006.
 */
export function historicalParts(
  weights: Float64Array,
  returns: Matrix,
  level: number,
  options: HistoricalOptions = {},
): Result<TailParts> {
  const portfolio = timesVector(returns, weights);
  const whole = historicalTail(portfolio, level, options);
  if (!whole.ok) return whole;
  const { valueAtRisk, cvar } = whole.value;
  const tailWeights = daysOfTail(portfolio, level, valueAtRisk, options);
  const incremental = withoutEach(weights, returns, portfolio, level, options);
  if (!incremental.ok) return incremental;
  const cvarMarginal = meanLoss(returns, tailWeights);
  const near = meanLoss(returns, daysNear(portfolio, -valueAtRisk));
  const nearTotal = timesEach(weights, near).reduce((sum, each) => sum + each, 0);
  // A kernel whose own mean lies at or beyond the other side of 0 cannot be stretched to the VaR.
  const stretch = valueAtRisk / nearTotal;
  if (!(stretch > 0 && stretch < 10)) {
    return refuse({
      code: 'risk.no-components',
      detail: `The days near the VaR of ${valueAtRisk.toPrecision(3)} do not tell what made it; use more history or the normal method.`,
    });
  }
  return ok({
    valueAtRisk: parts(
      valueAtRisk,
      weights,
      near.map((each) => each * stretch),
      incremental.value.valueAtRisk,
    ),
    cvar: parts(cvar, weights, cvarMarginal, incremental.value.cvar),
  });
}

const parts = (
  total: number,
  weights: Float64Array,
  marginal: Float64Array,
  incremental: Float64Array,
): RiskParts => ({ total, marginal, component: timesEach(weights, marginal), incremental });

/** How much each day counts in the mean that is CVaR; these sum to 1. */
function daysOfTail(
  portfolio: Float64Array,
  level: number,
  valueAtRisk: number,
  { tailMean = 'exact-share' }: HistoricalOptions,
): Float64Array {
  const n = portfolio.length;
  const tail = tailOf(level);
  const weights = new Float64Array(n);
  const order = ascendingOrder(portfolio);
  if (tailMean === 'exact-share') {
    const share = n * tail;
    const whole = Math.min(Math.floor(share + 1e-9), n - 1);
    for (let i = 0; i < whole; i++) weights[order[i]] = 1 / share;
    weights[order[whole]] = Math.max(share - whole, 0) / share;
    return weights;
  }
  const isTail = (i: number): boolean =>
    tailMean === 'beyond' ? portfolio[i] < -valueAtRisk : portfolio[i] <= -valueAtRisk;
  const counted =
    tailMean === 'floor-count'
      ? order.slice(0, Math.floor((n - 1) * tail) + 1)
      : order.filter(isTail);
  const days = counted.length > 0 ? counted : order.slice(0, 1);
  for (const i of days) weights[i] = 1 / days.length;
  return weights;
}

/** Epanechnikov weights around a return of the portfolio; these sum to 1. */
function daysNear(portfolio: Float64Array, at: number): Float64Array {
  const n = portfolio.length;
  const spread = n > 1 ? standardDeviation(portfolio) : 0;
  let width = 2.34 * spread * n ** -0.2;
  // The nearest day always counts, however far.
  const nearest = portfolio.reduce((least, each) => Math.min(least, Math.abs(each - at)), Infinity);
  width = Math.max(width, nearest * 2, Number.MIN_VALUE);
  let total = 0;
  const weights = portfolio.map((each) => {
    const distance = (each - at) / width;
    const weight = Math.max(0, 1 - distance * distance);
    total += weight;
    return weight;
  });
  return weights.map((each) => each / total);
}

function meanLoss({ rows, columns, data }: Matrix, dayWeights: Float64Array): Float64Array {
  const losses = new Float64Array(columns);
  for (let t = 0; t < rows; t++) {
    const weight = dayWeights[t];
    if (weight === 0) continue;
    for (let j = 0; j < columns; j++) losses[j] -= weight * data[t * columns + j];
  }
  return losses;
}

function withoutEach(
  weights: Float64Array,
  { columns, data }: Matrix,
  portfolio: Float64Array,
  level: number,
  options: HistoricalOptions,
): Result<{ valueAtRisk: Float64Array; cvar: Float64Array }> {
  const wrong = whyNoTail(portfolio.length, level, 1);
  if (wrong) return wrong;
  const whole = historicalTail(portfolio, level, options);
  if (!whole.ok) return whole;
  const valueAtRisk = new Float64Array(columns);
  const cvar = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    const without = historicalTail(
      portfolio.map((each, t) => each - weights[j] * data[t * columns + j]),
      level,
      options,
    );
    if (!without.ok) return without;
    valueAtRisk[j] = whole.value.valueAtRisk - without.value.valueAtRisk;
    cvar[j] = whole.value.cvar - without.value.cvar;
  }
  return ok({ valueAtRisk, cvar });
}

import { type Day, dayNumber } from '@plimsoll/kernel';

/** When a portfolio is brought back to its weights: never, or at the close of the last day of each … */
export type RebalancingCalendar = 'never' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** When to rebalance. */
export interface RebalancingRule {
  /** Shape [n]: 1 where the portfolio is rebalanced at the close of that row. */
  readonly due: Uint8Array;
  /** Rebalances too where any weight is further than this from its target; fraction of the whole. */
  readonly band?: number;
}

/** The course of a portfolio that drifts between rebalancings. */
export interface RebalancedPath {
  /** V(t) ÷ V(start) − 1 at each close, shape [n]. */
  readonly growth: Float64Array;
  /** Return of each row, shape [n]. */
  readonly returns: Float64Array;
  /** Weights at the start of each row, row-major [n × k]. */
  readonly startWeights: Float64Array;
  /** Rows at whose close it was rebalanced. */
  readonly rebalancedAt: readonly number[];
  /** ½ Σ |weight − target| at each rebalancing: the share of the portfolio sold and bought again. */
  readonly oneWayTurnover: readonly number[];
  /** Row whose close left nothing, −1 where there is none; the path ends there. */
  readonly ruinedAt: number;
}

/**
 * Follows a portfolio of given weights through returns: each instrument grows by its own return, and
 * at the close of the rows that the rule names all are set back to their target weights, at no cost.
 *
 *   V_i(t) = V_i(t−1)·(1 + r_i(t)),  V(t) = Σ V_i(t),  rebalanced: V_i(t) = w_i·V(t)
 *
 * The last row is never rebalanced, since nothing follows it. What the weights leave of 1 is cash
 * that earns nothing.
 *
 * @param returns simple returns, row-major [n × k], finite.
 * @param weights targets, signed, fractions of the whole, shape [k].
 * @returns the path; where the worth falls to 0 or below, the later rows are left 0 and `ruinedAt`
 *   says which. Cost O(n·k).
 *
 * Source: definition; conventions as in PerformanceAnalytics' `Return.portfolio` with end-of-period
 * rebalancing.
 */
export function rebalancedPath(
  returns: Float64Array,
  weights: ArrayLike<number>,
  { due, band = Number.POSITIVE_INFINITY }: RebalancingRule,
): RebalancedPath {
  const k = weights.length;
  const n = due.length;
  const path = {
    growth: new Float64Array(n),
    returns: new Float64Array(n),
    startWeights: new Float64Array(n * k),
    rebalancedAt: [] as number[],
    oneWayTurnover: [] as number[],
  };
  const held = Float64Array.from(weights);
  let cash = 1;
  for (const each of held) cash -= each;
  const idle = cash;
  let worth = 1;
  for (let t = 0; t < n; t++) {
    let next = cash;
    for (let i = 0; i < k; i++) {
      path.startWeights[t * k + i] = held[i] / worth;
      held[i] *= 1 + returns[t * k + i];
      next += held[i];
    }
    path.returns[t] = next / worth - 1;
    path.growth[t] = next - 1;
    worth = next;
    if (!(worth > 0)) return { ...path, ruinedAt: t };
    if (t === n - 1) break;
    const { furthest, moved } = distanceFrom(weights, idle, { held, cash, worth });
    if (due[t] === 0 && furthest <= band) continue;
    path.rebalancedAt.push(t);
    path.oneWayTurnover.push(moved / 2);
    for (let i = 0; i < k; i++) held[i] = weights[i] * worth;
    cash = idle * worth;
  }
  return { ...path, ruinedAt: -1 };
}

/** The furthest that a weight is from its target, and the sum over all and cash. */
function distanceFrom(
  weights: ArrayLike<number>,
  idle: number,
  {
    held,
    cash,
    worth,
  }: { readonly held: Float64Array; readonly cash: number; readonly worth: number },
): { readonly furthest: number; readonly moved: number } {
  let furthest = 0;
  let moved = Math.abs(cash / worth - idle);
  for (let i = 0; i < held.length; i++) {
    const away = Math.abs(held[i] / worth - weights[i]);
    moved += away;
    if (away > furthest) furthest = away;
  }
  return { furthest, moved };
}

/**
 * The rows that are the last of their week (to Sunday), month, quarter or year, by ISO days.
 * The last row ends no period, because what follows it is not known.
 */
export function lastOfEach(calendar: RebalancingCalendar, days: readonly Day[]): Uint8Array {
  const due = new Uint8Array(days.length);
  if (calendar === 'never') return due;
  const periods = days.map((day) => periodOf[calendar](day));
  for (let t = 0; t + 1 < days.length; t++) due[t] = periods[t] === periods[t + 1] ? 0 : 1;
  return due;
}

const periodOf: Readonly<Record<Exclude<RebalancingCalendar, 'never'>, (day: Day) => string>> = {
  day: (day) => day,
  // 1970-01-05 was a Monday.
  week: (day) => String(Math.floor((dayNumber(day) - 4) / 7)),
  month: (day) => day.slice(0, 7),
  quarter: (day) => `${day.slice(0, 4)} ${Math.floor((Number(day.slice(5, 7)) - 1) / 3)}`,
  year: (day) => day.slice(0, 4),
};

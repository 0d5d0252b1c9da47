import { ok } from '@plimsoll/kernel';
import { sortedTail } from './historical.ts';
import type { RollingMethod } from './risk-method.ts';
import { whyNoTail } from './tail-risk.ts';

/**
 * Historical VaR and CVaR of each day, from a window kept in order: one return leaves it and one
 * enters, so that a day costs two short moves of memory instead of a sort.
 */
export const rollingHistorical: RollingMethod = (returns, level, { window, every, method }) => {
  const wrong = whyNoTail(window, level, 1);
  if (wrong) return wrong;
  const days = returns.length - window;
  const valueAtRisk = new Float64Array(days);
  const cvar = new Float64Array(days);
  const sorted = returns.slice(0, window).sort();
  let tail = sortedTail(sorted, level, method);
  for (let day = 0; day < days; day++) {
    if (day > 0) replace(sorted, returns[day - 1], returns[day + window - 1]);
    if (day % every === 0) tail = sortedTail(sorted, level, method);
    valueAtRisk[day] = tail.valueAtRisk;
    cvar[day] = tail.cvar;
  }
  return ok({ valueAtRisk, cvar });
};

/** Takes one value out of ascending ones and puts another in its place in the order. */
function replace(sorted: Float64Array, leaving: number, entering: number): void {
  const from = placeOf(sorted, leaving);
  const to = placeOf(sorted, entering);
  if (to > from) {
    sorted.copyWithin(from, from + 1, to);
    sorted[to - 1] = entering;
  } else {
    sorted.copyWithin(to + 1, to, from);
    sorted[to] = entering;
  }
}

/** How many values are below the given one. */
function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

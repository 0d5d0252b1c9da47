import { exponential } from './exponential.ts';
import { type CashFlowAt, moneyWeightedReturn } from './money-weighted.ts';

/** The flows of many portfolios, one after the other. */
export interface FlowColumns {
  /** Calendar days, ascending within a portfolio; shape [flows]. */
  readonly day: Float64Array;
  /** From the investor's side, the final worth as a positive flow; shape [flows]. */
  readonly amount: Float64Array;
  /** Where each portfolio begins, and the end of the last: shape [portfolios + 1], from 0. */
  readonly start: Int32Array;
}

/** Growth beyond e^±this over the whole span is left to the wider search. */
const widest = 20;

/**
 * Money-weighted yearly returns of many portfolios, each as `moneyWeightedReturn` defines it.
 *
 * Flows whose partial sums from both ends show that they have one rate at most (Laguerre) are solved
 * at once: the present value is expanded in powers of ln(1 + ρ), the root of that polynomial polished
 * by Halley's method on the whole sum. All others, and those whose days do not ascend, go through the
 * search of `moneyWeightedReturn` with the guess given.
 *
 * @param guess A yearly rate to prefer where there are several; shape [portfolios].
 * @param out Receives the rates, NaN where there is none; `moneyWeightedReturn` says why. Shape
 *   [portfolios].
 * @returns `out`.
 *
 * Cost: one exponential and some twenty-five multiply-adds a flow. Source: Laguerre, "Sur la théorie des
 * équations numériques" (1883), for the number of roots of a sum of exponentials.
 */
export function moneyWeightedReturns(
  { day, amount, start }: FlowColumns,
  guess: Float64Array,
  out: Float64Array,
): Float64Array {
  for (let i = 0; i < out.length; i++) {
    const from = start[i];
    const until = start[i + 1];
    const quick = singleRate(day, amount, from, until);
    out[i] = Number.isNaN(quick) ? searched(day, amount, from, until, guess[i]) : quick;
  }
  return out;
}

function searched(
  day: Float64Array,
  amount: Float64Array,
  from: number,
  until: number,
  guess: number,
): number {
  const flows: CashFlowAt[] = [];
  let first = Number.POSITIVE_INFINITY;
  for (let i = from; i < until; i++) if (amount[i] !== 0) first = Math.min(first, day[i]);
  for (let i = from; i < until; i++) flows.push({ day: day[i] - first, amount: amount[i] });
  const found = moneyWeightedReturn(flows, guess);
  return found.ok ? found.rate : Number.NaN;
}

/** Whether partial sums from the start and from the end change sign once in all, and days ascend. */
function hasOneRate(day: Float64Array, amount: Float64Array, from: number, until: number): boolean {
  let forward = 0;
  let backward = 0;
  let changes = 0;
  for (let i = from, j = until - 1; i < until; i++, j--) {
    if (i > from && day[i] < day[i - 1]) return false;
    const ahead = forward + amount[i];
    if (ahead < 0 !== forward < 0 && forward !== 0) changes += 1;
    // A sum of exactly 0 has no sign of its own: the sign before it is kept.
    if (ahead !== 0) forward = ahead;
    else if (forward !== 0) return false;
    const behind = backward + amount[j];
    if (behind < 0 !== backward < 0 && backward !== 0) changes += 1;
    if (behind !== 0) backward = behind;
    else if (backward !== 0) return false;
  }
  return changes === 1;
}

/** The rate of flows that have one and only one; NaN where that is not certain or not found. */
function singleRate(day: Float64Array, amount: Float64Array, start: number, until: number): number {
  let from = start;
  while (from < until && amount[from] === 0) from += 1;
  const first = day[from];
  const span = day[until - 1] - first;
  // The signs at both ends must differ, or an even number of roots is left: none.
  const differ = amount[from] < 0 !== amount[until - 1] < 0 && amount[until - 1] !== 0;
  if (!(span > 0 && differ) || !hasOneRate(day, amount, from, until)) return Number.NaN;
  const scale = 1 / span;
  let y = polynomialRoot(day, amount, from, until, first, scale);
  for (let turn = 0; turn < 30; turn++) {
    let value = 0;
    let slope = 0;
    let bend = 0;
    for (let i = from; i < until; i++) {
      const t = (day[i] - first) * scale;
      const present = amount[i] * exponential(-y * t);
      value += present;
      slope -= present * t;
      bend += present * t * t;
    }
    const newton = value / slope;
    const step = newton / Math.max(0.5, 1 - (newton * bend) / (2 * slope));
    if (!(Math.abs(step) < 3)) return Number.NaN;
    y -= step;
    if (Math.abs(y) > widest) return Number.NaN;
    // Halley's method cubes the error: after a step this small nothing is left of it.
    if (Math.abs(step) < 2e-5) return Math.expm1((y * 365) / span);
  }
  return Number.NaN;
}

/**
 * Root of the present value's expansion to the seventh power about a rate of 0. Time runs from the
 * middle of the span, where a power series of half its length needs fewer terms.
 */
function polynomialRoot(
  day: Float64Array,
  amount: Float64Array,
  from: number,
  until: number,
  first: number,
  scale: number,
): number {
  let m0 = 0;
  let m1 = 0;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  let m5 = 0;
  let m6 = 0;
  let m7 = 0;
  for (let i = from; i < until; i++) {
    const t = (day[i] - first) * scale - 0.5;
    const square = t * t;
    const even = amount[i];
    const odd = even * t;
    m0 += even;
    m1 += odd;
    m2 += even * square;
    m3 += odd * square;
    const fourth = square * square;
    m4 += even * fourth;
    m5 += odd * fourth;
    m6 += even * fourth * square;
    m7 += odd * fourth * square;
  }
  const [a2, a3, a4, a5, a6, a7] = [m2 / 2, m3 / 6, m4 / 24, m5 / 120, m6 / 720, m7 / 5040];
  let y = 0;
  for (let turn = 0; turn < 6; turn++) {
    const value = m0 - y * (m1 - y * (a2 - y * (a3 - y * (a4 - y * (a5 - y * (a6 - y * a7))))));
    const slope =
      -m1 + y * (2 * a2 - y * (3 * a3 - y * (4 * a4 - y * (5 * a5 - y * (6 * a6 - y * 7 * a7)))));
    const next = y - value / slope;
    if (!(Math.abs(next) < 4)) break;
    const done = Math.abs(next - y) < 1e-7;
    y = next;
    if (done) break;
  }
  return y;
}

/** When a search along a line ends. */
export interface ScalarOptions {
  /** Relative width of x at which the search ends; √ε, below which f cannot tell, if not given. */
  readonly tolerance?: number;
  /** 200 if not given. */
  readonly maxIterations?: number;
}

/** The lowest point found on a line. */
export interface ScalarMinimum {
  readonly x: number;
  /** f(x). */
  readonly value: number;
  /** False where the iterations ran out. */
  readonly converged: boolean;
}

const golden = (3 - Math.sqrt(5)) / 2;

/**
 * A minimum of a function of one variable inside an interval: x with f(x) ≤ f nearby. The one
 * minimum where f is unimodal, else a local one.
 *
 * Brent's method: parabolas through the three lowest points where they help, else golden section.
 *
 * @param f NaN counts as higher than anything.
 * @param low Finite; f is never evaluated at the ends themselves.
 * @param high Finite, above `low`.
 *
 * Cost: one evaluation an iteration, some 10 to 40. The place is known to about √ε of its size.
 * Source: Richard P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 5.
 */
export function minimiseScalar(
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = Math.sqrt(Number.EPSILON), maxIterations = 200 }: ScalarOptions = {},
): ScalarMinimum {
  const at = (x: number): number => {
    const value = f(x);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  let a = low;
  let b = high;
  // x is the lowest point, w the next, v the w before.
  let x = a + golden * (b - a);
  let w = x;
  let v = x;
  let fx = at(x);
  let fw = fx;
  let fv = fx;
  let step = 0;
  let before = 0;
  for (let i = 0; i < maxIterations; i++) {
    const middle = (a + b) / 2;
    const close = tolerance * Math.abs(x) + 1e-12 * (high - low);
    if (Math.abs(x - middle) <= 2 * close - (b - a) / 2) return { x, value: fx, converged: true };
    const guess = Math.abs(before) > close ? parabolaStep(x, w, v, fx, fw, fv) : Number.NaN;
    if (Math.abs(guess) < Math.abs(before) / 2 && x + guess > a && x + guess < b) {
      before = step;
      step = guess;
      if (x + guess - a < 2 * close || b - x - guess < 2 * close) {
        step = x < middle ? close : -close;
      }
    } else {
      before = x < middle ? b - x : a - x;
      step = golden * before;
    }
    const u = x + (Math.abs(step) >= close ? step : step > 0 ? close : -close);
    const fu = at(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      v = w;
      fv = fw;
      w = x;
      fw = fx;
      x = u;
      fx = fu;
      continue;
    }
    if (u < x) a = u;
    else b = u;
    if (fu <= fw || w === x) {
      v = w;
      fv = fw;
      w = u;
      fw = fu;
    } else if (fu <= fv || v === x || v === w) {
      v = u;
      fv = fu;
    }
  }
  return { x, value: fx, converged: false };
}

/** From x to the bottom of the parabola through three points; NaN where they have none. */
function parabolaStep(x: number, w: number, v: number, fx: number, fw: number, fv: number): number {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  const top = (x - v) * q - (x - w) * r;
  return -top / (2 * (q - r));
}

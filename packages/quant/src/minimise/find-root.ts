/** How close a root is to be known. */
export interface RootOptions {
  /** Half-width of the bracket at which the search ends, beside 4 ε |x|; 0 (to the last bits) if not given. */
  readonly tolerance?: number;
  /** 200 if not given; bisection alone needs about 1,100 in the worst case, Brent's method seldom 15. */
  readonly maxIterations?: number;
}

/**
 * A root of a continuous function inside a bracket: x with f(x) = 0, low ≤ x ≤ high.
 *
 * Brent's method: inverse quadratic interpolation or the secant where they shrink the bracket fast
 * enough, else bisection. It cannot leave the bracket and cannot fail once the signs differ.
 *
 * @param f Continuous on the bracket. An end at which it is 0 is the root.
 * @param low Finite, one end of the bracket.
 * @param high Finite, the other end.
 * @returns the root, or null where f has the same sign at both ends, or is NaN somewhere met.
 *
 * Cost: about 8 evaluations for a smooth function to the last bits.
 * Source: Richard P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4.
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = 0, maxIterations = 200 }: RootOptions = {},
): number | null {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0) || Number.isNaN(fa) || Number.isNaN(fb)) return null;
  let c = a;
  let fc = fa;
  let step = b - a;
  let before = step;
  for (let i = 0; i < maxIterations; i++) {
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const close = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= close || fb === 0) return b;
    const guess = Math.abs(before) >= close ? interpolated(a, b, c, fa, fb, fc) : Number.NaN;
    // Taken only if inside the bracket and less than half the step before last.
    if (
      Math.abs(guess) < Math.abs(before) / 2 &&
      guess * half > 0 &&
      Math.abs(guess) < 1.5 * Math.abs(half)
    ) {
      before = step;
      step = guess;
    } else {
      before = half;
      step = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > close ? step : Math.sign(half) * close;
    fb = f(b);
    if (Number.isNaN(fb)) return null;
    if (fb < 0 === fc < 0) {
      c = a;
      fc = fa;
      before = b - a;
      step = before;
    }
  }
  return b;
}

/** The step from b to where the parabola in f through the three points, or the secant, has its root. */
function interpolated(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  if (Math.abs(fa) <= Math.abs(fb)) return Number.NaN;
  const s = fb / fa;
  if (a === c) return (s * (c - b)) / (s - 1);
  const q = fa / fc;
  const r = fb / fc;
  const top = s * ((c - b) * q * (q - r) - (b - a) * (r - 1));
  return -top / ((q - 1) * (r - 1) * (s - 1));
}

/**
 * The x > 0 at which a tail probability is `wanted`, by Newton's method on the logarithms of both,
 * which are nearly straight lines in the tails, kept inside a bracket.
 *
 * @param tail Probability as a function of x > 0, rising or falling.
 * @param rising Whether it rises.
 * @param density Absolute slope of `tail`.
 * @param wanted Above 0 and below 1.
 * @param start A first guess above 0.
 */
export function invertTail(
  tail: (x: number) => number,
  rising: boolean,
  density: (x: number) => number,
  wanted: number,
  start: number,
): number {
  const target = Math.log(wanted);
  let low = -745;
  let high = 709;
  let u = Math.log(start);
  for (let i = 0; i < 300; i++) {
    const x = Math.exp(u);
    const value = tail(x);
    const error = Math.log(value) - target;
    const step = (error / (density(x) * x)) * (rising ? value : -value);
    // A step this small is as exact as the tail itself; taken on x it rounds once less.
    if (Math.abs(step) < 1e-9) return x - step * x;
    if (error > 0 === rising) high = u;
    else low = u;
    const newton = u - step;
    u = newton > low && newton < high ? newton : (low + high) / 2;
    if (high - low < 1e-15) break;
  }
  return Math.exp(u);
}

/**
 * Abscissae and weights of Gauss and Legendre on (−1, 1) for an even number of points: by symmetry
 * the half below 0, each of which stands for its mirror image too.
 *
 * ∫₋₁¹ f ≈ Σ wᵢ [f(xᵢ) + f(−xᵢ)], exact for polynomials of degree 2 × points − 1.
 *
 * @param points Even, at least 2.
 * @returns two columns of shape [points ÷ 2].
 *
 * Cost: about five × points² multiply-adds. Source: Newton's method on Legendre's polynomials, Press
 * et al., Numerical Recipes, 3rd ed. (2007), §4.6.
 */
export function gaussLegendre(points: number): {
  readonly x: Float64Array;
  readonly weight: Float64Array;
} {
  if (!(Number.isInteger(points) && points >= 2 && points % 2 === 0)) {
    throw new RangeError(`points must be even and at least 2, got ${points}`);
  }
  const half = points / 2;
  const x = new Float64Array(half);
  const weight = new Float64Array(half);
  for (let i = 0; i < half; i++) {
    let at = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 1;
    for (let turn = 0; turn < 20; turn++) {
      let before = 1;
      let value = at;
      for (let k = 2; k <= points; k++) {
        [before, value] = [value, ((2 * k - 1) * at * value - (k - 1) * before) / k];
      }
      slope = (points * (at * value - before)) / (at * at - 1);
      const step = value / slope;
      at -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    x[i] = -at;
    weight[i] = 2 / ((1 - at * at) * slope * slope);
  }
  return { x, weight };
}

const cubeRoot = Math.cbrt(Number.EPSILON);
const fourthRoot = Number.EPSILON ** 0.25;

/**
 * The gradient of f at x by central differences: g_i = (f(x + h_i e_i) − f(x − h_i e_i)) ÷ 2 h_i,
 * with h_i = ε^⅓ max(|x_i|, 1), where rounding and truncation errors balance at about ε^⅔.
 *
 * @param f Called with an array that is reused. What is not finite comes out as NaN or infinite.
 * @param x Shape [n]; unchanged.
 * @param out Where the gradient goes, shape [n]; a new array if not given.
 *
 * Cost: 2 n evaluations. Source: Jorge Nocedal and Stephen J. Wright, Numerical Optimization, 2006, §8.1.
 */
export function numericGradient(
  f: (x: Float64Array) => number,
  x: Float64Array,
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  const at = Float64Array.from(x);
  for (let i = 0; i < x.length; i++) {
    const h = cubeRoot * Math.max(Math.abs(x[i]), 1);
    at[i] = x[i] + h;
    const up = at[i];
    const above = f(at);
    at[i] = x[i] - h;
    const below = f(at);
    // The step that was taken in floating point, not the one wished for.
    out[i] = (above - below) / (up - at[i]);
    at[i] = x[i];
  }
  return out;
}

/**
 * The matrix of second derivatives of f at x by central differences, row-major, shape [n × n],
 * symmetric: H_ij = (f₊₊ − f₊₋ − f₋₊ + f₋₋) ÷ 4 h_i h_j, with h_i = ε^¼ × scale_i.
 *
 * @param f Called with an array that is reused.
 * @param x Shape [n]; unchanged.
 * @param scale The size over which f bends in each direction, above 0, shape [n]; max(|x_i|, 1) if not given.
 *
 * Cost: 2 n² evaluations. Source: Jorge Nocedal and Stephen J. Wright, Numerical Optimization, 2006, §8.1.
 */
export function numericHessian(
  f: (x: Float64Array) => number,
  x: Float64Array,
  scale: Float64Array = x.map((each) => Math.max(Math.abs(each), 1)),
): Float64Array {
  const n = x.length;
  const h = scale.map((each) => fourthRoot * each);
  const at = Float64Array.from(x);
  const shifted = (i: number, si: number, j: number, sj: number): number => {
    at.set(x);
    at[i] += si * h[i];
    at[j] += sj * h[j];
    return f(at);
  };
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const bend =
        shifted(i, 1, j, 1) - shifted(i, 1, j, -1) - shifted(i, -1, j, 1) + shifted(i, -1, j, -1);
      hessian[i * n + j] = bend / (4 * h[i] * h[j]);
      hessian[j * n + i] = hessian[i * n + j];
    }
  }
  return hessian;
}

/**
 * The Jacobian of F: ℝⁿ → ℝᵐ at x by central differences, row-major, shape [m × n]:
 * J_ij = ∂F_i ÷ ∂x_j.
 *
 * @param f Answers an array of shape [m], which may be reused by it.
 * @param x Shape [n]; unchanged.
 *
 * Cost: 2 n evaluations. Source: as `numericGradient`.
 */
export function numericJacobian(
  f: (x: Float64Array) => Float64Array,
  x: Float64Array,
  scale: Float64Array = x.map((each) => Math.max(Math.abs(each), 1)),
): Float64Array {
  const n = x.length;
  const at = Float64Array.from(x);
  let jacobian = new Float64Array(0);
  for (let j = 0; j < n; j++) {
    const h = cubeRoot * scale[j];
    at[j] = x[j] + h;
    const up = at[j];
    const above = Float64Array.from(f(at));
    at[j] = x[j] - h;
    const below = f(at);
    if (j === 0) jacobian = new Float64Array(below.length * n);
    for (let i = 0; i < below.length; i++)
      jacobian[i * n + j] = (above[i] - below[i]) / (up - at[j]);
    at[j] = x[j];
  }
  return jacobian;
}

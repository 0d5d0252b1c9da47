/** A function along a ray. */
export interface Slope {
  /** f(x + t p); Infinity where there is none. */
  value(t: number): number;
  /** The gradient, the slope along the ray and the point, at the t that `value` was last asked for. */
  gradient(): {
    readonly gradient: Float64Array<ArrayBuffer>;
    readonly slope: number;
    readonly x: Float64Array<ArrayBuffer>;
  };
}

interface Found {
  readonly value: number;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly x: Float64Array<ArrayBuffer>;
}

const enough = 1e-4;
const flatter = 0.9;

/**
 * A step t along a ray that lowers f enough and flattens its slope enough:
 * f(t) ≤ f(0) + c₁ t f′(0) and |f′(t)| ≤ c₂ |f′(0)|, c₁ = 1e-4, c₂ = 0.9. Near the bottom,
 * where f falls by less than its rounding, one that halves the slope. Null where no step does.
 *
 * Source: Jorge Nocedal and Stephen J. Wright, Numerical Optimization, 2006, algorithms 3.5 and 3.6; William
 * Hager and Hongchao Zhang, A new conjugate gradient method with guaranteed descent and an efficient
 * line search, 2005 (going by slopes near the bottom).
 */
export function lineSearch(
  ray: Slope,
  value0: number,
  slope0: number,
  first: number,
): Found | null {
  let low = { t: 0, value: value0, slope: slope0 };
  /** The end of the bracket at which f is too high or rises; none yet while null. */
  let high: { readonly t: number; readonly value: number; readonly slope: number } | null = null;
  let best: Found | null = null;
  let t = first;
  const rounding = 8 * Number.EPSILON * Math.max(1, Math.abs(value0));
  for (let i = 0; i < 50; i++) {
    const value = ray.value(t);
    if (best === null && -t * slope0 < rounding) {
      // So short a step lowers f by less than f's own rounding: only its slope can still tell.
      const { gradient, slope, x } = ray.gradient();
      const flattens = Math.abs(slope) <= -slope0 / 2 && value <= value0 + rounding;
      return flattens ? { value, gradient, x } : null;
    }
    if (value > value0 + enough * t * slope0 || value >= low.value || !Number.isFinite(value)) {
      high = { t, value, slope: Number.NaN };
    } else {
      const { gradient, slope, x } = ray.gradient();
      if (!Number.isFinite(slope)) {
        high = { t, value: Number.POSITIVE_INFINITY, slope: Number.NaN };
      } else {
        best = { value, gradient, x };
        if (Math.abs(slope) <= -flatter * slope0) return best;
        const rises = high === null ? slope >= 0 : slope * (high.t - low.t) >= 0;
        if (rises) high = low;
        low = { t, value, slope };
      }
    }
    if (high === null) {
      t *= 2;
      continue;
    }
    const width = high.t - low.t;
    if (Math.abs(width) <= 1e-14 * Math.max(Math.abs(low.t), Math.abs(high.t))) break;
    t = low.t + width * share(low, high);
  }
  return best;
}

/** Where between the ends the cubic, or the parabola, through what is known of them is lowest. */
function share(
  low: { readonly t: number; readonly value: number; readonly slope: number },
  high: { readonly t: number; readonly value: number; readonly slope: number },
): number {
  const width = high.t - low.t;
  if (!Number.isFinite(high.value)) return 0.1;
  const s0 = low.slope * width;
  const rise = high.value - low.value;
  let at = -s0 / (2 * (rise - s0));
  if (Number.isFinite(high.slope)) {
    const s1 = high.slope * width;
    const d = s0 + s1 - 3 * rise;
    const root = d * d - s0 * s1;
    if (root >= 0) at = 1 - (s1 + Math.sqrt(root) - d) / (s1 - s0 + 2 * Math.sqrt(root));
  }
  return at >= 0.1 && at <= 0.9 ? at : at < 0.1 ? 0.1 : 0.5;
}

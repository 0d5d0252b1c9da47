import { type Matrix, quadraticForm } from '@plimsoll/quant/linear-algebra';

/**
 * One part of what is minimised. Terms add, and each is multiplied by its `scale` ≥ 0. All are
 * convex, so that the sum has one least value.
 */
export type Term =
  /** −μᵀw: less is more return. Any sign of scale. */
  | { readonly kind: 'return'; readonly vector: Float64Array; readonly scale: number }
  /** wᵀΣw. */
  | { readonly kind: 'variance'; readonly matrix: Matrix; readonly scale: number }
  /** (w − b)ᵀ Σ (w − b). */
  | {
      readonly kind: 'tracking';
      readonly matrix: Matrix;
      readonly benchmark: Float64Array;
      readonly scale: number;
    }
  /** Σw², which spreads weights. */
  | { readonly kind: 'squares'; readonly scale: number }
  /** Σ κ |w − current|. */
  | { readonly kind: 'linear-cost'; readonly rates: Float64Array; readonly scale: number }
  /** Σ κ |w − current|^(3/2): market impact that grows with the square root of the size. */
  | { readonly kind: 'impact'; readonly rates: Float64Array; readonly scale: number }
  /** Σ δ |w|: the worst case of returns that are each uncertain by ±δ. */
  | { readonly kind: 'box'; readonly widths: Float64Array; readonly scale: number }
  /** √(wᵀΘw): the worst case of returns in an ellipsoid of shape Θ. */
  | { readonly kind: 'ellipsoid'; readonly matrix: Matrix; readonly scale: number };

/** The value of the sum of terms at w. Where nothing is held now, `current` is null and counts as 0. */
export function termsAt(
  terms: readonly Term[],
  w: Float64Array,
  current: Float64Array | null,
): number {
  return terms.reduce((sum, term) => sum + term.scale * oneValue(term, w, current), 0);
}

function oneValue(term: Term, w: Float64Array, current: Float64Array | null): number {
  switch (term.kind) {
    case 'return':
      return -sumOver(w, (value, i) => value * term.vector[i]);
    case 'variance':
      return quadraticForm(term.matrix, w);
    case 'tracking':
      return quadraticForm(
        term.matrix,
        w.map((value, i) => value - term.benchmark[i]),
      );
    case 'squares':
      return sumOver(w, (value) => value * value);
    case 'linear-cost':
      return sumOver(w, (value, i) => term.rates[i] * Math.abs(value - (current?.[i] ?? 0)));
    case 'impact':
      return sumOver(w, (value, i) => term.rates[i] * Math.abs(value - (current?.[i] ?? 0)) ** 1.5);
    case 'box':
      return sumOver(w, (value, i) => term.widths[i] * Math.abs(value));
    case 'ellipsoid':
      return Math.sqrt(Math.max(0, quadraticForm(term.matrix, w)));
  }
}

function sumOver(w: Float64Array, of: (value: number, i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++) sum += of(w[i], i);
  return sum;
}

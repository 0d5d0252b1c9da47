import { type Matrix, matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import type { Kinks } from './compile.ts';
import type { Region } from './region.ts';
import type { Term } from './term.ts';

/** ½ wᵀQw + cᵀw of the terms that are linear or quadratic. */
export interface Smooth {
  readonly quadratic: Matrix | null;
  readonly linear: Float64Array;
}

/** Those of a sum of terms, in one matrix. */
export function smoothPart(terms: readonly Term[], n: number): Smooth {
  let quadratic: Matrix | null = null;
  for (const term of terms) {
    if (term.scale === 0) continue;
    if (term.kind === 'variance' || term.kind === 'tracking') {
      quadratic ??= matrix(n, n);
      const { data } = term.matrix;
      for (let k = 0; k < data.length; k++) quadratic.data[k] += 2 * term.scale * data[k];
    }
    if (term.kind === 'squares') {
      quadratic ??= matrix(n, n);
      for (let i = 0; i < n; i++) quadratic.data[i * (n + 1)] += 2 * term.scale;
    }
  }
  return { quadratic, linear: linearPart(terms, n) };
}

function linearPart(terms: readonly Term[], n: number): Float64Array {
  const linear = new Float64Array(n);
  for (const term of terms) {
    if (term.scale === 0) continue;
    if (term.kind === 'return') {
      for (let i = 0; i < n; i++) linear[i] -= term.scale * term.vector[i];
    }
    if (term.kind === 'tracking') {
      const pull = timesVector(term.matrix, term.benchmark);
      for (let i = 0; i < n; i++) linear[i] -= 2 * term.scale * pull[i];
    }
  }
  return linear;
}

/** Smooth terms and kinks that are `factor` times these. */
export interface Scaled {
  readonly smooth: Smooth;
  readonly kinks: Kinks;
  readonly factor: number;
}

/**
 * The smooth terms and the kinks, divided by what makes the only matrix among them stand as it is, so
 * that it need not be copied; in one new matrix and undivided where there are several.
 */
export function scaledPart(terms: readonly Term[], region: Region): Scaled {
  const n = region.names.length;
  const kinks = kinksOf(terms, region);
  const curved = terms.filter(
    ({ kind, scale }) => scale !== 0 && ['variance', 'tracking', 'squares'].includes(kind),
  );
  const [only] = curved;
  if (curved.length !== 1 || !only || !('matrix' in only)) {
    return { smooth: smoothPart(terms, n), kinks, factor: 1 };
  }
  const factor = 2 * only.scale;
  const divided = (values: Float64Array): Float64Array => values.map((value) => value / factor);
  return {
    smooth: { quadratic: only.matrix, linear: divided(linearPart(terms, n)) },
    kinks: {
      trade: kinks.trade && divided(kinks.trade),
      size: kinks.size && divided(kinks.size),
    },
    factor,
  };
}

/** The costs of the terms that have a kink. */
export function kinksOf(terms: readonly Term[], region: Region): Kinks {
  const n = region.names.length;
  let trade: Float64Array | null = null;
  let size: Float64Array | null = null;
  for (const term of terms) {
    if (term.scale === 0) continue;
    if (term.kind === 'linear-cost') {
      trade ??= new Float64Array(n);
      for (let i = 0; i < n; i++) trade[i] += term.scale * term.rates[i];
    }
    if (term.kind === 'box') {
      size ??= new Float64Array(n);
      for (let i = 0; i < n; i++) size[i] += term.scale * term.widths[i];
    }
  }
  return { trade, size };
}

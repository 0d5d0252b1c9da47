import type { GarchParameters } from '../garch/garch-model.ts';

/** Standard normal numbers for tests: the same seed, the same numbers. */
export function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (((z ^ (z >>> 15)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** A series of known parameters. */
export function simulatedGarch(
  seed: number,
  n: number,
  { mean, omega, alpha, gamma, beta }: GarchParameters = {
    mean: 0.05,
    omega: 0.05,
    alpha: 0.08,
    gamma: 0.05,
    beta: 0.85,
    dof: null,
  },
): Float64Array {
  const normal = normals(seed);
  let variance = omega / (1 - alpha - gamma / 2 - beta);
  return Float64Array.from({ length: n }, () => {
    const e = normal() * Math.sqrt(variance);
    variance = omega + (e < 0 ? alpha + gamma : alpha) * e * e + beta * variance;
    return mean + e;
  });
}

/** An autoregressive moving average of known coefficients, after 200 steps from 0. */
export function simulatedArma(
  seed: number,
  n: number,
  { ar = [], ma = [], mean = 0 }: { ar?: readonly number[]; ma?: readonly number[]; mean?: number },
): Float64Array {
  const normal = normals(seed);
  const past: number[] = [];
  const shocks: number[] = [];
  for (let t = 0; t < n + 200; t++) {
    const shock = normal();
    let x = shock;
    for (let i = 0; i < ar.length; i++) x += (ar[i] ?? 0) * (past[t - 1 - i] ?? 0);
    for (let i = 0; i < ma.length; i++) x += (ma[i] ?? 0) * (shocks[t - 1 - i] ?? 0);
    past.push(x);
    shocks.push(shock);
  }
  return Float64Array.from(past.slice(200), (x) => x + mean);
}

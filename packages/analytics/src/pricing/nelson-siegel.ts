import { ok, type Result, refuse } from '@plimsoll/kernel';
import { leastSquares, matrix } from '@plimsoll/quant/linear-algebra';
import { nelderMead } from '@plimsoll/quant/minimise';

/** Parameters of the curve; without `hump2` it is Nelson and Siegel's of 1987. */
export interface NelsonSiegel {
  /** Rate in the long run. */
  readonly level: number;
  /** Short end less long run. */
  readonly slope: number;
  readonly hump: number;
  /** Years; where the hump has its top, about. */
  readonly decay: number;
  readonly hump2?: number;
  readonly decay2?: number;
}

/** (1 − e^(−x)) ÷ x, 1 at 0. */
const loading = (x: number): number => (x === 0 ? 1 : -Math.expm1(-x) / x);

/**
 * Continuous zero rate of the curve of Nelson, Siegel and Svensson:
 * y(t) = β₀ + β₁ L(t ÷ τ₁) + β₂ [L(t ÷ τ₁) − e^(−t ÷ τ₁)] + β₃ [L(t ÷ τ₂) − e^(−t ÷ τ₂)],
 * L(x) = (1 − e^(−x)) ÷ x.
 *
 * @param years At least 0; 0 gives β₀ + β₁.
 *
 * Source: Nelson and Siegel, "Parsimonious modeling of yield curves" (1987); Svensson, "Estimating
 * and interpreting forward interest rates" (1994).
 */
export function nelsonSiegelRate(curve: NelsonSiegel, years: number): number {
  const { level, slope, hump, decay, hump2 = 0, decay2 = 1 } = curve;
  const x = years / decay;
  const x2 = years / decay2;
  return (
    level +
    slope * loading(x) +
    hump * (loading(x) - Math.exp(-x)) +
    hump2 * (loading(x2) - Math.exp(-x2))
  );
}

/** Instantaneous forward rate: β₀ + β₁ e^(−x) + β₂ x e^(−x) + β₃ x₂ e^(−x₂), x = t ÷ τ. */
export function nelsonSiegelForward(curve: NelsonSiegel, years: number): number {
  const { level, slope, hump, decay, hump2 = 0, decay2 = 1 } = curve;
  const x = years / decay;
  const x2 = years / decay2;
  return level + (slope + hump * x) * Math.exp(-x) + hump2 * x2 * Math.exp(-x2);
}

/** A curve with how well it fits. */
export interface FittedNelsonSiegel {
  readonly curve: NelsonSiegel;
  /** Root of the mean squared difference of rates. */
  readonly rootMeanSquare: number;
}

/** Loadings of the β for given decays, row-major, shape [years × (3 or 4)]. */
function loadings(years: readonly number[], decays: readonly number[]): Float64Array {
  const width = decays.length + 2;
  const data = new Float64Array(years.length * width);
  years.forEach((t, i) => {
    data[i * width] = 1;
    data[i * width + 1] = loading(t / (decays[0] as number));
    decays.forEach((decay, j) => {
      data[i * width + 2 + j] = loading(t / decay) - Math.exp(-t / decay);
    });
  });
  return data;
}

/** The best β for given decays, by least squares, and their squared error. */
function bestBetas(
  years: readonly number[],
  rates: Float64Array,
  decays: readonly number[],
): { readonly betas: Float64Array; readonly error: number } {
  const width = decays.length + 2;
  const data = loadings(years, decays);
  const { x: betas } = leastSquares(matrix(years.length, width, data), rates);
  let error = 0;
  for (let i = 0; i < years.length; i++) {
    let fitted = 0;
    for (let j = 0; j < width; j++) fitted += data[i * width + j] * betas[j];
    error += (rates[i] - fitted) ** 2;
  }
  return { betas, error };
}

/** Decays from which the search starts, in years. */
const starts = [0.3, 0.7, 1.5, 3, 6, 12];

/**
 * Fits the curve of Nelson and Siegel, or with `svensson` the longer one, to zero rates: for given
 * decays the β are plain least squares, so only the decays are searched, from several starts.
 *
 * @param years Times of the rates, above 0, shape [n].
 * @param rates Continuous zero rates, shape [n].
 * @returns refused where there are fewer rates than parameters.
 *
 * Cost: some thousand small least squares. Source: as `nelsonSiegelRate`; variable projection after
 * Golub and Pereyra (1973); Gilli, Große and Schumann, "Calibrating the Nelson–Siegel–Svensson
 * model" (2010) on its many local minima.
 */
export function fitNelsonSiegel(
  years: readonly number[],
  rates: readonly number[],
  svensson: boolean,
): Result<FittedNelsonSiegel> {
  const parameters = svensson ? 6 : 4;
  const enough = years.length >= parameters && years.length <= 5000;
  if (years.length !== rates.length || !enough || !years.every((t) => t > 0)) {
    return refuse({
      code: 'curve.points',
      detail: `A fit of ${parameters} parameters needs as many rates at times above 0, up to 5,000, not ${rates.length} rates at ${years.length} times.`,
    });
  }
  const observed = Float64Array.from(rates);
  const decaysOf = (logs: ArrayLike<number>): number[] =>
    Array.from(logs, (log) => Math.exp(Math.min(4, Math.max(-4, log))));
  // On the logarithm the search goes on to errors far below the size of a rate.
  const error = (logs: ArrayLike<number>): number =>
    Math.log(bestBetas(years, observed, decaysOf(logs)).error + 1e-40);
  const candidates = svensson
    ? starts.flatMap((a) => starts.filter((b) => b > a).map((b) => [Math.log(a), Math.log(b)]))
    : starts.map((a) => [Math.log(a)]);
  const ranked = candidates
    .map((start) => ({ start, error: error(start) }))
    .sort((a, b) => a.error - b.error)
    .slice(0, 3);
  const searched = ranked.map(({ start }) =>
    nelderMead(error, Float64Array.from(start), { step: 0.2, maxIterations: 600 }),
  );
  const best = searched.reduce((least, each) => (each.value < least.value ? each : least));
  const decays = decaysOf(best.x);
  const { betas, error: squared } = bestBetas(years, observed, decays);
  const [level = 0, slope = 0, hump = 0, hump2 = 0] = betas;
  const [decay = 1, decay2 = 1] = decays;
  return ok({
    curve: svensson ? { level, slope, hump, decay, hump2, decay2 } : { level, slope, hump, decay },
    rootMeanSquare: Math.sqrt(squared / years.length),
  });
}

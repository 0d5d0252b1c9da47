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

/** Least ratio of the longer decay to the shorter: nearer, both humps grow without bound against each other. */
const apart = Math.log(1.2);

/** Where decays are searched, on the logarithm: nothing shorter or longer shows in rates of these times. */
interface Span {
  readonly low: number;
  readonly high: number;
}

/** τ at any point: held inside the span, the two in their order and apart. */
function decaysAt(logs: ArrayLike<number>, { low, high }: Span, slopeFirst: boolean): number[] {
  const held = (log: number, from: number, to: number): number => Math.min(to, Math.max(from, log));
  if (logs.length === 1) return [Math.exp(held(logs[0], low, high))];
  const shorter = held(logs[0], low, high - apart);
  const pair = [Math.exp(shorter), Math.exp(held(logs[1], shorter + apart, high))];
  return slopeFirst ? pair : pair.reverse();
}

/** A point of the search: logarithms of the decays, the shorter first, and whether the slope has the shorter. */
interface Candidate {
  readonly logs: readonly number[];
  readonly slopeFirst: boolean;
  readonly error: number;
}

/** The points of a grid that are better than all their neighbours, the best first. */
function lowsOfGrid(
  grid: readonly number[],
  svensson: boolean,
  errorAt: (logs: readonly number[], slopeFirst: boolean) => number,
): readonly Candidate[] {
  const orders = svensson ? [true, false] : [true];
  return orders
    .flatMap((slopeFirst) => {
      const errors = grid.map((a) =>
        svensson
          ? grid.map((b) =>
              b - a < apart ? Number.POSITIVE_INFINITY : errorAt([a, b], slopeFirst),
            )
          : [errorAt([a], slopeFirst)],
      );
      return errors.flatMap((row, i) =>
        row.flatMap((error, j): Candidate[] => {
          const lowest = [-1, 0, 1].every((di) =>
            [-1, 0, 1].every((dj) => !((errors[i + di]?.[j + dj] ?? error) < error)),
          );
          const logs = svensson ? [grid[i], grid[j]] : [grid[i]];
          return lowest && Number.isFinite(error) ? [{ logs, slopeFirst, error }] : [];
        }),
      );
    })
    .sort((a, b) => a.error - b.error);
}

/**
 * Fits the curve of Nelson and Siegel, or with `svensson` the longer one, to zero rates: for given
 * decays the β are plain least squares, so only the decays are searched, first over a grid of
 * logarithms, from a fifth of the first time to twice the last, then from its best lows.
 *
 * The decays of the longer curve differ by a fifth or more, either the longer: as they meet, the humps
 * cancel each other at any size.
 *
 * @param years Times of the rates, above 0, shape [n].
 * @param rates Continuous zero rates, shape [n].
 * @returns refused where there are fewer rates than parameters.
 *
 * Cost: some two thousand small least squares. Source: as `nelsonSiegelRate`; variable projection after
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
  const span = {
    low: Math.log(years.reduce((least, t) => Math.min(least, t)) / 5),
    high: Math.log(years.reduce((most, t) => Math.max(most, t)) * 2),
  };
  // On the logarithm the search goes on to errors far below the size of a rate.
  const errorAt = (logs: ArrayLike<number>, slopeFirst: boolean): number =>
    Math.log(bestBetas(years, observed, decaysAt(logs, span, slopeFirst)).error + 1e-40);
  const cells = Math.min(60, Math.ceil((span.high - span.low) / 0.15));
  const grid = Array.from(
    { length: cells + 1 },
    (_, i) => span.low + ((span.high - span.low) * i) / cells,
  );
  const searched = lowsOfGrid(grid, svensson, errorAt)
    .slice(0, 4)
    .map(({ logs, slopeFirst }) => {
      const error = (at: Float64Array): number => errorAt(at, slopeFirst);
      const first = nelderMead(error, Float64Array.from(logs), { step: 0.1, maxIterations: 400 });
      // Along an edge of the span a simplex may fall flat: a second one goes on.
      const { x, value } = nelderMead(error, first.x, { step: 0.1, maxIterations: 400 });
      return { decays: decaysAt(x, span, slopeFirst), value };
    });
  const [best] = searched.sort((one, other) => one.value - other.value);
  if (best === undefined) {
    return refuse({
      code: 'curve.points',
      detail: 'The rates are too large or not numbers; a rate is a fraction, 0.05 for 5 %.',
    });
  }
  const { decays } = best;
  const { betas, error: squared } = bestBetas(years, observed, decays);
  const [level = 0, slope = 0, hump = 0, hump2 = 0] = betas;
  const [decay = 1, decay2 = 1] = decays;
  return ok({
    curve: svensson ? { level, slope, hump, decay, hump2, decay2 } : { level, slope, hump, decay },
    rootMeanSquare: Math.sqrt(squared / years.length),
  });
}

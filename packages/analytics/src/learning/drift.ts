import { chiSquareSf } from '@plimsoll/quant/distributions';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { sorted } from '@plimsoll/quant/statistics';
import { type ColumnReference, columnAt, type DriftReference } from './drift-reference.ts';

/** What a comparison says: null where there is too little to tell. */
export type DriftVerdict = 'stable' | 'watch' | 'drifted' | null;

/** How one column of recent rows lies beside the training rows. */
export interface ColumnDrift {
  readonly name: string;
  /** Population stability index; null where there is too little to tell. */
  readonly stabilityIndex: number | null;
  /** Chance of an index as large without any drift. */
  readonly indexChance: number | null;
  /** Largest distance of the two distribution functions (Kolmogorov–Smirnov), and its chance. */
  readonly distance: number | null;
  readonly distanceChance: number | null;
  readonly verdict: DriftVerdict;
  /** Why there is no verdict. */
  readonly why?: string;
}

/** Where verdicts change. */
export const driftLimits = {
  /** Fewest values on either side. */
  fewest: 30,
  /** Index from which a column is watched, and from which it has drifted. */
  watch: 0.1,
  drifted: 0.25,
  /** Chance below which it counts, divided by the number of columns compared. */
  watchChance: 0.05,
  driftedChance: 0.01,
} as const;

const parts = 10;

/**
 * Population stability index of recent values: Σ (a − e) ln(a ÷ e) over ten parts of equal training
 * share, and one more for missing values where there are any; an empty part counts as half a value.
 * Its chance without drift is that of Pearson's statistic of the same counts,
 * Σ (A √(n ÷ m) − E √(m ÷ n))² ÷ (A + E), by χ² of parts − 1 degrees of freedom: the index itself is not
 * near χ² where parts are small.
 *
 * Source: Naeem Siddiqi, Credit risk scorecards (2006); Karl Pearson (1911) for two samples.
 */
function stabilityIndex(
  reference: ColumnReference,
  recent: Float64Array,
): { readonly index: number; readonly chance: number } {
  const kept = Float64Array.from(reference.sorted);
  const cuts = new Set<number>();
  for (let part = 1; part < parts; part++) {
    cuts.add(kept[Math.floor((part * kept.length) / parts)]);
  }
  const edges = sorted(Float64Array.from(cuts));
  const known = recent.filter((each) => !Number.isNaN(each));
  const missing = recent.length - known.length;
  const scale = (reference.rows - reference.missing) / kept.length;
  const expected = countsIn(edges, kept).map((each) => each * scale);
  const actual = countsIn(edges, known);
  if (reference.missing > 0 || missing > 0) {
    expected.push(reference.missing);
    actual.push(missing);
  }
  const n = reference.rows;
  const m = recent.length;
  const ratio = Math.sqrt(n / m);
  let index = 0;
  let statistic = 0;
  for (let part = 0; part < expected.length; part++) {
    const [came = 0, foreseen = 0] = [actual[part], expected[part]];
    const e = Math.max(0.5, foreseen) / n;
    const a = Math.max(0.5, came) / m;
    index += (a - e) * Math.log(a / e);
    if (came + foreseen > 0)
      statistic += (came * ratio - foreseen / ratio) ** 2 / (came + foreseen);
  }
  const freedom = expected.length - 1;
  return { index, chance: freedom > 0 ? chiSquareSf(statistic, freedom) : 1 };
}

/** Values below the first edge, from each edge to the next, and from the last on. */
function countsIn(edges: Float64Array, values: Float64Array): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) {
    let part = 0;
    while (part < edges.length && value >= edges[part]) part += 1;
    counts[part] = (counts[part] ?? 0) + 1;
  }
  return counts;
}

/**
 * The largest distance of two distribution functions, and the chance of one as large where both are
 * samples of one distribution: Q(λ) = 2 Σ (−1)^(k − 1) e^(−2 k² λ²), λ = (√s + 0.12 + 0.11 ÷ √s) D,
 * s = n m ÷ (n + m).
 *
 * Source: Michael Stephens, Use of the Kolmogorov–Smirnov and related statistics without extensive
 * tables (1970).
 */
export function kolmogorovSmirnov(
  a: Float64Array,
  b: Float64Array,
): { readonly distance: number; readonly chance: number } {
  const x = sorted(a);
  const y = sorted(b);
  let distance = 0;
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    const value = Math.min(x[i], y[j]);
    while (i < x.length && x[i] === value) i += 1;
    while (j < y.length && y[j] === value) j += 1;
    distance = Math.max(distance, Math.abs(i / x.length - j / y.length));
  }
  const root = Math.sqrt((x.length * y.length) / (x.length + y.length));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  // The series converges slowly near 0, where the chance is 1 to many digits.
  if (lambda < 0.2) return { distance, chance: 1 };
  let chance = 0;
  for (let k = 1; k <= 100; k++) {
    chance += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * lambda * lambda);
  }
  return { distance, chance: Math.min(1, Math.max(0, chance)) };
}

/**
 * Compares recent values of a column with those of training.
 *
 * `drifted`: an index of at least 0.25 with a chance below 1 %; `watch`: at least 0.1 and below 5 %, or
 * a distance whose chance is below 1 %. Chances are divided by `comparisons` (Bonferroni). They hold
 * for independent rows; what moves slowly, as volatility does, looks drifted sooner.
 */
export function columnDrift(
  reference: ColumnReference,
  recent: Float64Array,
  comparisons = 1,
): ColumnDrift {
  const { name } = reference;
  const { fewest, watch, drifted, watchChance, driftedChance } = driftLimits;
  const known = recent.filter((each) => !Number.isNaN(each));
  const short = Math.min(reference.sorted.length, known.length);
  if (short < fewest) {
    const why = `${known.length} recent and ${reference.sorted.length} training values; ${fewest} of each are needed`;
    const none = { stabilityIndex: null, indexChance: null, distance: null, distanceChance: null };
    return { name, ...none, verdict: null, why };
  }
  const { index, chance } = stabilityIndex(reference, recent);
  const apart = kolmogorovSmirnov(Float64Array.from(reference.sorted), known);
  const rare = (each: number, limit: number): boolean => each < limit / comparisons;
  const watched =
    (index >= watch && rare(chance, watchChance)) || rare(apart.chance, driftedChance);
  const verdict =
    index >= drifted && rare(chance, driftedChance) ? 'drifted' : watched ? 'watch' : 'stable';
  return {
    name,
    stabilityIndex: index,
    indexChance: chance,
    distance: apart.distance,
    distanceChance: apart.chance,
    verdict,
  };
}

/** Drift of features and predictions, and the worst of all verdicts. */
export interface InputDrift {
  readonly features: readonly ColumnDrift[];
  readonly predictions: ColumnDrift;
  readonly verdict: DriftVerdict;
}

/**
 * Compares recent rows and what the model made of them with training.
 *
 * @param recent [rows × features], in the order of the reference; throws where it has other columns.
 */
export function inputDrift(
  reference: DriftReference,
  recent: Matrix,
  predictions: Float64Array,
): InputDrift {
  const count = reference.features.length;
  if (recent.columns !== count) {
    throw new RangeError(`The reference has ${count} features, the rows have ${recent.columns}.`);
  }
  const features = reference.features.map((each, j) =>
    columnDrift(each, columnAt(recent, j), count + 1),
  );
  const said = predictions.filter((each) => !Number.isNaN(each));
  const drift = columnDrift(reference.predictions, said, count + 1);
  return { features, predictions: drift, verdict: worstVerdict([...features, drift]) };
}

/** The worst of several verdicts; null only where none could be given. */
export function worstVerdict(all: readonly { readonly verdict: DriftVerdict }[]): DriftVerdict {
  const has = (verdict: DriftVerdict): boolean => all.some((each) => each.verdict === verdict);
  if (has('drifted')) return 'drifted';
  if (has('watch')) return 'watch';
  return has('stable') ? 'stable' : null;
}

/** One named linear limit: `lower ≤ coefficients · weights ≤ upper`; an equality has both the same. */
export interface RegionRow {
  /** What is limited, as a person would say it: `budget`, `sector Energy`, `beta`. */
  readonly name: string;
  /** Shape [n]. */
  readonly coefficients: Float64Array;
  /** −Infinity where there is none. */
  readonly lower: number;
  /** Infinity where there is none. */
  readonly upper: number;
  /** Whether limits are shares that read well as percent. */
  readonly unit: 'fraction' | 'number';
}

/** Weights to keep near to: those of a benchmark, and how far one may be from them. */
export interface TrackingLimit {
  /** Weights of the benchmark, shape [n]. */
  readonly benchmark: Float64Array;
  /** Largest standard deviation of the difference, per period of the covariance. */
  readonly limit: number;
}

/**
 * The weights that are allowed: what a list of constraints comes to, in numbers. Limits that are
 * not asked for are null. `lower`, `upper` and `rows` are all there is to most regions; the others
 * are beyond a plain linear program, though turnover and the caps on gross, long and short weight
 * become linear by splitting each weight.
 */
export interface Region {
  readonly names: readonly string[];
  /** Least weight of each, shape [n]; −Infinity where there is none. */
  readonly lower: Float64Array;
  /** Greatest weight of each, shape [n]; Infinity where there is none. */
  readonly upper: Float64Array;
  /** Budget, groups, scores, beta, target return. */
  readonly rows: readonly RegionRow[];
  /** Weights now, shape [n]; null where nothing is held. */
  readonly current: Float64Array | null;
  /** Greatest ½ Σ|w − current|: one-way turnover. */
  readonly turnover: number | null;
  /** Greatest Σ|w|. */
  readonly gross: number | null;
  /** Greatest Σ max(w, 0). */
  readonly long: number | null;
  /** Greatest Σ max(−w, 0). */
  readonly short: number | null;
  /** Greatest number of weights that are not zero. */
  readonly maxNames: number | null;
  /** Least |weight| of each name that is held at all. */
  readonly minWeight: number | null;
  readonly tracking: TrackingLimit | null;
  /** Greatest standard deviation, per period of the covariance. */
  readonly volatility: number | null;
}

/** The parts of a region that not every way of optimising can keep. */
export type RegionPart =
  | 'rows'
  | 'turnover'
  | 'gross'
  | 'long'
  | 'short'
  | 'maxNames'
  | 'minWeight'
  | 'tracking'
  | 'volatility';

/**
 * The parts of a region, beyond bounds and the budget, that are asked for and not among those kept;
 * for a refusal that names them.
 */
export function partsNotKept(region: Region, kept: readonly RegionPart[]): RegionPart[] {
  const asked: readonly RegionPart[] = [
    ...(region.rows.some(({ name }) => name !== 'budget') ? (['rows'] as const) : []),
    ...optional.filter((part) => region[part] !== null),
  ];
  return asked.filter((part) => !kept.includes(part));
}

const optional = [
  'turnover',
  'gross',
  'long',
  'short',
  'maxNames',
  'minWeight',
  'tracking',
  'volatility',
] as const;

/** Every part there is: what an optimiser keeps that goes through `allocateTerms`. */
export const everyPart: readonly RegionPart[] = ['rows', ...optional];

import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Region, RegionRow } from './region.ts';

/**
 * One wish about the weights. Constraints add: what two of them ask for must hold both. Shares are
 * fractions of the whole portfolio, 0.1 for 10 %.
 */
export type Constraint =
  /** Σw = total: 1 for fully invested, 0 for market neutral. */
  | { readonly kind: 'budget'; readonly total: number }
  /** lower ≤ w ≤ upper, of the names given or of all. */
  | {
      readonly kind: 'bounds';
      readonly of?: readonly string[];
      readonly lower?: number;
      readonly upper?: number;
    }
  /** lower ≤ Σw of the members ≤ upper. */
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly members: readonly string[];
      readonly lower?: number;
      readonly upper?: number;
    }
  /** lower ≤ Σ score · w ≤ upper: a beta, a carbon or quality score, an expected return. */
  | {
      readonly kind: 'score';
      readonly name: string;
      readonly scores: ReadonlyMap<string, number>;
      readonly lower?: number;
      readonly upper?: number;
      /** Fractions read well as percent. */
      readonly unit?: 'fraction' | 'number';
    }
  /** ½ Σ|w − current| ≤ limit. */
  | { readonly kind: 'turnover'; readonly limit: number }
  /** Σ|w| ≤ limit. */
  | { readonly kind: 'gross'; readonly limit: number }
  /** Σ max(w, 0) ≤ limit. */
  | { readonly kind: 'long'; readonly limit: number }
  /** Σ max(−w, 0) ≤ limit. */
  | { readonly kind: 'short'; readonly limit: number }
  /** At most so many weights that are not 0. */
  | { readonly kind: 'max-names'; readonly limit: number }
  /** Each weight is 0 or at least so far from 0. */
  | { readonly kind: 'min-weight'; readonly limit: number }
  /** √((w − benchmark)ᵀ Σ (w − benchmark)) ≤ limit. */
  | {
      readonly kind: 'tracking-error';
      readonly benchmark: ReadonlyMap<string, number>;
      readonly limit: number;
    }
  /** √(wᵀΣw) ≤ limit. */
  | { readonly kind: 'volatility'; readonly limit: number };

interface Draft {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rows: RegionRow[];
  turnover: number | null;
  gross: number | null;
  long: number | null;
  short: number | null;
  maxNames: number | null;
  minWeight: number | null;
  tracking: Region['tracking'];
  volatility: number | null;
}

const caps = {
  turnover: 'turnover',
  gross: 'gross',
  long: 'long',
  short: 'short',
  'max-names': 'maxNames',
  'min-weight': 'minWeight',
  volatility: 'volatility',
} as const;

/**
 * The region that a list of constraints allows. Without a bound a weight is unbounded, without a
 * budget the sum is free. Refused: names that are not there, and limits that make no sense.
 *
 * @param current Weights now by name; a name that is missing is not held.
 */
export function regionOf(
  names: readonly string[],
  constraints: readonly Constraint[],
  current: ReadonlyMap<string, number> | null = null,
): Result<Region> {
  const places = new Map(names.map((name, i) => [name, i]));
  const draft: Draft = {
    lower: new Float64Array(names.length).fill(Number.NEGATIVE_INFINITY),
    upper: new Float64Array(names.length).fill(Number.POSITIVE_INFINITY),
    rows: [],
    turnover: null,
    gross: null,
    long: null,
    short: null,
    maxNames: null,
    minWeight: null,
    tracking: null,
    volatility: null,
  };
  for (const constraint of constraints) {
    const wrong = add(draft, constraint, places);
    if (wrong) return refuse({ code: 'optimisation.constraint', detail: wrong });
  }
  const now = current === null ? null : vectorOf(current, places, 'The weights now');
  if (typeof now === 'string') return refuse({ code: 'optimisation.constraint', detail: now });
  if (now === null && draft.turnover !== null) {
    return refuse({
      code: 'optimisation.constraint',
      detail: 'A turnover limit needs the weights now; give them as current.',
    });
  }
  return ok({ names, ...draft, current: now });
}

function add(
  draft: Draft,
  constraint: Constraint,
  places: ReadonlyMap<string, number>,
): string | null {
  switch (constraint.kind) {
    case 'budget':
      return addRow(draft, {
        name: 'budget',
        coefficients: new Float64Array(places.size).fill(1),
        lower: constraint.total,
        upper: constraint.total,
        unit: 'fraction',
      });
    case 'bounds':
      return addBounds(draft, constraint, places);
    case 'group': {
      const members = new Map(constraint.members.map((name) => [name, 1]));
      return addScores(draft, { unit: 'fraction', ...constraint, scores: members }, places);
    }
    case 'score':
      return addScores(draft, constraint, places);
    case 'tracking-error': {
      const benchmark = vectorOf(constraint.benchmark, places, 'The benchmark');
      if (typeof benchmark === 'string') return benchmark;
      draft.tracking = {
        benchmark,
        limit: Math.min(constraint.limit, draft.tracking?.limit ?? Number.POSITIVE_INFINITY),
      };
      return constraint.limit >= 0 ? null : negative('tracking error', constraint.limit);
    }
    default:
      return addCap(draft, constraint);
  }
}

function addCap(
  draft: Draft,
  { kind, limit }: { readonly kind: keyof typeof caps; readonly limit: number },
): string | null {
  if (!(limit >= 0)) return negative(kind, limit);
  const part = caps[kind];
  const before = draft[part];
  draft[part] =
    before === null
      ? limit
      : kind === 'min-weight'
        ? Math.max(before, limit)
        : Math.min(before, limit);
  return null;
}

const negative = (what: string, limit: number): string =>
  `The limit of ${what.replace('-', ' ')} is ${limit}; it must be 0 or more.`;

function addRow(draft: Draft, row: RegionRow): string | null {
  if (Number.isNaN(row.lower) || Number.isNaN(row.upper)) {
    return `The limits of ${row.name} are not numbers.`;
  }
  draft.rows.push(row);
  return null;
}

function addScores(
  draft: Draft,
  constraint: {
    readonly name: string;
    readonly scores: ReadonlyMap<string, number>;
    readonly lower?: number;
    readonly upper?: number;
    readonly unit?: 'fraction' | 'number';
  },
  places: ReadonlyMap<string, number>,
): string | null {
  const { name, scores, lower, upper, unit = 'number' } = constraint;
  const coefficients = vectorOf(scores, places, name);
  if (typeof coefficients === 'string') return coefficients;
  return addRow(draft, {
    name,
    coefficients,
    lower: lower ?? Number.NEGATIVE_INFINITY,
    upper: upper ?? Number.POSITIVE_INFINITY,
    unit,
  });
}

function addBounds(
  draft: Draft,
  {
    of,
    lower,
    upper,
  }: { readonly of?: readonly string[]; readonly lower?: number; readonly upper?: number },
  places: ReadonlyMap<string, number>,
): string | null {
  for (const name of of ?? places.keys()) {
    const place = places.get(name);
    if (place === undefined) return unknownName('A bound', name, places);
    if (lower !== undefined) draft.lower[place] = Math.max(draft.lower[place], lower);
    if (upper !== undefined) draft.upper[place] = Math.min(draft.upper[place], upper);
  }
  return null;
}

/** Numbers by name in the order of the places, 0 where none is given; or what is wrong with them. */
function vectorOf(
  byName: ReadonlyMap<string, number>,
  places: ReadonlyMap<string, number>,
  what: string,
): Float64Array | string {
  const vector = new Float64Array(places.size);
  for (const [name, value] of byName) {
    const place = places.get(name);
    if (place === undefined) return unknownName(what, name, places);
    if (!Number.isFinite(value)) return `${what}: ${value} for ${name} is not a finite number.`;
    vector[place] = value;
  }
  return vector;
}

const unknownName = (what: string, name: string, places: ReadonlyMap<string, number>): string =>
  `${what} names ${name}, which is not among ${[...places.keys()].slice(0, 8).join(', ')}${places.size > 8 ? ', …' : ''}.`;

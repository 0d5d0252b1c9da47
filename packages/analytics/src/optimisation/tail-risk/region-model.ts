import type { Region, RegionRow } from '../problem/region.ts';
import type { Entry, LinearModel } from './linear-model.ts';

/** The parts of a region that `addWeights` keeps. */
export const linearParts = [
  'rows',
  'turnover',
  'gross',
  'long',
  'short',
  'maxNames',
  'minWeight',
] as const;

/** A limit without its coefficients. */
export type LimitRow = Omit<RegionRow, 'coefficients'>;

/** Whether the region needs variables that are 0 or 1. */
const hasWholeNumbers = ({ maxNames, minWeight }: Region): boolean =>
  maxNames !== null || minWeight !== null;

/**
 * Adds weights as the first n variables of a model and the rows of a region as its first rows, then
 * what the other limits need: bought and sold, long and short parts, and held or not.
 *
 * @returns The rows of the model that are limits, by their numbers, for naming those that bind.
 */
export function addWeights(model: LinearModel, region: Region): Map<number, LimitRow> {
  const limits = new Map<number, LimitRow>();
  const n = region.names.length;
  for (let i = 0; i < n; i++) model.variable({ lower: region.lower[i], upper: region.upper[i] });
  for (const row of region.rows) {
    const { coefficients, lower, upper } = row;
    const entries: Entry[] = [];
    coefficients.forEach((value, i) => {
      if (value !== 0) entries.push([i, value]);
    });
    limits.set(model.row(entries, lower, upper), row);
  }
  addTurnover(model, region, limits);
  addSides(model, region, limits);
  addHeld(model, region);
  return limits;
}

const least = Number.NEGATIVE_INFINITY;
const cap = (name: string, upper: number): LimitRow => ({
  name,
  lower: least,
  upper,
  unit: 'fraction',
});

/** w − current = bought − sold, ½ Σ (bought + sold) ≤ turnover. */
function addTurnover(
  model: LinearModel,
  { names, current, turnover }: Region,
  limits: Map<number, LimitRow>,
): void {
  if (turnover === null) return;
  const moved: Entry[] = [];
  names.forEach((_, i) => {
    const bought = model.variable();
    const sold = model.variable();
    const now = current ? current[i] : 0;
    model.row(
      [
        [i, 1],
        [bought, -1],
        [sold, 1],
      ],
      now,
      now,
    );
    moved.push([bought, 0.5], [sold, 0.5]);
  });
  limits.set(model.row(moved, least, turnover), cap('turnover', turnover));
}

/** w = long − short, with limits on the sums. */
function addSides(
  model: LinearModel,
  { names, gross, long, short }: Region,
  limits: Map<number, LimitRow>,
): void {
  if (gross === null && long === null && short === null) return;
  const longs: Entry[] = [];
  const shorts: Entry[] = [];
  names.forEach((_, i) => {
    const above = model.variable();
    const below = model.variable();
    model.row(
      [
        [i, 1],
        [above, -1],
        [below, 1],
      ],
      0,
      0,
    );
    longs.push([above, 1]);
    shorts.push([below, 1]);
  });
  const add = (name: string, entries: readonly Entry[], limit: number | null): void => {
    if (limit !== null) limits.set(model.row(entries, least, limit), cap(name, limit));
  };
  add('gross weight', [...longs, ...shorts], gross);
  add('long weight', longs, long);
  add('short weight', shorts, short);
}

/**
 * Long held and short held are 0 or 1, at most one of them 1: w ≤ upper · long − least · short and so
 * on. Bounds that are infinite count as ten times the whole value.
 */
function addHeld(model: LinearModel, region: Region): void {
  if (!hasWholeNumbers(region)) return;
  const { names, lower, upper, maxNames, minWeight } = region;
  const smallest = minWeight ?? 0;
  const held: Entry[] = [];
  names.forEach((_, i) => {
    const highest = Math.min(upper[i], 10);
    const lowest = Math.max(lower[i], -10);
    const long = model.variable({ upper: highest > 0 ? 1 : 0, whole: true });
    const short = model.variable({ upper: lowest < 0 ? 1 : 0, whole: true });
    model.row(
      [
        [i, 1],
        [long, -highest],
        [short, smallest],
      ],
      least,
      0,
    );
    model.row(
      [
        [i, 1],
        [long, -smallest],
        [short, -lowest],
      ],
      0,
    );
    model.row(
      [
        [long, 1],
        [short, 1],
      ],
      least,
      1,
    );
    held.push([long, 1], [short, 1]);
  });
  if (maxNames !== null) model.row(held, least, maxNames);
}

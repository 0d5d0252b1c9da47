import type { Region } from '../problem/region.ts';
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

/** Whether the region needs variables that are 0 or 1. */
export const hasWholeNumbers = ({ maxNames, minWeight }: Region): boolean =>
  maxNames !== null || minWeight !== null;

/**
 * Adds weights as the first n variables of a model and the rows of a region as its first rows, then
 * what the other limits need: bought and sold, long and short parts, and held or not.
 */
export function addWeights(model: LinearModel, region: Region): void {
  const n = region.names.length;
  for (let i = 0; i < n; i++) model.variable({ lower: region.lower[i], upper: region.upper[i] });
  for (const { coefficients, lower, upper } of region.rows) {
    const entries: Entry[] = [];
    coefficients.forEach((value, i) => {
      if (value !== 0) entries.push([i, value]);
    });
    model.row(entries, lower, upper);
  }
  addTurnover(model, region);
  addSides(model, region);
  addHeld(model, region);
}

/** w − current = bought − sold, ½ Σ (bought + sold) ≤ turnover. */
function addTurnover(model: LinearModel, { names, current, turnover }: Region): void {
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
  model.row(moved, Number.NEGATIVE_INFINITY, turnover);
}

/** w = long − short, with limits on the sums. */
function addSides(model: LinearModel, { names, gross, long, short }: Region): void {
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
  const least = Number.NEGATIVE_INFINITY;
  if (gross !== null) model.row([...longs, ...shorts], least, gross);
  if (long !== null) model.row(longs, least, long);
  if (short !== null) model.row(shorts, least, short);
}

/**
 * Long held and short held are 0 or 1, at most one of them 1: w ≤ upper · long − least · short and so
 * on. Bounds that are infinite count as ten times the whole value.
 */
function addHeld(model: LinearModel, region: Region): void {
  if (!hasWholeNumbers(region)) return;
  const { names, lower, upper, maxNames, minWeight } = region;
  const least = minWeight ?? 0;
  const none = Number.NEGATIVE_INFINITY;
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
        [short, least],
      ],
      none,
      0,
    );
    model.row(
      [
        [i, 1],
        [long, -least],
        [short, -lowest],
      ],
      0,
    );
    model.row(
      [
        [long, 1],
        [short, 1],
      ],
      none,
      1,
    );
    held.push([long, 1], [short, 1]);
  });
  if (maxNames !== null) model.row(held, none, maxNames);
}

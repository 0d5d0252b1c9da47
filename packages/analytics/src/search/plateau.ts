import type { Axis } from './axis.ts';
import { type ParameterSpace, type Point, pointKey } from './parameter-space.ts';
import { bestTrial, type TriedTrial } from './run-search.ts';

/** A trial among those beside it. */
export interface Neighbourhood {
  readonly trial: TriedTrial;
  /** Mean value of the trial and its neighbours that have one. */
  readonly mean: number;
  /** Mean of the neighbours alone ÷ the trial's own value; null where that is not above 0, or none is known. */
  readonly score: number | null;
  /** Share of the neighbours whose value is above 0; null where none is known. */
  readonly positiveShare: number | null;
  /** Neighbours that have a value. */
  readonly known: number;
  /** Neighbours that the space has; null where it is continuous. */
  readonly possible: number | null;
}

/** On a continuous axis a level is this share of the range. */
const levelShare = 0.05;

/** Whether two coordinates are within reach of each other; categories only where they are equal. */
function near(axis: Axis, a: number, b: number, reach: number): boolean {
  if (axis.kind === 'categorical') return a === b;
  const within = axis.levels === Number.POSITIVE_INFINITY ? reach * levelShare : reach;
  return Math.abs(a - b) <= within;
}

/** The other points of a space of levels within reach of one. */
function pointsAround({ axes }: ParameterSpace, centre: Point, reach: number): readonly Point[] {
  let points: Point[] = [[]];
  axes.forEach(({ kind, levels }, i) => {
    const wide = kind === 'categorical' ? 0 : reach;
    const [from, to] = [Math.max(0, centre[i] - wide), Math.min(levels - 1, centre[i] + wide)];
    const places = Array.from({ length: to - from + 1 }, (_, k) => from + k);
    points = points.flatMap((point) => places.map((place) => [...point, place]));
  });
  return points.filter((point) => point.some((place, i) => place !== centre[i]));
}

/** The most neighbours that are looked up one by one. */
const mostAround = 3000;

/**
 * What stands beside each trial that has a value: the trials within `reach` levels on every ordered axis
 * (5 % of the range each where it is continuous) and equal on the categorical ones.
 *
 * Cost: trials × neighbours on a grid of few axes, else trials².
 */
export function neighbourhoods(
  space: ParameterSpace,
  trials: readonly TriedTrial[],
  reach = 1,
): readonly Neighbourhood[] {
  const valued = trials.filter(({ value }) => value !== null);
  const counted = space.size !== null && (2 * reach + 1) ** space.axes.length <= mostAround;
  if (!counted) {
    return valued.map((trial) => {
      const beside = valued.filter(
        ({ point, number }) =>
          number !== trial.number &&
          space.axes.every((axis, i) => near(axis, point[i], trial.point[i], reach)),
      );
      return describe(trial, beside, null);
    });
  }
  const byKey = new Map(valued.map((trial) => [pointKey(trial.point), trial]));
  return valued.map((trial) => {
    const around = pointsAround(space, trial.point, reach);
    const beside = around.flatMap((point) => byKey.get(pointKey(point)) ?? []);
    // What the check refuses is no neighbour that is missing.
    const refused =
      beside.length === around.length
        ? 0
        : around.filter((point) => space.check(space.parametersAt(point)) !== null).length;
    return describe(trial, beside, around.length - refused);
  });
}

function describe(
  trial: TriedTrial,
  beside: readonly TriedTrial[],
  possible: number | null,
): Neighbourhood {
  const own = trial.value ?? 0;
  const known = beside.length;
  const total = beside.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const positive = beside.filter(({ value }) => (value ?? 0) > 0).length;
  return {
    trial,
    mean: (own + total) / (known + 1),
    score: own > 0 && known > 0 ? total / known / own : null,
    positiveShare: known > 0 ? positive / known : null,
    known,
    possible,
  };
}

/** Which trial was taken, and how. */
export interface Picked {
  readonly trial: TriedTrial;
  /** A sentence. */
  readonly how: string;
}

/**
 * The trial to go on with: of the highest value, or the centre of the best plateau, that whose
 * neighbourhood has the highest mean. Only trials with at least half of their neighbours known can be a
 * centre (two, where the space is continuous); where there are none the best is taken, and `how` says so.
 *
 * @returns null where no trial has a value.
 */
export function pickTrial(
  space: ParameterSpace,
  trials: readonly TriedTrial[],
  pick: 'best' | 'plateau',
  reach = 1,
): Picked | null {
  const best = bestTrial(trials);
  if (best === null) return null;
  if (pick === 'best') return { trial: best, how: 'The highest objective in sample.' };
  let centre: Neighbourhood | undefined;
  for (const each of neighbourhoods(space, trials, reach)) {
    const enough = each.possible === null ? each.known >= 2 : 2 * each.known >= each.possible;
    if (enough && each.known > 0 && (!centre || each.mean > centre.mean)) centre = each;
  }
  return centre
    ? {
        trial: centre.trial,
        how: `The highest mean objective over itself and ${centre.known} neighbours.`,
      }
    : {
        trial: best,
        how: 'The highest objective in sample; too few neighbours were tried to see a plateau.',
      };
}

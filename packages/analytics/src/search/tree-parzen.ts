import { seededRandom } from '@plimsoll/kernel';
import type { Known, Proposing } from './ask-and-tell.ts';
import { latinHypercube } from './latin-hypercube.ts';
import type { ParameterSpace, Point } from './parameter-space.ts';
import { parzenEstimator } from './parzen-estimator.ts';
import { seedOf } from './permutation.ts';
import type { Outcome } from './searcher.ts';

export interface TreeParzenSettings {
  readonly total: number;
  readonly seed: number;
  readonly startTrials: number;
  readonly candidates: number;
  readonly parallel: number;
}

/** How many of n trials count as good: a tenth, at most 25. */
const goodOf = (n: number): number => Math.min(25, Math.ceil(0.1 * n));

/** Tries at another candidate where one was tried before or is refused. */
const mostDraws = 20;

/**
 * Tree-structured Parzen estimator: trials are parted into the best tenth and the rest, a density is
 * fitted to either, and of some points drawn from that of the good ones the one is tried at which
 * good ÷ rest is highest. The first trials are a Latin hypercube. Trials still under way count as bad
 * ones (the constant liar), so that the next goes elsewhere; trials without a value count as the worst.
 *
 * @returns how to propose: an endless walk stands behind it for where no candidate is free.
 *
 * Cost a trial: candidates × trials × axes. Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for
 * hyper-parameter optimization" (2011); Ginsbourger, Le Riche and Carraro, "Kriging is well-suited to
 * parallelize optimization" (2010), constant liar.
 */
export function treeParzen(
  space: ParameterSpace,
  settings: TreeParzenSettings,
): Required<Pick<Proposing, 'propose' | 'needs'>> {
  const { seed, candidates, parallel } = settings;
  const starts = Math.min(settings.startTrials, settings.total);
  const spread = latinHypercube(space, starts, seedOf(seed, 0x5747));
  return {
    needs: (number) => (number < starts ? 0 : Math.max(0, number - parallel + 1)),
    propose: (known) => {
      const { number, points, outcomes, free } = known;
      if (number < starts) return free(spread[number]) ? spread[number] : undefined;
      const { good, rest } = partTrials(points, outcomes);
      if (good.length === 0) return undefined;
      const random = seededRandom(seedOf(seed, number));
      const best = parzenEstimator(space.axes, good);
      const others = parzenEstimator(space.axes, rest);
      return bestOf(
        freeDraws(() => best.draw(random), candidates, free),
        (point) => best.logDensity(point) - others.logDensity(point),
      );
    },
  };
}

/** So many points that may be tried, fewer where most draws may not. */
function freeDraws(draw: () => Point, wanted: number, free: Known['free']): readonly Point[] {
  const points: Point[] = [];
  for (let draws = 0; points.length < wanted && draws < wanted + mostDraws; draws++) {
    const point = draw();
    if (free(point)) points.push(point);
  }
  return points;
}

/** The point of the highest score, the first of equals. */
function bestOf(points: readonly Point[], score: (point: Point) => number): Point | undefined {
  let chosen: Point | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const reached = score(point);
    if (reached > highest) [chosen, highest] = [point, reached];
  }
  return chosen;
}

function partTrials(
  points: readonly Point[],
  outcomes: readonly Outcome[],
): { readonly good: readonly Point[]; readonly rest: readonly Point[] } {
  const valued = outcomes.flatMap(({ number, value }) =>
    value === null ? [] : [{ number, value }],
  );
  const ranked = valued.toSorted((a, b) => b.value - a.value || a.number - b.number);
  const best = ranked.slice(0, goodOf(outcomes.length)).map(({ number }) => number);
  const isGood = new Set(best);
  return {
    good: best.map((number) => points[number]),
    rest: points.filter((_, number) => !isGood.has(number)),
  };
}

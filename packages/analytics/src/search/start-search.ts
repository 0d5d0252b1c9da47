import {
  ok,
  parameterTable,
  type Result,
  readParameters,
  refuse,
  seededRandom,
  type ValuesOf,
} from '@plimsoll/kernel';
import { askAndTell } from './ask-and-tell.ts';
import { type ParameterSpace, type Point, pointAt } from './parameter-space.ts';
import { permutation, seedOf } from './permutation.ts';
import type { Searcher, SearcherState } from './searcher.ts';
import { treeParzen } from './tree-parzen.ts';

/** How a space is searched. */
export const searchParameters = parameterTable({
  method: {
    kind: 'choice',
    title: 'Method',
    help: 'All points of a grid in order, random ones, or those that look best by what is known (TPE).',
    of: ['grid', 'random', 'tpe'],
    default: 'grid',
  },
  trials: {
    kind: 'integer',
    title: 'Most trials',
    help: 'All points of a grid unless said; 100 for the other methods.',
    min: 1,
    max: 1_000_000,
    optional: true,
  },
  first: {
    kind: 'integer',
    title: 'First point of the grid',
    help: 'By number from 0, so that a grid can be searched in parts.',
    min: 0,
    default: 0,
  },
  seed: { kind: 'integer', title: 'Seed', min: 0, max: 4_294_967_295, default: 1 },
  startTrials: {
    kind: 'integer',
    title: 'Trials spread evenly at first (TPE)',
    help: 'A Latin hypercube: each parameter takes each part of its range once.',
    min: 2,
    max: 10_000,
    default: 15,
  },
  candidates: {
    kind: 'integer',
    title: 'Candidates a trial (TPE)',
    min: 1,
    max: 1000,
    default: 24,
  },
  parallel: {
    kind: 'integer',
    title: 'Trials under way at once (TPE)',
    help: 'A trial is proposed without the outcomes of the last so many less one, whether or not they are there, so that results do not depend on which answer comes first.',
    min: 1,
    max: 1000,
    default: 1,
  },
});

export type SearchSettings = ValuesOf<typeof searchParameters>;

/** Checks what was asked for and fills in the defaults. */
export const readSearch = (given: unknown): Result<SearchSettings> =>
  readParameters(searchParameters, given);

/** Trials of a method that could go on for ever. */
const usualTrials = 100;

/** The most trials of one search: each is kept, with its outcome. */
const mostTrials = 1_000_000;

/**
 * A searcher over a space; from a state it goes on where that one stood, with the same settings.
 *
 * @returns refused where a grid is asked of a space that has continuous parameters, has more points
 *   than can be kept, or fewer than the one to start from.
 */
export function startSearch(
  space: ParameterSpace,
  settings: SearchSettings,
  from?: SearcherState,
): Result<Searcher> {
  const { method, seed, first } = settings;
  const { size } = space;
  const trials = settings.trials ?? (method === 'grid' ? mostTrials : usualTrials);
  if (method === 'grid') {
    const wrong = wrongGrid(space, settings);
    if (wrong !== undefined) return refuse({ code: 'search.grid', detail: wrong });
    const points = size ?? 0;
    return ok(
      askAndTell(
        space,
        {
          total: Math.min(trials, points - first),
          first,
          walk: (cursor) => (cursor < points ? pointAt(space, cursor) : undefined),
          repeats: false,
        },
        from,
      ),
    );
  }
  const total = Math.min(trials, size ?? Number.POSITIVE_INFINITY);
  const walk = randomWalk(space, seed);
  const proposing =
    method === 'random'
      ? { total, walk, repeats: size === null }
      : { total, walk, repeats: true, ...treeParzen(space, { ...settings, total }) };
  return ok(askAndTell(space, proposing, from));
}

function wrongGrid({ axes, size }: ParameterSpace, settings: SearchSettings): string | undefined {
  const endless = axes.find(({ levels }) => levels === Number.POSITIVE_INFINITY);
  if (endless) {
    return `${endless.name} takes any number of a range; give it a step, points or a list, or search at random or by tpe.`;
  }
  if (size === null || (settings.trials === undefined && size > mostTrials)) {
    const points = axes.reduce((product, { levels }) => product * levels, 1);
    return `The grid has ${points} points, more than ${mostTrials}; take larger steps, say how many trials, or search at random or by tpe.`;
  }
  return settings.first >= size
    ? `The grid has ${size} points, so none has the number ${settings.first}.`
    : undefined;
}

/** Points in a seeded order: each once where they can be counted, else drawn evenly. */
function randomWalk(space: ParameterSpace, seed: number): (cursor: number) => Point | undefined {
  const { size, axes } = space;
  if (size !== null) {
    const order = permutation(size, seed);
    return (cursor) => (cursor < size ? pointAt(space, order(cursor)) : undefined);
  }
  return (cursor) => {
    const random = seededRandom(seedOf(seed, cursor));
    return axes.map(({ levels }) =>
      levels === Number.POSITIVE_INFINITY ? random.next() : random.integer(levels),
    );
  };
}

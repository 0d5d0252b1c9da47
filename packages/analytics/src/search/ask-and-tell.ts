import { invariant } from '@plimsoll/kernel';
import { type ParameterSpace, type Point, pointKey } from './parameter-space.ts';
import type { Outcome, Searcher, SearcherState, Trial } from './searcher.ts';

/** What may be known when a trial is proposed. */
export interface Known {
  /** The trial's number. */
  readonly number: number;
  /** Points of all trials before it. */
  readonly points: readonly Point[];
  /** Outcomes of the first of them, in their order; those after are still awaited. */
  readonly outcomes: readonly Outcome[];
  /** Whether a point may be tried: not yet tried, and not refused by the check. */
  readonly free: (point: Point) => boolean;
}

/** How a searcher comes to its points. */
export interface Proposing {
  readonly total: number;
  /** Where the walk begins. */
  readonly first?: number;
  /** The point at a place of the walk; undefined after the last. */
  readonly walk: (cursor: number) => Point | undefined;
  /** Whether the walk itself may come to a point twice, or `propose` to one of the walk. */
  readonly repeats: boolean;
  /** A point better than the next one of the walk, if it knows one. */
  readonly propose?: (known: Known) => Point | undefined;
  /** How many of the trials before a given one must have outcomes; 0 unless said. */
  readonly needs?: (number: number) => number;
}

/** Draws in a row that the check may refuse before the search gives up. */
const mostRefused = 100_000;

/** Outcomes by number, each once, whatever order they come in. */
function outcomeBook(asked: () => number) {
  const outcomes: (Outcome | undefined)[] = [];
  // Trials 0 … told − 1 all have outcomes.
  let told = 0;
  return {
    whole: () => told,
    first: (count: number) => outcomes.slice(0, count) as readonly Outcome[],
    all: () => Array.from(outcomes, (outcome) => outcome ?? []).flat(),
    tell: (arrived: readonly Outcome[]): void => {
      for (const outcome of arrived) {
        const { number } = outcome;
        invariant(number < asked(), `outcome of trial ${number}, of ${asked()} asked for`);
        invariant(outcomes[number] === undefined, `a second outcome of trial ${number}`);
        outcomes[number] = outcome;
      }
      while (outcomes[told] !== undefined) told += 1;
    },
  };
}

/** The common part of all searchers: numbers trials, keeps outcomes, leaves out what is refused. */
export function askAndTell(
  space: ParameterSpace,
  { total, first = 0, walk, repeats, propose, needs = () => 0 }: Proposing,
  from?: SearcherState,
): Searcher {
  let cursor = from?.cursor ?? first;
  let refused = from?.refused ?? 0;
  let stopped: string | null = null;
  const points: Point[] = [...(from?.points ?? [])];
  const book = outcomeBook(() => points.length);
  const allAsked = `all ${total} trials were asked for`;
  const tried = new Set<string>(repeats ? points.map(pointKey) : []);

  const allowed = (point: Point): boolean => {
    if (space.check(space.parametersAt(point)) === null) return true;
    refused += 1;
    return false;
  };
  const free = (point: Point): boolean => !tried.has(pointKey(point)) && allowed(point);

  function next(): Point | undefined {
    const enough = refused + mostRefused;
    while (refused < enough) {
      const point = walk(cursor);
      if (point === undefined) {
        stopped = 'there is nothing left to try';
        return undefined;
      }
      cursor += 1;
      if (repeats ? free(point) : allowed(point)) return point;
    }
    stopped = `the check refused ${mostRefused} parameter sets in a row`;
    return undefined;
  }

  function one(): Trial | undefined {
    const number = points.length;
    const wanted = needs(number);
    if (book.whole() < wanted) return undefined;
    const point = propose?.({ number, points, outcomes: book.first(wanted), free }) ?? next();
    if (point === undefined) return undefined;
    points.push(point);
    if (repeats) tried.add(pointKey(point));
    if (points.length >= total) stopped = allAsked;
    return { number, point, parameters: space.parametersAt(point) };
  }

  book.tell(from?.outcomes ?? []);
  if (points.length >= total) stopped = allAsked;

  return {
    space,
    total,
    tell: book.tell,
    ask: (most) => {
      const trials: Trial[] = [];
      while (trials.length < most && stopped === null) {
        const trial = one();
        if (!trial) break;
        trials.push(trial);
      }
      return trials;
    },
    get stopped() {
      return stopped;
    },
    get refused() {
      return refused;
    },
    state: () => ({
      cursor,
      refused,
      points: [...points],
      outcomes: book.all(),
    }),
  };
}

/** Trials that were asked for and have no outcome: to be tried again where they were lost on the way. */
export function awaitedTrials(space: ParameterSpace, state: SearcherState): readonly Trial[] {
  const told = new Set(state.outcomes.map(({ number }) => number));
  return state.points.flatMap((point, number) =>
    told.has(number) ? [] : [{ number, point, parameters: space.parametersAt(point) }],
  );
}

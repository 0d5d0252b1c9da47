import type { Result } from '@plimsoll/kernel';
import { type ParameterSpace, readSpace } from '../parameter-space.ts';
import type { Searcher, SearcherState } from '../searcher.ts';
import { readSearch, startSearch } from '../start-search.ts';

/** The value of what must not be refused. */
export function found<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

/** A space of two averages, the fast one below the slow one. */
export const crossing = (highest = 8): ParameterSpace =>
  found(
    readSpace(
      {
        fast: { kind: 'integer', title: 'Fast', min: 1, max: 500 },
        slow: { kind: 'integer', title: 'Slow', min: 1, max: 500 },
        kind: { kind: 'choice', title: 'Average', of: ['sma', 'ema'], default: 'sma' },
      },
      { fast: { from: 1, to: highest, step: 1 }, slow: { from: 1, to: highest, step: 1 } },
      {
        check: ({ fast, slow }) =>
          Number(fast) < Number(slow) ? null : `fast ${fast} is not below slow ${slow}`,
      },
    ),
  );

/** A searcher with some settings said and the others as usual. */
export const searcherOf = (space: ParameterSpace, given: object, from?: SearcherState): Searcher =>
  found(startSearch(space, found(readSearch(given)), from));

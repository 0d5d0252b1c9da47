import { ok, type ParameterTable, type Result, readParameters, refuse } from '@plimsoll/kernel';
import { type Objective, objectiveParameters, readObjective } from '../search/objective.ts';
import { type ParameterSpace, readSpace } from '../search/parameter-space.ts';
import type { Searcher } from '../search/searcher.ts';
import { type SearchSettings, searchParameters, startSearch } from '../search/start-search.ts';
import type { Strategy } from '../strategy/define-strategy.ts';

/** What a `sweep` block asks for, ready to be searched. */
export interface SweepSearch {
  readonly space: ParameterSpace;
  readonly settings: SearchSettings;
  readonly objective: Objective;
  /** A search that has not begun. */
  readonly searcher: () => Result<Searcher>;
}

const tables: readonly ParameterTable[] = [searchParameters, objectiveParameters];

/**
 * Reads a `sweep` block: `parameters` as `readSpace` takes them, beside the members of
 * `searchParameters` and `objectiveParameters`. Parameters that are not searched have the values of the
 * run.
 *
 * @returns refused where a member is unknown or wrong, or the space cannot be searched so.
 */
export function readSweep(
  given: unknown,
  strategy: Pick<Strategy, 'params' | 'check'>,
  params: Readonly<Record<string, unknown>>,
): Result<SweepSearch> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse({ code: 'search.space', detail: 'sweep must have parameters to search.' });
  }
  const { parameters, ...rest } = given as Readonly<Record<string, unknown>>;
  const known = tables.flatMap((table) => Object.keys(table));
  const odd = Object.keys(rest).find((name) => !known.includes(name));
  if (odd !== undefined) {
    const detail = `sweep: ${odd} is not asked for; known are parameters, ${known.join(', ')}.`;
    return refuse({ code: 'search.space', detail });
  }
  const own = (table: ParameterTable) =>
    Object.fromEntries(Object.entries(rest).filter(([name]) => Object.hasOwn(table, name)));
  const settings = readParameters(searchParameters, own(searchParameters));
  if (!settings.ok) return settings;
  const objective = readObjective(own(objectiveParameters));
  if (!objective.ok) return objective;
  const searched = Object.keys((parameters as object | null | undefined) ?? {});
  const fixed = Object.fromEntries(
    Object.entries(params).filter(([name]) => !searched.includes(name)),
  );
  const space = readSpace(strategy.params, parameters, {
    fixed,
    check: (set) => strategy.check?.(set as never) ?? null,
  });
  if (!space.ok) return space;
  const searcher = () => startSearch(space.value, settings.value);
  const first = searcher();
  if (!first.ok) return first;
  return ok({ space: space.value, settings: settings.value, objective: objective.value, searcher });
}

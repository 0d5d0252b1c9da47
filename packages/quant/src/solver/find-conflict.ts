import { KktState } from './kkt-state.ts';
import { makeFeasible } from './make-feasible.ts';
import type { Conflict, QuadraticProgram } from './quadratic-program.ts';

type Kind = 'rowLower' | 'rowUpper' | 'lower' | 'upper';

/** One side of a row or of a variable. */
interface Side {
  readonly kind: Kind;
  readonly at: number;
}

const kinds: readonly Kind[] = ['rowLower', 'rowUpper', 'lower', 'upper'];

/**
 * A smallest set of limits that cannot hold together: all of them conflict, and any one left out, the
 * rest can be met (an irreducible infeasible subsystem). Null where the program has a solution.
 * Rows of the Farkas proof come first and are then left out one at a time while the rest still
 * conflict; cost one first phase of the simplex method for each of those.
 *
 * **Source:** Chinneck and Dravnieks, Locating minimal infeasible constraint sets in linear programs,
 * ORSA Journal on Computing 3, 1991 (deletion filter); Gleeson and Ryan, 1990 (Farkas support).
 *
 * @param boundsHold Whether the bounds of variables are no limits but part of what the program means:
 *   they always hold and are not named. False if not given.
 */
export function findConflict(program: QuadraticProgram, boundsHold = false): Conflict | null {
  const crossed = crossing(program);
  if (crossed) return conflictOf(crossed);
  const all = everySide(program);
  const limits = boundsHold ? all.filter(({ kind }) => kind.startsWith('row')) : all;
  const given = boundsHold ? all.filter((side) => !limits.includes(side)) : [];
  const found = proof(program, limits, given);
  if (!found) return null;
  let suspects: readonly Side[] = found;
  // Bounds are the many, so rows are kept for last: a conflict told by few rows is easier to mend.
  const boundsFirst = found.toSorted((a, b) => kinds.indexOf(b.kind) - kinds.indexOf(a.kind));
  for (const side of boundsFirst) {
    if (!suspects.includes(side)) continue;
    const rest: readonly Side[] = suspects.filter((each) => each !== side);
    const still = proof(program, rest, given);
    if (still) suspects = rest.filter((each) => still.some((one) => isSame(one, each)));
  }
  return conflictOf(suspects);
}

const isSame = (a: Side, b: Side): boolean => a.kind === b.kind && a.at === b.at;

function everySide(program: QuadraticProgram): Side[] {
  return kinds.flatMap((kind) =>
    Array.from(program[kind], (value, at) => ({ value, kind, at })).filter(({ value }) =>
      Number.isFinite(value),
    ),
  );
}

/** A side that is beyond its own other side. */
function crossing(program: QuadraticProgram): Side[] | null {
  for (const [low, high] of [
    ['rowLower', 'rowUpper'],
    ['lower', 'upper'],
  ] as const) {
    const at = program[low].findIndex((value, i) => value > program[high][i]);
    if (at >= 0)
      return [
        { kind: low, at },
        { kind: high, at },
      ];
  }
  return null;
}

/**
 * Of the sides, those that a Farkas proof of their conflict uses; null where they can all hold, and
 * those that are given with them.
 */
function proof(
  program: QuadraticProgram,
  sides: readonly Side[],
  given: readonly Side[],
): Side[] | null {
  const only: Record<Kind, Float64Array> = {
    rowLower: new Float64Array(program.rowLower.length).fill(Number.NEGATIVE_INFINITY),
    rowUpper: new Float64Array(program.rowUpper.length).fill(Number.POSITIVE_INFINITY),
    lower: new Float64Array(program.lower.length).fill(Number.NEGATIVE_INFINITY),
    upper: new Float64Array(program.upper.length).fill(Number.POSITIVE_INFINITY),
  };
  for (const { kind, at } of [...sides, ...given]) only[kind][at] = program[kind][at];
  const state = new KktState({ ...program, ...only, quadratic: null });
  const farkas = makeFeasible(state, 50 * state.total + 1000);
  if (farkas === null || farkas === 'limit') return null;
  const pull = new Float64Array(state.total);
  state.rowsTransposed(farkas, pull);
  // The slack of a row is a variable too: its pull is −y. What is pulled up is held by its upper side.
  return sides.filter(({ kind, at }) => {
    const value = kind === 'rowLower' || kind === 'rowUpper' ? pull[state.n + at] : pull[at];
    return kind === 'rowUpper' || kind === 'upper' ? value > 1e-11 : value < -1e-11;
  });
}

function conflictOf(sides: readonly Side[]): Conflict {
  const of = (kind: Kind): number[] =>
    sides.flatMap((side) => (side.kind === kind ? [side.at] : [])).sort((a, b) => a - b);
  return {
    rowLower: of('rowLower'),
    rowUpper: of('rowUpper'),
    lower: of('lower'),
    upper: of('upper'),
  };
}

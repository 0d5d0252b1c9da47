import { type Fault, ok, type Refused, type Result, refuse } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { type QuadraticSolution, solveQuadratic } from '@plimsoll/quant/solver';
import type { ActiveConstraint } from '../define-optimiser.ts';
import { activeConstraints } from './active.ts';
import { type Compiled, compile } from './compile.ts';
import { conflictInRegion } from './conflict-in-region.ts';
import { type CurvedCap, capsOf, leastOfCap } from './curved-cap.ts';
import { descend } from './descend.ts';
import type { Region } from './region.ts';
import { kinksOf, scaledPart, smoothPart } from './smooth-part.ts';
import { type Term, termsAt } from './term.ts';
import { amount, conflictInWords, list } from './words.ts';

/** The best weights of a problem. */
export interface Solved {
  readonly weights: Float64Array;
  /** The sum of the terms there. */
  readonly value: number;
  /** Prices are changes of the value for each unit that a limit is raised. */
  readonly active: readonly ActiveConstraint[];
  readonly status: 'optimal' | 'limit';
  readonly iterations: number;
}

/** What a problem is besides its terms. */
export interface Where {
  readonly region: Region;
  /** For limits of volatility and tracking error, shape [n × n]. */
  readonly covariance: Matrix | null;
}

/**
 * Minimises a sum of terms over a region, without regard to a number of names or a least weight
 * (`branch` adds those). One quadratic program where the terms are linear, quadratic or kinked; else
 * a sequence of them, each the second-order model of the curved terms and caps around the last.
 *
 * Refused: limits that conflict, which are named; no finite least value.
 */
export function solveTerms(terms: readonly Term[], { region, covariance }: Where): Result<Solved> {
  const caps = capsOf(region, covariance);
  if (!caps.ok) return caps;
  const curved = terms.filter(
    ({ kind, scale }) => scale > 0 && (kind === 'ellipsoid' || kind === 'impact'),
  );
  if (curved.length === 0 && caps.value.length === 0) return inOneProgram(terms, region);
  const compiled = compile(region, kinksOf(terms, region));
  const smooth = smoothPart(terms, region.names.length);
  const found = descend({ terms, curved, smooth, compiled, region, caps: caps.value });
  if (found.kind === 'failed') {
    const wrong = whyNot(region, compiled, found.solution);
    if (wrong) return wrong;
  }
  if (found.kind !== 'solved') return refuse(whyNotCapped(region, compiled, caps.value));
  const { weights, solution, more, status, iterations } = found;
  return ok({
    weights,
    value: termsAt(terms, weights, region.current),
    active: activeConstraints(region, compiled, solution, { more }),
    status,
    iterations,
  });
}

function inOneProgram(terms: readonly Term[], region: Region): Result<Solved> {
  const { smooth, kinks, factor } = scaledPart(terms, region);
  const compiled = compile(region, kinks);
  const solution = solveQuadratic(compiled.program(smooth.quadratic, smooth.linear));
  const wrong = whyNot(region, compiled, solution);
  if (wrong) return wrong;
  const weights = compiled.weights(solution.x);
  return ok({
    weights,
    value: termsAt(terms, weights, region.current),
    active: activeConstraints(region, compiled, solution, { factor }),
    status: solution.status === 'optimal' ? 'optimal' : 'limit',
    iterations: solution.iterations,
  });
}

/** The refusal that a solution without an x is; undefined where there is one. */
export function whyNot(
  region: Region,
  compiled: Compiled,
  solution: Pick<QuadraticSolution, 'status'>,
): Refused<Fault> | undefined {
  const { status } = solution;
  if (status === 'optimal' || status === 'limit') return undefined;
  if (status === 'unbounded') {
    return refuse({
      code: 'optimisation.unbounded',
      detail: 'Nothing limits the weights; add a budget or bounds.',
    });
  }
  const conflict = conflictInRegion(region, compiled);
  if (conflict) {
    return refuse({
      code: 'optimisation.infeasible',
      detail: `No weights meet all limits: ${conflictInWords(region, compiled.rows, conflict)}`,
    });
  }
  return refuse({
    code: 'optimisation.failed',
    detail:
      'The solver ended without weights; the estimates may be too far from each other in size.',
  });
}

function whyNotCapped(region: Region, compiled: Compiled, caps: readonly CurvedCap[]) {
  const least = caps.map((cap) => ({ cap, least: leastOfCap(cap, region, compiled) }));
  const blamed = least.filter(({ cap, least: value }) => value > cap.limit);
  const named = (blamed.length > 0 ? blamed : least).map(
    ({ cap, least: value }) =>
      `${cap.name} at most ${amount(cap.limit, 'fraction')} (the least that the other limits allow is ${amount(value < 1e-9 ? 0 : value, 'fraction')})`,
  );
  return {
    code: 'optimisation.infeasible',
    detail: `No weights meet all limits: ${list(named)} ${named.length > 1 ? 'conflict' : 'conflicts'} with the budget, bounds and other limits.`,
  };
}

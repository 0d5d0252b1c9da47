import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import type { LinearProgram, LinearSolution, SolveLinear } from '@plimsoll/quant/solver';
import type { ActiveConstraint } from '../define-optimiser.ts';
import type { Region } from '../problem/region.ts';
import { activeLimits, noWeights } from './limits-in-words.ts';
import { LinearModel } from './linear-model.ts';
import { addWeights, type LimitRow } from './region-model.ts';
import { addScenarioRisk, type LinearMeasure } from './scenario-program.ts';
import { scenarioRisk } from './scenario-risk.ts';

export interface MinScenarioRisk {
  /** Shape [n]. */
  readonly weights: Float64Array;
  /** The risk of the weights, evaluated on the scenarios, a period. */
  readonly risk: number;
  /** Limits that hold, with the change of the risk for each unit that they are raised. */
  readonly active: readonly ActiveConstraint[];
}

/**
 * The weights of a region with the least risk over scenarios: CVaR, drawdown measures, mean absolute
 * deviation or the worst period. A linear program; the answer is a vertex, so that weights at a bound
 * are exactly there.
 *
 * @param scenarios Simple returns a period, at least one, shape [T × n].
 * @param tail      α in (0, 1) for CVaR and CDaR: the mean of the worst share α.
 * @returns Refused where no weights are allowed, or where risk falls without end because short
 *   positions have no bound.
 *
 * **Source:** R. T. Rockafellar, S. Uryasev, "Optimization of Conditional Value-at-Risk" (2000);
 * H. Konno, H. Yamazaki, "Mean-Absolute Deviation Portfolio Optimization Model" (1991); M. R. Young,
 * "A Minimax Portfolio Selection Rule" (1998); A. Chekhlov, S. Uryasev, M. Zabarankin, "Drawdown
 * Measure in Portfolio Optimization" (2005).
 */
export function minScenarioRisk(
  measure: LinearMeasure,
  scenarios: Matrix,
  region: Region,
  tail: number,
  solveLinear: SolveLinear,
): Result<MinScenarioRisk> {
  const n = scenarios.columns;
  const solved =
    measure === 'cvar' || measure === 'worst'
      ? solveInRounds(measure, scenarios, region, tail, solveLinear)
      : solveOnce(programOf(measure, scenarios, region, tail), solveLinear);
  const { solution, limits } = solved;
  if (solution.status === 'infeasible') return noWeights(region);
  if (solution.status !== 'optimal') return refuse(faultOf(solution));
  const weights = solution.x.slice(0, n);
  for (let i = 0; i < n; i++) if (Math.abs(weights[i]) < 1e-13) weights[i] = 0;
  return ok({
    weights,
    risk: scenarioRisk(measure, timesVector(scenarios, weights), tail),
    active: activeLimits(region, limits, solution),
  });
}

interface Programmed {
  readonly program: LinearProgram;
  /** The variable a, beyond which losses count; −1 where there is none. */
  readonly level: number;
  readonly limits: ReadonlyMap<number, LimitRow>;
}

interface SolvedProgram {
  readonly solution: LinearSolution;
  readonly limits: ReadonlyMap<number, LimitRow>;
}

const solveOnce = ({ program, limits }: Programmed, solveLinear: SolveLinear): SolvedProgram => ({
  solution: solveLinear(program),
  limits,
});

function programOf(
  measure: LinearMeasure,
  scenarios: Matrix,
  region: Region,
  tail: number,
  periods?: readonly number[],
): Programmed {
  const model = new LinearModel();
  const limits = addWeights(model, region);
  const level = addScenarioRisk(model, measure, scenarios, tail, periods);
  return { program: model.program(), level, limits };
}

/**
 * Periods far from the tail have no part in the optimum. So only the worst periods of a guess have
 * rows at first, and those that turn out to lose more than the level a are added until there are
 * none: then the answer is that of the whole program.
 */
function solveInRounds(
  measure: 'cvar' | 'worst',
  scenarios: Matrix,
  region: Region,
  tail: number,
  solveLinear: SolveLinear,
): SolvedProgram {
  const T = scenarios.rows;
  const some = Math.ceil(Math.max(2 * tail * T, 2 * scenarios.columns));
  const guess = new Float64Array(scenarios.columns).fill(1 / scenarios.columns);
  const returns = timesVector(scenarios, guess);
  const periods = Array.from(returns.keys()).sort((a, b) => returns[a] - returns[b] || a - b);
  if (some < T) periods.length = some;
  for (;;) {
    const { program, level, limits } = programOf(measure, scenarios, region, tail, periods);
    const solution = solveLinear(program);
    // With few periods risk may fall without end where with all of them it does not.
    const whole = periods.length >= T;
    if (whole || solution.status === 'infeasible') return { solution, limits };
    const known = new Set(periods);
    const now = timesVector(scenarios, solution.x.subarray(0, scenarios.columns));
    const missed = Array.from(now.keys()).filter(
      (t) =>
        !known.has(t) && (solution.status !== 'optimal' || -now[t] > solution.x[level] + 1e-12),
    );
    if (missed.length === 0) return { solution, limits };
    // With those that were missed some of the next, which would be missed in the round after.
    const next = Array.from(now.keys()).filter((t) => !known.has(t));
    next.sort((a, b) => now[a] - now[b] || a - b);
    periods.push(...next.slice(0, missed.length + Math.ceil(0.2 * tail * T)));
  }
}

function faultOf({ status }: LinearSolution): { code: string; detail: string } {
  switch (status) {
    case 'unbounded':
      return {
        code: 'optimisation.unbounded',
        detail:
          'Risk falls without end in these scenarios; give weights a lower or an upper bound.',
      };
    default:
      return {
        code: 'optimisation.not-solved',
        detail: `The solver stopped with the status ${status}; try fewer scenarios or instruments.`,
      };
  }
}

import type {
  LinearProgram,
  LinearSolution,
  SolveLinear,
  SolverStatus,
} from '@plimsoll/quant/solver';
import type { Highs, Model, ModelData, ModelStatusCode } from 'highs';

/**
 * The tightest tolerances that HiGHS takes. Returns of a day are about 1e-2 and what they decide
 * about 1e-6, so that its defaults (1e-7, coefficients below 1e-9 dropped) are too coarse.
 */
const options = {
  output_flag: false,
  primal_feasibility_tolerance: 1e-10,
  dual_feasibility_tolerance: 1e-10,
  mip_feasibility_tolerance: 1e-9,
  mip_abs_gap: 0,
  small_matrix_value: 1e-12,
};

const wholeNumber = 1;
/** The search found the problem to be infeasible or unbounded and did not say which. */
const eitherOf = 9;

const statusOf: Readonly<Partial<Record<ModelStatusCode, SolverStatus>>> = {
  // A model without variables and rows.
  6: 'optimal',
  7: 'optimal',
  8: 'infeasible',
  10: 'unbounded',
  13: 'limit',
  14: 'limit',
  16: 'limit',
};

/** Solves each program in a model of its own, which is disposed of before the answer is given. */
export function solveWithHighs(highs: Highs, seconds: number): SolveLinear {
  return (program) =>
    highs.withModel((model) => {
      // Before the program, because what is too small for a coefficient is dropped on passing it.
      model.options.set({ ...options, mip_rel_gap: program.gap ?? 0, time_limit: seconds });
      model.passModel(modelOf(program));
      return answer(model, program);
    });
}

function answer(model: Model, program: LinearProgram): LinearSolution {
  const status = run(model, program);
  if (status !== 'optimal') return without(status);
  const { colValue, colDual, rowDual } = model.getSolution();
  const { integers } = program;
  if (!integers || integers.length === 0) {
    return {
      status,
      objective: model.getObjectiveValue(),
      x: colValue,
      rowDuals: rowDual,
      reducedCosts: colDual,
    };
  }
  // Whole to the last bit, so that nothing after this has to round.
  for (const i of integers) colValue[i] = Math.round(colValue[i] ?? 0);
  const objective = program.cost.reduce((sum, cost, i) => sum + cost * (colValue[i] ?? 0), 0);
  return { ...without(status), objective, x: colValue };
}

function run(model: Model, { cost, integers }: LinearProgram): SolverStatus {
  const { modelStatus } = model.run();
  if (modelStatus !== eitherOf) return statusOf[modelStatus] ?? 'failed';
  // Without its cost a program is never unbounded, so it says which of the two it was.
  const indices = Int32Array.from(cost.keys());
  model.changeColsCost({ kind: 'set', indices }, new Float64Array(cost.length));
  if (integers && integers.length > 0) model.clearSolver();
  const again = statusOf[model.run().modelStatus] ?? 'failed';
  return again === 'optimal' ? 'unbounded' : again;
}

const without = (status: SolverStatus): LinearSolution => ({
  status,
  objective: Number.NaN,
  x: new Float64Array(0),
  rowDuals: new Float64Array(0),
  reducedCosts: new Float64Array(0),
});

function modelOf({
  cost,
  rows,
  rowLower,
  rowUpper,
  lower,
  upper,
  integers,
}: LinearProgram): ModelData {
  const kinds = new Int32Array(cost.length);
  for (const i of integers ?? []) kinds[i] = wholeNumber;
  return {
    numCols: cost.length,
    numRows: rowLower.length,
    colCost: cost,
    colLower: lower,
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: {
      format: 'csr',
      numRows: rowLower.length,
      numCols: cost.length,
      starts: rows.start,
      indices: rows.column,
      values: rows.value,
    },
    ...(integers && integers.length > 0 ? { integrality: kinds } : {}),
  };
}

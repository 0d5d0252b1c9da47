import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { solve } from '../linear-algebra/lu.ts';
import { type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { dot } from '../linear-algebra/vector.ts';
import { kktResiduals, quadraticGradient, quadraticObjective } from './kkt-residuals.ts';
import type { QuadraticProgram, QuadraticSolution } from './quadratic-program.ts';

/** Fewer variables than this are free one by one as fast. */
const many = 64;
const mostGuesses = 12;

/** Which side of its limits something holds: −1 the lower, 1 the upper, 0 none. */
type Side = -1 | 0 | 1;

interface Guess {
  readonly bounds: Side[];
  readonly rows: Side[];
}

interface Trial {
  readonly x: Float64Array;
  readonly rowDuals: Float64Array;
  readonly reducedCosts: Float64Array;
}

/**
 * The solution by guessing what holds: at first only equalities, then all that the last trial broke and
 * nothing that it pulled away from, until a trial breaks nothing. Each trial is one factorisation,
 *
 *   x_F = Q_FF⁻¹ (A_Fᵀy − c_F − Q_FB x_B),   A_F Q_FF⁻¹ A_Fᵀ y = what is left of the rows ,
 *
 * so where most variables end between their bounds it is far faster than freeing them one by one.
 * Null where it is worth no try (few variables, or bounds that keep weights from going short, so that
 * most will rest), where Q is not positive definite, and where the guesses go round in circles; an
 * answer has met all optimality conditions.
 *
 * **Source:** Hintermüller, Ito and Kunisch, The primal-dual active set strategy as a semismooth Newton
 * method, SIAM Journal on Optimization 13, 2003.
 */
export function solveByGuess(program: QuadraticProgram): QuadraticSolution | null {
  const { quadratic, linear, lower, upper, rowLower } = program;
  const n = linear.length;
  if (!quadratic || program.columns || n < many) return null;
  for (let j = 0; j < n; j++) if (lower[j] >= 0 || upper[j] <= 0) return null;
  let guess: Guess = {
    bounds: new Array<Side>(n).fill(0),
    rows: new Array<Side>(rowLower.length).fill(0),
  };
  for (let k = 1; k <= mostGuesses; k++) {
    const trial = tryGuess(program, quadratic, guess);
    if (!trial) return null;
    const next = whatHolds(program, trial, guess);
    if (!next) return confirmed(program, trial, k);
    guess = next;
  }
  return null;
}

function confirmed(program: QuadraticProgram, trial: Trial, k: number): QuadraticSolution | null {
  const { lower, upper } = program;
  const { x } = trial;
  for (let j = 0; j < x.length; j++) x[j] = Math.min(Math.max(x[j], lower[j]), upper[j]);
  const residuals = kktResiduals(program, trial);
  const worst = Math.max(residuals.primal, residuals.stationarity, residuals.complementarity);
  if (!(worst <= 1e-12)) return null;
  const objective = quadraticObjective(program, x);
  return { status: 'optimal', objective, iterations: k, residuals, ...trial };
}

/** The sides that hold after a trial; null where they are those that it was made with. */
function whatHolds(
  { lower, upper, rows, rowLower, rowUpper }: QuadraticProgram,
  { x, rowDuals, reducedCosts }: Trial,
  guess: Guess,
): Guess | null {
  let changed = false;
  const side = (held: Side, value: number, low: number, high: number, price: number): Side => {
    const now: Side =
      held === 0
        ? value < low - 1e-13
          ? -1
          : value > high + 1e-13
            ? 1
            : 0
        : held * price > 1e-15 && low !== high
          ? 0
          : held;
    changed ||= now !== held;
    return now;
  };
  const n = x.length;
  const next = {
    bounds: guess.bounds.map((held, j) => side(held, x[j], lower[j], upper[j], reducedCosts[j])),
    rows: guess.rows.map((held, i) => {
      if (rowLower[i] === rowUpper[i]) return held;
      const value = dot(rows.data.subarray(i * n, (i + 1) * n), x);
      return side(held, value, rowLower[i], rowUpper[i], rowDuals[i]);
    }),
  };
  return changed ? next : null;
}

/** The stationary point where what is guessed holds as an equality. */
function tryGuess(program: QuadraticProgram, quadratic: Matrix, guess: Guess): Trial | null {
  const { linear, lower, upper, rows, rowLower, rowUpper } = program;
  const n = linear.length;
  const x = new Float64Array(n);
  const free: number[] = [];
  guess.bounds.forEach((side, j) => {
    if (side === 0) free.push(j);
    else x[j] = side < 0 ? lower[j] : upper[j];
  });
  const factor = cholesky(among(quadratic, free));
  if (!factor) return null;
  const held = Array.from(rowLower.keys()).filter(
    (i) => guess.rows[i] !== 0 || rowLower[i] === rowUpper[i],
  );
  const pull = quadraticGradient(program, x);
  const alone = solveCholesky(
    factor,
    Float64Array.from(free, (j) => pull[j] + linear[j]),
  );
  const parts = held.map((i) => Float64Array.from(free, (j) => rows.data[i * n + j]));
  const solved = parts.map((part) => solveCholesky(factor, part));
  const schur = matrix(
    held.length,
    held.length,
    Float64Array.from(parts.flatMap((part) => solved.map((each) => dot(part, each)))),
  );
  const y = solve(
    schur,
    Float64Array.from(held, (i, k) => {
      const side = guess.rows[i] > 0 ? rowUpper[i] : rowLower[i];
      return side - dot(rows.data.subarray(i * n, (i + 1) * n), x) + dot(parts[k], alone);
    }),
  );
  if (!y) return null;
  free.forEach((j, f) => {
    x[j] = solved.reduce((sum, each, k) => sum + y[k] * each[f], -alone[f]);
  });
  const rowDuals = new Float64Array(rowLower.length);
  held.forEach((i, k) => {
    rowDuals[i] = y[k];
  });
  const reducedCosts = quadraticGradient(program, x);
  for (let j = 0; j < n; j++) {
    reducedCosts[j] += linear[j];
    for (const i of held) reducedCosts[j] -= rows.data[i * n + j] * rowDuals[i];
  }
  for (const j of free) reducedCosts[j] = 0;
  return { x, rowDuals, reducedCosts };
}

function among({ data, columns }: Matrix, places: readonly number[]): Matrix {
  const n = places.length;
  if (n === columns) return { rows: n, columns: n, data };
  const made = matrix(n, n);
  for (let i = 0; i < n; i++) {
    const row = places[i] * columns;
    for (let j = 0; j < n; j++) made.data[i * n + j] = data[row + places[j]];
  }
  return made;
}

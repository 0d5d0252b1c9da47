import { type Fault, ok, refuse } from '@plimsoll/kernel';
import {
  clippedCorrelation,
  fromRows,
  isSymmetric,
  type Matrix,
  nearestCorrelation,
  nearestPsd,
  symmetricEigenvalues,
  toRows,
} from '@plimsoll/quant/linear-algebra';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Figure } from '../../analysis/report.ts';

/** What was found, and how. */
interface Found {
  readonly made: Matrix;
  readonly formula: string;
  readonly source: string;
  readonly iterations?: number;
  readonly notes: readonly string[];
}

const methods: Readonly<
  Record<'correlation' | 'clipped' | 'covariance', (given: Matrix) => Found>
> = {
  correlation: (given) => {
    const { correlation, iterations, converged } = nearestCorrelation(given);
    return {
      made: correlation,
      formula: 'min ‖A − X‖ over X with unit diagonal and no negative eigenvalue',
      source: 'Higham, Computing the nearest correlation matrix, 2002',
      iterations,
      notes: converged ? [] : ['The search stopped early: near, but not nearest.'],
    };
  },
  clipped: (given) => ({
    made: clippedCorrelation(given),
    formula: 'negative eigenvalues raised to 0, then a unit diagonal',
    source: 'Rebonato and Jäckel, 2000, §4',
    notes: ['One step: near, but not nearest.'],
  }),
  covariance: (given) => ({
    made: nearestPsd(given),
    formula: 'min ‖A − X‖ over X with no negative eigenvalue',
    source: 'Higham, Computing a nearest symmetric positive semidefinite matrix, 1988',
    notes: [],
  }),
};

export default defineAnalysis({
  id: 'nearest-matrix',
  group: 'covariance',
  title: 'Nearest correlation or covariance matrix',
  summary:
    'Makes a matrix that was put together by hand, or from pairs, into one that can be: with no negative eigenvalue.',
  input: {
    matrix: { kind: 'matrix', title: 'Matrix', help: 'Square and symmetric.' },
    kind: {
      kind: 'choice',
      of: ['correlation', 'clipped', 'covariance'],
      default: 'correlation',
      title: 'What it is to be',
      help: 'The nearest correlation matrix, one by a single step of clipping, or the nearest covariance.',
    },
    names: { kind: 'names', default: [], title: 'Names of the columns' },
  },
  compute({ matrix: rows, kind, names: given }) {
    const wrong = whyNoMatrix(rows, given);
    if (wrong) return refuse(wrong);
    const from = fromRows(rows);
    const names = given.length > 0 ? given : rows.map((_, i) => `${i + 1}`);
    const { made, formula, source, iterations, notes } = methods[kind](from);
    const distance = Math.sqrt(made.data.reduce((sum, x, i) => sum + (x - from.data[i]) ** 2, 0));
    const figures: Figure[] = [
      { id: 'distance', title: 'Distance', value: distance, unit: 'number', formula, source },
      {
        id: 'least-before',
        title: 'Least eigenvalue before',
        value: symmetricEigenvalues(from)[0],
        unit: 'number',
      },
      {
        id: 'least-after',
        title: 'Least eigenvalue after',
        value: symmetricEigenvalues(made)[0],
        unit: 'number',
      },
    ];
    if (iterations !== undefined) {
      figures.push({ id: 'iterations', title: 'Iterations', value: iterations, unit: 'count' });
    }
    return ok({
      title: 'Nearest matrix',
      sample: null,
      conventions: ['Distance in the Frobenius norm, ‖X‖ = √Σ xᵢⱼ².'],
      figures,
      tables: [
        {
          id: 'matrix',
          title: 'Nearest matrix',
          columns: [
            { id: 'name', title: 'Name' },
            ...names.map((name) => ({ id: name, title: name, unit: 'number' as const })),
          ],
          rows: toRows(made).map((row, i) => [names[i], ...row]),
        },
      ],
      charts: [],
      notes,
    });
  },
});

function whyNoMatrix(
  rows: readonly (readonly number[])[],
  names: readonly string[],
): Fault | undefined {
  const n = rows.length;
  const width = rows[0]?.length ?? 0;
  if (n === 0 || n !== width) {
    return { code: 'covariance.shape', detail: `A matrix of ${n} × ${width} is not square.` };
  }
  if (names.length > 0 && names.length !== n) {
    return {
      code: 'covariance.shape',
      detail: `There are ${names.length} names for ${n} columns; give one a column or none.`,
    };
  }
  const largest = rows.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(largest <= 1e100)) {
    return { code: 'covariance.not-finite', detail: `${largest} is too large for a covariance.` };
  }
  if (isSymmetric(fromRows(rows), 1e-8)) return undefined;
  return {
    code: 'covariance.not-symmetric',
    detail: 'The matrix differs from its mirror image; give both halves the same.',
  };
}

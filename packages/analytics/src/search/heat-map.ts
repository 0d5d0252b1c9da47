import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Axis, AxisValue } from './axis.ts';
import type { ParameterSpace, Point } from './parameter-space.ts';
import type { TriedTrial } from './run-search.ts';

/** An objective over two parameters, as plain data. */
export interface HeatMap {
  readonly rowName: string;
  readonly columnName: string;
  /** What the others were at: `best` the highest value of the cell, `median` its middle one. */
  readonly others: 'best' | 'median';
  /** Values of the parameters; of a continuous one the middles of ten parts of its range. */
  readonly rows: readonly AxisValue[];
  readonly columns: readonly AxisValue[];
  /** By row and column; null where nothing was tried or nothing had a value. */
  readonly cells: readonly (readonly (number | null)[])[];
  /** Mean of the up to eight cells around ÷ the cell: near 1 on a plateau, low on a lonely peak. */
  readonly plateau: readonly (readonly (number | null)[])[];
  /** Share of the cells around that are above 0. */
  readonly positiveAround: readonly (readonly (number | null)[])[];
}

/** Parts of a continuous axis. */
const parts = 10;

/** Where a coordinate stands on an axis of cells, and what each cell stands for. */
function cellsOf(axis: Axis) {
  if (axis.levels !== Number.POSITIVE_INFINITY) {
    return {
      labels: Array.from({ length: axis.levels }, (_, i) => axis.valueAt(i)),
      cell: (coordinate: number) => coordinate,
    };
  }
  return {
    labels: Array.from({ length: parts }, (_, i) => axis.valueAt((i + 0.5) / parts)),
    cell: (coordinate: number) => Math.min(parts - 1, Math.floor(coordinate * parts)),
  };
}

/** The most cells of a map. */
const mostCells = 250_000;

/**
 * Maps the objective over two parameters of a search.
 *
 * @returns refused where a parameter was not searched, both are the same, or they have too many values.
 */
export function heatMap(
  { axes }: ParameterSpace,
  trials: readonly TriedTrial[],
  rowName: string,
  columnName: string,
  others: 'best' | 'median' = 'best',
): Result<HeatMap> {
  const [row, column] = [rowName, columnName].map((wanted) =>
    axes.findIndex(({ name }) => name === wanted),
  );
  if (row < 0 || column < 0 || row === column) {
    return refuse({
      code: 'search.heat-map',
      detail: `A map needs two different searched parameters, not ${rowName} and ${columnName}; there are ${axes.map(({ name }) => name).join(', ')}.`,
    });
  }
  const [down, across] = [cellsOf(axes[row]), cellsOf(axes[column])];
  const size = down.labels.length * across.labels.length;
  if (size > mostCells) {
    return refuse({
      code: 'search.heat-map',
      detail: `${rowName} and ${columnName} have ${size} pairs of values, more than ${mostCells}.`,
    });
  }
  const width = across.labels.length;
  const place = (point: Point): number =>
    down.cell(point[row]) * width + across.cell(point[column]);
  const cells = rowsOf(filled(trials, place, size, others), width);
  const around = cells.map((line, i) => line.map((cell, j) => aroundCell(cells, i, j, cell)));
  return ok({
    rowName,
    columnName,
    others,
    rows: down.labels,
    columns: across.labels,
    cells,
    plateau: around.map((line) => line.map(({ plateau }) => plateau)),
    positiveAround: around.map((line) => line.map(({ positive }) => positive)),
  });
}

function filled(
  trials: readonly TriedTrial[],
  place: (point: Point) => number,
  size: number,
  others: HeatMap['others'],
): readonly (number | null)[] {
  const found = Array.from({ length: size }, (): number[] => []);
  for (const { point, value } of trials) if (value !== null) found[place(point)].push(value);
  return found.map((values) => {
    if (values.length === 0) return null;
    const sorted = values.sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    return others === 'best'
      ? sorted[sorted.length - 1]
      : (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  });
}

const rowsOf = <T>(flat: readonly T[], width: number): readonly (readonly T[])[] =>
  Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width));

function aroundCell(
  cells: readonly (readonly (number | null)[])[],
  i: number,
  j: number,
  own: number | null,
): { readonly plateau: number | null; readonly positive: number | null } {
  const beside: number[] = [];
  for (let a = i - 1; a <= i + 1; a++) {
    for (let b = j - 1; b <= j + 1; b++) {
      const value = cells[a]?.[b] ?? null;
      if (value !== null && (a !== i || b !== j)) beside.push(value);
    }
  }
  if (own === null || beside.length === 0) return { plateau: null, positive: null };
  const mean = beside.reduce((sum, value) => sum + value, 0) / beside.length;
  return {
    plateau: own > 0 ? mean / own : null,
    positive: beside.filter((value) => value > 0).length / beside.length,
  };
}

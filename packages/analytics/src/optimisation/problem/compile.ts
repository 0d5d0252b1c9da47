import { type Matrix, matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import type { QuadraticProgram, QuadraticSolution } from '@plimsoll/quant/solver';
import type { Region, RegionRow } from './region.ts';

/** Costs that have a kink: per unit of |w − current|, and per unit of |w|; shape [n] or null for none. */
export interface Kinks {
  readonly trade: Float64Array | null;
  readonly size: Float64Array | null;
}

/** One way that one weight can go from where it is anchored. */
interface Column {
  readonly asset: number;
  readonly sign: 1 | -1;
  readonly lower: number;
  readonly upper: number;
  /** Change of |w| for each unit. */
  readonly away: 1 | -1;
  /** Whether the weight is below 0 along it. */
  readonly short: boolean;
}

/** A region and its kinks as columns and rows of a quadratic program. */
export interface Compiled {
  /** Rows that the program has, in order; those given to `program` come after them. */
  readonly rows: readonly RegionRow[];
  /** The program of ½ wᵀQw + cᵀw with the kinks, and of further rows over w. */
  program(
    quadratic: Matrix | null,
    linear: Float64Array,
    more?: readonly RegionRow[],
  ): QuadraticProgram;
  /** A cost over w as one over x, without the kinks: shape [columns]. */
  overColumns(linear: Float64Array): Float64Array;
  /** The cost of the kinks over x, shape [columns]. */
  readonly kinkCost: Float64Array;
  weights(x: Float64Array): Float64Array;
  /** ∂w of ∂x, without the anchor. */
  change(x: Float64Array): Float64Array;
  /** ∂objective/∂(lower and upper bound of each weight), shape [n] each. */
  boundPrices(solution: QuadraticSolution): { lower: Float64Array; upper: Float64Array };
}

/**
 * Makes columns of the weights of a region. Where nothing depends on |w| or |w − current| a column is
 * a weight. Otherwise each weight is anchored where it is now (or at 0) and has a column for each
 * direction and each side of 0, so that costs and caps are linear in the columns. As costs are convex
 * the nearer column fills first by itself.
 */
export function compile(region: Region, kinks: Kinks): Compiled {
  const atCurrent = kinks.trade !== null || region.turnover !== null;
  const atZero =
    kinks.size !== null || region.gross !== null || region.long !== null || region.short !== null;
  return atCurrent || atZero ? split(region, kinks, atCurrent, atZero) : plain(region);
}

function plain(region: Region): Compiled {
  const n = region.names.length;
  const base = rowsMatrix(region.rows, n);
  return {
    rows: region.rows,
    program: (quadratic, linear, more = []) => ({
      quadratic,
      linear,
      rows: more.length === 0 ? base : rowsMatrix([...region.rows, ...more], n),
      rowLower: Float64Array.from([...region.rows, ...more], ({ lower }) => lower),
      rowUpper: Float64Array.from([...region.rows, ...more], ({ upper }) => upper),
      lower: region.lower,
      upper: region.upper,
    }),
    overColumns: (linear) => linear,
    kinkCost: new Float64Array(n),
    weights: (x) => x.slice(),
    change: (x) => x.slice(),
    boundPrices: ({ reducedCosts }) => ({
      lower: reducedCosts.map((price) => Math.max(0, price)),
      upper: reducedCosts.map((price) => Math.min(0, price)),
    }),
  };
}

function rowsMatrix(rows: readonly RegionRow[], n: number): Matrix {
  const made = matrix(rows.length, n);
  rows.forEach(({ coefficients }, i) => {
    made.data.set(coefficients, i * n);
  });
  return made;
}

function split(region: Region, kinks: Kinks, atCurrent: boolean, atZero: boolean): Compiled {
  const n = region.names.length;
  const anchor = atCurrent && region.current ? region.current : new Float64Array(n);
  const columns = region.names.flatMap((_, i) => columnsOf(region, i, anchor[i], atZero));
  const over = (linear: Float64Array): Float64Array =>
    Float64Array.from(columns, ({ asset, sign }) => sign * linear[asset]);
  const caps = capRows(region, columns, anchor);
  const kinkCost = Float64Array.from(
    columns,
    ({ asset, away }) =>
      (atCurrent ? (kinks.trade?.[asset] ?? 0) : 0) + away * (kinks.size?.[asset] ?? 0),
  );
  const change = (x: Float64Array): Float64Array => {
    const w = new Float64Array(n);
    columns.forEach(({ asset, sign }, j) => {
      w[asset] += sign * x[j];
    });
    return w;
  };
  const shifted = ({ coefficients, lower, upper, ...rest }: RegionRow): RegionRow => {
    const already = coefficients.reduce((sum, a, i) => sum + a * anchor[i], 0);
    return {
      ...rest,
      coefficients: over(coefficients),
      lower: lower - already,
      upper: upper - already,
    };
  };
  const rows = [
    ...region.rows.map(shifted),
    ...caps.map(({ row, already }) => ({ ...row, upper: row.upper - already })),
  ];
  return {
    rows: [...region.rows, ...caps.map(({ row }) => row)],
    program: (quadratic, linear, more = []) => {
      const all = more.length === 0 ? rows : [...rows, ...more.map(shifted)];
      const pull = quadratic ? timesVector(quadratic, anchor) : new Float64Array(n);
      const cost = over(linear.map((c, i) => c + pull[i]));
      return {
        quadratic,
        linear: cost.map((c, j) => c + kinkCost[j]),
        rows: rowsMatrix(all, columns.length),
        rowLower: Float64Array.from(all, ({ lower }) => lower),
        rowUpper: Float64Array.from(all, ({ upper }) => upper),
        lower: Float64Array.from(columns, ({ lower }) => lower),
        upper: Float64Array.from(columns, ({ upper }) => upper),
        columns: {
          base: Int32Array.from(columns, ({ asset }) => asset),
          sign: Float64Array.from(columns, ({ sign }) => sign),
        },
      };
    },
    overColumns: over,
    kinkCost,
    weights: (x) => change(x).map((value, i) => value + anchor[i]),
    change,
    boundPrices: ({ x, reducedCosts }) => splitPrices(region, columns, x, reducedCosts),
  };
}

/** Up and down from the anchor, cut at 0 where what is beyond it counts differently. */
function columnsOf(region: Region, asset: number, anchor: number, atZero: boolean): Column[] {
  const low = region.lower[asset];
  const high = region.upper[asset];
  const cut = (from: number, to: number): [number, number][] =>
    atZero && from * to < 0
      ? [
          [from, 0],
          [0, to],
        ]
      : [[from, to]];
  const column = (sign: 1 | -1, [from, to]: [number, number]): Column => {
    // Along the column the weight must pass what is forced, and may not pass what is forbidden.
    const forced = sign > 0 ? Math.min(low, to) - from : from - Math.max(high, to);
    const allowed = sign > 0 ? Math.min(high, to) - from : from - Math.max(low, to);
    const middle = from === 0 ? to : from;
    return {
      asset,
      sign,
      lower: Math.max(0, forced),
      upper: Math.max(0, allowed),
      away: middle * sign > 0 || middle === 0 ? 1 : -1,
      short: middle < 0,
    };
  };
  const infinite = Number.POSITIVE_INFINITY;
  return [
    ...cut(anchor, infinite).map((each) => column(1, each)),
    ...cut(anchor, -infinite).map((each) => column(-1, each)),
  ];
}

/** Turnover and the caps on gross, long and short weight, over the columns, and what the anchor uses. */
function capRows(
  region: Region,
  columns: readonly Column[],
  anchor: Float64Array,
): { readonly row: RegionRow; readonly already: number }[] {
  const start = { gross: 0, long: 0, short: 0 };
  for (const value of anchor) {
    start.gross += Math.abs(value);
    start.long += Math.max(value, 0);
    start.short += Math.max(-value, 0);
  }
  const row = (
    name: string,
    limit: number | null,
    already: number,
    of: (column: Column) => number,
  ) => {
    if (limit === null) return [];
    const coefficients = Float64Array.from(columns, of);
    const lower = Number.NEGATIVE_INFINITY;
    return [
      { row: { name, coefficients, lower, upper: limit, unit: 'fraction' as const }, already },
    ];
  };
  return [
    ...row('turnover', region.turnover, 0, () => 0.5),
    ...row('gross weight', region.gross, start.gross, ({ away }) => away),
    ...row('long weight', region.long, start.long, ({ away, short }) => (short ? 0 : away)),
    ...row('short weight', region.short, start.short, ({ away, short }) => (short ? away : 0)),
  ];
}

function splitPrices(
  region: Region,
  columns: readonly Column[],
  x: Float64Array,
  reduced: Float64Array,
): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(region.names.length);
  const upper = new Float64Array(region.names.length);
  columns.forEach((column, j) => {
    const atEnd = x[j] === column.upper;
    const atStart = column.lower > 0 && x[j] === column.lower;
    const [near, far] = column.sign > 0 ? [lower, upper] : [upper, lower];
    if (atEnd) far[column.asset] += column.sign * Math.min(0, reduced[j]);
    if (atStart) near[column.asset] += column.sign * Math.max(0, reduced[j]);
  });
  return { lower, upper };
}

import type { LinearProgram } from '@plimsoll/quant/solver';

/** A coefficient of a row: of which variable, and how much. */
export type Entry = readonly [variable: number, coefficient: number];

interface ModelRow {
  readonly entries: readonly Entry[];
  readonly lower: number;
  readonly upper: number;
}

/** A linear program while it is put together, variable by variable and row by row. */
export class LinearModel {
  readonly #cost: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #integers: number[] = [];
  readonly #rows: ModelRow[] = [];

  /** Adds a variable, at least 0 if nothing else is said, and answers its number. */
  variable({
    cost = 0,
    lower = 0,
    upper = Number.POSITIVE_INFINITY,
    whole = false,
  }: {
    cost?: number;
    lower?: number;
    upper?: number;
    whole?: boolean;
  } = {}): number {
    const place = this.#cost.length;
    this.#cost.push(cost);
    this.#lower.push(lower);
    this.#upper.push(upper);
    if (whole) this.#integers.push(place);
    return place;
  }

  /** Adds to what one of a variable costs. */
  charge(variable: number, cost: number): void {
    this.#cost[variable] += cost;
  }

  /** Adds `lower ≤ Σ coefficient · variable ≤ upper` and answers the number of the row. */
  row(entries: readonly Entry[], lower: number, upper: number = Number.POSITIVE_INFINITY): number {
    this.#rows.push({ entries, lower, upper });
    return this.#rows.length - 1;
  }

  program(): LinearProgram {
    const rows = this.#rows;
    const start = new Int32Array(rows.length + 1);
    rows.forEach(({ entries }, i) => {
      start[i + 1] = start[i] + entries.length;
    });
    const column = new Int32Array(start[rows.length]);
    const value = new Float64Array(start[rows.length]);
    rows.forEach(({ entries }, i) => {
      entries.forEach(([variable, coefficient], k) => {
        column[start[i] + k] = variable;
        value[start[i] + k] = coefficient;
      });
    });
    return {
      cost: Float64Array.from(this.#cost),
      rows: { start, column, value },
      rowLower: Float64Array.from(rows, ({ lower }) => lower),
      rowUpper: Float64Array.from(rows, ({ upper }) => upper),
      lower: Float64Array.from(this.#lower),
      upper: Float64Array.from(this.#upper),
      ...(this.#integers.length > 0 ? { integers: Int32Array.from(this.#integers) } : {}),
    };
  }
}

import { ok, type ParameterTable, type Result, readParameters, refuse } from '@plimsoll/kernel';

/** Many parameter sets, a column for each parameter that differs: small, and shared between threads. */
export interface ParameterColumns {
  readonly count: number;
  /** What is the same in all sets; the rest is as the strategy’s table says. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Of `count` values each. */
  readonly columns: Readonly<Record<string, Float64Array | readonly unknown[]>>;
}

/** Parameter sets by number, checked and with defaults. */
export type ParametersAt = (set: number) => Readonly<Record<string, unknown>>;

/**
 * Checks every value that occurs against the table. What is wrong with values that are each right by
 * themselves is not looked at.
 */
export function readParameterColumns(
  table: ParameterTable,
  { count, fixed, columns }: ParameterColumns,
): Result<ParametersAt> {
  const wrong = (detail: string) => refuse({ code: 'sweep.parameters', detail });
  const names = Object.keys(columns);
  const short = names.find((name) => columns[name]?.length !== count);
  if (short !== undefined) {
    return wrong(`${short} has ${columns[short]?.length} values; there are ${count} sets.`);
  }
  if (count === 0) return wrong('There is no parameter set; give at least one.');
  const valuesOf = (set: number, base: Readonly<Record<string, unknown>>) => {
    const values = { ...base };
    for (const name of names) values[name] = columns[name]?.[set];
    return values;
  };
  const base = readParameters(table, valuesOf(0, fixed));
  if (!base.ok) return wrong(base.fault.detail);
  for (const name of names) {
    const parameter = table[name];
    for (const value of new Set<unknown>(columns[name])) {
      const read = parameter && readParameters({ [name]: parameter }, { [name]: value });
      if (read && !read.ok) return wrong(read.fault.detail);
    }
  }
  return ok((set) => valuesOf(set, base.value));
}

/** The columns of sets given one by one: parameters that differ become columns. */
export function parameterColumns(
  sets: readonly Readonly<Record<string, unknown>>[],
): ParameterColumns {
  const [first = {}] = sets;
  const names = [...new Set(sets.flatMap((set) => Object.keys(set)))];
  const differ = names.filter((name) => sets.some((set) => set[name] !== first[name]));
  const column = (name: string): Float64Array | readonly unknown[] => {
    const values = sets.map((set) => set[name]);
    return values.every((value) => typeof value === 'number') ? Float64Array.from(values) : values;
  };
  const fixed = Object.entries(first).filter(([name]) => !differ.includes(name));
  return {
    count: sets.length,
    fixed: Object.fromEntries(fixed),
    columns: Object.fromEntries(differ.map((name) => [name, column(name)])),
  };
}

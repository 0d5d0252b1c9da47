import {
  type Day,
  ok,
  type PanelInput,
  type Result,
  refuse,
  type SeriesInput,
} from '@plimsoll/kernel';

/** Returns as a kernel takes them. */
export interface Observations {
  readonly name: string;
  /** One a return; empty where the caller gave none. */
  readonly days: readonly Day[];
  /** The day before the first return, where prices were given with days. */
  readonly start: Day | null;
  /** Simple returns, shape [n], all finite. */
  readonly returns: Float64Array;
  /** Returns that could not be had, left out. */
  readonly missing: number;
}

/**
 * Simple returns of a column of prices or returns. A gap in prices is bridged: the return of the
 * next known price is over the whole gap. A gap in returns is left out. Refused: days that do not
 * ascend or are not one a value, prices that are not positive, returns below −1.
 */
export function observations(
  input: SeriesInput,
  expected: 'prices' | 'returns',
): Result<Observations> {
  const { days = [], values, name = 'series' } = input;
  const wrong = wrongDays(days, values.length, name);
  if (wrong) return refuse({ code: 'series.days', detail: wrong });
  const are = input.are ?? expected;
  const outOfRange = values.findIndex((value) => value !== null && !isPossible(value, are));
  if (outOfRange >= 0) {
    return refuse({
      code: 'series.value',
      detail: `${name}: ${values[outOfRange]} at ${days[outOfRange] ?? `place ${outOfRange + 1}`} is no ${
        are === 'returns' ? 'return (−1 or more)' : 'price (more than 0)'
      }.`,
    });
  }
  const known = values.includes(null)
    ? values.flatMap((value, i) => (value === null ? [] : [i]))
    : undefined;
  if (known === undefined) return ok(completeObservations(name, days, values as number[], are));
  const missing = values.length - known.length;
  if (are === 'returns') {
    return ok({
      name,
      days: days.length === 0 ? [] : known.map((i) => days[i] as Day),
      start: null,
      returns: Float64Array.from(known, (i) => values[i] as number),
      missing,
    });
  }
  return ok({
    name,
    days: days.length === 0 ? [] : known.slice(1).map((i) => days[i] as Day),
    start: days[known[0] ?? 0] ?? null,
    returns: Float64Array.from(
      known.slice(1),
      (i, place) => (values[i] as number) / (values[known[place] as number] as number) - 1,
    ),
    missing,
  });
}

/** Where every value is a number, which is most of the time: no places need to be sought. */
function completeObservations(
  name: string,
  days: readonly Day[],
  values: readonly number[],
  are: 'prices' | 'returns' | 'levels',
): Observations {
  if (are === 'returns') {
    return { name, days, start: null, returns: Float64Array.from(values), missing: 0 };
  }
  const returns = new Float64Array(Math.max(0, values.length - 1));
  for (let t = 0; t < returns.length; t++) {
    returns[t] = (values[t + 1] as number) / (values[t] as number) - 1;
  }
  return { name, days: days.slice(1), start: days[0] ?? null, returns, missing: 0 };
}

/** Returns of several columns on the days that all of them have. */
export interface PanelObservations {
  readonly names: readonly string[];
  readonly days: readonly Day[];
  /** The day before the first return, where prices were given with days. */
  readonly start: Day | null;
  /** Row-major, shape [n × names], all finite. */
  readonly returns: Float64Array;
  readonly n: number;
  /** Rows left out because some column had no number. */
  readonly missing: number;
}

/**
 * Simple returns of a panel of prices or returns, complete rows only: a row in which a column has
 * no number is left out, and returns of prices then span the gap. Refused as `observations` does,
 * and where rows have not as many values as there are names, or a name comes twice.
 */
export function panelObservations(
  input: PanelInput,
  expected: 'prices' | 'returns',
): Result<PanelObservations> {
  const { days = [], names, values } = input;
  const wrong = wrongDays(days, values.length, 'panel') ?? wrongShape(input);
  if (wrong) return refuse({ code: 'panel.shape', detail: wrong });
  const are = input.are ?? expected;
  const rows = values.flatMap((row, i) => (row.includes(null) ? [] : [i]));
  for (const i of rows) {
    const row = values[i] as readonly number[];
    const bad = row.findIndex((value) => !isPossible(value, are));
    if (bad >= 0) {
      return refuse({
        code: 'panel.value',
        detail: `${names[bad]}: ${row[bad]} at ${days[i] ?? `row ${i + 1}`} is no ${
          are === 'returns' ? 'return (−1 or more)' : 'price (more than 0)'
        }.`,
      });
    }
  }
  const kept = are === 'returns' ? rows : rows.slice(1);
  const width = names.length;
  const returns = new Float64Array(kept.length * width);
  kept.forEach((i, place) => {
    const now = values[i] as readonly number[];
    const then =
      are === 'returns' ? undefined : (values[rows[place] as number] as readonly number[]);
    for (let j = 0; j < width; j++) {
      returns[place * width + j] = then
        ? (now[j] as number) / (then[j] as number) - 1
        : (now[j] as number);
    }
  });
  return ok({
    names,
    days: days.length === 0 ? [] : kept.map((i) => days[i] as Day),
    start: are === 'returns' ? null : (days[rows[0] ?? 0] ?? null),
    returns,
    n: kept.length,
    missing: values.length - rows.length,
  });
}

const isPossible = (value: number, are: 'prices' | 'returns' | 'levels'): boolean =>
  Number.isFinite(value) && (are === 'returns' ? value >= -1 : are === 'prices' ? value > 0 : true);

/** What is wrong with the days of so many values, in a sentence; undefined if nothing is. */
export function wrongDays(days: readonly Day[], values: number, name: string): string | undefined {
  if (days.length === 0) return undefined;
  if (days.length !== values) return `${name} has ${days.length} days and ${values} values.`;
  const place = days.findIndex((day, i) => i > 0 && day <= (days[i - 1] as Day));
  if (place < 0) return undefined;
  return `${name}: ${days[place]} does not come after ${days[place - 1]}; sort the days and give each once.`;
}

function wrongShape({ names, values }: PanelInput): string | undefined {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `The name ${twice} comes twice.`;
  const row = values.findIndex((each) => each.length !== names.length);
  if (row < 0) return undefined;
  return `Row ${row + 1} has ${values[row]?.length} values for ${names.length} names.`;
}

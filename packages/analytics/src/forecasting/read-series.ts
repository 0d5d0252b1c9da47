import {
  type Day,
  ok,
  parameterTable,
  type Result,
  refuse,
  type SeriesInput,
} from '@plimsoll/kernel';
import { wrongDays } from '../analysis/observations.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';

/** What is made of a column of numbers before a model sees it. */
export type SeriesForm = 'values' | 'logarithms' | 'returns' | 'log-returns' | 'changes';

/** A column as a model takes it. */
export interface ModelSeries {
  readonly name: string;
  /** Finite, shape [n]. */
  readonly values: Float64Array;
  /** One a value; empty where the caller gave none. */
  readonly days: readonly Day[];
  readonly sample: Sample;
  /** What was left out, if anything. */
  readonly notes: readonly string[];
}

/** How much a caller may say about a series of any kind. */
export const seriesInput = parameterTable({
  series: {
    kind: 'series',
    of: 'levels',
    title: 'Series',
    help: 'Prices, returns or any other numbers, oldest first.',
  },
  form: {
    kind: 'choice',
    of: ['values', 'logarithms', 'returns', 'log-returns', 'changes'],
    default: 'values',
    title: 'What is modelled',
    help: 'The numbers as they are, their logarithms, or what they change by from one to the next.',
  },
});

/**
 * A column in the form a model takes. Gaps are left out, and changes then span them. Refused: days
 * that do not ascend, numbers that are not finite, logarithms or returns of what is not above 0, and
 * logarithms of returns. What are returns already stays as it is where returns are asked for.
 */
export function readSeries(input: SeriesInput, form: SeriesForm): Result<ModelSeries> {
  const { days = [], values, name = 'series' } = input;
  const wrong = wrongDays(days, values.length, name);
  if (wrong !== undefined) return refuse({ code: 'series.days', detail: wrong });
  const known = values.flatMap((value, i) => (value === null ? [] : [i]));
  const numbers = Float64Array.from(known, (i) => values[i] ?? Number.NaN);
  const areReturns = input.are === 'returns';
  const impossible = wrongNumber({ name, numbers, areReturns, form });
  if (impossible) {
    const { place, what } = impossible;
    if (place === null) return refuse({ code: 'series.form', detail: what });
    const at = days[known[place]] ?? `place ${known[place] + 1}`;
    return refuse({
      code: 'series.value',
      detail: `${name}: ${numbers[place]} at ${at} ${what}.`,
    });
  }
  const missing = values.length - known.length;
  const isChange = form === 'changes' || (!areReturns && /returns$/.test(form));
  const kept = isChange ? known.slice(1) : known;
  const keptDays = days.length === 0 ? [] : kept.map((i) => days[i]);
  const made = areReturns ? formedReturns(numbers, form) : formed(numbers, form);
  return ok({
    name,
    values: made,
    days: keptDays,
    sample: sampleOf({ days: keptDays, n: made.length, missing }),
    notes:
      missing === 0
        ? []
        : [`${missing} values are missing and left out; the series is taken as if it had no gap.`],
  });
}

interface Numbers {
  readonly name: string;
  readonly numbers: Float64Array;
  readonly areReturns: boolean;
  readonly form: SeriesForm;
}

/** The first number of which the form cannot be had (none: of no number), and why. */
function wrongNumber({
  name,
  numbers,
  areReturns,
  form,
}: Numbers): { readonly place: number | null; readonly what: string } | null {
  if (areReturns && form === 'logarithms') {
    return {
      place: null,
      what: `${name} holds returns, which have no logarithms; model the values or the log-returns.`,
    };
  }
  const ratio = !areReturns && form !== 'values' && form !== 'changes';
  const least = areReturns && form === 'log-returns' ? -1 : ratio ? 0 : Number.NEGATIVE_INFINITY;
  const place = numbers.findIndex((each) => !(Number.isFinite(each) && each > least));
  if (place < 0) return null;
  const what = Number.isFinite(least)
    ? `has no ${form}; it must be above ${least}`
    : 'is no number';
  return { place, what };
}

/** Returns are what they are; only their changes and logarithms are had from them. */
function formedReturns(x: Float64Array, form: SeriesForm): Float64Array {
  return form === 'log-returns'
    ? x.map(Math.log1p)
    : formed(x, form === 'changes' ? form : 'values');
}

function formed(x: Float64Array, form: SeriesForm): Float64Array {
  const n = Math.max(0, x.length - 1);
  switch (form) {
    case 'values':
      return x;
    case 'logarithms':
      return x.map(Math.log);
    case 'returns':
      return Float64Array.from({ length: n }, (_, t) => x[t + 1] / x[t] - 1);
    case 'log-returns':
      return Float64Array.from({ length: n }, (_, t) => Math.log(x[t + 1] / x[t]));
    case 'changes':
      return Float64Array.from({ length: n }, (_, t) => x[t + 1] - x[t]);
  }
}

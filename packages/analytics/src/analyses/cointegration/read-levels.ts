import { type Day, ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { wrongDays } from '../../analysis/observations.ts';
import type { Sample } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';

/** Several series as the tests take them. */
export interface Levels {
  readonly names: readonly string[];
  readonly rows: number;
  readonly data: Float64Array;
  readonly sample: Sample;
  readonly days: readonly Day[];
}

/** Complete rows of levels, or of their logarithms. */
export function readLevels(input: PanelInput, on: 'logarithms' | 'prices'): Result<Levels> {
  const { names, values, days = [] } = input;
  const wrong = wrongDays(days, values.length, 'panel');
  if (wrong !== undefined) return refuse({ code: 'series.days', detail: wrong });
  if (names.length < 2) {
    return refuse({
      code: 'cointegration.one',
      detail: `${names.length} series is too few; give two or more.`,
    });
  }
  const complete = values.flatMap((row, i) =>
    row.length === names.length && !row.includes(null) ? [i] : [],
  );
  const data = Float64Array.from(
    complete.flatMap((i) => values[i].map((each) => each ?? Number.NaN)),
  );
  const bad = data.findIndex(
    (each) => !Number.isFinite(each) || (on === 'logarithms' && each <= 0),
  );
  if (bad >= 0) {
    return refuse({
      code: 'series.value',
      detail: `${names[bad % names.length]}: ${data[bad]} has no logarithm; give prices above 0, or test the prices themselves.`,
    });
  }
  const kept = days.length === 0 ? [] : complete.map((i) => days[i]);
  return ok({
    names,
    rows: complete.length,
    data: on === 'logarithms' ? data.map(Math.log) : data,
    days: kept,
    sample: sampleOf({
      days: kept,
      n: complete.length,
      missing: values.length - complete.length,
    }),
  });
}

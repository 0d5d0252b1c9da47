import { pairwiseCovariance, sampleCovariance } from '@plimsoll/analytics/covariance';
import { columnOf, fromRows, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { correlation } from '@plimsoll/quant/statistics';
import { expectedOf, type Facts, factsOf } from '../../case-facts.ts';
import { type Check, near } from '../../check.ts';
import { type Columns, select, simpleReturns } from '../../golden-data.ts';
import type { Surroundings } from '../../runner.ts';

export const numbersOf = (value: unknown): Float64Array =>
  Float64Array.from(value as readonly number[]);

/** The inputs that a case takes from another: `opt.A.inputs (cov)` is the case `opt.A.inputs`. */
export function sharedInputs(
  input: Facts,
  surroundings: Surroundings,
): { names: readonly string[]; mu: Float64Array; covariance: Matrix } {
  const id = String(input['inputs']).split(' ')[0] ?? '';
  const { tickers, mu, cov } = expectedOf(surroundings.find(id));
  return {
    names: tickers as string[],
    mu: numbersOf(mu),
    covariance: fromRows(cov as number[][]),
  };
}

export interface CaseReturns {
  readonly names: readonly string[];
  readonly returns: Matrix;
}

/** Simple returns of a file: the named assets, the range of prices, the last so many of them. */
export function returnsOf(input: Facts, { data }: Surroundings): CaseReturns {
  const range = Array.isArray(input['range']) ? (input['range'] as [string, string]) : undefined;
  const prose = `${input['returns'] ?? ''} ${input['rows'] ?? ''}`;
  const until = /to (\d{4}-\d{2}-\d{2})/.exec(prose)?.[1];
  const assets = input['assets'];
  const limits = range ?? (until === undefined ? undefined : (['0000-01-01', until] as const));
  const prices = select(data.columns(String(input['file'])), {
    ...(Array.isArray(assets) ? { names: assets as string[] } : {}),
    ...(limits ? { range: limits } : {}),
  });
  const last = /last (\d+)/.exec(prose)?.[1];
  return lastRows(simpleReturns(carried(prices)), last === undefined ? undefined : Number(last));
}

/** Prices with gaps filled by the price before, as pandas' `pct_change` has them. */
function carried({ days, names, values }: Columns): Columns {
  const filled = values.slice();
  for (let i = names.length; i < filled.length; i++) {
    if (Number.isNaN(filled[i])) filled[i] = filled[i - names.length] ?? Number.NaN;
  }
  return { days, names, values: filled };
}

function lastRows({ days, names, values }: Columns, count = days.length): CaseReturns {
  const n = names.length;
  const rows = Math.min(count, days.length);
  return { names, returns: matrix(rows, n, values.slice((days.length - rows) * n)) };
}

/** Covariance and correlation of all pairs, each from the periods that it has. */
export function momentsOf(returns: Matrix): { covariance: Matrix; correlation: Matrix } {
  const n = returns.columns;
  const whole = returns.data.every((each) => !Number.isNaN(each));
  const covariance = whole ? sampleCovariance(returns) : pairwiseCovariance(returns).covariance;
  const columns = Array.from({ length: n }, (_, i) => columnOf(returns, i));
  const pairs = matrix(n, n);
  columns.forEach((x, i) => {
    columns.forEach((y, j) => {
      const both = (_: number, t: number): boolean =>
        !Number.isNaN(x[t] ?? Number.NaN) && !Number.isNaN(y[t] ?? Number.NaN);
      pairs.data[i * n + j] = i === j ? 1 : correlation(x.filter(both), y.filter(both));
    });
  });
  return { covariance, correlation: pairs };
}

/** A check for each entry of a list or a table by name, in one line. */
export function nearAll(
  what: string,
  names: readonly string[],
  found: ArrayLike<number>,
  wanted: unknown,
  tolerance: number,
): Check {
  const expected = Array.isArray(wanted)
    ? (wanted as number[])
    : names.map((name) => Number(factsOf(wanted)[name] ?? Number.NaN));
  let worst = 0;
  let at = 0;
  const length = expected.length === found.length;
  for (let i = 0; i < expected.length; i++) {
    const off = Math.abs((found[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    if (!(off <= worst)) [worst, at] = [off, i];
    if (Number.isNaN(off)) break;
  }
  const check = near(what, found[at] ?? null, expected[at] ?? Number.NaN, tolerance);
  return length ? check : { ...check, ok: false, wanted: `${expected.length} numbers` };
}

/** A check for every key of `expected` that the table has; the others are listed with the reason. */
export function checksOf(
  expected: Facts,
  table: Readonly<Record<string, ((wanted: unknown, key: string) => Check) | undefined>>,
): { checks: Check[]; listed: string[] } {
  const checks: Check[] = [];
  const listed: string[] = [];
  for (const [key, wanted] of Object.entries(expected)) {
    const check = table[key];
    if (check) checks.push(check(wanted, key));
    else listed.push(`${key}: nothing here has that name`);
  }
  return { checks, listed };
}

import { agrees, type Check, same } from './check.ts';
import { isRecord } from './golden-case.ts';
import type { Outcome } from './runner.ts';

/**
 * Holds every leaf of `expected` against the one of the same path in `found`. The tolerance is
 * absolute up to a size of 1 and relative above. A path that `found` has not is listed.
 */
export function compare(found: unknown, expected: unknown, tolerance: number, path = ''): Outcome {
  if (typeof expected === 'number') {
    if (typeof found !== 'number') return unknownPath(path, found);
    return { checks: [agrees(path, found, expected, tolerance)], listed: [] };
  }
  if (typeof expected === 'string' || typeof expected === 'boolean') {
    return found === undefined
      ? unknownPath(path, found)
      : { checks: [same(path, found, expected)], listed: [] };
  }
  if (Array.isArray(expected)) {
    if (!isList(found)) return unknownPath(path, found);
    if (expected.every((each) => typeof each === 'number')) {
      return { checks: [nearAll(path, found, expected, tolerance)], listed: [] };
    }
    return joined([
      { checks: [same(`${path} length`, found.length, expected.length)], listed: [] },
      ...expected.map((each, i) => compare(found[i], each, tolerance, `${path}[${i}]`)),
    ]);
  }
  if (!isRecord(expected)) return { checks: [], listed: [`${path}: nothing is expected`] };
  const record = isRecord(found) ? found : {};
  return joined(
    Object.entries(expected).map(([key, each]) =>
      compare(record[key], each, tolerance, path === '' ? key : `${path}.${key}`),
    ),
  );
}

/** One check of a list of numbers; it shows the first that is wrong. */
function nearAll(
  path: string,
  found: ArrayLike<unknown>,
  expected: readonly number[],
  tolerance: number,
): Check {
  const checks = expected.map((each, i) => {
    const value = found[i];
    return agrees(`${path}[${i}]`, typeof value === 'number' ? value : null, each, tolerance);
  });
  const wrong = [same(`${path} length`, found.length, expected.length), ...checks].find(
    ({ ok }) => !ok,
  );
  return wrong ?? { what: path, ok: true, found: 'the same', wanted: 'the same' };
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || ArrayBuffer.isView(value);

const unknownPath = (path: string, found: unknown): Outcome => ({
  checks: [],
  listed: [`${path}: ${found === undefined ? 'not known to this runner' : `is ${String(found)}`}`],
});

/** All checks and all that was listed. */
export function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    checks: outcomes.flatMap(({ checks }): readonly Check[] => checks),
    listed: outcomes.flatMap(({ listed }) => listed),
  };
}

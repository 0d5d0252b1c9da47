import { readFileSync } from 'node:fs';

/** A case of any file: facts by name. Which names there are is the runner's business. */
export interface GoldenCase {
  readonly [name: string]: unknown;
}

/** A file that is not a file of cases. */
export class NotGolden extends Error {
  override readonly name = 'NotGolden';
}

/** What people call a case. */
export const caseName = (golden: GoldenCase): string =>
  String(golden['name'] ?? golden['id'] ?? 'unnamed');

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the cases of a file, `{ "cases": [ … ] }` or a bare list. */
export function readCases(path: string): GoldenCase[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new NotGolden(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
  const cases = isRecord(parsed) ? parsed['cases'] : parsed;
  if (!Array.isArray(cases) || !cases.every(isRecord)) {
    throw new NotGolden(`${path} has no list "cases" of objects.`);
  }
  return cases;
}

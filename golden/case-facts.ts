import type { Result } from '@plimsoll/kernel';
import { type GoldenCase, isRecord } from './golden-case.ts';
import type { Surroundings } from './runner.ts';

/** What a part of a case says, by name. */
export type Facts = Readonly<Record<string, unknown>>;

/** The facts of a value; none where it has no names. */
export const factsOf = (value: unknown): Facts => (isRecord(value) ? value : {});

/** The facts of each entry of a list that has any. */
export const listOf = (value: unknown): readonly Facts[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** The first of several names under which a number is given. */
export function numberOf(facts: Facts, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = facts[name];
    if (typeof value === 'number') return value;
  }
  return undefined;
}

/** The first of several names under which a text is given. */
export function textOf(facts: Facts, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = facts[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The numbers of a list. */
export const numbersOf = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];

/** The input of a case on top of that of the case it names by `same_as`, all the way down. */
export function inputOf(golden: GoldenCase, surroundings: Surroundings): Facts {
  const own = factsOf(golden['input']);
  const base = own['same_as'];
  if (typeof base !== 'string') return own;
  return { ...inputOf(surroundings.find(base), surroundings), ...own };
}

export const expectedOf = (golden: GoldenCase): Facts => factsOf(golden['expected']);

/** How far off a figure of the case may be; `otherwise` where the case says nothing. */
export const toleranceOf = (golden: GoldenCase, otherwise = 1e-9): number =>
  Number(golden['suggested_tolerance'] ?? otherwise);

/** The value of a result, which a case of the file must not be refused. */
export const granted = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
};

import { type Check, near, same } from '../../check.ts';
import { isRecord } from '../../golden-case.ts';

export type Facts = Readonly<Record<string, unknown>>;

export const record = (value: unknown): Facts => (isRecord(value) ? value : {});

export const list = (value: unknown): readonly Facts[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** The first of several names under which a number is given. */
export function numberOf(facts: Facts, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = facts[name];
    if (typeof value === 'number') return value;
  }
  return undefined;
}

export function textOf(facts: Facts, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = facts[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

export const numbersOf = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];

/** Numbers within the tolerance, relative where they are beyond 1; null where null is expected. */
export function agrees(
  what: string,
  found: number | null | undefined,
  wanted: unknown,
  tolerance: number,
): Check {
  if (typeof wanted !== 'number') return same(what, found ?? null, wanted);
  return near(what, found ?? null, wanted, tolerance * Math.max(1, Math.abs(wanted)));
}

/** Lists of numbers, place by place. */
export function listAgrees(
  what: string,
  found: ArrayLike<number>,
  wanted: readonly number[],
  tolerance: number,
): readonly Check[] {
  return wanted.map((value, i) => agrees(`${what} ${i + 1}`, found[i], value, tolerance));
}

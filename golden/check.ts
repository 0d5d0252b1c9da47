/** One figure of a case held against what the product says. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  readonly wanted: string;
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));

/** The two are the same. */
export const same = (what: string, found: unknown, wanted: unknown): Check => ({
  what,
  ok: text(found) === text(wanted),
  found: text(found),
  wanted: text(wanted),
});

/** The two numbers are at most `tolerance` apart. */
export const near = (
  what: string,
  found: number | null,
  wanted: number,
  tolerance: number,
): Check => ({
  what,
  ok: found !== null && Math.abs(found - wanted) <= tolerance,
  found: text(found),
  wanted: `${wanted} ± ${tolerance}`,
});

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

/** The tolerance that the digits of a stated figure imply: half of the last one, at most half a cent. */
export function impliedTolerance(wanted: number): number {
  const digits = String(wanted).split('.')[1]?.length ?? 0;
  return Math.max(0.5 * 10 ** -Math.max(2, digits), Math.abs(wanted) * 1e-15) + 1e-12;
}

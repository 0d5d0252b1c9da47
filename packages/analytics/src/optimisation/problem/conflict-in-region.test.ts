import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { conflictInRegion } from './conflict-in-region.ts';
import { type Constraint, regionOf } from './constraint.ts';
import type { Region } from './region.ts';
import { solveTerms } from './solve-terms.ts';

const names = ['AA', 'BB', 'CC', 'DD', 'EE'];
const caps = ['turnover', 'gross', 'long', 'short'] as const;

function region(constraints: readonly Constraint[], current: readonly number[]): Region {
  const held = new Map(names.map((name, i) => [name, current[i] ?? 0]));
  const made = regionOf(names, constraints, held);
  if (!made.ok) throw new Error(made.fault.detail);
  return made.value;
}

const conflictOf = (within: Region) =>
  conflictInRegion(within, compile(within, { trade: null, size: null }));

const hundredths = (min: number, max: number) =>
  fc.integer({ min: 100 * min, max: 100 * max }).map((value) => value / 100);

/** Limits of which many conflict, in numbers that are not alike. */
const limits = fc
  .record({
    current: fc.array(hundredths(-0.2, 0.6), { minLength: 5, maxLength: 5 }),
    low: hundredths(-0.3, 0.1),
    high: hundredths(0.15, 0.5),
    group: hundredths(0.2, 0.9),
    least: fc.option(hundredths(0.3, 0.8), { nil: null }),
    caps: fc.record({
      turnover: fc.option(hundredths(0.01, 0.3), { nil: null }),
      gross: fc.option(hundredths(0.7, 1.3), { nil: null }),
      long: fc.option(hundredths(0.7, 1.2), { nil: null }),
      short: fc.option(hundredths(0, 0.2), { nil: null }),
    }),
  })
  .map(({ current, low, high, group, least, caps: given }) =>
    region(
      [
        { kind: 'budget', total: 1 },
        { kind: 'bounds', lower: low, upper: high },
        { kind: 'group', name: 'group', members: ['AA', 'BB'], lower: group },
        ...(least === null
          ? []
          : [{ kind: 'bounds' as const, of: ['CC'], lower: Math.min(least, high) }]),
        ...caps.flatMap((kind): Constraint[] => {
          const limit = given[kind];
          return limit === null ? [] : [{ kind, limit }];
        }),
      ],
      current,
    ),
  );

/** Every single limit of a region that a conflict names, as one that can be left out. */
function sidesOf(within: Region) {
  const conflict = conflictOf(within);
  if (!conflict) return null;
  const capNames = caps.filter((cap) => within[cap] !== null);
  const rows = within.rows.length;
  const lowers = conflict.rowLower.map((at) => ({ kind: 'row' as const, side: 'lower', at }));
  const uppers = conflict.rowUpper.map((at) =>
    at < rows
      ? { kind: 'row' as const, side: 'upper', at }
      : {
          kind: 'cap' as const,
          side: 'upper',
          at: caps.indexOf(capNames[at - rows] ?? 'turnover'),
        },
  );
  const bounds = (['lower', 'upper'] as const).flatMap((side) =>
    conflict[side].map((at) => ({ kind: 'bound' as const, side, at })),
  );
  return [...lowers, ...uppers, ...bounds];
}

/** A region of these limits only. */
function only(within: Region, sides: NonNullable<ReturnType<typeof sidesOf>>): Region {
  const has = (kind: string, side: string, at: number): boolean =>
    sides.some((each) => each.kind === kind && each.side === side && each.at === at);
  const cap = (name: (typeof caps)[number]) =>
    has('cap', 'upper', caps.indexOf(name)) ? within[name] : null;
  return {
    ...within,
    lower: within.lower.map((low, i) => (has('bound', 'lower', i) ? low : -Infinity)),
    upper: within.upper.map((high, i) => (has('bound', 'upper', i) ? high : Infinity)),
    rows: within.rows.map((row, i) => ({
      ...row,
      lower: has('row', 'lower', i) ? row.lower : -Infinity,
      upper: has('row', 'upper', i) ? row.upper : Infinity,
    })),
    turnover: cap('turnover'),
    gross: cap('gross'),
    long: cap('long'),
    short: cap('short'),
  };
}

const isMet = (within: Region): boolean =>
  solveTerms([{ kind: 'squares', scale: 1 }], { region: within, covariance: null }).ok;

describe('limits that conflict', () => {
  it('are named where nothing can be met, and none of them can be left out', () => {
    fc.assert(
      fc.property(limits, (within) => {
        const sides = sidesOf(within);
        expect(sides === null).toBe(isMet(within));
        if (!sides) return;
        expect(isMet(only(within, sides))).toBe(false);
        for (const side of sides) {
          expect(
            isMet(
              only(
                within,
                sides.filter((each) => each !== side),
              ),
            ),
          ).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are told by name, with turnover too', () => {
    const within = region(
      [
        { kind: 'budget', total: 1 },
        { kind: 'bounds', lower: 0, upper: 1 },
        { kind: 'bounds', of: ['AA'], upper: 0.5 },
        { kind: 'turnover', limit: 0.05 },
      ],
      [1, 0, 0, 0, 0],
    );
    const found = solveTerms([{ kind: 'squares', scale: 1 }], { region: within, covariance: null });
    expect(found.ok ? '' : found.fault.detail).toBe(
      'No weights meet all limits: turnover at most 5 % conflicts with AA at most 50 %.',
    );
  });
});

import { parameterTable } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAllowed, indexOf, pointAt, readSpace } from './parameter-space.ts';
import { crossing, found } from './testing/found.ts';

const table = parameterTable({
  fast: { kind: 'integer', title: 'Fast', min: 2, max: 300 },
  threshold: { kind: 'number', title: 'Threshold', min: 0, max: 10, default: 1 },
  kind: { kind: 'choice', title: 'Average', of: ['sma', 'ema'], default: 'sma' },
  long: { kind: 'flag', title: 'Long only', default: true },
  name: { kind: 'text', title: 'Name', optional: true },
});

describe('a parameter space', () => {
  it('counts its points and gives the fixed values and defaults with each', () => {
    const space = found(
      readSpace(
        table,
        {
          fast: { from: 2, to: 101, step: 1 },
          kind: {},
          threshold: { from: 0.1, to: 0.5, step: 0.1 },
        },
        { fixed: { long: false } },
      ),
    );
    expect(space.size).toBe(100 * 2 * 5);
    expect(space.parametersAt(pointAt(space, 7))).toEqual({
      long: false,
      name: undefined,
      fast: 2,
      kind: 'ema',
      threshold: 0.3,
    });
  });

  it('says how many points the check allows', () => {
    expect(countAllowed(crossing(9))).toBe(36);
    const endless = { threshold: { from: 0, to: 1 } };
    expect(countAllowed(found(readSpace(table, endless, { fixed: { fast: 2 } })))).toBeNull();
  });

  it('numbers its points both ways', () => {
    const space = crossing(9);
    fc.assert(
      fc.property(fc.nat({ max: 80 }), (index) => {
        expect(indexOf(space, pointAt(space, index))).toBe(index);
      }),
    );
  });

  it('takes steps, points, logarithms and lists', () => {
    const values = (axis: object): unknown[] => {
      const space = found(readSpace(table, { threshold: axis }, { fixed: { fast: 2 } }));
      return Array.from({ length: space.size ?? 0 }, (_, i) => space.axes[0]?.valueAt(i));
    };
    expect(values({ from: 0.1, to: 10, points: 3, scale: 'log' })).toEqual([0.1, 1, 10]);
    expect(values({ from: 0, to: 1, step: 0.3 })).toEqual([0, 0.3, 0.6, 0.9]);
    expect(values({ in: [5, 1, 2] })).toEqual([5, 1, 2]);
    expect(values({ from: 3, to: 3 })).toEqual([3]);
  });

  it.each([
    ['an unknown parameter', { slow: {} }],
    ['nothing', {}],
    ['more points than anybody tries', { fast: { from: 2, to: 50, points: 1e9 } }],
    ['a value beyond the table', { fast: { from: 2, to: 301 } }],
    ['half a step of a whole number', { fast: { from: 2, to: 9, step: 0.5 } }],
    ['ends that are turned round', { fast: { from: 9, to: 2 } }],
    ['a logarithm of nothing', { threshold: { from: 0, to: 1, scale: 'log' } }],
    ['a choice that is none', { kind: { in: ['wma'] } }],
    ['a list of nothing', { kind: { in: [] } }],
    ['a value twice', { fast: { in: [2, 2] } }],
    ['a misspelt key', { fast: { from: 2, until: 9 } }],
    ['too many levels', { threshold: { from: 0, to: 10, step: 1e-9 } }],
  ])('refuses %s', (_, given) => {
    const read = readSpace(table, given, { fixed: 'fast' in given ? {} : { fast: 5 } });
    expect(read.ok ? '' : read.fault.code).toMatch(/^search\.(space|axis)$/);
  });

  it('refuses a parameter that nobody gives', () => {
    const read = readSpace(table, { kind: {} });
    expect(read.ok ? '' : read.fault.detail).toContain('fast: is missing');
  });
});

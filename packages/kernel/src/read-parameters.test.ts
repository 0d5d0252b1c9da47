import { describe, expect, it } from 'vitest';
import { parameterTable } from './parameters.ts';
import { readParameters } from './read-parameters.ts';

const table = parameterTable({
  level: { kind: 'number', title: 'Level', above: 0, below: 1, default: 0.95 },
  days: { kind: 'integer', title: 'Days', min: 1, max: 250 },
  method: { kind: 'choice', title: 'Method', of: ['normal', 'historical'], default: 'normal' },
  weights: { kind: 'by-name', title: 'Weights', optional: true },
  prices: { kind: 'panel', of: 'prices', title: 'Prices', optional: true },
  views: {
    kind: 'list',
    title: 'Views',
    optional: true,
    of: {
      kind: 'variant',
      title: 'View',
      of: {
        absolute: { of: { kind: 'text', title: 'Of' }, is: { kind: 'number', title: 'Is' } },
        ranking: { order: { kind: 'names', title: 'Order' } },
      },
    },
  },
});
const mistakes = (given: unknown): string[] => {
  const read = readParameters(table, given);
  return read.ok ? [] : read.fault.errors.map(({ path, message }) => `${path}: ${message}`);
};

describe('reading parameters', () => {
  it('takes no text with characters that are none', () => {
    const text = parameterTable({ title: { kind: 'text', title: 'Title' } });
    expect(readParameters(text, { title: 'Two\nlines\tand more' }).ok).toBe(true);
    for (const title of ['a\u0000b', 'a\u001b[31mb', 'a\u007f']) {
      const read = readParameters(text, { title });
      expect(read.ok ? [] : read.fault.errors).toEqual([
        { path: 'title', message: 'must be a text without control characters' },
      ]);
    }
  });

  it('fills in defaults and leaves optional ones out', () => {
    expect(readParameters(table, { days: 10 })).toEqual({
      ok: true,
      value: {
        level: 0.95,
        days: 10,
        method: 'normal',
        weights: undefined,
        prices: undefined,
        views: undefined,
      },
    });
  });

  it.each([
    [{}, 'days: is missing (Days)'],
    [{ days: 1.5 }, 'days: must be whole'],
    [{ days: 0 }, 'days: 0 is below 1, the least'],
    [{ days: 10, level: 1 }, 'level: 1 must be below 1'],
    [{ days: 10, level: Number.NaN }, 'level: must be a finite number'],
    [{ days: 10, level: '0.9' }, 'level: must be a finite number'],
    [{ days: 10, method: 'guess' }, 'method: must be one of normal, historical'],
    [{ days: 10, weights: { A: Number.POSITIVE_INFINITY } }, 'weights: must be an object'],
    [{ days: 10, levle: 0.9 }, 'levle: is not asked for'],
    [{ days: 10, prices: { names: ['A'], values: [[1], [2, 3]] } }, 'prices: values must be rows'],
    [
      { days: 10, prices: { names: ['A'], values: [[1]], days: ['2024-02-30'] } },
      'prices: days must be',
    ],
    [{ days: 10, views: [{ kind: 'absolute', of: 'A' }] }, 'views.0.is: is missing (Is)'],
    [{ days: 10, views: [{ kind: 'wish' }] }, 'views.0: must be an object whose kind is one of'],
    ['days', 'must be an object with level'],
  ])('says what is wrong with %j', (given, message) => {
    expect(mistakes(given).join('\n')).toContain(message);
  });

  it('names every mistake', () => {
    expect(mistakes({ days: -1, level: 2, method: '' })).toHaveLength(3);
  });

  it('keeps the kind of a variant beside its values', () => {
    const read = readParameters(table, {
      days: 1,
      views: [{ kind: 'ranking', order: ['A', 'B'] }],
    });
    expect(read.ok && read.value.views).toEqual([{ kind: 'ranking', order: ['A', 'B'] }]);
  });

  it('does not take what an object inherits for a value', () => {
    expect(mistakes({ days: 1, views: [{ kind: 'constructor' }] })).toHaveLength(1);
    expect(mistakes(JSON.parse('{"days":1,"__proto__":{"level":5}}'))).toHaveLength(1);
  });
});

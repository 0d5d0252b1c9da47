import { gateBars, noFacts } from '@plimsoll/domain';
import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readActions } from './read-actions.ts';
import { type DailyRow, readDailyRows } from './read-daily-rows.ts';

const nowMs = Date.parse('2026-06-01T12:00:00Z');
const range = {
  from: '2026-01-01',
  until: '2027-01-01',
  nowMs,
  currency: 'USD',
  prices: 'as-traded',
} as const;

const anything = fc.oneof(
  fc.double(),
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    'n/a',
    'NaN',
    '12.5',
    '1e308',
    1e308,
    -1,
    0,
    {},
    [],
    [5],
    true,
  ),
);
const aDay = fc.oneof(
  fc.integer({ min: dayNumber('2025-06-01'), max: dayNumber('2027-06-01') }).map(dayFromNumber),
  fc.constantFrom<unknown>(null, '', '2026-02-30', 'x', 20260302, '2026-3-2'),
);
const aRow: fc.Arbitrary<DailyRow> = fc.record({
  day: aDay,
  open: anything,
  high: anything,
  low: anything,
  close: anything,
  adjustedClose: anything,
  volume: anything,
});

describe('rows of a provider', () => {
  it('give sound bars in the order of their days, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 40 }), (rows) => {
        const { bars, rejected } = readDailyRows(rows, range);
        const days = [...bars.days];
        expect(days).toEqual([...new Set(days)].toSorted((a, b) => a - b));
        for (const [i, day] of days.entries()) {
          expect(day).toBeGreaterThanOrEqual(dayNumber(range.from));
          expect(day).toBeLessThanOrEqual(Math.floor(nowMs / 86_400_000) + 1);
          for (const field of ['open', 'high', 'low', 'close', 'adjustedClose'] as const) {
            const value = bars[field][i] ?? 0;
            expect(Number.isNaN(value) || (value >= 0 && value < 1e12)).toBe(true);
          }
        }
        // A 0 or a missing close is passed on where the quality gate may mend it, and not past it.
        const { accepted } = gateBars(bars, [], noFacts);
        for (const close of accepted.close) expect(close).toBeGreaterThan(0);
        for (const { reason } of rejected) expect(reason).not.toBe('');
      }),
    );
  });

  it('give the same bars in any order and however often each is repeated', () => {
    const sound = fc.uniqueArray(
      fc.record({
        day: fc
          .integer({ min: dayNumber('2026-01-01'), max: dayNumber('2026-05-31') })
          .map(dayFromNumber),
        close: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      }),
      { selector: ({ day }) => day, minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(sound, fc.infiniteStream(fc.nat(3)), (rows, repeats) => {
        const more = rows.flatMap((row) =>
          Array.from({ length: 1 + (repeats.next().value ?? 0) }, () => row),
        );
        expect(readDailyRows(more.toReversed(), range)).toEqual(readDailyRows(rows, range));
      }),
    );
  });
});

describe('actions of a provider', () => {
  it('are those of the range, oldest first, each once', () => {
    const rows = [
      { kind: 'split', day: '2026-03-02', value: 4 },
      { kind: 'dividend', day: '2026-02-02', value: '0.25', currency: 'USD', payDay: 'None' },
      { kind: 'dividend', day: '2026-02-02', value: 0.25, currency: 'USD' },
      { kind: 'dividend', day: '2025-12-31', value: 1 },
    ] as const;
    expect(readActions(rows, '2026-01-01', '2027-01-01')).toEqual({
      actions: [
        { day: '2026-02-02', kind: 'dividend', value: 0.25, currency: 'USD' },
        { day: '2026-03-02', kind: 'split', value: 4 },
      ],
      rejected: [],
    });
  });

  it.each([null, 'None', '', 0, -1, 1e308, Number.NaN, undefined])(
    'of %s are rejected',
    (value) => {
      const row = { kind: 'dividend', day: '2026-02-02', value } as const;
      const { actions, rejected } = readActions([row], '2026-01-01', '2027-01-01');
      expect([actions.length, rejected.length]).toEqual([0, 1]);
    },
  );

  it('without a day are rejected; a merger for cash alone is none', () => {
    expect(
      readActions([{ kind: 'split', day: 'None', value: 2 }], '2026-01-01', '2027-01-01').rejected,
    ).toHaveLength(1);
    const merger = { kind: 'merger', day: '2026-02-02', value: 0, second: 12.5 } as const;
    expect(readActions([merger], '2026-01-01', '2027-01-01').actions).toMatchObject([
      { second: 12.5 },
    ]);
  });
});

import { plainInstrument } from '@plimsoll/domain';
import { dayFromNumber, dayNumber, price } from '@plimsoll/kernel';
import type { DailyBars, DailyHistory, ProviderAction } from '@plimsoll/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calmCloses, closeBars, historyOf, split } from '../testing/scripted-market.ts';
import { compareKnown } from './compare-known.ts';
import { joinSplits, newActions, ratioText } from './market-actions.ts';
import { toAdjusted, toTraded } from './split-basis.ts';
import { takeHistory } from './take-history.ts';
import type { ToTake } from './to-take.ts';

const listing = plainInstrument({
  id: 'acme',
  kind: 'equity',
  name: 'ACME',
  symbol: 'ACME',
  currency: 'USD',
});
const known = closeBars(calmCloses('2024-03-01', '2024-06-28'));
const from = dayNumber('2024-06-13');
const until = dayNumber('2024-07-04');

const given = (history: DailyHistory, over: Partial<ToTake> = {}): ToTake => ({
  listing,
  source: 'first',
  history,
  from,
  until,
  known,
  isSameSource: true,
  actions: [],
  tradingDays: null,
  decided: [],
  ...over,
});

const anyFigure = fc.oneof(
  fc.double({ min: 90, max: 110, noNaN: true }),
  fc.constantFrom(Number.NaN, 0, -1, 1e308, 1e-300, Number.POSITIVE_INFINITY, 10_000, 1),
);
const anyRow = fc.tuple(
  fc.integer({ min: from - 40, max: until + 40 }),
  fc.array(anyFigure, { minLength: 6, maxLength: 6 }),
);

function barsOf(rows: readonly (readonly [number, readonly number[]])[]): DailyBars {
  const column = (at: number) =>
    Float64Array.from(rows, ([, figures]) => figures[at] ?? Number.NaN);
  return {
    days: Int32Array.from(rows, ([day]) => day),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    adjustedClose: column(4),
    volume: column(5),
  };
}

const anyAction: fc.Arbitrary<ProviderAction> = fc.record({
  day: fc.integer({ min: from - 40, max: until + 40 }).map(dayFromNumber),
  kind: fc.constantFrom('split' as const, 'dividend' as const, 'delisting' as const),
  value: fc.oneof(fc.double({ min: 0, max: 30 }), fc.constantFrom(Number.NaN, -1, 1e308)),
});

const anyHistory: fc.Arbitrary<DailyHistory> = fc.record({
  bars: fc.array(anyRow, { maxLength: 40 }).map(barsOf),
  actions: fc.array(anyAction, { maxLength: 4 }),
  currency: fc.constantFrom('USD', null, 'EUR', 'GBX'),
  prices: fc.constantFrom('as-traded' as const, 'split-adjusted' as const),
  rejected: fc.constant([]),
});

describe('whatever a provider answers', () => {
  it('takes days of the range alone, rising, each with a price, or nothing and says why', () => {
    fc.assert(
      fc.property(anyHistory, fc.boolean(), (history, isSameSource) => {
        const taken = takeHistory(given(history, { isSameSource }));
        if (taken.bars === null) {
          expect(taken.refused).not.toBe('');
          return;
        }
        const { days, close } = taken.bars;
        for (let row = 0; row < days.length; row++) {
          expect(days[row]).toBeGreaterThanOrEqual(from);
          expect(days[row]).toBeLessThan(until);
          if (row > 0) expect(days[row]).toBeGreaterThan(days[row - 1] ?? 0);
          expect(close[row]).toBeGreaterThan(0);
          expect(close[row]).toBeLessThan(Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every row: taken, mended, known already, kept back with a reason, or outside the range', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const taken = takeHistory(given({ ...history, currency: null, actions: [] }));
        const asked = [...history.bars.days].filter((day) => day >= from);
        const kept = new Set(taken.quarantined.map(({ day }) => day));
        const stored = new Set([...(taken.bars?.days ?? [])].map(dayFromNumber));
        for (const day of new Set(asked.map(dayFromNumber))) {
          expect(taken.refused !== '' || kept.has(day) || stored.has(day)).toBe(true);
        }
        for (const { reason } of taken.quarantined) expect(reason).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing that it was given, and is the same when asked again', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const before = JSON.stringify([...history.bars.close]);
        const once = takeHistory(given(history));
        expect(takeHistory(given(history))).toEqual(once);
        expect(JSON.stringify([...history.bars.close])).toBe(before);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the unit of prices', () => {
  const pence = { ...listing, currency: 'GBP', priceFactor: price('0.01') };

  it('is the one of the listing, whatever the provider counts in', () => {
    const inPounds = historyOf({ '2024-07-01': 2.5 }, { currency: 'GBP' });
    const taken = takeHistory(given(inPounds, { listing: pence, known: closeBars({}) }));
    expect([...(taken.bars?.close ?? [])]).toEqual([250]);
  });

  it('is refused in another currency', () => {
    const taken = takeHistory(given(historyOf({ '2024-07-01': 100 }, { currency: 'EUR' })));
    expect(taken.bars).toBeNull();
    expect(taken.findings.map(({ code }) => code)).toEqual(['wrong-currency']);
  });

  it('holds for dividends, which are kept per unit of their day', () => {
    const told: ProviderAction[] = [
      { day: '2024-01-10', kind: 'dividend', value: 5, currency: 'GBX' },
      { day: '2024-03-10', kind: 'dividend', value: 0.02, currency: 'GBP' },
      split('2024-02-10', 4),
    ];
    const splits = [{ day: dayNumber('2024-02-10'), ratio: 4 }];
    const kept = newActions({
      listing: pence,
      source: 'first',
      told,
      dividends: null,
      splits,
      splitAdjusted: true,
      known: [],
    });
    expect(kept.map(({ kind, value, currency }) => [kind, value, currency])).toEqual([
      ['dividend', '0.2', 'GBP'],
      ['dividend', '0.02', 'GBP'],
      ['split', '4:1', 'GBP'],
    ]);
  });
});

describe('splits', () => {
  it('are written as the smallest whole numbers', () => {
    expect([4, 0.05, 1.5, 7, 0.1, 1.1, 20 / 3].map(ratioText)).toEqual([
      '4:1',
      '1:20',
      '3:2',
      '7:1',
      '1:10',
      '11:10',
      '20:3',
    ]);
    const part = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(part, part, (up, down) => {
        const [a = 0, b = 1] = ratioText(up / down)
          .split(':')
          .map(Number);
        expect(a * down).toBe(b * up);
      }),
    );
  });

  it('undone and done again leave prices as they were', () => {
    const day = fc.integer({ min: 19_000, max: 19_400 });
    const splits = fc.array(fc.record({ day, ratio: fc.constantFrom(2, 4, 0.1, 1.5) }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(splits, (made) => {
        const again = toTraded(toAdjusted(known, made), made);
        for (const [row, close] of known.close.entries()) {
          expect(Math.abs((again.close[row] ?? 0) / close - 1)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('that two sources tell on days next to each other are one', () => {
    const one = { day: 100, ratio: 4 };
    expect(joinSplits([one], [{ day: 102, ratio: 4 }])).toEqual([one]);
    expect(joinSplits([one], [{ day: 102, ratio: 2 }])).toHaveLength(2);
    expect(joinSplits([one], [{ day: 200, ratio: 4 }])).toHaveLength(2);
  });
});

describe('the comparison with what is known', () => {
  const scaled = (factor: number): DailyBars => ({
    ...known,
    close: known.close.map((close) => close * factor),
  });

  it('agrees with itself and with rounding', () => {
    expect(compareKnown(known, known, true)).toEqual({ verdict: 'agrees', restated: 0 });
    expect(compareKnown(known, scaled(1 + 1e-8), true)).toEqual({ verdict: 'agrees', restated: 0 });
    expect(compareKnown(known, closeBars({ '2031-01-02': 5 }), true).verdict).toBe('agrees');
  });

  it.each([4, 0.25, 100, 0.01, 0.97, 1.001])('finds the factor %d', (factor) => {
    const found = compareKnown(known, scaled(factor), true);
    expect(found).toMatchObject({
      verdict: 'rewritten',
      detail: expect.stringContaining(`${factor}`),
    });
    expect(compareKnown(known, scaled(factor), false).verdict).toBe('disagrees');
  });

  it('takes a few restated days of the same source', () => {
    const close = known.close.slice();
    close[3] = (close[3] ?? 0) * 1.2;
    const found = compareKnown(known, { ...known, close }, true);
    expect(found).toEqual({ verdict: 'agrees', restated: 1 });
  });
});

describe('a known close that comes as another', () => {
  const day = known.days.length - 4;
  const before = known.close[day] ?? 0;
  /** The newest known days again, one of them with another close. */
  const again = (close: number) => ({
    ...calmCloses('2024-06-13', '2024-06-28'),
    [dayFromNumber(known.days[day] ?? 0)]: close,
  });
  const taken = (close: number, over: Partial<ToTake> = {}) => {
    const answer = takeHistory(given(historyOf(again(close)), over));
    const at = answer.bars?.days.indexOf(known.days[day] ?? 0) ?? -1;
    const reasons = answer.quarantined.map(({ reason }) => reason).join();
    return { close: at < 0 ? null : answer.bars?.close[at], reasons };
  };

  it('is taken where it moves little, and kept back where it moves far from the days beside it', () => {
    expect(taken(before * 1.02).close).toBeCloseTo(before * 1.02);
    const far = taken(before * 1.3);
    expect(far.close).toBeNull();
    expect(far.reasons).toContain('comes as');
  });

  it('is taken where the known one was the odd one', () => {
    const odd = closeBars(calmCloses('2024-03-01', '2024-06-28'));
    odd.close[day] = before * 1.3;
    expect(taken(before, { known: odd }).close).toBe(before);
  });

  it('is not made of one row that might be a hundredth of something', () => {
    const alone = { '2024-06-25': (before / 100) * 1.09 };
    const answer = takeHistory(given(historyOf(alone)));
    expect([...(answer.bars?.close ?? [])]).toEqual([]);
    expect(answer.quarantined).toHaveLength(1);
  });
});

it('does not take a row without a close for confirmed by a day that is not there', () => {
  const open = {
    id: 'row:1',
    kind: 'row',
    instrumentId: 'acme',
    day: '2024-06-20',
    source: 'first',
    code: 'no-close',
    detail: 'The row has no close.',
    evidence: null,
    state: 'open',
  };
  const history = historyOf(calmCloses('2024-06-27', '2024-06-28'));
  const answer = takeHistory(
    given(history, { decided: [open as unknown as ToTake['decided'][0]] }),
  );
  expect(answer.confirmed).toEqual([]);
});

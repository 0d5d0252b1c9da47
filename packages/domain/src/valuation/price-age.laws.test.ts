import { businessDaysBetween, dayNumber, marketPrice } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeCalendar, exchangeCalendars } from '../calendar/exchange-calendars.ts';
import { isStale, staleAfterBusinessDays } from './price-age.ts';
import { PriceBook } from './price-book.ts';

const someDay = fc.integer({ min: dayNumber('1998-01-01'), max: dayNumber('2033-01-01') });
const someAge = fc.integer({ min: -3, max: 40 });

describe('the age of a price', () => {
  it('is counted in weekdays where no calendar is known', () => {
    fc.assert(
      fc.property(someDay, someAge, (on, age) => {
        const expected = businessDaysBetween(on, on + age) > staleAfterBusinessDays;
        expect(isStale(on, on + age, null)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("is counted in the exchange's own trading days where it knows them", () => {
    fc.assert(
      fc.property(fc.constantFrom(...exchangeCalendars), someDay, someAge, (calendar, on, age) => {
        const { from, until } = calendar.known;
        fc.pre(on + 1 >= from && on + age < until);
        const passed = calendar.tradingDays(on + 1, on + age + 1).length;
        expect(isStale(on, on + age, calendar)).toBe(passed > staleAfterBusinessDays);
      }),
      { numRuns: 500 },
    );
  });

  it('never goes down', () => {
    fc.assert(
      fc.property(fc.constantFrom(...exchangeCalendars), someDay, someAge, (calendar, on, age) => {
        if (isStale(on, on + age, calendar)) {
          expect(isStale(on, on + age + 1, calendar)).toBe(true);
          expect(isStale(on - 1, on + age, calendar)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not run while the exchange is closed: Tokyo rested ten days in 2019', () => {
    const closes = {
      days: Int32Array.of(dayNumber('2019-04-26')),
      close: Float64Array.of(100),
      source: 'market',
    };
    const market = new Map([
      ['tokyo', closes],
      ['elsewhere', closes],
    ]);
    const prices = new PriceBook(market, (id) =>
      id === 'tokyo' ? exchangeCalendar('XTKS') : null,
    );
    const states = (id: string) =>
      ['2019-04-26', '2019-05-06', '2019-05-13', '2019-05-14'].map(
        (day) => prices.at(id, dayNumber(day))?.state,
      );
    expect(states('tokyo')).toEqual(['market', 'carried', 'carried', 'stale']);
    expect(states('elsewhere')).toEqual(['market', 'stale', 'stale', 'stale']);
    expect(prices.fork().at('tokyo', dayNumber('2019-05-13'))).toEqual({
      day: dayNumber('2019-04-26'),
      price: marketPrice(100),
      source: 'market',
      state: 'carried',
    });
  });
});

import { dayNumber } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { freshness } from './freshness.ts';
import { gapsIn } from './price-status.ts';

const nyse = { kind: 'equity', mic: 'XNYS', currency: 'USD' } as const;
const state = (of: Parameters<typeof freshness>[0], last: string | null, now: string) =>
  freshness(of, last === null ? null : dayNumber(last), Date.parse(now));

describe('how old prices are', () => {
  it.each([
    ['before the close and its delay', '2024-06-27', '2024-06-28T21:00:00Z', 'fresh'],
    ['four hours after the close', '2024-06-27', '2024-06-29T00:30:00Z', 'late'],
    ['over the weekend', '2024-06-28', '2024-06-30T12:00:00Z', 'fresh'],
    ['over a holiday', '2024-07-03', '2024-07-05T12:00:00Z', 'fresh'],
    ['after a week', '2024-06-20', '2024-06-29T12:00:00Z', 'stale'],
  ])('counts by the sessions of the exchange: %s', (_, last, now, wanted) => {
    expect(state(nyse, last, now).state).toBe(wanted);
  });

  it('is never there without a price', () => {
    expect(state(nyse, null, '2024-06-29T12:00:00Z')).toMatchObject({
      state: 'never',
      expected: '2024-06-28',
    });
  });

  it('counts every day for coins, and days of the euro for rates', () => {
    const coin = { kind: 'crypto', currency: 'USD' } as const;
    expect(state(coin, '2024-06-28', '2024-06-30T12:00:00Z').state).toBe('late');
    const rate = { kind: 'fx', currency: 'USD' } as const;
    expect(state(rate, '2024-03-28', '2024-04-01T23:00:00Z').state).toBe('fresh');
    expect(state(rate, '2024-03-28', '2024-04-03T12:00:00Z').state).toBe('late');
  });

  it('waits a day longer for funds', () => {
    const fund = { ...nyse, kind: 'fund' } as const;
    expect(state(fund, '2024-06-26', '2024-06-28T10:00:00Z').state).toBe('fresh');
  });
});

describe('gaps', () => {
  const days = (...all: string[]) => Int32Array.from(all, dayNumber);

  it('are trading days without a price between others', () => {
    expect(gapsIn(nyse, days('2024-07-01', '2024-07-03', '2024-07-05'))).toBe(1);
    expect(gapsIn(nyse, days('2024-07-03', '2024-07-05', '2024-07-08'))).toBe(0);
  });

  it('are not counted where the exchange is not known', () => {
    expect(gapsIn({ kind: 'equity', currency: 'EUR' }, days('2024-07-01', '2024-07-09'))).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { fundamentalFault, metricNamed } from './fundamental.ts';

describe('what a file calls a figure', () => {
  it.each([
    ['Total Revenue', 'revenue', 'money'],
    ['totalRevenue', 'revenue', 'money'],
    ['Umsatz', 'revenue', 'money'],
    ['Earnings/Share', 'eps', 'money-per-share'],
    ['P/E', 'price-earnings', 'ratio'],
    ['shares_outstanding', 'shares-outstanding', 'shares'],
    ['Same Store Sales', 'same-store-sales', null],
    ['researchSpending', 'research-spending', null],
  ])('%s is %s', (text, metric, unit) => {
    expect(metricNamed(text)).toEqual({ metric, unit });
  });

  it('is nothing where there is no word', () => {
    expect(metricNamed(' -- ')).toBeUndefined();
  });
});

describe('a figure', () => {
  const figure = {
    metric: 'revenue',
    value: '100',
    periodEnd: '2023-12-31',
    publishedOn: '2024-02-01',
    unit: 'money',
    currency: 'USD',
  } as const;

  it('may be what it says', () => {
    expect(fundamentalFault(figure)).toBeUndefined();
    expect(fundamentalFault({ ...figure, metric: 'net-income', value: '-5' })).toBeUndefined();
  });

  it.each([
    [{ publishedOn: '2023-12-30' }, 'cannot have been published'],
    [{ currency: null }, 'no currency'],
    [{ unit: 'ratio' as const }, 'revenue is money'],
    [{ metric: 'total-assets', value: '-1' }, 'cannot be -1'],
  ])('is refused: %j', (wrong, why) => {
    expect(fundamentalFault({ ...figure, ...wrong })).toContain(why);
  });
});

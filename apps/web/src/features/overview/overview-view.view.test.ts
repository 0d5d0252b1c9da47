import type { Contribution, Holding, Performance } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import {
  freshness,
  namesOf,
  needsOf,
  partsBy,
  storyOf,
  storyTerms,
  topContributions,
} from './overview-view.ts';
import { periodOf, readOverviewSearch } from './search.ts';

const holding = (more: Partial<Holding>): Holding => ({
  account: 'Broker',
  accountId: 'a',
  instrument: 'X',
  instrumentId: 'x',
  name: 'X',
  kind: 'equity',
  isin: null,
  quantity: '1',
  cost: '1',
  price: '1',
  value: '1',
  gain: '0',
  currency: 'EUR',
  baseCurrency: 'EUR',
  baseCost: '1',
  baseValue: '1',
  baseGain: '0',
  pricePart: '0',
  fxPart: '0',
  weight: 0.5,
  priceState: 'market',
  pricedOn: '2026-11-20',
  simulated: false,
  reasons: {},
  ...more,
});

test('parts add up exactly and the small ones are one', () => {
  const held = ['0.1', '0.2', '5', '4', '3'].map((baseValue, index) =>
    holding({ instrument: `I${index}`, baseValue, weight: 0.2 }),
  );
  const parts = partsBy(held, 'instrument', 3);
  expect(parts.map(({ label, value }) => [label, value])).toEqual([
    ['I2', '5'],
    ['I3', '4'],
    ['3 others', '3.3'],
  ]);
});

test('cash of several currencies is one part by instrument, and unknown values are left out', () => {
  const parts = partsBy(
    [
      holding({ kind: 'cash', instrument: 'EUR', instrumentId: null }),
      holding({ kind: 'cash', instrument: 'USD', instrumentId: null }),
      holding({ baseValue: null, weight: null }),
    ],
    'instrument',
  );
  expect(parts).toEqual([{ key: 'Cash', label: 'Cash', value: '2', share: 1 }]);
});

const performance = {
  currency: 'EUR',
  paidIn: '1000',
  gain: '90.5',
  fees: '4.25',
  taxes: '0',
  feesInCost: '5.25',
  taxesInCost: null,
} as Performance;

test('paid in, markets and costs tell the whole story', () => {
  expect(storyOf(performance)).toEqual({ paidIn: '1000', markets: '100', costs: '9.5' });
  expect(storyTerms(performance, 'costs').map(({ label, value }) => [label, value])).toEqual([
    ['Fees', '4.25'],
    ['Fees inside cost and proceeds', '5.25'],
    ['Costs and taxes', '9.5'],
  ]);
  expect(storyOf({ ...performance, gain: null })).toBeNull();
});

test('what has no price comes before what is only old, and each instrument once', () => {
  const needs = needsOf(
    [
      holding({ instrumentId: 'old', instrument: 'OLD', priceState: 'stale' }),
      holding({ instrumentId: 'none', instrument: 'NONE', priceState: 'none', pricedOn: null }),
      holding({ instrumentId: 'none', instrument: 'NONE', priceState: 'none', pricedOn: null }),
      holding({}),
    ],
    (day) => day,
  );
  expect(needs.map(({ title }) => title)).toEqual(['NONE has no price', 'The price of OLD is old']);
  expect(freshness([holding({}), holding({ priceState: 'stale' })], (day) => day)).toEqual({
    fresh: false,
    text: 'Prices to 2026-11-20. 1 of 2 without a current price',
  });
});

test('the largest contributions, from best to worst', () => {
  const of = (instrument: string, gain: string | null) => ({ instrument, gain }) as Contribution;
  const top = topContributions(
    [of('a', '5'), of('b', '-9'), of('c', null), of('d', '7'), of('e', '0')],
    2,
  );
  expect(top.map(({ instrument }) => instrument)).toEqual(['d', 'b']);
});

test('a range is a first day, and days of one’s own win', () => {
  expect(periodOf({}, '2026-11-20')).toEqual({});
  expect(periodOf({ range: '1Y' }, '2026-11-20')).toEqual({ from: '2025-11-20' });
  expect(periodOf({ range: 'YTD', bench: 'x' }, '2026-11-20')).toEqual({
    from: '2025-12-31',
    benchmark: 'x',
  });
  expect(periodOf({ range: '1Y', from: '2020-01-01' }, '2026-11-20')).toEqual({
    from: '2020-01-01',
  });
});

test('an address that makes no sense still opens', () => {
  expect(readOverviewSearch({ range: '9Y', from: '2026-02-31', view: 'pie', bench: 4 })).toEqual(
    {},
  );
  expect(readOverviewSearch({ from: '2026-03-01', to: '2026-01-01' })).toEqual({});
});

test('names are told once each, and only a few', () => {
  expect(namesOf(['ASML', 'ASML', 'VWCE'])).toBe('ASML, VWCE');
  expect(namesOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

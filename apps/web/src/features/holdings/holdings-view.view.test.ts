import type { Holding } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import {
  filterHoldings,
  groupHoldings,
  holdingsCsv,
  returnOf,
  sortHoldings,
} from './holdings-view.ts';

const holding = (instrument: string, more: Partial<Holding> = {}) =>
  ({
    account: 'Broker',
    accountId: 'a',
    instrument,
    name: `${instrument} plc`,
    isin: null,
    kind: 'equity',
    quantity: '1',
    price: '1',
    baseValue: '1',
    baseCost: '1',
    baseGain: '0',
    weight: 0.5,
    priceState: 'market',
    ...more,
  }) as Holding;
const names = (holdings: readonly Holding[]) => holdings.map(({ instrument }) => instrument);

test('sorts by exact value, the unknown last both ways', () => {
  const held = [
    holding('A', { baseValue: '9' }),
    holding('B', { baseValue: null }),
    holding('C', { baseValue: '10.000000000000000001' }),
    holding('D', { baseValue: '10' }),
  ];
  expect(names(sortHoldings(held, 'value', false))).toEqual(['C', 'D', 'A', 'B']);
  expect(names(sortHoldings(held, 'value', true))).toEqual(['A', 'D', 'C', 'B']);
  expect(names(sortHoldings(held, 'instrument', false))).toEqual(['A', 'B', 'C', 'D']);
});

test('every word must be found somewhere', () => {
  const held = [holding('ASML', { name: 'ASML Holding', account: 'DEGIRO' }), holding('VWCE')];
  expect(names(filterHoldings(held, { q: 'hold degiro' }))).toEqual(['ASML']);
  expect(filterHoldings(held, { q: 'hold vwce' })).toEqual([]);
  expect(
    names(filterHoldings([holding('A'), holding('B', { priceState: 'stale' })], { price: 'open' })),
  ).toEqual(['B']);
});

test('group totals are exact and say what they leave out', () => {
  const [group] = groupHoldings(
    [
      holding('A', { baseValue: '0.1', baseGain: '0.1' }),
      holding('B', { baseValue: '0.2', baseGain: '-0.3' }),
      holding('C', { baseValue: null }),
    ],
    'account',
  );
  expect(group?.title).toBe('Broker');
  expect(group?.totals).toMatchObject({ value: '0.3', gain: '-0.2', unknown: 1 });
});

test('the return of something that cost nothing is not known', () => {
  expect(returnOf({ baseGain: '5', baseCost: '0' })).toBeNull();
  expect(returnOf({ baseGain: '-5', baseCost: '10' })).toBe(-0.5);
});

test('the CSV keeps exact numbers and cannot be run by a spreadsheet', () => {
  const csv = holdingsCsv([
    holding('=1+1', { name: 'A "B", C', baseValue: '1.000000000000000001' }),
  ]);
  expect(csv).toContain(`'=1+1`);
  expect(csv).toContain('"A ""B"", C"');
  expect(csv).toContain('1.000000000000000001');
  expect(holdingsCsv([holding('A', { baseGain: '-5.1' })])).toContain(',-5.1,');
});

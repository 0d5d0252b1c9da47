import { present } from '@plimsoll/kernel';
import { standardDeviation } from '@plimsoll/quant/statistics';
import { describe, expect, it } from 'vitest';
import { runBacktest } from '../backtest/run-backtest.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import { marketOf, settingsOf } from '../strategy-kit/testing/random-market.ts';
import { strategies } from './registry.gen.ts';

const all: readonly Strategy[] = strategies;

type Closes = Readonly<Record<string, readonly number[]>>;

interface Options {
  readonly step?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * What a strategy fills on given closes, with 1,000 of cash: `bar quantity id price`. A bar opens where
 * the one before closed, so what is decided at a close is filled at it.
 */
function fillsOf(
  id: string,
  params: Readonly<Record<string, unknown>>,
  closes: Closes,
  { step = 1, settings = {} }: Options = {},
): readonly string[] {
  const strategy = present(
    all.find((each) => each.id === id),
    id,
  );
  const sizing = { kind: 'units', units: 1 };
  const given = settingsOf({ cash: 1000, sizing, ...settings });
  const result = runBacktest(strategy, params, marketOf(closes, { step }), given);
  if (!result.ok) throw new Error(result.fault.detail);
  const { fills, instrumentIds } = result.value;
  return Array.from(fills.at, (_, i) => {
    const quantity = Number((fills.quantity[i] as number).toFixed(9));
    const which = instrumentIds[fills.instrument[i] as number];
    return `${fills.moment[i]} ${quantity} ${which} ${fills.price[i]}`;
  });
}

/** A price that goes up and comes back, bar by bar. */
const swinging = (low: number, high: number, bars: number) =>
  Array.from({ length: bars }, (_, i) => (i % 2 === 0 ? low : high));

const flat = (price: number, bars: number) => new Array<number>(bars).fill(price);

describe('strategies of one instrument, worked by hand', () => {
  it.each([
    // Above the mean of two is above the close before.
    [
      'sma-cross',
      { fast: 1, slow: 2, join: true },
      [10, 11, 12, 9, 8, 10],
      ['2 1 A 11', '4 -1 A 9'],
    ],
    // Nothing before the second side, unless it joins.
    ['sma-cross', { fast: 1, slow: 2 }, [10, 11, 12, 9, 8, 10, 9], ['6 1 A 10']],
    // The slow average is 10, 12, 10.
    [
      'ema-cross',
      { fast: 1, slow: 3, join: true },
      [10, 10, 10, 14, 8, 9],
      ['4 1 A 14', '5 -1 A 8'],
    ],
    // Distances 0, 1, 1/3, −8/9 and their averages 0, 2/3, 4/9, −4/9.
    [
      'macd-cross',
      { fast: 1, slow: 2, signal: 2, join: true },
      [10, 10, 10, 13, 13, 10],
      ['4 1 A 13', '5 -1 A 13'],
    ],
    // The index is 0, 66.7, 85.7.
    ['rsi-reversion', { period: 2 }, [10, 9, 8, 10, 12, 12], ['3 1 A 8', '5 -1 A 12']],
    // Bands at 9 ± 1.41, then the mean 8.67.
    [
      'bollinger-reversion',
      { period: 3, deviations: 1 },
      [10, 10, 10, 7, 9, 10, 10],
      ['4 1 A 7', '5 -1 A 9'],
    ],
    // Bands at 11 ± 1.41, then the means 11.67 and 11.33.
    [
      'bollinger-breakout',
      { period: 3, deviations: 1 },
      [10, 10, 10, 13, 12, 9, 9],
      ['4 1 A 13', '6 -1 A 9'],
    ],
    [
      'donchian-breakout',
      { enter: 2, leave: 1 },
      [10, 10, 10, 12, 13, 11, 11],
      ['4 1 A 12', '6 -1 A 11'],
    ],
    // 4 below the best close, at an average true range of 2.5.
    [
      'atr-trend',
      { enter: 2, length: 2, distance: 1 },
      [10, 10, 10, 12, 13, 9, 9],
      ['4 1 A 12', '6 -1 A 9'],
    ],
    ['atr-trend', { enter: 2, length: 2, distance: 2 }, [10, 10, 10, 12, 13, 9, 9], ['4 1 A 12']],
    // 1 % of 1,000 at a range of 2; of 1,007.5 at 1.5; out 4.1 below the newest unit.
    [
      'turtle',
      { enter: 2, leave: 1, safe: 3, length: 1 },
      [10, 10, 10, 10, 12, 13.5, 9.4, 9.4],
      ['5 5 A 12', '6 6 A 13.5', '7 -11 A 9.4'],
    ],
    [
      'time-series-momentum',
      { lookback: 2, skip: 0, every: 'day' },
      [10, 11, 12, 9, 9],
      ['3 83 A 12', '4 -83 A 9'],
    ],
    ['buy-and-hold', {}, [10, 20, 5, 5], ['1 100 A 10']],
    // Half of 1,500 is 37.5 units.
    [
      'fixed-weights',
      { weights: { A: 0.5 }, every: 'never', band: 0.1 },
      [10, 10, 20, 20],
      ['1 50 A 10', '3 -12 A 20'],
    ],
    // 10 are left of the first 100, 20 of the next 110.
    [
      'dollar-cost-averaging',
      { amount: 100, every: 'week' },
      flat(30, 14),
      ['1 3 A 30', '3 3 A 30', '8 4 A 30', '13 3 A 30'],
    ],
    // Worth 200 and 300 by itself, then 500 where the path is at 400.
    [
      'value-averaging',
      { amount: 100, every: 'week' },
      [10, 10, 20, 20, 20, 20, 20, 30, 30, 30, 30, 30, 50, 50],
      ['1 10 A 10', '13 -2 A 50'],
    ],
    // From 2 January 2020: out on the third weekday, in before the last.
    ['turn-of-month', {}, flat(10, 30), ['1 1 A 10', '2 -1 A 10', '21 1 A 10', '25 -1 A 10']],
    ['turn-of-month', { after: 0 }, flat(10, 30), ['21 1 A 10', '22 -1 A 10']],
    ['seasonal', { enter: 2, leave: 3 }, flat(10, 50), ['23 1 A 10', '43 -1 A 10']],
  ] as const)('%s %o', (id, params, closes, expected) => {
    expect(fillsOf(id, params, { A: closes })).toEqual(expected);
  });
});

describe('strategies of several instruments, worked by hand', () => {
  it('holds the winners', () => {
    const closes = { A: [10, 12, 12, 12], B: [10, 10, 15, 15] };
    const params = { top: 1, lookback: 2, skip: 0, every: 'day' };
    expect(fillsOf('cross-sectional-momentum', params, closes)).toEqual(['3 66 B 15']);
    // The newest bar left out it is A.
    const late = { ...params, skip: 1 };
    expect(fillsOf('cross-sectional-momentum', late, closes)).toEqual(['3 83 A 12']);
  });

  it('shares among winners by how little each moved', () => {
    const closes = {
      A: [...swinging(100, 110, 11), 110],
      B: [...swinging(100, 101, 11), 101],
      C: flat(100, 12),
    };
    const params = {
      top: 2,
      lookback: 11,
      skip: 0,
      weighting: 'inverse-volatility',
      every: 'week',
    };
    const fills = fillsOf(
      'cross-sectional-momentum',
      params,
      { ...closes, A: [...closes.A, 110], B: [...closes.B, 101], C: flat(100, 13) },
      { step: 0 },
    );
    // Eleven returns: five up, five down and one up again.
    const deviation = (size: number) => {
      const returns = [1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1].map((sign) =>
        sign > 0 ? size : -size / (1 + size),
      );
      return standardDeviation(Float64Array.from(returns));
    };
    const [a, b] = [deviation(0.1), deviation(0.01)];
    expect(fills).toEqual([
      `12 ${Number(((b / (a + b)) * (1000 / 110)).toFixed(9))} A 110`,
      `12 ${Number(((a / (a + b)) * (1000 / 101)).toFixed(9))} B 101`,
    ]);
  });

  it('goes to what is safe when the best fell', () => {
    const closes = { A: [10, 11, 12, 9, 9, 9], S: flat(10, 6) };
    const params = { safe: 'S', lookback: 2, every: 'day' };
    // At bar 3 A has lost 2 of 11: 751 are left.
    expect(fillsOf('dual-momentum', params, closes)).toEqual([
      '3 83 A 12',
      '4 -83 A 9',
      '4 75 S 10',
    ]);
  });

  it('holds the same of each', () => {
    const closes = { A: [10, 10, 20, 20], B: [20, 20, 20, 20] };
    expect(fillsOf('equal-weight', {}, closes)).toEqual(['1 50 A 10', '1 25 B 20']);
    // Brought back to 750 of each on Monday’s close, bar 2.
    expect(fillsOf('equal-weight', { every: 'week' }, closes)).toEqual([
      '1 50 A 10',
      '1 25 B 20',
      '3 -12 A 20',
      '3 12 B 20',
    ]);
  });

  it('holds sixty parts and forty', () => {
    const closes = { A: flat(10, 3), B: flat(20, 3) };
    const params = { stocks: 'A', bonds: 'B' };
    expect(fillsOf('sixty-forty', params, closes)).toEqual(['1 60 A 10', '1 20 B 20']);
    expect(() => fillsOf('sixty-forty', { stocks: 'A', bonds: 'X' }, closes)).toThrow(
      'The parameter bonds names X, which is not among A, B.',
    );
  });

  it('holds five parts for all weathers', () => {
    const closes = Object.fromEntries([...'ABCDE'].map((id) => [id, flat(5, 3)]));
    const params = { stocks: 'A', longBonds: 'B', middleBonds: 'C', gold: 'D', commodities: 'E' };
    expect(fillsOf('all-weather', params, closes)).toEqual([
      '1 60 A 5',
      '1 80 B 5',
      '1 30 C 5',
      '1 15 D 5',
      '1 15 E 5',
    ]);
  });

  it('gives two the same risk by their deviations', () => {
    const closes = { A: swinging(100, 110, 12), B: swinging(100, 101, 12) };
    const [a, b] = [0.1 + 1 / 11, 0.01 + 1 / 101];
    const [first, second] = fillsOf('risk-parity', { window: 10, invested: 0.9 }, closes, {
      step: 0,
    });
    const shares = (b / (a + b)) * 900;
    expect(first).toBe(`11 ${Number((shares / 100).toFixed(9))} A 100`);
    expect(second).toBe(`11 ${Number(((900 - shares) / 100).toFixed(9))} B 100`);
  });

  it('holds only the calmer of two that move as one', () => {
    const closes = { A: swinging(100, 110, 12), B: swinging(100, 101, 12) };
    const params = { window: 10, covariance: 'sample' };
    expect(fillsOf('min-variance', params, closes)).toEqual(['11 10 B 100']);
    // A cap that could not sum to 1 is raised to equal weights.
    expect(fillsOf('min-variance', { ...params, most: 0.1 }, closes)).toEqual([
      '11 5 A 100',
      '11 5 B 100',
    ]);
  });

  it('holds as much as has the volatility aimed at', () => {
    // Ten returns about their mean, in the fourteen days from 2 to 16 January.
    const deviation = ((0.1 + 1 / 11) / 2) * Math.sqrt(10 / 9);
    const volatility = deviation * Math.sqrt((10 * 365.25) / 14);
    const [only] = fillsOf(
      'volatility-target',
      { window: 10 },
      { A: swinging(100, 110, 12) },
      { step: 0 },
    );
    expect(only).toBe(`11 ${Number(((0.1 / volatility) * 10).toFixed(9))} A 100`);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BarrierOption, barrierOption } from './barrier-option.ts';
import { blackScholes, blackScholesPrice } from './black-scholes.ts';
import { digitalOption } from './digital-option.ts';

// QuantLib 1.29, AnalyticBarrierEngine.
const known: readonly (BarrierOption & { readonly price: number })[] = [
  {
    kind: 'put',
    spot: 96.0255348893615,
    strike: 80,
    years: 0.0821917808219178,
    rate: 0.08,
    dividendYield: 0,
    volatility: 0.6,
    direction: 'up',
    knock: 'in',
    barrier: 105,
    rebate: 0,
    price: 0.090608249475578,
  },
  {
    kind: 'call',
    spot: 89.56376562077772,
    strike: 100,
    years: 2.73972602739726,
    rate: 0,
    dividendYield: 0,
    volatility: 0.6,
    direction: 'down',
    knock: 'in',
    barrier: 85,
    rebate: 3,
    price: 26.871073811307145,
  },
  {
    kind: 'call',
    spot: 70.12424035417743,
    strike: 80,
    years: 1.0,
    rate: 0,
    dividendYield: 0,
    volatility: 0.1,
    direction: 'up',
    knock: 'in',
    barrier: 85,
    rebate: 0,
    price: 0.2603760541773705,
  },
  {
    kind: 'put',
    spot: 88.46683572649792,
    strike: 100,
    years: 1.0,
    rate: 0.08,
    dividendYield: 0,
    volatility: 0.6,
    direction: 'up',
    knock: 'in',
    barrier: 95,
    rebate: 3,
    price: 17.96947802694455,
  },
  {
    kind: 'put',
    spot: 87.93272851598984,
    strike: 80,
    years: 2.73972602739726,
    rate: 0.02,
    dividendYield: 0.03,
    volatility: 0.1,
    direction: 'up',
    knock: 'out',
    barrier: 130,
    rebate: 3,
    price: 2.985518794698794,
  },
  {
    kind: 'put',
    spot: 110.49631803398121,
    strike: 80,
    years: 0.0821917808219178,
    rate: 0,
    dividendYield: 0,
    volatility: 0.6,
    direction: 'down',
    knock: 'in',
    barrier: 105,
    rebate: 0,
    price: 0.1889662802623322,
  },
  {
    kind: 'call',
    spot: 94.10672691371083,
    strike: 100,
    years: 1.0,
    rate: 0.02,
    dividendYield: 0.03,
    volatility: 0.1,
    direction: 'up',
    knock: 'out',
    barrier: 115,
    rebate: 3,
    price: 0.9549049369609857,
  },
  {
    kind: 'call',
    spot: 118.01760816705224,
    strike: 100,
    years: 1.0,
    rate: 0,
    dividendYield: 0,
    volatility: 0.6,
    direction: 'down',
    knock: 'out',
    barrier: 85,
    rebate: 3,
    price: 30.29985170172075,
  },
  {
    kind: 'put',
    spot: 114.12795053984762,
    strike: 100,
    years: 0.0821917808219178,
    rate: 0,
    dividendYield: 0.03,
    volatility: 0.25,
    direction: 'down',
    knock: 'out',
    barrier: 70,
    rebate: 0,
    price: 0.10656439275308902,
  },
  {
    kind: 'put',
    spot: 79.88416859299572,
    strike: 120,
    years: 1.0,
    rate: 0.08,
    dividendYield: 0.03,
    volatility: 0.25,
    direction: 'up',
    knock: 'out',
    barrier: 85,
    rebate: 3,
    price: 11.925217048245628,
  },
  {
    kind: 'put',
    spot: 110.64625784477249,
    strike: 80,
    years: 1.0,
    rate: 0.08,
    dividendYield: 0.03,
    volatility: 0.25,
    direction: 'down',
    knock: 'out',
    barrier: 105,
    rebate: 3,
    price: 2.4326194730323265,
  },
  {
    kind: 'call',
    spot: 134.56332623214698,
    strike: 80,
    years: 0.4986301369863014,
    rate: 0.02,
    dividendYield: 0.03,
    volatility: 0.25,
    direction: 'down',
    knock: 'in',
    barrier: 130,
    rebate: 3,
    price: 42.69541233013549,
  },
  {
    kind: 'put',
    spot: 128.56341969476657,
    strike: 100,
    years: 2.73972602739726,
    rate: 0.08,
    dividendYield: 0,
    volatility: 0.6,
    direction: 'down',
    knock: 'in',
    barrier: 95,
    rebate: 3,
    price: 19.986981287640265,
  },
  {
    kind: 'call',
    spot: 112.9500063566681,
    strike: 120,
    years: 0.4986301369863014,
    rate: 0,
    dividendYield: 0.03,
    volatility: 0.25,
    direction: 'up',
    knock: 'in',
    barrier: 115,
    rebate: 0,
    price: 4.500325372839811,
  },
  {
    kind: 'call',
    spot: 119.87103561043185,
    strike: 80,
    years: 0.4986301369863014,
    rate: 0.08,
    dividendYield: 0.03,
    volatility: 0.1,
    direction: 'down',
    knock: 'out',
    barrier: 95,
    rebate: 0,
    price: 41.21476160898783,
  },
  {
    kind: 'call',
    spot: 75.86439906126873,
    strike: 120,
    years: 2.73972602739726,
    rate: 0,
    dividendYield: 0,
    volatility: 0.6,
    direction: 'up',
    knock: 'out',
    barrier: 105,
    rebate: 3,
    price: 1.8445386159645283,
  },
];

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const barriers = fc.record({
  kind: fc.constantFrom('call' as const, 'put' as const),
  spot: double(70, 140),
  strike: double(70, 140),
  years: double(0.05, 3),
  rate: double(0, 0.1),
  dividendYield: double(0, 0.06),
  volatility: double(0.05, 0.7),
  direction: fc.constantFrom('down' as const, 'up' as const),
  barrier: double(60, 150),
});

describe('options with a barrier', () => {
  it.each(known)('$direction-$knock $kind at $barrier', ({ price, ...option }) => {
    expect(barrierOption(option)).toBeCloseTo(price, 10);
  });

  it('adds in and out up to the plain option', () => {
    fc.assert(
      fc.property(barriers, (option) => {
        const both =
          (barrierOption({ ...option, knock: 'in' }) ?? 0) +
          (barrierOption({ ...option, knock: 'out' }) ?? 0);
        expect(Math.abs(both - blackScholesPrice(option))).toBeLessThan(1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it('is settled once the barrier is touched', () => {
    const option = {
      ...known[0],
      spot: 80,
      barrier: 90,
      direction: 'down',
      rebate: 2,
    } as BarrierOption;
    expect(barrierOption({ ...option, knock: 'out' })).toBe(2);
    expect(barrierOption({ ...option, knock: 'in' })).toBe(blackScholesPrice(option));
  });

  it('follows the certain path without volatility', () => {
    const option: BarrierOption = {
      kind: 'call',
      spot: 100,
      strike: 90,
      years: 1,
      rate: 0.1,
      dividendYield: 0,
      volatility: 0,
      direction: 'up',
      knock: 'out',
      barrier: 105,
      rebate: 1,
    };
    expect(barrierOption(option)).toBeCloseTo(1 / 1.05, 12);
    expect(barrierOption({ ...option, barrier: 120 })).toBeCloseTo(100 - 90 * Math.exp(-0.1), 12);
    expect(barrierOption({ ...option, knock: 'in', barrier: 120 })).toBeCloseTo(Math.exp(-0.1), 12);
  });
});

describe('digital options', () => {
  it('make up the plain option: asset less strike × cash', () => {
    fc.assert(
      fc.property(barriers, (option) => {
        const sign = option.kind === 'call' ? 1 : -1;
        const made =
          sign * (digitalOption(option, 'asset') - option.strike * digitalOption(option, 'cash'));
        expect(Math.abs(made - blackScholesPrice(option))).toBeLessThan(1e-10);
      }),
    );
  });

  it('pay the slope along the strike, and half of it exactly at the money at expiry', () => {
    const market = {
      kind: 'call',
      spot: 100,
      strike: 100,
      years: 1,
      rate: 0.05,
      dividendYield: 0.02,
      volatility: 0.25,
    } as const;
    // QuantLib 1.29, cash-or-nothing.
    expect(digitalOption(market, 'cash')).toBeCloseTo(0.4737172919773019, 13);
    expect(digitalOption(market, 'cash')).toBeCloseTo(-(blackScholes(market).dualDelta ?? 0), 13);
    expect(digitalOption({ ...market, years: 0 }, 'cash')).toBe(0.5);
  });
});

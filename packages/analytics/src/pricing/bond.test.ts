import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bond } from './bond.ts';
import { bondFlows } from './bond.ts';
import {
  bondAtPrice,
  bondAtYield,
  type Compounding,
  quantLibBasisPointValue,
} from './bond-yield.ts';
import { dayCounts, yearFraction } from './day-count.ts';

// QuantLib 1.29.
const days = [
  [
    '2020-04-30',
    '2023-06-30',
    {
      '30/360': 3.1666666666666665,
      '30e/360': 3.1666666666666665,
      '30e/360-isda': 3.1666666666666665,
      'act/360': 3.2111111111111112,
      'act/365f': 3.1671232876712327,
      'act/act-isda': 3.1652818324724903,
      'act/act-afb': 3.1671232876712327,
      'nl/365': 3.1671232876712327,
    },
  ],
  [
    '2025-10-31',
    '2026-08-05',
    {
      '30/360': 0.7638888888888888,
      '30e/360': 0.7638888888888888,
      '30e/360-isda': 0.7638888888888888,
      'act/360': 0.7722222222222223,
      'act/365f': 0.7616438356164383,
      'act/act-isda': 0.7616438356164383,
      'act/act-afb': 0.7616438356164383,
      'nl/365': 0.7616438356164383,
    },
  ],
  [
    '2015-05-31',
    '2019-02-28',
    {
      '30/360': 3.7444444444444445,
      '30e/360': 3.7444444444444445,
      '30e/360-isda': 3.75,
      'act/360': 3.8027777777777776,
      'act/365f': 3.750684931506849,
      'act/act-isda': 3.747945205479452,
      'act/act-afb': 3.750684931506849,
      'nl/365': 3.747945205479452,
    },
  ],
  [
    '2019-09-30',
    '2022-07-05',
    {
      '30/360': 2.763888888888889,
      '30e/360': 2.763888888888889,
      '30e/360-isda': 2.763888888888889,
      'act/360': 2.8027777777777776,
      'act/365f': 2.7643835616438355,
      'act/act-isda': 2.7616438356164386,
      'act/act-afb': 2.762295081967213,
      'nl/365': 2.7616438356164386,
    },
  ],
  [
    '2015-05-31',
    '2018-03-31',
    {
      '30/360': 2.8333333333333335,
      '30e/360': 2.8333333333333335,
      '30e/360-isda': 2.8333333333333335,
      'act/360': 2.875,
      'act/365f': 2.835616438356164,
      'act/act-isda': 2.8328767123287673,
      'act/act-afb': 2.8333333333333335,
      'nl/365': 2.8328767123287673,
    },
  ],
  [
    '2027-06-30',
    '2030-11-03',
    {
      '30/360': 3.341666666666667,
      '30e/360': 3.341666666666667,
      '30e/360-isda': 3.341666666666667,
      'act/360': 3.3944444444444444,
      'act/365f': 3.347945205479452,
      'act/act-isda': 3.3452054794520545,
      'act/act-afb': 3.345205479452055,
      'nl/365': 3.345205479452055,
    },
  ],
  [
    '2016-07-31',
    '2019-11-30',
    {
      '30/360': 3.3333333333333335,
      '30e/360': 3.3333333333333335,
      '30e/360-isda': 3.3333333333333335,
      'act/360': 3.3805555555555555,
      'act/365f': 3.334246575342466,
      'act/act-isda': 3.3330937944456918,
      'act/act-afb': 3.334246575342466,
      'nl/365': 3.334246575342466,
    },
  ],
] as const;

describe('day counts', () => {
  it.each(days)('from %s to %s', (from, to, expected) => {
    for (const count of dayCounts) {
      const wanted = (expected as Record<string, number>)[count];
      if (wanted !== undefined) expect(yearFraction(from, to, count)).toBeCloseTo(wanted, 14);
    }
  });

  // The SIA's rule: the end of February counts as the 30th.
  it.each([
    ['2023-02-28', '2023-08-31', 0.5],
    ['2024-02-29', '2025-02-28', 1],
    ['2023-02-28', '2023-03-30', 30 / 360],
  ])('30/360-us from %s to %s is %d', (from, to, wanted) => {
    expect(yearFraction(from, to, '30/360-us')).toBeCloseTo(wanted, 15);
  });

  const day = fc
    .date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2060-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));

  it('adds up over a day between, where days are counted one by one', () => {
    fc.assert(
      fc.property(day, day, day, (a, b, c) => {
        for (const count of [
          'act/360',
          'act/365f',
          'act/365.25',
          'act/act-isda',
          'nl/365',
        ] as const) {
          const whole = yearFraction(a, c, count);
          const parts = yearFraction(a, b, count) + yearFraction(b, c, count);
          expect(Math.abs(whole - parts)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it('turns round and never strays far from calendar years', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        for (const count of dayCounts) {
          const years = yearFraction(a, b, count);
          expect(yearFraction(b, a, count)).toBe(years === 0 ? yearFraction(b, a, count) : -years);
          const calendar = (Date.parse(b) - Date.parse(a)) / 86_400_000 / 365.25;
          expect(Math.abs(years - calendar)).toBeLessThan(0.02 + 0.016 * Math.abs(calendar));
        }
      }),
    );
  });
});

// QuantLib 1.29, FixedRateBond with unadjusted dates and coupons by the day count.
const bonds: readonly (Bond &
  Record<'ytm' | 'clean' | 'accrued' | 'mod' | 'conv', number> & {
    readonly settlement: string;
  })[] = [
  {
    issue: '2026-05-26',
    maturity: '2038-05-26',
    frequency: 2,
    coupon: 0.0339,
    dayCount: '30e/360',
    endOfMonth: false,
    settlement: '2030-11-19',
    ytm: 0.013150069114027638,
    clean: 114.80971559568707,
    accrued: 1.6290833333333365,
    mod: 6.628724137037158,
    conv: 50.88025578049429,
  },
  {
    issue: '2020-05-26',
    maturity: '2029-04-04',
    frequency: 2,
    coupon: 0.0561,
    dayCount: 'act/360',
    endOfMonth: false,
    settlement: '2025-01-09',
    ytm: 0.08723260259691604,
    clean: 89.02329727842768,
    accrued: 1.511583333333344,
    mod: 3.6263488234921772,
    conv: 16.033505827897486,
  },
  {
    issue: '2025-07-06',
    maturity: '2037-07-06',
    frequency: 4,
    coupon: 0.0564,
    dayCount: '30e/360',
    endOfMonth: false,
    settlement: '2026-02-10',
    ytm: 0.023747901120735097,
    clean: 132.5390749931586,
    accrued: 0.5326666666666702,
    mod: 8.843633671981076,
    conv: 93.40433650889197,
  },
  {
    issue: '2015-11-04',
    maturity: '2029-08-31',
    frequency: 4,
    coupon: 0.0363,
    dayCount: 'act/365f',
    endOfMonth: true,
    settlement: '2016-07-24',
    ytm: 0.0939258366707022,
    clean: 56.80591098058189,
    accrued: 0.5370410958904115,
    mod: 9.109537876133853,
    conv: 106.11351240039806,
  },
  {
    issue: '2029-05-25',
    maturity: '2041-05-25',
    frequency: 2,
    coupon: 0.08,
    dayCount: 'act/360',
    endOfMonth: false,
    settlement: '2040-04-17',
    ytm: 0.055620277081347896,
    clean: 102.60000316329398,
    accrued: 3.200000000000003,
    mod: 1.0333867634706944,
    conv: 1.6134152531300088,
  },
  {
    issue: '2020-11-20',
    maturity: '2027-02-07',
    frequency: 1,
    coupon: 0.0276,
    dayCount: '30e/360',
    endOfMonth: false,
    settlement: '2027-01-01',
    ytm: 0.047463178879238725,
    clean: 99.80059244869629,
    accrued: 2.4839999999999973,
    mod: 0.09546874965762295,
    conv: 0.10025710377308875,
  },
  {
    issue: '2019-02-28',
    maturity: '2031-02-28',
    frequency: 1,
    coupon: 0.0277,
    dayCount: 'act/365f',
    endOfMonth: true,
    settlement: '2026-03-14',
    ytm: 0.05981015426805026,
    clean: 86.5470686828545,
    accrued: 0.10624657534246129,
    mod: 4.414356134170778,
    conv: 24.357744670182825,
  },
  {
    issue: '2018-01-01',
    maturity: '2028-08-23',
    frequency: 1,
    coupon: 0.0212,
    dayCount: '30e/360',
    endOfMonth: false,
    settlement: '2026-01-29',
    ytm: 0.07975098636340693,
    clean: 86.85589950923202,
    accrued: 0.9186666666666676,
    mod: 2.314421939721702,
    conv: 7.593809921404239,
  },
];

const note: Bond = {
  maturity: '2030-05-15',
  coupon: 0.00625,
  frequency: 2,
  dayCount: 'act/act-icma',
};

function priced(bond: Bond, settlement: string, rate: number) {
  const found = bondAtYield(bond, settlement, rate);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

describe('bonds', () => {
  it.each(bonds)('$maturity from $issue, $dayCount, on $settlement', (given) => {
    const value = priced({ ...given, coupons: 'by-days' }, given.settlement, given.ytm);
    expect(value.clean).toBeCloseTo(given.clean, 10);
    expect(value.accrued).toBeCloseTo(given.accrued, 11);
    expect(value.modifiedDuration).toBeCloseTo(given.mod, 10);
    expect(value.convexity).toBeCloseTo(given.conv, 9);
  });

  it('is worth par on a coupon day at its coupon, whatever the compounding counts', () => {
    expect(priced({ ...note, coupon: 0.04 }, '2024-05-15', 0.04).clean).toBeCloseTo(100, 11);
  });

  it('pays only its face without coupons', () => {
    const zero = { ...note, coupon: 0 };
    const value = priced(zero, '2025-05-15', 0.03);
    expect(value.dirty).toBeCloseTo(100 * 1.015 ** -10, 11);
    expect(value.macaulayDuration).toBeCloseTo(5, 13);
    expect(value.accrued).toBe(0);
  });

  it('counts simple interest in the last period where asked', () => {
    const found = bondAtYield(note, '2029-12-15', 0.05, 'simple-then-compounded');
    if (!found.ok) throw new Error(found.fault.detail);
    const [flow] = found.value.flows;
    expect(found.value.dirty).toBeCloseTo(100.3125 / (1 + 0.05 * (flow?.years ?? 0)), 11);
  });

  it('pays whole coupons in 30/360 even over February', () => {
    const bond: Bond = { maturity: '2031-08-31', coupon: 0.035, frequency: 2, dayCount: '30/360' };
    const flows = bondFlows(bond, '2023-09-30');
    if (!flows.ok) throw new Error(flows.fault.detail);
    expect(
      flows.value.flows.slice(0, 2).map(({ day, coupon }) => [day, Number(coupon.toFixed(12))]),
    ).toEqual([
      ['2024-02-29', 1.75],
      ['2024-08-31', 1.75],
    ]);
  });

  it("keeps QuantLib's basis point value, known error included, beside the true one", () => {
    const value = priced({ ...note, issue: '2020-05-15' }, '2023-08-10', 0.0405);
    expect(quantLibBasisPointValue(value)).toBeCloseTo(-0.05179892833285863, 14);
    expect(value.basisPointValue).toBeCloseTo(
      -value.dv01 + 0.5 * value.convexity * value.dirty * 1e-8,
      7,
    );
  });

  it('gives the yield back from the price, and has the slopes it says', () => {
    const terms = fc.record({
      coupon: fc.double({ min: 0, max: 0.12, noNaN: true }),
      frequency: fc.constantFrom(1, 2, 4),
      dayCount: fc.constantFrom('30/360' as const, 'act/act-icma' as const, 'act/365f' as const),
      maturity: fc.constantFrom('2026-02-28', '2031-08-31', '2054-11-15'),
    });
    fc.assert(
      fc.property(terms, fc.double({ min: -0.02, max: 0.3, noNaN: true }), (bond, rate) => {
        const value = priced(bond, '2024-03-05', rate);
        const back = bondAtPrice(bond, '2024-03-05', value.clean);
        expect(Math.abs((back.ok ? back.value.yield : 9) - rate)).toBeLessThan(1e-11);
        const h = 1e-5;
        const up = priced(bond, '2024-03-05', rate + h).dirty;
        const down = priced(bond, '2024-03-05', rate - h).dirty;
        const duration = (down - up) / (2 * h) / value.dirty;
        expect(Math.abs(duration - value.modifiedDuration)).toBeLessThan(
          1e-5 * (1 + duration ** 3),
        );
        const convexity = (up + down - 2 * value.dirty) / (h * h) / value.dirty;
        expect(Math.abs(convexity - value.convexity)).toBeLessThan(1e-3 * (1 + value.convexity));
        expect(up).toBeLessThan(down);
      }),
      { numRuns: 60 },
    );
  });

  it('has a yield for every price, however long it runs and however far it is from par', () => {
    const terms = fc.record({
      coupon: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.2, noNaN: true })),
      frequency: fc.constantFrom(1, 2, 3, 4, 6, 12),
      dayCount: fc.constantFrom('30/360' as const, 'act/act-icma' as const, 'act/365f' as const),
      maturity: fc.constantFrom(
        '2024-03-06',
        '2024-04-30',
        '2034-06-28',
        '2074-11-15',
        '2124-03-05',
      ),
    });
    const ways = fc.constantFrom<Compounding | undefined>(
      undefined,
      'continuous',
      'simple-then-compounded',
      1,
    );
    // From a tenth of a thousandth of all that is paid to ten times that.
    const depth = fc.double({ min: -4, max: 1, noNaN: true });
    fc.assert(
      fc.property(terms, ways, depth, (bond, way, power) => {
        const flows = bondFlows(bond, '2024-03-05');
        if (!flows.ok) throw new Error(flows.fault.detail);
        const paid = flows.value.flows.reduce((sum, each) => sum + each.coupon + each.principal, 0);
        const dirty = paid * 10 ** power;
        const found = bondAtPrice(bond, '2024-03-05', dirty - flows.value.accrued, way);
        if (bond.maturity === '2024-03-06' && !found.ok) return;
        if (!found.ok) throw new Error(found.fault.detail);
        expect(Math.abs(found.value.dirty / dirty - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['2034-06-28', 12, 96.5],
    ['2049-06-28', 4, 91.7],
    ['2124-01-04', 12, 1e-6],
  ] as const)(
    'has a yield without coupons to %s, %i times a year, at %d',
    (maturity, frequency, price) => {
      const zero: Bond = { maturity, frequency, coupon: 0, dayCount: 'act/act-icma' };
      const found = bondAtPrice(zero, '2024-01-04', price);
      if (!found.ok) throw new Error(found.fault.detail);
      const years = found.value.flows.at(-1)?.years ?? 0;
      expect(found.value.yield).toBeCloseTo(
        frequency * Math.expm1(Math.log(100 / price) / years / frequency),
        12,
      );
    },
  );

  it.each([
    ['settlement at maturity', note, '2030-05-15', 'bond.terms'],
    ['settlement before issue', { ...note, issue: '2024-05-15' }, '2024-01-01', 'bond.terms'],
    ['a maturity centuries away', { ...note, maturity: '9999-12-31' }, '2024-01-01', 'bond.terms'],
    ['five coupons a year', { ...note, frequency: 5 }, '2024-01-01', 'bond.terms'],
    ['a day that is none', note, '2024-02-30', 'bond.terms'],
  ] as const)('refuses %s', (_, bond, settlement, code) => {
    const found = bondAtYield(bond, settlement, 0.05);
    expect(found.ok ? '' : found.fault.code).toBe(code);
  });

  it('refuses a price and a yield that make no sense', () => {
    const price = bondAtPrice(note, '2024-01-01', -5);
    expect(price.ok ? '' : price.fault.code).toBe('bond.price');
    const rate = bondAtYield(note, '2024-01-01', -3);
    expect(rate.ok ? '' : rate.fault.code).toBe('bond.yield');
  });
});

import { describe, expect, it } from 'vitest';
import { answerTo, figureOf, reportOf } from '../../analysis/testing/ask-analysis.ts';
import american from '../american-option/index.ts';
import bond from '../bond/index.ts';
import dayCount from '../day-count/index.ts';
import fxForward from '../fx-forward/index.ts';
import impliedVolatility from '../implied-volatility/index.ts';
import internalRate from '../internal-rate/index.ts';
import nelsonSiegel from '../nelson-siegel/index.ts';
import timeValue from '../time-value/index.ts';
import yieldCurve from '../yield-curve/index.ts';
import option from './index.ts';

const terms = { spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 };

describe('analyses of prices', () => {
  // Hull, Options, Futures, and Other Derivatives, example 15.6.
  it('price the option of the textbook by default', () => {
    expect(figureOf(reportOf(option, terms), 'price')).toBeCloseTo(4.759422392871533, 12);
    expect(figureOf(reportOf(option, { ...terms, type: 'put' }), 'delta')).toBeLessThan(0);
  });

  it('take negative prices in Bachelier’s model only', () => {
    const negative = { ...terms, spot: -0.5, strike: 0.25, volatility: 1.1 };
    expect(
      figureOf(reportOf(option, { ...negative, model: 'bachelier' }), 'price'),
    ).toBeGreaterThan(0);
    const refused = answerTo(option, negative);
    expect(refused.ok ? '' : refused.fault.code).toBe('option.terms');
  });

  it('say why there is no Greek exactly at the money at expiry', () => {
    const found = reportOf(option, { ...terms, spot: 40, years: 0 });
    const delta = found.figures.find(({ id }) => id === 'delta');
    expect(delta).toMatchObject({ value: null, why: expect.stringContaining('no slope') });
  });

  it('find the volatility of one price, and of a smile with a forbidden price in it', () => {
    const quoted = { spot: 42, years: 0.5, rate: 0.1 };
    const one = reportOf(impliedVolatility, { ...quoted, strike: 40, price: 4.759422392871533 });
    expect(figureOf(one, 'volatility')).toBeCloseTo(0.2, 12);
    const smile = reportOf(impliedVolatility, { ...quoted, strikes: [40, 44], prices: [4.76, 50] });
    expect(smile.tables[0]?.rows.map((row) => row[2] === null)).toEqual([false, true]);
    expect(smile.notes).toHaveLength(1);
  });

  it('price American options by every method within two cents', () => {
    const put = { ...terms, type: 'put' };
    const prices = ['boundary', 'quadratic', 'leisen-reimer', 'cox-ross-rubinstein'].map((method) =>
      figureOf(reportOf(american, { ...put, method }), 'price'),
    );
    const [exact = 0] = prices;
    for (const price of prices) expect(Math.abs((price ?? 0) - (exact ?? 0))).toBeLessThan(0.02);
    const dividends = [{ years: 0.25, amount: 1 }];
    const paid = reportOf(american, { ...put, dividends });
    expect(figureOf(paid, 'price')).toBeGreaterThan(exact ?? 0);
    expect(paid.notes).toHaveLength(1);
  });

  it('price a bond from its yield and back', () => {
    const dates = { settlement: '2023-08-10', maturity: '2030-05-15', coupon: 0.00625 };
    const priced = reportOf(bond, { ...dates, yield: 0.0405 });
    // QuantLib 1.29.
    expect(figureOf(priced, 'clean')).toBeCloseTo(79.91202852315513, 10);
    const back = reportOf(bond, { ...dates, price: figureOf(priced, 'clean') });
    expect(figureOf(back, 'yield')).toBeCloseTo(0.0405, 13);
    const neither = answerTo(bond, dates);
    expect(neither.ok ? '' : neither.fault.code).toBe('bond.asked');
  });

  it('make curves that reprice, and fit them', () => {
    const quotes = { years: [1, 2, 3, 5, 10], rates: [0.02, 0.022, 0.025, 0.029, 0.0315] };
    expect(figureOf(reportOf(yieldCurve, quotes), 'repricing')).toBeLessThan(1e-14);
    expect(
      figureOf(reportOf(nelsonSiegel, { ...quotes, model: 'nelson-siegel' }), 'error'),
    ).toBeLessThan(1e-3);
    const parameters = [0.04, -0.02, 0.01, 1.5, 0.015, 8];
    const given = reportOf(nelsonSiegel, { years: [5], parameters });
    expect(given.tables[0]?.rows[0]?.[1]).toBeCloseTo(0.03987508633432861, 14);
  });

  it('value money over time', () => {
    const loan = { rate: 0.06, periods: 360, present: 200_000 };
    expect(figureOf(reportOf(timeValue, loan), 'payment')).toBeCloseTo(-1199.1010503055047, 9);
    const payment = -1199.1010503055047;
    const found = reportOf(timeValue, { periods: 360, present: 200_000, payment, find: 'rate' });
    expect(figureOf(found, 'rate')).toBeCloseTo(0.06, 12);
    const flows = [-100, 39, 59, 55, 20];
    expect(figureOf(reportOf(internalRate, { flows }), 'rate')).toBeCloseTo(0.2809484211599611, 12);
    const forward = reportOf(fxForward, { spot: 1.1, home: 0.05, foreign: 0.04, years: 1 });
    expect(figureOf(forward, 'forward')).toBeCloseTo(1.1110551837925848, 14);
    const days = reportOf(dayCount, { from: '2024-02-29', to: '2024-08-31' });
    expect(days.tables[0]?.rows).toContainEqual(['30/360', 182 / 360]);
  });
});

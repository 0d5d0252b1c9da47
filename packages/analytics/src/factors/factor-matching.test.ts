import { addDays, type Day, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import factorAttribution from '../analyses/factor-attribution/index.ts';
import factorModel from '../analyses/factor-model/index.ts';
import factorRisk from '../analyses/factor-risk/index.ts';
import rollingFactors from '../analyses/rolling-factors/index.ts';
import styleAnalysis from '../analyses/style-analysis/index.ts';
import type { Analysis } from '../analysis/define-analysis.ts';
import { inferPeriods } from '../analysis/infer-periods.ts';
import { answerTo, figureOf, reportOf } from '../analysis/testing/ask-analysis.ts';

const random = seededRandom(11);
const isWeekday = (day: Day): boolean => new Date(day).getUTCDay() % 6 !== 0;
const everyDay: Day[] = Array.from({ length: 1600 }, (_, t) => addDays('2018-01-01', t));
const days = everyDay.filter(isWeekday);
const level = (() => {
  let at = 100;
  return days.map(() => {
    at *= 1 + 0.0005 + 0.01 * random.normal();
    return at;
  });
})();
const prices = { days, names: ['A'], values: level.map((each) => [each]) };

/** Last days of months by the calendar, a third of which are no trading days. */
const monthEnds = everyDay.filter((day) => addDays(day, 1).endsWith('-01'));
const months = {
  days: monthEnds,
  names: ['Mkt-RF', 'SMB'],
  values: monthEnds.map(() => [0.04 * random.normal(), 0.03 * random.normal()]),
};
/** Prices on the last trading days of months: what the daily ones are by month. */
const lastDays = days.flatMap((day, i) =>
  day.slice(0, 7) === days[i + 1]?.slice(0, 7) ? [] : [i],
);
const monthlyPrices = {
  days: lastDays.map((i) => days[i]),
  names: ['A'],
  values: lastDays.map((i) => [level[i]]),
};

const run = (analysis: Analysis, values: Readonly<Record<string, unknown>>) =>
  answerTo(analysis, inferPeriods(analysis.input, values).values);
const report = (analysis: Analysis, values: Readonly<Record<string, unknown>>) =>
  reportOf(analysis, inferPeriods(analysis.input, values).values);

describe('daily prices beside monthly factors', () => {
  it('count twelve periods a year, as monthly prices do', () => {
    const input = { prices, factors: months, matching: 'month' };
    const found = report(factorModel, input);
    const alpha = figureOf(found, 'alpha');
    expect(figureOf(found, 'alpha-annual-simple')).toBeCloseTo(12 * alpha, 12);
    expect(figureOf(found, 'alpha-annual')).toBeCloseTo((1 + alpha) ** 12 - 1, 12);
    expect(found.conventions[0]).toContain('12 periods a year');
    const slow = report(factorModel, { ...input, prices: monthlyPrices });
    expect(found.figures).toEqual(slow.figures);
  });

  it('are matched by month where nobody says how, which a note tells', () => {
    const found = report(factorModel, { prices, factors: months });
    expect(found.figures).toEqual(
      report(factorModel, { prices, factors: months, matching: 'month' }).figures,
    );
    expect(found.sample?.n).toBe(monthEnds.length - 1);
    expect(found.notes.join(' ')).toContain('Prices are of days and factors of months');
  });

  it('are matched by month where both are monthly, on other days', () => {
    const found = report(factorModel, { prices: monthlyPrices, factors: months });
    expect(found.sample?.n).toBe(monthEnds.length - 1);
  });

  it('are refused by day, and by month where a month has several returns', () => {
    const byDay = run(factorModel, { prices, factors: months, matching: 'day' });
    expect(byDay.ok ? '' : byDay.fault.detail).toMatch(/of days and factors of months.*by month/);
    const returns = { ...prices, are: 'returns', values: days.map(() => [0.01 * random.normal()]) };
    const twice = run(factorModel, { prices: returns, factors: months });
    expect(twice.ok ? '' : twice.fault.detail).toContain('two in one month');
  });

  it('keep the periods that were asked for, and question them', () => {
    const found = report(factorModel, { prices, factors: months, periodsPerYear: 252 });
    const alpha = figureOf(found, 'alpha');
    expect(figureOf(found, 'alpha-annual-simple')).toBeCloseTo(252 * alpha, 12);
    expect(found.notes.join(' ')).toContain('are of months, 12 a year');
  });

  it.each([
    ['style-analysis', styleAnalysis, {}],
    ['rolling-factors', rollingFactors, { window: 24 }],
    ['factor-attribution', factorAttribution, {}],
    ['factor-risk', factorRisk, {}],
  ])('count twelve in %s', (_, analysis, more) => {
    const found = report(analysis, { prices, factors: months, ...more });
    expect(found.conventions[0]).toContain('12 periods a year');
    const slow = report(analysis, { prices: monthlyPrices, factors: months, ...more });
    expect(found.figures).toEqual(slow.figures);
    expect(found.charts).toEqual(slow.charts);
  });
});

it('counts the days that prices on both sides have in common', () => {
  const weekly = days.flatMap((day, i) => (new Date(day).getUTCDay() === 5 ? [i] : []));
  const index = {
    days: weekly.map((i) => days[i]),
    names: ['index'],
    are: 'prices',
    values: weekly.map((i) => [level[i] * (1 + 0.01 * random.normal())]),
  };
  const found = report(factorModel, { prices, factors: index });
  expect(found.sample?.n).toBe(weekly.length - 1);
  expect(found.conventions[0]).toContain('52 periods a year');
});

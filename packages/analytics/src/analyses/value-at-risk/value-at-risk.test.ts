import { seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { answerTo, figureOf, reportOf } from '../../analysis/testing/ask-analysis.ts';
import extremeValues from '../extreme-values/index.ts';
import portfolioRisks from '../portfolio-risks/index.ts';
import reverseStress from '../reverse-stress/index.ts';
import riskReport from '../risk-report/index.ts';
import stressTest from '../stress-test/index.ts';
import varBacktest from '../var-backtest/index.ts';
import valueAtRisk from './index.ts';

const random = seededRandom(3);
const days = Array.from({ length: 420 }, (_, t) =>
  new Date(Date.UTC(2019, 6, 1 + t)).toISOString().slice(0, 10),
);
const index = days.map(() => 0.01 * random.normal());
const walk = (beta: number): number[] => {
  let price = 50;
  return index.map((each) => {
    price *= 1 + beta * each + 0.004 * random.normal();
    return price;
  });
};
const [a, b] = [walk(1.2), walk(0.6)];
const prices = { days, names: ['A', 'B'], values: a.map((each, t) => [each, b[t] ?? null]) };
let level = 100;
const benchmark = {
  days,
  name: 'INDEX',
  values: index.map((each) => {
    level *= 1 + each;
    return level;
  }),
};

describe('value at risk', () => {
  it('is the same of a portfolio and of the series that it makes', () => {
    const portfolio = reportOf(valueAtRisk, { prices, weights: { A: 1 } });
    const alone = reportOf(valueAtRisk, { series: { days, values: a } });
    for (const id of ['var-95-1', 'cvar-99-10', 'evar-95']) {
      expect(figureOf(portfolio, id)).toBeCloseTo(figureOf(alone, id), 14);
      expect(figureOf(alone, id)).toBeGreaterThan(0);
    }
  });

  it.each(['historical', 'student-t', 'extreme-values', 'garch-filtered'])(
    'has figures by %s',
    (method) => {
      const found = reportOf(valueAtRisk, {
        series: { days, values: a },
        method,
        tailFit: 'moments',
      });
      expect(figureOf(found, 'cvar-99-1')).toBeGreaterThan(figureOf(found, 'var-99-1'));
      expect(found.tables[0]?.rows).toHaveLength(10);
    },
  );

  it('stretches by the square root, or takes overlapping runs', () => {
    const root = reportOf(valueAtRisk, { series: { days, values: a } });
    const runs = reportOf(valueAtRisk, { series: { days, values: a }, scaling: 'overlapping' });
    expect(figureOf(root, 'var-95-10')).toBeCloseTo(figureOf(root, 'var-95-1') * Math.sqrt(10), 14);
    expect(figureOf(runs, 'var-95-10')).toBeCloseTo(figureOf(root, 'overlapping-var-95-10'), 14);
  });

  it('draws paths for filtered methods, the same for the same seed', () => {
    const given = { series: { days, values: a }, method: 'garch-filtered', scaling: 'simulated' };
    const drawn = reportOf(valueAtRisk, { ...given, paths: 5000 });
    const leaning = reportOf(valueAtRisk, { ...given, paths: 5000, asymmetric: true });
    expect(figureOf(leaning, 'var-95-10')).toBeGreaterThan(0);
    expect(reportOf(valueAtRisk, { ...given, paths: 5000 })).toEqual(drawn);
    const ratio = figureOf(drawn, 'var-95-10') / figureOf(drawn, 'var-95-1');
    expect(ratio).toBeGreaterThan(2);
    expect(ratio).toBeLessThan(4.5);
    expect(drawn.figures.find(({ id }) => id === 'var-95-10')?.note).toBeUndefined();
  });

  it.each([
    [{}, 'risk.input'],
    [{ prices, series: { values: a } }, 'risk.input'],
    [{ prices, weights: { Z: 1 } }, 'risk.unknown-instrument'],
    [{ prices, weights: { A: 0 } }, 'risk.no-weights'],
    [{ prices, levels: [95] }, 'risk.level'],
    [{ prices, levels: [] }, 'risk.level'],
    [{ prices, horizons: [0.5] }, 'risk.horizon'],
    [{ series: { values: [100, 101] } }, 'risk.too-few'],
  ])('refuses %#', (given, code) => {
    expect(answerTo(valueAtRisk, given)).toMatchObject({ ok: false, fault: { code } });
  });
});

describe('the other analyses of risk', () => {
  it('backtest one method, and all where asked', () => {
    const one = reportOf(varBacktest, { prices, level: 0.95 });
    expect(figureOf(one, 'days')).toBe(169);
    expect(one.tables).toHaveLength(1);
    const all = reportOf(varBacktest, { prices, level: 0.95, compare: true, window: 300 });
    expect(all.tables[1]?.rows.length).toBeGreaterThan(6);
    expect(all.notes.join(' ')).toContain('fitted anew every 20 days');
  });

  it('carry shocks to holdings by beta', () => {
    const found = reportOf(stressTest, {
      prices,
      benchmark,
      marketShock: -0.2,
      factors: {
        days: days.slice(1),
        names: ['M', 'N'],
        values: index.slice(1).map((each, t) => [each, Math.sin(t)]),
      },
      factorShocks: { M: -0.1 },
      given: { A: -0.3 },
      scenarios: [{ name: 'storm', instruments: { A: -0.5 }, everything: -0.1 }],
    });
    expect(figureOf(found, 'beta')).toBeCloseTo(0.9, 1);
    expect(figureOf(found, 'market-shock')).toBeCloseTo(-0.2 * figureOf(found, 'beta'), 12);
    expect(figureOf(found, 'factor-shock')).toBeCloseTo(-0.1 * figureOf(found, 'beta'), 12);
    expect(figureOf(found, 'scenario-1')).toBeCloseTo(-0.3, 14);
    const [covid] = (found.tables.find(({ id }) => id === 'episodes')?.rows ?? []).filter(
      ([title]) => title === 'COVID-19 2020',
    );
    expect(covid?.[7]).toBe(0);
  });

  it('tell of many portfolios what each alone would say', () => {
    const mixes = [{ A: 1 }, { A: 0.4, B: 0.6 }, { A: 1.5, B: -0.5 }];
    const many = reportOf(portfolioRisks, {
      prices,
      portfolios: mixes.map((weights, i) => ({ name: `mix ${i}`, weights })),
    });
    mixes.forEach((weights, i) => {
      const alone = reportOf(valueAtRisk, { prices, weights });
      const row = many.tables[0]?.rows[i] ?? [];
      ['var-95-1', 'cvar-95-1', 'var-99-1', 'cvar-99-1'].forEach((id, at) => {
        expect(row[3 + at]).toBeCloseTo(figureOf(alone, id), 13);
      });
    });
  });

  it('say what it takes to lose a fifth', () => {
    const found = reportOf(reverseStress, { prices, benchmark, scenario: { A: -0.1, B: -0.1 } });
    const lost = found.tables[0]?.rows.reduce((sum, row) => sum + Number(row[4]), 0);
    expect(lost).toBeCloseTo(0.2, 10);
    expect(figureOf(found, 'scenario-multiple')).toBeCloseTo(2, 12);
  });

  it('look into the tail of a series', () => {
    const found = reportOf(extremeValues, {
      series: { days, values: a },
      threshold: 0.9,
      tailFit: 'moments',
    });
    expect(figureOf(found, 'var-99.9')).toBeGreaterThan(figureOf(found, 'var-99'));
    expect(found.charts).toHaveLength(3);
  });

  it('report everything at once, the same each time', () => {
    const given = { prices, benchmark, paths: 2000, window: 250 };
    const found = reportOf(riskReport, given);
    expect(reportOf(riskReport, given)).toEqual(found);
    expect(found.tables.map(({ id }) => id)).toEqual([
      'components',
      'margins',
      'methods',
      'episodes',
      'backtests',
    ]);
    const parts = found.tables[0]?.rows.map((row) => Number(row[4])) ?? [];
    expect(parts.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
  });
});

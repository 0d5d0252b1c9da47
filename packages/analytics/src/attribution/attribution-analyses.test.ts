import { describe, expect, it } from 'vitest';
import brinson from '../analyses/brinson/index.ts';
import contribution from '../analyses/contribution/index.ts';
import currencyAttribution from '../analyses/currency-attribution/index.ts';
import linkedAttribution from '../analyses/linked-attribution/index.ts';
import rebalancing from '../analyses/rebalancing/index.ts';
import type { Report } from '../analysis/report.ts';
import { figureOf, refusalOf, sourcedReportOf } from '../analysis/testing/ask-analysis.ts';

const columnOf = ({ tables }: Report, table: string, column: string): number[] => {
  const found = tables.find(({ id }) => id === table);
  const at = found?.columns.findIndex(({ id }) => id === column) ?? -1;
  return (found?.rows ?? []).map((row) => Number(row[at] ?? 0));
};

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, chapter 5. */
const bacon = {
  portfolioWeights: { UK: 0.4, Japan: 0.3, US: 0.3 },
  benchmarkWeights: { UK: 0.4, Japan: 0.2, US: 0.4 },
  portfolioReturns: { UK: 0.2, Japan: -0.05, US: 0.06 },
  benchmarkReturns: { UK: 0.1, Japan: -0.04, US: 0.08 },
};

describe('the attribution of one period', () => {
  it('has the effects of the published example', () => {
    const found = sourcedReportOf(brinson, bacon);
    expect(figureOf(found, 'allocation')).toBeCloseTo(-0.012, 12);
    expect(figureOf(found, 'selection')).toBeCloseTo(0.03, 12);
    expect(figureOf(found, 'interaction')).toBeCloseTo(0.001, 12);
    expect(sum(columnOf(found, 'effects', 'total'))).toBeCloseTo(0.019, 14);
    const merged = sourcedReportOf(brinson, { ...bacon, mergeInteraction: true });
    expect(figureOf(merged, 'selection')).toBeCloseTo(0.031, 12);
    expect(figureOf(merged, 'interaction')).toBe(0);
  });

  it('compounds geometrically', () => {
    const found = sourcedReportOf(brinson, { ...bacon, method: 'geometric' });
    expect(figureOf(found, 'active-return')).toBeCloseTo(1.083 / 1.064 - 1, 14);
    expect((1 + figureOf(found, 'allocation')) * (1 + figureOf(found, 'selection'))).toBeCloseTo(
      1.083 / 1.064,
      14,
    );
  });

  it('refuses weights that leave something out', () => {
    expect(refusalOf(brinson, { ...bacon, portfolioWeights: { UK: 0.4 } })).toContain(
      'such as cash',
    );
  });
});

const days = ['2024-01-30', '2024-01-31', '2024-02-15', '2024-02-29', '2024-03-28', '2024-04-02'];
const prices = {
  days,
  names: ['A', 'B', 'C'],
  values: [
    [100, 50, 20],
    [104, 49, 21],
    [101, 52, 22],
    [108, 53, 19],
    [112, 51, 20],
    [110, 55, 23],
  ],
};
const groups = { A: 'tech', B: 'energy', C: 'energy' };
const weights = { A: 0.5, B: 0.3, C: 0.2 };

describe('the attribution of several periods', () => {
  it.each(['carino', 'menchero', 'grap'])('adds up by %s', (linking) => {
    const found = sourcedReportOf(linkedAttribution, { prices, weights, groups, linking });
    const active = figureOf(found, 'portfolio-return') - figureOf(found, 'benchmark-return');
    expect(figureOf(found, 'active-return')).toBe(active);
    expect(sum(columnOf(found, 'effects', 'total'))).toBeCloseTo(active, 14);
    expect(found.tables[1]?.rows.map(([end]) => end)).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-28',
      '2024-04-02',
    ]);
  });

  it('takes each row as a period where it is asked to, and says that a sum is only a sum', () => {
    const found = sourcedReportOf(linkedAttribution, {
      prices: { names: prices.names, values: prices.values },
      weights,
      groups,
      period: 'day',
      linking: 'none',
    });
    expect(found.sample?.n).toBe(5);
    expect(found.conventions.join(' ')).toContain('do not sum');
  });

  it('is that of periods whose weights and returns are given', () => {
    const found = sourcedReportOf(linkedAttribution, {
      periods: [
        { end: '2023', ...bacon },
        { ...bacon, portfolioReturns: { UK: 0.02, Japan: 0.11, US: -0.06 } },
      ],
    });
    expect(figureOf(found, 'benchmark-return')).toBeCloseTo(1.064 ** 2 - 1, 13);
    expect(sum(columnOf(found, 'effects', 'total'))).toBeCloseTo(
      figureOf(found, 'active-return'),
      13,
    );
    expect(found.tables[1]?.rows.map(([end]) => end)).toEqual(['2023', '2']);
    const off = { ...bacon, benchmarkWeights: { UK: 1.5 } };
    expect(refusalOf(linkedAttribution, { periods: [bacon, off] })).toMatch(/^Period 2: .*sum to/);
    expect(refusalOf(linkedAttribution, { periods: [] })).toContain('no periods');
    expect(refusalOf(linkedAttribution, {})).toContain('prices with weights and groups');
  });

  it('follows weights that drift to what buying and holding earns', () => {
    const found = sourcedReportOf(linkedAttribution, { prices, weights, groups, drift: true });
    const held = 0.5 * (110 / 100) + 0.3 * (55 / 50) + 0.2 * (23 / 20) - 1;
    expect(figureOf(found, 'portfolio-return')).toBeCloseTo(held, 13);
    const active = figureOf(found, 'active-return');
    expect(sum(columnOf(found, 'effects', 'total'))).toBeCloseTo(active, 13);
  });

  it.each([
    [{ groups: { A: 'tech', B: 'energy' } }, 'C has no group'],
    [{ weights: { Z: 1 } }, 'a weight for Z'],
    [{ prices: { names: prices.names, values: prices.values } }, 'where a month ends'],
    [{ weights: { A: 0.5 } }, 'such as cash'],
  ])('refuses %j', (change, wanted) => {
    expect(refusalOf(linkedAttribution, { prices, weights, groups, ...change })).toContain(wanted);
  });
});

describe('currency attribution', () => {
  const period = {
    portfolioWeights: { Germany: 0.6, 'United States': 0.4 },
    benchmarkWeights: { Germany: 0.5, 'United States': 0.5 },
    portfolioReturns: { Germany: 0.04, 'United States': 0.07 },
    benchmarkReturns: { Germany: 0.03, 'United States': 0.08 },
    currencies: { Germany: 'EUR', 'United States': 'USD' },
    cashReturns: { EUR: 0.005, USD: 0.01 },
    exchangeReturns: { USD: -0.02 },
  };

  it('adds up to the active return in base currency', () => {
    const found = sourcedReportOf(currencyAttribution, period);
    const parts = ['allocation', 'selection', 'interaction', 'currency'];
    const active = figureOf(found, 'active-return');
    expect(sum(parts.map((part) => figureOf(found, part)))).toBeCloseTo(active, 14);
    const own = 0.6 * 0.04 + 0.4 * (1.07 * 0.98 - 1);
    expect(figureOf(found, 'portfolio-return')).toBeCloseTo(own, 14);
    expect(found.notes.join(' ')).toContain('EUR is taken not to have changed');
  });

  it.each([
    [{ currencies: { Germany: 'EUR' } }, 'United States has no currency'],
    [{ cashReturns: { EUR: 0 } }, 'cash earned in USD'],
    [{ portfolioForwards: { USD: -0.4 } }, 'forwards sum to -0.4'],
  ])('refuses %j', (change, wanted) => {
    expect(refusalOf(currencyAttribution, { ...period, ...change })).toContain(wanted);
  });
});

describe('contribution and rebalancing', () => {
  it.each(['never', 'day', 'month'])('add up to the return when rebalanced %s', (rebalance) => {
    const found = sourcedReportOf(contribution, { prices, weights, rebalance, groups });
    const whole = figureOf(found, 'total-return');
    expect(sum(columnOf(found, 'contributions', 'contribution'))).toBeCloseTo(whole, 13);
    expect(sum(columnOf(found, 'groups', 'contribution'))).toBeCloseTo(whole, 13);
    const path = sourcedReportOf(rebalancing, { prices, weights, rebalance });
    expect(figureOf(path, 'total-return')).toBeCloseTo(whole, 13);
  });

  it('count rebalancings and what they turn over', () => {
    const found = sourcedReportOf(rebalancing, { prices, weights });
    expect(figureOf(found, 'rebalances')).toBe(3);
    expect(columnOf(found, 'rhythms', 'times')).toEqual([0, 4, 4, 3, 1, 0]);
    const banded = sourcedReportOf(rebalancing, {
      prices,
      weights,
      rebalance: 'never',
      band: 0.01,
    });
    expect(figureOf(banded, 'rebalances')).toBeGreaterThan(0);
    expect(figureOf(found, 'held-return')).toBeCloseTo(0.5 * 1.1 + 0.3 * 1.1 + 0.2 * 1.15 - 1, 13);
  });

  it('say what is cash, and refuse ruin and missing days', () => {
    const half = sourcedReportOf(contribution, { prices, weights: { A: 0.5 } });
    expect(half.notes.join(' ')).toContain('0.5000 of the whole as cash');
    expect(sum(columnOf(half, 'contributions', 'contribution'))).toBeCloseTo(
      figureOf(half, 'total-return'),
      13,
    );
    const falling = { days: days.slice(0, 3), names: ['A'], values: [[100], [40], [90]] };
    expect(refusalOf(contribution, { prices: falling, weights: { A: 2 } })).toContain(
      'lost everything',
    );
    expect(
      sourcedReportOf(rebalancing, { prices: falling, weights: { A: 2 } }).notes.join(' '),
    ).toContain('At 2024-01-31 nothing was left');
    expect(refusalOf(rebalancing, { prices: { names: ['A'], values: [[1], [2]] } })).toContain(
      'where a month ends',
    );
  });
});

describe('odd data', () => {
  const odd: readonly {
    readonly what: string;
    readonly change: (row: number[], t: number) => (number | null)[];
  }[] = [
    {
      what: 'a column that does not vary',
      change: (row) => row.map((each, i) => (i === 1 ? 1 : each)),
    },
    {
      what: 'gaps',
      change: (row, t) => row.map((each, i) => ((t * 2 + i) % 5 === 0 ? null : each)),
    },
    {
      what: 'a fall of almost everything',
      change: (row, t) => row.map((each) => (t > 2 ? each * 1e-12 : each)),
    },
    { what: 'nothing that moves', change: (row) => row.map(() => 5) },
  ];
  const cases = [linkedAttribution, contribution, rebalancing].flatMap((analysis) =>
    odd.map((each) => ({ ...each, analysis, id: analysis.id })),
  );

  it.each(cases)('$id answers or refuses $what, never with NaN', ({ analysis, change }) => {
    for (const length of [6, 2, 1, 0]) {
      for (const held of [weights, { A: 1.5, B: -1, C: 0.5 }]) {
        const changed = {
          days: days.slice(0, length),
          names: prices.names,
          values: prices.values.slice(0, length).map(change),
        };
        const values = {
          prices: changed,
          weights: held,
          ...('groups' in analysis.input ? { groups } : {}),
        };
        const refused = refusalOf(analysis, values);
        if (refused === '') sourcedReportOf(analysis, values);
        else expect(refused).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  });
});

import { type Day, dayFromNumber, dayNumber, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import factorAttribution from '../analyses/factor-attribution/index.ts';
import factorModel from '../analyses/factor-model/index.ts';
import factorRisk from '../analyses/factor-risk/index.ts';
import famaMacBeth from '../analyses/fama-macbeth/index.ts';
import principalComponents from '../analyses/principal-components/index.ts';
import regularised from '../analyses/regularised-regression/index.ts';
import rollingFactors from '../analyses/rolling-factors/index.ts';
import styleAnalysis from '../analyses/style-analysis/index.ts';
import type { Report } from '../analysis/report.ts';
import { figureOf, refusalOf, sourcedReportOf } from '../analysis/testing/ask-analysis.ts';

const n = 120;
const random = seededRandom(5);
const days: Day[] = Array.from({ length: n + 1 }, (_, t) =>
  dayFromNumber(dayNumber('2024-01-01') + t),
);
const factorRows = Array.from({ length: n }, () => [
  0.01 * random.normal(),
  0.006 * random.normal(),
  0.006 * random.normal(),
  0.0001,
]);
const betas = [
  [1, 0.5, 0.2],
  [0.8, -0.4, 0.1],
  [1.3, 0.1, -0.6],
  [0.5, 0.9, 0.7],
  [1.1, -0.2, 0.4],
  [0.9, 0.3, -0.3],
];
const names = ['A', 'B', 'C', 'D', 'E', 'F'];
const returns = factorRows.map((row) =>
  betas.map((own) =>
    own.reduce((sum, beta, k) => sum + beta * (row[k] ?? 0), 0.0001 + 0.005 * random.normal()),
  ),
);
const levels: number[][] = [names.map(() => 100)];
for (const row of returns) {
  levels.push((levels.at(-1) ?? []).map((level, i) => level * (1 + (row[i] ?? 0))));
}
const prices = { days, names, values: levels };
const factors = { days: days.slice(1), names: ['Mkt-RF', 'SMB', 'HML', 'RF'], values: factorRows };

const columnOf = ({ tables }: Report, table: string, column: string): number[] => {
  const found = tables.find(({ id }) => id === table);
  const at = found?.columns.findIndex(({ id }) => id === column) ?? -1;
  return (found?.rows ?? []).map((row) => Number(row[at] ?? 0));
};

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('the factor model', () => {
  it('finds the betas that a series was made of, RF taken off and no factor', () => {
    const found = sourcedReportOf(factorModel, { prices, weights: { A: 1 }, factors });
    const [alpha, ...rest] = columnOf(found, 'coefficients', 'coefficient');
    expect(rest).toHaveLength(3);
    rest.forEach((each, k) => {
      expect(Math.abs(each - (betas[0]?.[k] ?? 9))).toBeLessThan(0.4);
    });
    expect(figureOf(found, 'alpha')).toBe(alpha);
    expect(found.conventions.join(' ')).toContain('lag 4');
    expect(found.sample?.n).toBe(n);
  });

  it('explains several instruments together and one by one', () => {
    const found = sourcedReportOf(factorModel, { prices, factors, model: 'ff3', errors: 'hc3' });
    expect(found.notes.join(' ')).toContain('6 equal ones');
    const own = columnOf(found, 'instruments', 'Mkt-RF');
    expect(sum(own) / 6).toBeCloseTo(columnOf(found, 'coefficients', 'coefficient')[1] ?? 0, 10);
    expect(sum(columnOf(found, 'shares', 'variance'))).toBeCloseTo(1, 12);
  });

  it('refuses factors in percent and matches months', () => {
    const values = factorRows.map((row) => row.map((each) => each * 100));
    expect(refusalOf(factorModel, { prices, factors: { ...factors, values } })).toMatch(
      /as a fraction is .* divide factors in percent by 100/,
    );
    const monthly = {
      days: ['2024-02-29', '2024-03-31', '2024-04-30'],
      names: ['Mkt'],
      values: [[0.01], [0.03], [-0.02]],
    };
    const found = sourcedReportOf(factorModel, { prices, factors: monthly, matching: 'month' });
    expect(found.sample?.n).toBe(3);
  });

  it('takes the risk-free return off an index that is given by its prices', () => {
    const index = { days, names: ['market'], values: levels.map(([a = 0]) => [a]), are: 'prices' };
    const found = sourcedReportOf(factorModel, {
      prices: { days, names: ['fund'], values: levels.map(([a = 0]) => [a]) },
      factors: index,
      riskFreeRate: 0.001,
      model: 'capm',
    });
    expect(figureOf(found, 'alpha')).toBeCloseTo(0, 14);
    expect(columnOf(found, 'coefficients', 'coefficient')[1]).toBeCloseTo(1, 12);
    expect(found.conventions.join(' ')).toContain('count less the risk-free return');
  });

  it('weighs recent periods more where it is asked to', () => {
    const found = sourcedReportOf(factorModel, { prices, factors, halfLife: 30 });
    expect(found.conventions.join(' ')).toContain('one of 30 periods ago counts for half');
    expect(found.tables.some(({ id }) => id === 'shares')).toBe(false);
    const slow = sourcedReportOf(factorModel, { prices, factors, halfLife: 1e9 });
    const alike = sourcedReportOf(factorModel, { prices, factors });
    expect(figureOf(slow, 'alpha-t')).toBeCloseTo(figureOf(alike, 'alpha-t'), 5);
  });

  it('has no alpha error where the factors are the returns', () => {
    const values = factorRows.map(([market = 0]) => [market]);
    const exact = { days: factors.days, names: ['X'], values, are: 'returns' };
    const found = sourcedReportOf(factorModel, {
      prices: exact,
      factors: { ...factors, names: ['Mkt-RF'], values },
    });
    expect(figureOf(found, 'r2')).toBeCloseTo(1, 12);
    expect(figureOf(found, 'alpha-t')).toBeNaN();
    expect(found.figures.find(({ id }) => id === 'alpha-t')?.why).toContain('fit exactly');
  });

  it.each([
    [{ factors }, 'nothing to explain'],
    [{ prices, factors, weights: { Z: 1 } }, 'a weight for Z'],
    [{ prices, factors, weights: { A: 0 } }, 'All weights are zero'],
    [{ prices, factors, model: 'ff5' }, 'needs rmw, cma'],
    [
      { prices, factors: { ...factors, days: days.map((day) => `19${day.slice(2)}`).slice(1) } },
      'no day in common',
    ],
    [{ prices, factors: { names: ['f'], values: [[0.01]] } }, '120 returns and 1 periods'],
    [
      { prices, factors: { ...factors, names: ['one', 'two', 'three', 'four'] } },
      'factor four does not vary',
    ],
  ])('refuses what it cannot explain: %#', (values, wanted) => {
    expect(refusalOf(factorModel, values)).toContain(wanted);
  });
});

describe('the other analyses of factors', () => {
  it('roll betas over windows', () => {
    const found = sourcedReportOf(rollingFactors, { prices, factors, window: 40 });
    expect(found.charts[0]?.x).toHaveLength(n - 39);
    expect(found.charts[0]?.x.at(-1)).toBe(days.at(-1));
    expect(figureOf(found, 'beta-Mkt-RF')).toBe(columnOf(found, 'range', 'last')[1]);
    expect(refusalOf(rollingFactors, { prices, factors, window: 4 })).toContain(
      'it may be 5 to 120',
    );
  });

  it('price factors across instruments', () => {
    const found = sourcedReportOf(famaMacBeth, { prices, factors });
    expect(columnOf(found, 'premiums', 'premium')).toHaveLength(4);
    expect(figureOf(found, 'shanken-factor')).toBeGreaterThanOrEqual(1);
    expect(
      refusalOf(famaMacBeth, {
        prices: { ...prices, names: ['A'], values: levels.map(([a]) => [a]) },
        factors,
      }),
    ).toContain('it takes 5 instruments');
  });

  it('find principal components', () => {
    const found = sourcedReportOf(principalComponents, {
      prices,
      matrix: 'covariance',
      components: 2,
    });
    expect(sum(columnOf(found, 'components', 'share'))).toBeCloseTo(1, 12);
    expect(figureOf(found, 'first-share')).toBeGreaterThan(0.5);
    const flat = {
      names: ['A', 'B'],
      values: [
        [1, 1],
        [1, 2],
        [1, 3],
      ],
    };
    expect(refusalOf(principalComponents, { prices: flat })).toContain('does not vary');
  });

  it('split risk in parts that add up, by factors, by components and against a benchmark', () => {
    for (const values of [
      { prices, factors },
      { prices, components: 3 },
      { prices, factors, benchmarkWeights: { A: 0.5, B: 0.5 } },
    ]) {
      const found = sourcedReportOf(factorRisk, values);
      const whole = figureOf(found, 'volatility');
      expect(sum(columnOf(found, 'factors', 'part'))).toBeCloseTo(whole, 12);
      expect(
        sum(columnOf(found, 'holdings', 'factors')) + sum(columnOf(found, 'holdings', 'specific')),
      ).toBeCloseTo(whole, 12);
    }
    expect(refusalOf(factorRisk, { prices, factors, components: 2 })).toContain('Give either');
    expect(refusalOf(factorRisk, { prices, factors, weights: {} })).toContain(
      'All weights are zero',
    );
  });

  it('find a style of indices', () => {
    const indices = {
      days,
      names: ['stocks', 'bonds', 'gold'],
      values: levels.map((row) => row.slice(0, 3)),
      are: 'prices',
    };
    const mix = { names: ['fund'], days, values: levels.map(([a = 0, b = 0]) => [a + b]) };
    const found = sourcedReportOf(styleAnalysis, { prices: mix, factors: indices });
    expect(sum(columnOf(found, 'style', 'weight'))).toBeCloseTo(1, 12);
    expect(figureOf(found, 'style-r2')).toBeGreaterThan(0.99);
  });

  it('hold betas back, or guard them from outliers', () => {
    const plain = sourcedReportOf(factorModel, { prices, factors });
    const wanted = columnOf(plain, 'coefficients', 'coefficient').slice(1);
    const loose = sourcedReportOf(regularised, { prices, factors, penalty: 0 });
    columnOf(loose, 'coefficients', 'beta').forEach((each, k) => {
      expect(each).toBeCloseTo(wanted[k] ?? 9, 8);
    });
    const tight = sourcedReportOf(regularised, { prices, factors, penalty: 1 });
    expect(figureOf(tight, 'kept')).toBe(0);
    for (const method of ['ridge', 'elastic-net', 'huber']) {
      expect(
        figureOf(sourcedReportOf(regularised, { prices, factors, method }), 'r2'),
      ).toBeGreaterThan(0.5);
    }
  });

  it('attribute the return in parts that add up to it', () => {
    const found = sourcedReportOf(factorAttribution, { prices, factors });
    expect(sum(columnOf(found, 'parts', 'linked'))).toBeCloseTo(
      figureOf(found, 'total-return'),
      12,
    );
    expect(sum(columnOf(found, 'parts', 'variance'))).toBeCloseTo(figureOf(found, 'variance'), 15);
    expect(sum(columnOf(found, 'parts', 'mean'))).toBeCloseTo(figureOf(found, 'mean-excess'), 15);
  });
});

const odd: readonly {
  readonly what: string;
  readonly change: (row: number[], t: number) => (number | null)[];
}[] = [
  {
    what: 'a column that does not vary',
    change: (row) => row.map((each, i) => (i === 1 ? 1 : each)),
  },
  {
    what: 'two columns that are one',
    change: (row) => row.map((each, i) => (i === 1 ? (row[0] ?? 1) : each)),
  },
  { what: 'gaps', change: (row, t) => row.map((each, i) => ((t * 3 + i) % 7 === 0 ? null : each)) },
  {
    what: 'a fall of almost everything',
    change: (row, t) => row.map((each) => (t > 60 ? each * 1e-9 : each)),
  },
  { what: 'nothing that moves', change: (row) => row.map(() => 5) },
];

describe('odd data', () => {
  const all = [
    factorModel,
    rollingFactors,
    famaMacBeth,
    principalComponents,
    factorRisk,
    styleAnalysis,
    regularised,
    factorAttribution,
  ];
  const cases = all.flatMap((analysis) =>
    odd.map((each) => ({ ...each, analysis, id: analysis.id })),
  );

  it.each(cases)('$id answers or refuses $what, never with NaN', ({ analysis, change }) => {
    const values = {
      ...('factors' in analysis.input ? { factors } : {}),
      ...('window' in analysis.input ? { window: 30 } : {}),
    };
    for (const length of [n + 1, 9, 3, 2, 1, 0]) {
      const changed = {
        ...prices,
        days: days.slice(0, length),
        values: levels.slice(0, length).map(change),
      };
      const refused = refusalOf(analysis, { ...values, prices: changed });
      if (refused === '') sourcedReportOf(analysis, { ...values, prices: changed });
      else expect(refused).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it.each(all.filter(({ input }) => 'factors' in input))(
    '$id answers or refuses odd factors',
    (analysis) => {
      for (const { change } of odd) {
        const changed = {
          ...factors,
          values: factorRows.map((row, t) =>
            change(
              row.map((each) => each / 100),
              t,
            ),
          ),
        };
        const values = {
          prices,
          factors: changed,
          ...('window' in analysis.input ? { window: 30 } : {}),
        };
        const refused = refusalOf(analysis, values);
        if (refused === '') sourcedReportOf(analysis, values);
        else expect(refused).not.toMatch(/NaN|undefined|Infinity/);
      }
    },
  );
});

import { type PanelInput, readParameters, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../analysis/report.ts';
import { optimisers } from '../../optimisers/registry.gen.ts';
import frontier from '../efficient-frontier/index.ts';
import optimise from './index.ts';

const names = ['AA', 'BB', 'CC', 'DD', 'EE', 'FF'];

/** Returns of 250 days with a common part, larger for later names. */
function panel(): PanelInput {
  const { normal } = seededRandom(42);
  return {
    names,
    are: 'returns',
    values: Array.from({ length: 250 }, () => {
      const common = 0.008 * normal();
      return names.map((_, i) => 0.0003 + 0.0001 * i + common + 0.005 * (1 + i) * normal() * 0.6);
    }),
  };
}

const solveLinear = (): never => {
  throw new Error('these objectives solve no linear program');
};

function ask(given: Record<string, unknown>, analysis = optimise) {
  const values = readParameters(analysis.input, { prices: panel(), ...given });
  if (!values.ok) throw new Error(values.fault.detail);
  return analysis.compute(values.value, { solveLinear });
}

function report(given: Record<string, unknown>, analysis = optimise): Report {
  const found = ask(given, analysis);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const refusal = (given: Record<string, unknown>, analysis = optimise): string => {
  const found = ask(given, analysis);
  return found.ok ? 'no refusal' : found.fault.detail;
};

const weightsOf = ({ tables }: Report): Map<string, number> =>
  new Map(
    tables.find(({ id }) => id === 'weights')?.rows.map(([name, w]) => [String(name), Number(w)]),
  );

const figure = ({ figures }: Report, id: string): number | null | undefined =>
  figures.find((each) => each.id === id)?.value;

const ours = optimisers.filter(({ needs }) => !needs.includes('solver'));

describe('the analysis optimise', () => {
  it.each(ours.map(({ id }) => id))(
    'gives weights for %s that add up to the total',
    (objective) => {
      const made = report({
        objective,
        targetReturn: 0.12,
        targetVolatility: 0.2,
        benchmark: { AA: 0.5, BB: 0.5 },
      });
      const sum = [...weightsOf(made).values()].reduce((total, w) => total + w, 0);
      expect(sum).toBeCloseTo(1, 9);
      const shares = made.tables.find(({ id }) => id === 'weights');
      const column = shares?.columns.findIndex(({ id }) => id === 'risk-share') ?? -1;
      const risk = shares?.rows.reduce((total, row) => total + Number(row[column]), 0);
      expect(risk).toBeCloseTo(1, 9);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      for (const { value, why } of made.figures) {
        if (value === null) expect(why).toBeTruthy();
        else expect(Number.isFinite(value)).toBe(true);
      }
    },
  );

  it('keeps limits of groups and says what they cost', () => {
    const free = report({ objective: 'min-variance' });
    const limited = report({
      objective: 'min-variance',
      groups: { AA: 'calm', BB: 'calm', CC: 'wild', DD: 'wild', EE: 'wild', FF: 'wild' },
      groupUpper: { calm: 0.4 },
    });
    const calm = (made: Report): number =>
      (weightsOf(made).get('AA') ?? 0) + (weightsOf(made).get('BB') ?? 0);
    expect(calm(free)).toBeGreaterThan(0.4);
    expect(calm(limited)).toBeCloseTo(0.4, 12);
    expect(figure(limited, 'objective')).toBeGreaterThan(figure(free, 'objective') ?? 0);
    const active = limited.tables.find(({ id }) => id === 'active-constraints')?.rows;
    expect(active?.map(([name]) => name)).toContain('group calm at most 40 %');
  });

  it('starts from the weights now', () => {
    const current = { AA: 0.9, FF: 0.1 };
    const made = report({ objective: 'max-utility', current, maxTurnover: 0.25, tradeCost: 0.001 });
    expect(figure(made, 'turnover')).toBeCloseTo(0.25, 12);
    expect(figure(made, 'cost')).toBeCloseTo(0.0005, 12);
    const costly = report({ objective: 'max-utility', current, tradeCost: 10 });
    expect(figure(costly, 'turnover')).toBe(0);
  });

  it('takes views for what they are held to be', () => {
    const before = report({ objective: 'max-sharpe' });
    const after = report({
      objective: 'max-sharpe',
      views: [{ weights: { AA: 1, FF: -1 }, return: 0.5, confidence: 0.9 }],
    });
    expect(weightsOf(after).get('AA')).toBeGreaterThan(weightsOf(before).get('AA') ?? 1);
    expect(after.conventions.join(' ')).toContain('Black–Litterman');
  });

  it('says so where a target lies below the return of the least variance', () => {
    const least = figure(report({ objective: 'min-variance' }), 'expected-return') ?? 0;
    const at = (targetReturn: number): string =>
      report({ objective: 'target-return', targetReturn }).notes.join(' ');
    expect(at(least - 0.005)).toContain('more return with less variance is possible');
    expect(at(least + 0.005)).not.toContain('possible');
  });

  it('keeps most return within turnover', () => {
    const current = { AA: 0.5, BB: 0.5 };
    const made = report({ objective: 'max-return', current, maxTurnover: 0.2 });
    expect(figure(made, 'turnover')).toBeCloseTo(0.2, 12);
    const still = report({ objective: 'max-return', current, maxTurnover: 0 });
    expect(figure(made, 'expected-return')).toBeGreaterThan(
      figure(still, 'expected-return') ?? Number.NaN,
    );
  });

  it('draws the frontier also where many weights have the same least risk', () => {
    const { normal } = seededRandom(7);
    const many = Array.from({ length: 100 }, (_, i) => `A${i}`);
    const loadings = many.map(() => [normal(), normal(), normal()]);
    const prices = {
      names: many,
      are: 'returns',
      values: Array.from({ length: 20 }, () => {
        const factors = [0.01 * normal(), 0.01 * normal(), 0.01 * normal()];
        return loadings.map(
          (own) =>
            own.reduce((sum, each, k) => sum + each * (factors[k] ?? 0), 0) + 0.012 * normal(),
        );
      }),
    };
    const given = {
      prices,
      current: Object.fromEntries(many.map((name) => [name, 0.01])),
      maxTurnover: 0.3,
    };
    expect(report(given).charts.map(({ id }) => id)).toContain('frontier');
    expect(figure(report(given, frontier), 'corners')).toBeGreaterThan(10);
  });

  it('keeps beta, scores, a least return, a number of names and a tracking error', () => {
    const benchmark = { AA: 0.2, BB: 0.2, CC: 0.2, DD: 0.2, EE: 0.1, FF: 0.1 };
    const made = report({
      objective: 'min-variance',
      benchmark,
      minBeta: 0.9,
      maxTrackingError: 0.1,
      maxNames: 4,
      scores: [{ name: 'carbon', of: { AA: 5, BB: 1 }, most: 2 }],
    });
    const weights = weightsOf(made);
    expect([...weights.values()].filter((w) => w !== 0).length).toBeLessThanOrEqual(4);
    expect(5 * (weights.get('AA') ?? 0) + (weights.get('BB') ?? 0)).toBeLessThanOrEqual(2 + 1e-9);
    expect(figure(made, 'tracking-error')).toBeLessThanOrEqual(0.1 + 1e-9);
  });

  it.each([
    [
      { objective: 'min-variance', bounds: [0, 0.1] },
      /budget exactly 100 % conflicts with at most 10 % in each of AA, BB/,
    ],
    [
      { objective: 'target-return', targetReturn: 9 },
      /expected return exactly 900 % conflicts with/,
    ],
    [
      { objective: 'target-risk', targetVolatility: 0.0001 },
      /volatility at most 0\.01 % conflicts with/,
    ],
    [
      { objective: 'max-sharpe', riskFree: 5 },
      /No allowed weights gain more than the rate to beat/,
    ],
    [
      { objective: 'equal-weight', maxTurnover: 0.1, current: { AA: 1 } },
      /equal-weight cannot take account of a limit of turnover/,
    ],
    [
      { objective: 'max-sharpe', spread: 1 },
      /max-sharpe cannot take account of the penalty of concentrated weights/,
    ],
    [{ objective: 'equal-weight', bounds: [0, 0.1] }, /at most 10 % is asked for/],
    [{ bounds: [1] }, /Bounds are the least and the greatest weight/],
    [{ bounds: [1, 0] }, /Bounds are the least and the greatest weight/],
    [
      { objective: 'equal-weight', scores: [{ name: 'budget', of: { AA: 1 }, most: 0.1 }] },
      /cannot take account of limits of groups, scores/,
    ],
    [{ maxBeta: 1 }, /need the weights of a benchmark/],
    [{ current: { ZZ: 1 } }, /ZZ, which is not among AA/],
    [
      { bounds: [0, 0.3], maxNames: 3 },
      /at most 3 names conflicts with budget exactly 100 % and greatest weights of at most 30 %, which take 4 names or more/,
    ],
    [
      { bounds: [0, 0.2], minWeight: 0.3 },
      /each weight 0 or at least 30 % conflicts with greatest weights of at most 20 %/,
    ],
    [{ groups: { ZZ: 'calm' } }, /groups name ZZ, which is not among AA/],
    [{ groupUpper: { calm: 0.5 } }, /limit for group calm, but no groups/],
    [
      { groups: { AA: 'calm', BB: 'wild' }, groupLower: { Calm: 0.5 } },
      /limit for group Calm, in which there is no name; the groups are calm, wild/,
    ],
    [
      { objective: 'robust', uncertaintyWidths: { AA: -0.1 } },
      /width of uncertainty of AA is -0\.1; it must be 0 or more/,
    ],
    [
      { current: { AA: 1 }, maxTurnover: 0.05, upper: { AA: 0.5 } },
      /limits: turnover at most 5 % conflicts with AA at most 50 %\./,
    ],
    [{ benchmark: { ZZ: 1 } }, /benchmark names ZZ/],
    [{ expectedReturns: { ZZ: 1 } }, /ZZ, which is not among AA/],
    [{ views: [{ weights: { ZZ: 1 }, return: 1 }] }, /names ZZ/],
    [{ prices: { names, are: 'returns', values: [[0, 0, 0, 0, 0, 0]] } }, /need 2 periods/],
  ] as const)('refuses %j in words', (given, words) => {
    expect(refusal(given)).toMatch(words);
  });

  it('answers with fewer periods than names, and when some move alike or not at all', () => {
    const values = panel().values.slice(0, 4);
    const few = report({ prices: { names, are: 'returns', values } });
    expect(few.notes.join(' ')).toContain('There are 4 returns for 6 instruments');
    const alike = panel().values.map((row) =>
      row.map((value, i) => (i === 5 ? 0 : i === 4 ? (row[3] ?? 0) : value)),
    );
    for (const objective of [
      'min-variance',
      'max-utility',
      'max-return',
      'target-return',
      'robust',
    ]) {
      const made = report({
        prices: { names, are: 'returns', values: alike },
        objective,
        targetReturn: 0.05,
      });
      expect([...weightsOf(made).values()].every(Number.isFinite)).toBe(true);
    }
  });

  it('has each parameter of an optimiser once', () => {
    const seen = new Map<string, unknown>();
    for (const { id, parameters } of optimisers) {
      for (const [name, parameter] of Object.entries(parameters)) {
        if (seen.has(name))
          expect(`${id} ${JSON.stringify(seen.get(name))}`).toBe(
            `${id} ${JSON.stringify(parameter)}`,
          );
        seen.set(name, parameter);
        expect(optimise.input[name]).toEqual(parameter);
      }
    }
  });
});

describe('the analysis efficient-frontier', () => {
  it('has its corners between the least risk and the most return', () => {
    const made = report({ riskFree: 0.01 }, frontier);
    const corners = made.tables.find(({ id }) => id === 'corners')?.rows ?? [];
    expect(corners.length).toBe(figure(made, 'corners'));
    expect(corners[0]?.[2]).toBe(figure(made, 'least-volatility'));
    expect(corners.at(-1)?.[1]).toBe(figure(made, 'most-return'));
    const least = report({ objective: 'min-variance' });
    expect(figure(least, 'volatility')).toBeCloseTo(figure(made, 'least-volatility') ?? 0, 12);
    const sharpe = report({ objective: 'max-sharpe', riskFree: 0.01 });
    expect(figure(sharpe, 'sharpe')).toBeCloseTo(figure(made, 'best-sharpe') ?? 0, 10);
  });

  it('refuses limits that it cannot follow, and a market that conflicts', () => {
    expect(refusal({ maxNames: 2 }, frontier)).toMatch(/under linear limits only/);
    expect(refusal({ bounds: [0.5, 1] }, frontier)).toMatch(/conflicts with/);
  });
});

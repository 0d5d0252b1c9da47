import { describe, expect, it } from 'vitest';
import type { Report } from '../../analysis/report.ts';
import { noTools } from '../../analysis/testing/ask-analysis.ts';
import { covarianceMethods } from '../../covariance/estimate-covariance.ts';
import expectedReturns from '../expected-returns/index.ts';
import covariance from './index.ts';

const rows = Array.from({ length: 30 }, (_, t) => [
  (((t * 7) % 11) - 5) / 100,
  (((t * 5) % 13) - 6) / 100,
  (((t * 7) % 11) - 5 + ((t * 3) % 7) - 3) / 150,
]);
const panel = { names: ['A', 'B', 'C'], values: rows, are: 'returns' as const };
const defaults = {
  prices: panel,
  method: 'sample',
  missing: 'complete',
  repair: 'none',
  periodsPerYear: 252,
};
const ask = (values: object) => covariance.compute({ ...defaults, ...values }, noTools);
const report = (values: object): Report => {
  const found = ask(values);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
};
const expectJsonSafe = (found: Report) => {
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  for (const { value, why } of found.figures) expect(value === null).toBe(why !== undefined);
};

describe('the analysis of covariance', () => {
  it.each([...covarianceMethods])('answers by %s with nothing that JSON cannot say', (method) => {
    const found = report({ method });
    expectJsonSafe(found);
    expect(found.tables.map(({ id }) => id)).toEqual(['deviations', 'covariance', 'correlation']);
  });

  it('says null and why of a singular matrix', () => {
    const values = rows.map(([a = 0, b = 0]) => [a, b, a + b]);
    const found = report({ prices: { ...panel, values } });
    expectJsonSafe(found);
    expect(found.figures[0]).toMatchObject({ id: 'condition-number', value: null });
    expect(found.notes.join(' ')).toContain('cannot be inverted');
  });

  it('says null of correlations with what never moves, and refuses methods that need them', () => {
    const values = rows.map(([a = 0, b = 0]) => [a, b, 0]);
    const prices = { ...panel, values };
    const found = report({ prices });
    expectJsonSafe(found);
    expect(found.tables[2]?.rows[2]).toEqual(['C', null, null, null]);
    expect(ask({ prices, method: 'gerber' })).toMatchObject({
      ok: false,
      fault: { code: 'covariance.constant' },
    });
  });

  it('takes pairs by their own periods, and repairs where asked', () => {
    const values = rows.map(([a = 0, b = 0, c = 0], t) => [
      t < 14 ? null : a,
      t > 16 ? null : b,
      t % 3 === 0 ? null : c,
    ]);
    const prices = { ...panel, values };
    const repaired = report({ prices, missing: 'pairwise', repair: 'nearest' });
    expectJsonSafe(repaired);
    expect(repaired.notes[0]).toContain('3 at least');
    const least = repaired.figures.find(({ id }) => id === 'least-eigenvalue')?.value ?? -1;
    expect(least).toBeGreaterThan(-1e-12);
    expect(ask({ prices, missing: 'pairwise', method: 'oas' })).toMatchObject({ ok: false });
    const never = rows.map(([a = 0, b = 0, c = 0], t) => [t < 15 ? null : a, t < 15 ? b : null, c]);
    expect(ask({ prices: { ...panel, values: never }, missing: 'pairwise' })).toMatchObject({
      fault: { detail: 'A covariance needs 2 periods that both have: A and B share 0.' },
    });
  });

  it('answers by given factors, with their exposures', () => {
    const factors = { names: ['M'], values: rows.map(([a = 0]) => [a * 0.9]) };
    const found = report({ method: 'factor-model', factors });
    expectJsonSafe(found);
    const exposures = found.tables.at(-1)?.rows.map((row) => row[1]);
    expect(exposures?.[0]).toBeCloseTo(1 / 0.9, 12);
    expect(ask({ method: 'factor-model' })).toMatchObject({
      fault: { code: 'covariance.factors' },
    });
    const twice = { names: ['M', 'N'], values: rows.map(([a = 0]) => [a, 2 * a]) };
    expect(ask({ method: 'factor-model', factors: twice })).toMatchObject({
      fault: { code: 'covariance.collinear' },
    });
    const short = { ...panel, values: rows.slice(0, 2) };
    const few = { names: ['M'], values: [[0.01], [0.02]] };
    expect(ask({ prices: short, method: 'factor-model', factors: few })).toMatchObject({
      ok: false,
    });
  });

  it('refuses what is no number by the method', () => {
    const huge = rows.map(([a = 0, b = 0]) => [a, b, Math.abs(a) * 1e200]);
    expect(ask({ prices: { ...panel, values: huge } })).toMatchObject({
      fault: { code: 'covariance.not-finite' },
    });
    const same = { names: ['A', 'B'], are: 'returns', values: rows.map(([a = 0]) => [a, 2 * a]) };
    const detoned = ask({ prices: same, method: 'denoised', detone: 1 });
    if (detoned.ok) expectJsonSafe(detoned.value);
    else expect(detoned.fault.code).toBe('covariance.not-finite');
  });

  it('refuses one period', () => {
    expect(ask({ prices: { ...panel, values: rows.slice(0, 1) } })).toMatchObject({
      ok: false,
      fault: { code: 'covariance.too-few' },
    });
  });
});

describe('the analysis of expected returns', () => {
  const values = {
    prices: panel,
    mean: 'arithmetic',
    periodsPerYear: 252,
    span: 500,
    market: '',
    riskFree: 0.01,
  };

  it.each(['historical', 'exponential', 'capm', 'james-stein', 'bayes-stein'])(
    'answers by %s with nothing that JSON cannot say',
    (method) => {
      const found = expectedReturns.compute({ ...values, method }, noTools);
      if (!found.ok) throw new Error(found.fault.detail);
      expectJsonSafe(found.value);
      expect(found.value.tables[0]?.rows).toHaveLength(3);
    },
  );

  it('says null of a growth that no number can hold', () => {
    const large = { ...panel, values: rows.map(([a = 0, b = 0]) => [a, b, 1e6]) };
    const asked = { ...values, prices: large, method: 'historical', mean: 'compounded' };
    const found = expectedReturns.compute(asked, noTools);
    if (!found.ok) throw new Error(found.fault.detail);
    expectJsonSafe(found.value);
    expect(found.value.tables[0]?.rows[2]).toEqual(['C', null]);
  });

  it('refuses a market that is not there, or never moves', () => {
    expect(
      expectedReturns.compute({ ...values, method: 'capm', market: 'X' }, noTools),
    ).toMatchObject({
      fault: { detail: 'No column is called X; there are A, B, C.' },
    });
    const still = { ...panel, values: rows.map(([a = 0, b = 0]) => [a, b, 0.01]) };
    expect(
      expectedReturns.compute({ ...values, prices: still, method: 'capm', market: 'C' }, noTools),
    ).toMatchObject({ fault: { code: 'expected-returns.market' } });
  });
});

import { join } from 'node:path';
import { highs } from '@plimsoll/adapters/highs';
import { sampleCovariance } from '@plimsoll/analytics/covariance';
import {
  correlationDistances,
  correlationFrom,
  hierarchicalRiskParity,
  type LinearMeasure,
  maxGrowth,
  minEntropicRisk,
  minScenarioRisk,
  minSemiVariance,
  type Region,
  riskParity,
  tradeList,
} from '@plimsoll/analytics/optimisation';
import { seededRandom } from '@plimsoll/kernel';
import { leafOrder, linkage } from '@plimsoll/quant/clustering';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, ms } from '../report.ts';

const periods = 1260;

function drawn(columns: number): Matrix {
  const random = seededRandom(1);
  const made = matrix(periods, columns);
  for (let t = 0; t < periods; t++) {
    const market = random.normal() / 100;
    for (let i = 0; i < columns; i++) {
      made.data[t * columns + i] = 0.0003 + 0.8 * market + random.normal() / 100;
    }
  }
  return made;
}

function longOnly(n: number): Region {
  const coefficients = new Float64Array(n).fill(1);
  return {
    names: Array.from({ length: n }, (_, i) => `N${i}`),
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    rows: [{ name: 'budget', coefficients, lower: 1, upper: 1, unit: 'fraction' }],
    current: null,
    turnover: null,
    gross: null,
    long: null,
    short: null,
    maxNames: null,
    minWeight: null,
    tracking: null,
    volatility: null,
  };
}

function hrp(returns: Matrix): Float64Array {
  const n = returns.columns;
  const covariance = sampleCovariance(returns);
  const tree = linkage(correlationDistances(correlationFrom(covariance)), n, 'single');
  const inputs = { covariance, scenarios: null, measure: 'variance' as const, tail: 0.05 };
  return hierarchicalRiskParity(leafOrder(tree), inputs);
}

/** Allocation by trees, risk budgets, tails and whole shares, beside SciPy on one thread. */
export async function run(): Promise<void> {
  const theirs = reference(join(import.meta.dirname, 'allocation.py'), 1);
  const solve = await highs.open();
  const show = (what: string, work: string, time: number, peer?: number): void =>
    line(what, work, ms(time), peer === undefined ? '–' : ms(peer), ratio(time, peer));
  line(`${periods} days, one thread`, 'work', 'ours', 'SciPy', 'ours to SciPy');
  for (const n of [100, 500]) {
    const returns = drawn(n);
    const covariance = sampleCovariance(returns);
    const multiplications = `${((periods * n * n) / 2e6).toFixed(0)} M mul-add`;
    show(
      `HRP with covariance, n = ${n}`,
      multiplications,
      best(7, () => hrp(returns)),
      theirs?.[`hrp ${n}`],
    );
    const factorisation = `${(n ** 3 / 3e6).toFixed(1)} M a step`;
    show(
      `risk parity to 1e-15, n = ${n}`,
      factorisation,
      best(5, () => riskParity(covariance)),
      theirs?.[`parity ${n}`],
    );
  }
  const measures: readonly LinearMeasure[] = ['cvar', 'worst', 'mean-absolute-deviation'];
  for (const n of [20, 100]) {
    const returns = drawn(n);
    const region = longOnly(n);
    for (const measure of measures) {
      const time = best(3, () => minScenarioRisk(measure, returns, region, 0.05, solve));
      show(
        `least ${measure}, n = ${n}`,
        `LP of ${periods} rows`,
        time,
        measure === 'cvar' ? theirs?.[`cvar ${n}`] : undefined,
      );
    }
    show(
      `least EVaR, n = ${n}`,
      'Newton',
      best(3, () => minEntropicRisk(returns, region, 0.05, solve)),
    );
    show(
      `least semi-variance, n = ${n}`,
      'Newton',
      best(3, () => minSemiVariance(returns, region)),
    );
    show(
      `greatest growth, n = ${n}`,
      'Newton',
      best(3, () => maxGrowth(returns, region)),
    );
  }
  for (const n of [10, 50]) {
    const random = seededRandom(3);
    const raw = Float64Array.from({ length: n }, () => -Math.log(1 - random.next()));
    const total = raw.reduce((sum, each) => sum + each, 0);
    const request = {
      names: longOnly(n).names,
      prices: Float64Array.from(
        { length: n },
        () => Math.round(1000 + 49_000 * random.next()) / 100,
      ),
      targets: raw.map((each) => each / total),
      quantities: new Float64Array(n),
      cash: 100_000,
    };
    show(
      `whole shares of ${n} names, 100,000`,
      'exact MIP',
      best(3, () => tradeList(request, solve)),
      theirs?.[`shares ${n}`],
    );
  }
}

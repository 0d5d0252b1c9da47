import { join } from 'node:path';
import {
  normalModel,
  type RiskMethodId,
  riskMethods,
  rollingForecasts,
  simulateCollapsed,
  simulatedTail,
  simulatePortfolio,
} from '@plimsoll/analytics/risk';
import { seededRandom } from '@plimsoll/kernel';
import { gramOfRows, matrix, quadraticForm } from '@plimsoll/quant/linear-algebra';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms, title } from '../report.ts';

const days = 2520;
const levels = [0.95, 0.99];
const instruments = 50;
const paths = 1_000_000;

/** Daily returns with thick tails: normals over the root of a chi-square of 4 degrees. */
function thickReturns(): Float64Array {
  const random = seededRandom(1);
  return Float64Array.from({ length: days }, () => {
    let squares = 0;
    for (let i = 0; i < 4; i++) squares += random.normal() ** 2;
    return 0.0004 + (0.01 * random.normal()) / Math.sqrt(squares / 4);
  });
}

function drawnCovariance() {
  const random = seededRandom(2);
  const base = matrix(
    instruments,
    instruments,
    Float64Array.from({ length: instruments ** 2 }, () => random.normal()),
  );
  const squares = gramOfRows(base);
  return matrix(
    instruments,
    instruments,
    squares.data.map(
      (each, at) => 1e-4 * (each / instruments + (at % (instruments + 1) === 0 ? 1 : 0)),
    ),
  );
}

/** VaR and CVaR at two levels by every method; 2 ns a return and level is one pass over memory. */
function methods(theirs: Readonly<Record<string, number>> | null): void {
  const returns = thickReturns();
  title(`VaR and CVaR of ${days} returns at two levels, one thread`);
  line('method', 'ours', 'a return', 'NumPy/SciPy', 'ratio');
  for (const method of riskMethods) {
    const runs = method.id === 'garch-filtered' ? 5 : 40;
    const taken = best(runs, () => method.estimate(returns, levels, {}));
    const reference = theirs?.[method.id];
    line(
      method.title,
      ms(taken),
      `${((taken * 1e6) / days).toFixed(0)} ns`,
      reference === undefined ? '–' : ms(reference),
      ratio(taken, reference),
    );
  }
}

function rolling(theirs: Readonly<Record<string, number>> | null): void {
  const returns = thickReturns();
  title(`Rolling VaR and CVaR at 99 %, window 250, ${days - 250} days`);
  line('method', 'ours', 'a day', 'NumPy (VaR)', 'ratio');
  const ids: readonly RiskMethodId[] = ['historical', 'normal', 'ewma-filtered', 'student-t'];
  for (const method of riskMethods.filter(({ id }) => ids.includes(id))) {
    const taken = best(3, () => rollingForecasts(returns, method, 0.99, { window: 250 }));
    const reference = method.id === 'historical' ? theirs?.['rolling'] : undefined;
    line(
      method.title,
      ms(taken),
      `${((taken * 1e3) / (days - 250)).toFixed(1)} µs`,
      reference === undefined ? '–' : ms(reference),
      ratio(taken, reference),
    );
  }
}

function monteCarlo(theirs: Readonly<Record<string, number>> | null): void {
  const covariance = drawnCovariance();
  const moments = { mean: new Float64Array(instruments), covariance };
  const weights = new Float64Array(instruments).fill(1 / instruments);
  const model = normalModel(moments);
  const whole = { mean: 0, volatility: Math.sqrt(quadraticForm(covariance, weights)) };
  const tails = (drawn: Float64Array): void => {
    for (const level of levels) simulatedTail(drawn, level);
  };
  title(
    `Monte Carlo VaR and CVaR, ${paths.toLocaleString('en')} scenarios × ${instruments}, one thread`,
  );
  line('form', 'ours', 'a normal', 'NumPy', 'ratio');
  const before = process.memoryUsage().arrayBuffers;
  const { linear: _, ...byInstrument } = model;
  const full = best(3, () => tails(simulatePortfolio(weights, byInstrument, { paths, seed: 1 })));
  const weighted = best(3, () => tails(simulatePortfolio(weights, model, { paths, seed: 1 })));
  const memory = process.memoryUsage().arrayBuffers - before;
  const collapsed = best(5, () => tails(simulateCollapsed(whole, { paths, seed: 1 })));
  const rows = [
    ['every instrument of every scenario', full, paths * instruments, 'full'],
    ['every shock, weighted at once', weighted, paths * instruments, 'weighted'],
    ['collapsed to the portfolio’s one normal', collapsed, paths, 'collapsed'],
  ] as const;
  for (const [name, taken, normals, key] of rows) {
    const reference = theirs?.[key];
    line(
      name,
      ms(taken),
      `${((taken * 1e6) / normals).toFixed(1)} ns`,
      reference === undefined ? '–' : ms(reference),
      ratio(taken, reference),
    );
  }
  // Two doubles an instruction, multiplied and added, at 3 GHz: 6 billion steps of the product a second.
  const limit = (paths * instruments * instruments) / 6e6;
  line('limit of the product alone', ms(limit), '', `${(full / limit).toFixed(1)}× above it`);
  line('memory kept at the end', megabytes(Math.max(0, memory)));
}

/** VaR and CVaR by every method, rolled over time, and by simulation. */
export function run(): void {
  const theirs = reference(join(import.meta.dirname, 'risk.py'), 1);
  methods(theirs);
  rolling(theirs);
  monteCarlo(theirs);
}

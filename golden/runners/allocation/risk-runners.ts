import { sampleCovariance } from '@plimsoll/analytics/covariance';
import {
  type LinearMeasure,
  maxGrowth,
  minEntropicRisk,
  minScenarioRisk,
  minSemiVariance,
  riskParity,
  riskShares,
  scenarioRisk,
} from '@plimsoll/analytics/optimisation';
import type { Result } from '@plimsoll/kernel';
import { dot, quadraticForm, timesVector } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { expectedOf, type Facts, inputOf, toleranceOf } from '../../case-facts.ts';
import { near, same } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { checksOf, nearAll, numbersOf, returnsOf, sharedInputs } from './case-input.ts';
import { openSolver } from './open-solver.ts';
import { regionOfCase } from './region-of-case.ts';

function had<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

const parity: Runner = {
  category: 'risk_parity',
  handles: ({ category }) => category === 'risk_parity',
  run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const tolerance = toleranceOf(golden);
    const shared = typeof input['inputs'] === 'string' ? sharedInputs(input, surroundings) : null;
    const own = shared ? null : returnsOf(input, surroundings);
    const covariance = shared ? shared.covariance : sampleCovariance(had(present(own)).returns);
    const names = shared ? shared.names : had(present(own)).names;
    const budgets = input['risk_budget'];
    const { weights } = had(
      riskParity(covariance, Array.isArray(budgets) ? numbersOf(budgets) : undefined),
    );
    const mean = shared ? dot(shared.mu, weights) : Number.NaN;
    const vol = Math.sqrt(quadraticForm(covariance, weights));
    const rf = Number(input['rf'] ?? 0);
    return checksOf(expectedOf(golden), {
      tickers: (wanted, key) => same(key, names, wanted),
      weights: (wanted, key) => nearAll(key, names, weights, wanted, tolerance),
      risk_contributions: (wanted, key) =>
        nearAll(key, names, riskShares(covariance, weights), wanted, tolerance),
      ret: (wanted, key) => near(key, mean, Number(wanted), tolerance),
      vol: (wanted, key) => near(key, vol, Number(wanted), tolerance),
      sharpe: (wanted, key) => near(key, (mean - rf) / vol, Number(wanted), tolerance),
    });
  },
};

const present = <T>(value: T | null): Result<T> =>
  value === null
    ? { ok: false, fault: { code: 'golden.input', detail: 'the case names no returns' } }
    : { ok: true, value };

/** Which risk the words or the expected figures of a case are about. */
function measureOf(golden: GoldenCase, input: Facts): LinearMeasure | 'evar' | 'semi-deviation' {
  const prose = `${input['objective'] ?? ''} ${Object.keys(expectedOf(golden)).join(' ')} ${golden['id'] ?? ''}`;
  if (/evar/i.test(prose)) return 'evar';
  if (/semi.?dev|semi.?var/i.test(prose)) return 'semi-deviation';
  if (/cdar/i.test(prose)) return 'cdar';
  if (/cvar/i.test(prose)) return 'cvar';
  if (/absolute deviation|mad\b/i.test(prose)) return 'mean-absolute-deviation';
  if (/max period loss|worst/i.test(prose)) return 'worst';
  if (/average drawdown|\badd\b/i.test(prose)) return 'average-drawdown';
  if (/mdd|max(imum)? drawdown/i.test(prose)) return 'max-drawdown';
  throw new Error(`no risk is named by: ${prose}`);
}

async function runTail(golden: GoldenCase, surroundings: Surroundings): Promise<Outcome> {
  const input = inputOf(golden, surroundings);
  const tolerance = toleranceOf(golden);
  const { names, returns } = returnsOf(input, surroundings);
  const tail = Number(input['alpha'] ?? 0.05);
  const measure = measureOf(golden, input);
  const region = regionOfCase(input, names, columnMeans(returns));
  const weights =
    measure === 'evar'
      ? had(minEntropicRisk(returns, region, tail, await openSolver())).weights
      : measure === 'semi-deviation'
        ? had(minSemiVariance(returns, region)).weights
        : had(minScenarioRisk(measure, returns, region, tail, await openSolver())).weights;
  const series = timesVector(returns, weights);
  const risk = scenarioRisk(measure, series, tail);
  const isRisk = (wanted: unknown, key: string) => near(key, risk, Number(wanted), tolerance);
  return checksOf(expectedOf(golden), {
    tickers: (wanted, key) => same(key, names, wanted),
    weights: (wanted, key) => nearAll(key, names, weights, wanted, tolerance),
    // What a package's solver came to; its own distance from the optimum is part of the tolerance.
    riskfolio_weights: (wanted, key) => nearAll(key, names, weights, wanted, tolerance),
    riskfolio_objective: isRisk,
    objective: isRisk,
    cvar: isRisk,
    cdar: isRisk,
    mad: isRisk,
    mdd: isRisk,
    add: isRisk,
    evar: isRisk,
    semideviation: isRisk,
    var_at_optimum: (wanted, key) =>
      near(key, scenarioRisk('value-at-risk', series, tail), Number(wanted), tolerance),
    mean_daily: (wanted, key) =>
      near(
        key,
        series.reduce((sum, each) => sum + each, 0) / series.length,
        Number(wanted),
        tolerance,
      ),
  });
}

const tails: Runner = {
  category: 'lp_risk',
  handles: (golden) =>
    golden['category'] === 'lp_risk' ||
    (golden['category'] === 'optimiser' &&
      /evar|semi.?dev|semi.?var/i.test(
        `${golden['id']} ${JSON.stringify(golden['input'])} ${Object.keys(expectedOf(golden)).join(' ')}`,
      )),
  run: runTail,
};

const kelly: Runner = {
  category: 'kelly',
  handles: ({ category }) => category === 'kelly',
  run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const tolerance = toleranceOf(golden);
    const { names, returns } = returnsOf(input, surroundings);
    const found = had(maxGrowth(returns, regionOfCase(input, names, columnMeans(returns))));
    return checksOf(expectedOf(golden), {
      tickers: (wanted, key) => same(key, names, wanted),
      weights: (wanted, key) => nearAll(key, names, found.weights, wanted, tolerance),
      growth_daily: (wanted, key) => near(key, found.value, Number(wanted), tolerance),
    });
  },
};

export const riskRunners = [parity, tails, kelly];

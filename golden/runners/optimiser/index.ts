import { sampleCovariance } from '@plimsoll/analytics/covariance';
import { efficientFrontier, regionOf } from '@plimsoll/analytics/optimisation';
import { dot, type Matrix, quadraticForm } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { expectedOf, type Facts, inputOf, toleranceOf } from '../../case-facts.ts';
import { type Check, near, same } from '../../check.ts';
import { caseName, type GoldenCase, isRecord } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { checksOf, nearAll, returnsOf, sharedInputs } from '../allocation/case-input.ts';
import { type Ask, askOfCase } from './ask-of-case.ts';
import { type Estimates, solveAsk } from './solve-ask.ts';

function estimatesOf(input: Facts, surroundings: Surroundings): Estimates {
  if (typeof input['inputs'] === 'string') return sharedInputs(input, surroundings);
  const { names, returns } = returnsOf(input, surroundings);
  return { names, mu: columnMeans(returns), covariance: sampleCovariance(returns) };
}

/** No worse than the reference by more than a ten-millionth of it. */
function objectiveCheck(key: string, found: number, wanted: number, tolerance: number): Check {
  return near(key, found, wanted, Math.max(tolerance, 1e-7 * Math.abs(wanted)));
}

const deviation = ({ data, columns }: Matrix, i: number): number =>
  Math.sqrt(data[i * (columns + 1)] ?? Number.NaN);

/** How far the weights of a reference are from those of what it was itself checked by. */
function ownDoubt(golden: GoldenCase): number {
  const stated = golden['max_abs_diff'];
  return isRecord(stated) ? 1.001 * Number(stated['weights'] ?? 0) : 0;
}

function weightChecks(golden: GoldenCase, ask: Ask, estimates: Estimates): Outcome {
  const tolerance = toleranceOf(golden);
  const solved = solveAsk(ask, estimates);
  if (!solved.ok) {
    return { checks: [same('weights', solved.fault.detail, 'weights')], listed: [] };
  }
  const { names, mu, covariance } = estimates;
  const { weights, objective, active } = solved.value;
  const mean = dot(mu, weights);
  const vol = Math.sqrt(quadraticForm(covariance, weights));
  const away = (from: Float64Array | null): Float64Array =>
    weights.map((w, i) => w - (from?.[i] ?? 0));
  const moved = names.reduce(
    (sum, name, i) => sum + Math.abs((weights[i] ?? 0) - (ask.current?.get(name) ?? 0)),
    0,
  );
  const input = isRecord(golden['input']) ? golden['input'] : {};
  const isMinimised = /^\s*min\b/.test(String(input['objective'] ?? 'min'));
  const isGain = ask.optimiser === 'max-utility' || ask.optimiser === 'robust';
  const signed = isMinimised && isGain ? -(objective ?? Number.NaN) : (objective ?? Number.NaN);
  const number = (value: number) => (wanted: unknown, key: string) =>
    near(key, value, Number(wanted), tolerance);
  return checksOf(expectedOf(golden), {
    tickers: (wanted, key) => same(key, names, wanted),
    weights: (wanted, key) =>
      nearAll(key, names, weights, wanted, Math.max(tolerance, ownDoubt(golden))),
    names: (wanted, key) =>
      same(
        key,
        names.filter((_, i) => Math.abs(weights[i] ?? 0) > 1e-9),
        wanted,
      ),
    ret: number(mean),
    vol: number(vol),
    vol_daily: number(vol),
    variance: number(vol * vol),
    sharpe: number((mean - ask.riskFree) / vol),
    diversification_ratio: number(
      names.reduce((sum, _, i) => sum + (weights[i] ?? 0) * deviation(covariance, i), 0) / vol,
    ),
    te: number(Math.sqrt(quadraticForm(covariance, away(ask.benchmark)))),
    objective: (wanted, key) => objectiveCheck(key, signed, Number(wanted), tolerance),
    one_way_turnover: number(moved / 2),
    n_active: (wanted, key) => same(key, active.length, wanted),
  });
}

const weights: Runner = {
  category: 'optimiser',
  handles: ({ category }) => category === 'optimiser' || category === 'mip',
  run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const estimates = estimatesOf(input, surroundings);
    const ask = askOfCase(caseName(golden), input, estimates.names);
    return weightChecks(golden, ask, estimates);
  },
};

/** A list of requests, each of which must be refused in words that name what is wrong. */
const errors: Runner = {
  category: 'optimiser_errors',
  handles: ({ category }) => category === 'optimiser_errors',
  run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const estimates = estimatesOf(input, surroundings);
    const cases = expectedOf(golden)['cases'] as readonly Facts[];
    const checks = cases.map((each): Check => {
      const expected = String(each['expect']);
      const asked = { bounds: [0, null], ...sectorsFor(each, surroundings), ...each };
      const solved = solveAsk(askOfCase(expected, asked, estimates.names), estimates);
      const found = solved.ok ? 'weights' : `${solved.fault.code}: ${solved.fault.detail}`;
      const wanted = /^infeasible/.test(expected) ? 'optimisation.infeasible' : 'optimisation.';
      return { what: expected, ok: found.startsWith(wanted), found, wanted: `${wanted}…` };
    });
    return { checks, listed: [] };
  },
};

/** The sectors that a request leaves to another case of the same file. */
function sectorsFor(each: Facts, surroundings: Surroundings): Facts {
  if (each['sectors'] || !(each['sector_lower'] || each['sector_upper'])) return {};
  try {
    const { input } = surroundings.find('opt.B.minvol_sector');
    return isRecord(input) ? { sectors: input['sectors'] } : {};
  } catch {
    // A file without that case: an empty sector can neither hold 30 % nor be over its limit.
    return {};
  }
}

/** Corners or points of the frontier, each with its return and volatility. */
const frontier: Runner = {
  category: 'efficient_frontier',
  handles: ({ category }) => category === 'efficient_frontier',
  run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const { names, mu, covariance } = estimatesOf(input, surroundings);
    const tolerance = toleranceOf(golden);
    const ask = askOfCase(caseName(golden), { bounds: [0, null], ...input }, names);
    const region = regionOf(names, ask.constraints);
    if (!region.ok) throw new Error(region.fault.detail);
    const traced = efficientFrontier({
      region: region.value,
      covariance,
      gain: mu,
      tradeCost: null,
      benchmark: null,
    });
    if (!traced.ok) throw new Error(traced.fault.detail);
    const { corners, at } = traced.value;
    return frontierChecks(expectedOf(golden), { corners, at, names, mu, tolerance, input });
  },
};

interface Traced {
  readonly corners: readonly {
    weights: Float64Array;
    expectedReturn: number;
    volatility: number;
  }[];
  readonly at: (expectedReturn: number) => { weights: Float64Array; volatility: number };
  readonly names: readonly string[];
  readonly mu: Float64Array;
  readonly tolerance: number;
  readonly input: Facts;
}

function frontierChecks(expected: Facts, traced: Traced): Outcome {
  const { corners, at, names, tolerance, input } = traced;
  const points = pointsOf(expected, input, traced.mu);
  const byReturn = points.flatMap(({ ret, vol, weights: wanted }, i): Check[] => {
    const found = at(ret);
    return [
      ...(vol === undefined
        ? []
        : [near(`volatility at return ${ret}`, found.volatility, vol, tolerance)]),
      ...(wanted === undefined
        ? []
        : [nearAll(`weights ${i + 1}`, names, found.weights, wanted, tolerance)]),
    ];
  });
  const count = ['n_corners', 'corners', 'n_corner_portfolios'].flatMap((key) =>
    typeof expected[key] === 'number' ? [same(key, corners.length, expected[key])] : [],
  );
  const checks = [...byReturn, ...count];
  return { checks, listed: checks.length === 0 ? ['no point with a return'] : [] };
}

interface Point {
  readonly ret: number;
  readonly vol: number | undefined;
  readonly weights: unknown;
}

/** Points as a list of records, or as lists of returns, volatilities and weights side by side. */
function pointsOf(expected: Facts, input: Facts, mu: Float64Array): Point[] {
  const ofWeights = (row: readonly number[]): number => dot(mu, Float64Array.from(row));
  const lists = Object.values(expected).filter(Array.isArray) as unknown[][];
  const records = lists.find((list) => list.length > 0 && list.every(isRecord)) as
    | Facts[]
    | undefined;
  const first = (facts: Facts, keys: readonly string[]): unknown =>
    keys.map((key) => facts[key]).find((value) => value !== undefined);
  if (records) {
    return records.flatMap((each) => {
      const own = each['weights'];
      const ret =
        first(each, returnKeys) ?? (Array.isArray(own) ? ofWeights(own as number[]) : undefined);
      const vol = first(each, riskKeys);
      if (typeof ret !== 'number') return [];
      return [{ ret, vol: typeof vol === 'number' ? vol : undefined, weights: each['weights'] }];
    });
  }
  const returns = (first(expected, manyReturns) ?? first(input, manyReturns)) as
    | number[]
    | undefined;
  const risks = first(expected, manyRisks) as number[] | undefined;
  const rows = first(expected, manyWeights) as number[][] | undefined;
  return (returns ?? rows?.map(ofWeights) ?? []).map((ret, i) => ({
    ret,
    vol: risks?.[i],
    weights: rows?.[i],
  }));
}

const returnKeys = ['ret', 'return', 'mean', 'mu', 'target_return', 'expected_return'];
const riskKeys = ['vol', 'volatility', 'risk', 'sigma'];
const manyReturns = ['returns', 'rets', 'ret', 'corner_returns', 'targets', 'target_returns', 'mu'];
const manyWeights = ['weights', 'corner_weights', 'corners', 'portfolios'];
const manyRisks = ['vols', 'corner_vols', 'volatilities', 'vol', 'risks', 'sigma'];

export const runners: readonly Runner[] = [weights, errors, frontier];

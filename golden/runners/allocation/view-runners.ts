import {
  blackLitterman,
  confidenceErrors,
  impliedReturns,
  marketRiskAversion,
  pooledMoments,
  poolScenarios,
  proportionalErrors,
  type ScenarioView,
  unconstrainedWeights,
} from '@plimsoll/analytics/optimisation';
import { dot, fromRows, type Matrix, matrix, toRows } from '@plimsoll/quant/linear-algebra';
import { expectedOf, type Facts, factsOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { agrees, type Check, near } from '../../check.ts';
import { isRecord } from '../../golden-case.ts';
import { select, simpleReturns } from '../../golden-data.ts';
import type { Runner, Surroundings } from '../../runner.ts';
import { checksOf, nearAll, numbersOf, returnsOf, sharedInputs } from './case-input.ts';

interface Market {
  readonly names: readonly string[];
  readonly covariance: Matrix;
  readonly weights: Float64Array;
  readonly delta: number;
  readonly rf: number;
}

/** The market of a case: by correlations and volatilities, or by inputs of another case and market values. */
function marketOf(input: Facts, surroundings: Surroundings): Market {
  if (Array.isArray(input['corr'])) {
    const vol = numbersOf(input['vol']);
    const correlation = fromRows(input['corr'] as number[][]);
    const n = vol.length;
    const covariance = matrix(
      n,
      n,
      correlation.data.map((each, k) => each * (vol[Math.floor(k / n)] ?? 0) * (vol[k % n] ?? 0)),
    );
    const names = (input['names'] ?? Array.from(vol, (_, i) => `asset ${i + 1}`)) as string[];
    return {
      names,
      covariance,
      weights: numbersOf(input['w_eq']),
      delta: Number(input['delta']),
      rf: Number(input['rf'] ?? 0),
    };
  }
  const { names, covariance } = sharedInputs(input, surroundings);
  const values = factsOf(input['market_caps']);
  const caps = Float64Array.from(names, (name) => Number(values[name]));
  const total = caps.reduce((sum, each) => sum + each, 0);
  const rf = Number(input['rf'] ?? 0);
  return {
    names,
    covariance,
    weights: caps.map((each) => each / total),
    delta: deltaOf(input, rf, surroundings),
    rf,
  };
}

function deltaOf(input: Facts, rf: number, { data }: Surroundings): number {
  if (typeof input['delta'] === 'number') return input['delta'];
  const file = /\S+\.csv/.exec(String(input['risk_aversion_from']))?.[0] ?? '';
  const { values } = simpleReturns(select(data.columns(file), {}));
  return marketRiskAversion(values, rf, 252);
}

/** P by rows, by names of absolute views, or in words: `GOOG-AAPL`. */
function viewsOf(
  input: Facts,
  names: readonly string[],
): { portfolios: Matrix; returns: Float64Array } {
  const rows: number[][] = [];
  const returns: number[] = [];
  const place = (name: string): number => {
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`no instrument ${name}`);
    return at;
  };
  const row = (...entries: readonly (readonly [string, number])[]): number[] => {
    const all = names.map(() => 0);
    for (const [name, value] of entries) all[place(name)] = value;
    return all;
  };
  const p = input['P'];
  const q = input['Q'];
  if (Array.isArray(p)) {
    rows.push(...(p as number[][]));
    returns.push(...(Array.isArray(q) ? (q as number[]) : [Number(q)]));
  } else if (typeof p === 'string') {
    const [long = '', short] = p.split(/\s*-\s*/);
    rows.push(short === undefined ? row([long, 1]) : row([long, 1], [short, -1]));
    returns.push(Number(q));
  } else {
    for (const [name, value] of Object.entries(factsOf(input['views']))) {
      rows.push(row([name, 1]));
      returns.push(Number(value));
    }
  }
  return { portfolios: fromRows(rows), returns: Float64Array.from(returns) };
}

function omegaOf(
  input: Facts,
  covariance: Matrix,
  views: ReturnType<typeof viewsOf>,
  tau: number,
): Matrix {
  const k = views.portfolios.rows;
  const omega = input['omega'];
  const key = Object.keys(input).find((name) => /confidence/i.test(name));
  const stated = key === undefined ? undefined : input[key];
  const confidences = isRecord(stated)
    ? Object.keys(factsOf(input['views'])).map((name) => stated[name])
    : stated;
  if (Array.isArray(confidences) && (omega === undefined || /idzorek/i.test(String(omega)))) {
    return confidenceErrors(covariance, views, numbersOf(confidences), tau);
  }
  if (omega === 0) return matrix(k, k);
  if (Array.isArray(omega)) {
    const given = omega as (number | number[])[];
    const diagonal = matrix(k, k);
    given.forEach((each, i) => {
      if (typeof each === 'number') diagonal.data[i * k + i] = each;
      else diagonal.data.set(each, i * k);
    });
    return diagonal;
  }
  return proportionalErrors(covariance, views, tau);
}

const black: Runner = {
  category: 'black_litterman',
  handles: ({ category }) => category === 'black_litterman',
  run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const tolerance = toleranceOf(golden);
    const { names, covariance, weights, delta, rf } = marketOf(input, surroundings);
    const tau = Number(input['tau'] ?? 0.05);
    const prior = impliedReturns(covariance, weights, delta, rf);
    const views = viewsOf(input, names);
    const posterior = blackLitterman(
      covariance,
      prior,
      views,
      omegaOf(input, covariance, views, tau),
      tau,
    );
    if (!posterior.ok) throw new Error(posterior.fault.detail);
    const { mean, covariance: after } = posterior.value;
    const list =
      (found: ArrayLike<number>) =>
      (wanted: unknown, key: string): Check =>
        nearAll(key, names, found, wanted, tolerance);
    const scaled = (of: Matrix): Float64Array => {
      const raw = unconstrainedWeights(of, mean, delta) ?? new Float64Array(0);
      const total = raw.reduce((sum, each) => sum + each, 0);
      return raw.map((each) => each / total);
    };
    return checksOf(expectedOf(golden), {
      delta: (wanted, key) => near(key, delta, Number(wanted), tolerance),
      pi: list(prior),
      prior: list(prior),
      posterior_mean: list(mean),
      posterior_cov: (wanted, key) =>
        nearAll(key, names, toRows(after).flat(), (wanted as number[][]).flat(), tolerance),
      weights_unconstrained: list(unconstrainedWeights(after, mean, delta) ?? []),
      bl_weights: list(scaled(covariance)),
      omega: (wanted, key) => {
        const found = omegaOf(input, covariance, views, tau);
        const k = found.rows;
        const flat = (wanted as unknown[]).flat() as number[];
        const own = flat.length === k ? flat.map((_, i) => found.data[i * k + i] ?? 0) : found.data;
        return nearAll(key, names, own, flat, tolerance);
      },
      view_satisfied: (wanted, key) =>
        near(
          key,
          dot(views.portfolios.data.slice(0, names.length), mean),
          Number(wanted),
          tolerance,
        ),
    });
  },
};

const senses = { '=': '=', '>=': '≥', '<=': '≤', '≥': '≥', '≤': '≤' } as const;

/** `E[AAPL]=0.0 daily, E[XOM]>=0.0015, E[KO]>=E[PG]` or means by name, as views on means. */
function meanViews(stated: unknown, names: readonly string[]): ScenarioView[] {
  const place = (name: string): number => {
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`no instrument ${name}`);
    return at;
  };
  if (typeof stated !== 'string') {
    return Object.entries(factsOf(stated)).map(([name, value]) => ({
      kind: 'mean',
      of: place(name),
      sense: '=',
      value: Number(value),
    }));
  }
  const number = /-?[\d.]+(?:e-?\d+)?/;
  const pattern = new RegExp(
    `E\\[([^\\]]+)\\]\\s*(>=|<=|≥|≤|=)\\s*(?:E\\[([^\\]]+)\\]|(${number.source}))`,
    'g',
  );
  return [...stated.matchAll(pattern)].map(([, name = '', sense = '=', other, value]) => ({
    kind: 'mean',
    of: place(name),
    ...(other === undefined ? {} : { less: place(other) }),
    sense: senses[sense as keyof typeof senses],
    value: other === undefined ? Number(value) : 0,
  }));
}

const pooling: Runner = {
  category: 'entropy_pooling',
  handles: ({ category }) => category === 'entropy_pooling',
  run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const tolerance = toleranceOf(golden);
    const { names, returns } = returnsOf(input, surroundings);
    const prior = new Float64Array(returns.rows).fill(1 / returns.rows);
    const pooled = poolScenarios(returns, names, prior, meanViews(input['views'], names));
    if (!pooled.ok) throw new Error(pooled.fault.detail);
    const { probabilities, multipliers, divergence, effectiveScenarios } = pooled.value;
    // Of the size that the figure has: thousands of scenarios have no digits beyond that.
    const relative =
      (found: number) =>
      (wanted: unknown, key: string): Check =>
        agrees(key, found, Number(wanted), tolerance);
    return checksOf(expectedOf(golden), {
      tickers: (wanted, key) => nearAll(key, names, [], wanted, 0),
      lagrange: (wanted, key) => nearAll(key, names, multipliers, wanted, tolerance),
      ens_exp_entropy: relative(effectiveScenarios),
      kl: relative(divergence),
      posterior_means: (wanted, key) =>
        nearAll(key, names, pooledMoments(returns, probabilities).means, wanted, tolerance),
      q_first5: (wanted, key) => nearAll(key, names, probabilities.slice(0, 5), wanted, tolerance),
      q_max: relative(probabilities.reduce((most, each) => Math.max(most, each), 0)),
    });
  },
};

export const viewRunners = [black, pooling];

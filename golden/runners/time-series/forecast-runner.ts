import {
  arimaForecast,
  type EtsModel,
  etsFilter,
  fitArima,
  localLevelFilter,
} from '@plimsoll/quant/time-series';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { compare } from '../../compare.ts';
import { type GoldenCase, isRecord } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { seriesOf } from './series-of.ts';

type Input = Readonly<Record<string, unknown>>;

/** Steps of a list that the case expects. */
const stepsOf = (wanted: unknown): number => (Array.isArray(wanted) ? wanted.length : 1);

/** The order from keys, or from an id such as `arima101`. */
function orderOf(golden: GoldenCase, input: Input): readonly [number, number, number] {
  const given = input['order'];
  if (Array.isArray(given)) return given.map(Number) as [number, number, number];
  const digits = /arima_?(\d)_?(\d)_?(\d)/i.exec(String(golden['id'])) ?? [];
  const [, p = '1', d = '0', q = '0'] = digits;
  return [Number(p), Number(d), Number(q)];
}

function arima(golden: GoldenCase, input: Input, x: Float64Array): Record<string, unknown> {
  const expected = expectedOf(golden);
  const params = isRecord(expected['params']) ? expected['params'] : {};
  const [ar, differences, ma] = orderOf(golden, input);
  const constant = ['const', 'intercept', 'drift', 'x1'].some((name) => name in params);
  const fit = fitArima(x, { ar, differences, ma, constant });
  if (fit.why !== undefined) throw new Error(fit.why);
  const { mean, deviation } = arimaForecast(
    fit,
    Math.max(stepsOf(expected['forecast']), stepsOf(expected['se'])),
  );
  const named: Record<string, unknown> = { sigma2: fit.variance };
  for (const name of ['const', 'intercept', 'drift', 'x1']) named[name] = fit.constant;
  fit.ar.forEach((each, i) => {
    named[`ar.L${i + 1}`] = each;
  });
  fit.ma.forEach((each, i) => {
    named[`ma.L${i + 1}`] = each;
  });
  return {
    params: named,
    loglik: fit.logLikelihood,
    aic: fit.aic,
    aicc: fit.aicc,
    bic: fit.bic,
    forecast: mean,
    se: deviation,
    n: fit.n,
  };
}

/** `ses_alpha03_forecast`, `holt_alpha05_beta01`, `sse_holt`: from the first value, and no slope. */
function smoothing(expected: Input, x: Float64Array): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const run = (
    key: string,
  ): { readonly squares: number; readonly ahead: (h: number) => number } => {
    const share = (name: string): number => {
      const digits = new RegExp(`${name}(\\d+)`).exec(key)?.[1];
      return digits === undefined ? 0 : Number(`0.${digits.replace(/^0/, '')}`);
    };
    const alpha = share('alpha');
    const phi = /phi|damp/.test(key) ? share('phi') : 1;
    const model: EtsModel = /holt/.test(key) ? { trend: 'additive' } : {};
    // The case gives β of Holt's form, which smooths the change of the level.
    const { squares, end } = etsFilter(x, model, {
      alpha,
      beta: alpha * share('beta'),
      gamma: 0,
      phi,
      level: x[0] ?? Number.NaN,
      slope: 0,
      seasons: new Float64Array(0),
    });
    const ahead = (h: number): number => {
      let sum = end.level;
      for (let i = 1; i <= h; i++) sum += phi ** i * end.slope;
      return sum;
    };
    return { squares, ahead };
  };
  const keys = Object.keys(expected);
  for (const key of keys) {
    const about = key.startsWith('sse') ? keys.find((each) => each.startsWith(key.slice(4))) : key;
    if (about === undefined || !/alpha\d/.test(about)) continue;
    const { squares, ahead } = run(about);
    const wanted = expected[key];
    if (key.startsWith('sse')) found[key] = squares;
    else if (Array.isArray(wanted)) found[key] = wanted.map((_, i) => ahead(i + 1));
    else found[key] = ahead(1);
  }
  return found;
}

/** A local level from the first value on. */
function kalman(input: Input, expected: Input, x: Float64Array): Record<string, unknown> {
  const variance = Number(/P0\s*=\s*([\d.eE+-]+)/.exec(String(input['init']))?.[1] ?? input['r']);
  const {
    level,
    variance: left,
    logLikelihood,
  } = localLevelFilter(x.subarray(1), {
    levelVariance: Number(input['q']),
    noiseVariance: Number(input['r']),
    start: { mean: x[0] ?? Number.NaN, variance },
  });
  const found: Record<string, unknown> = { loglik: logLikelihood, P_last: left.at(-1) };
  for (const key of Object.keys(expected)) {
    const [, end = '', count = ''] = /^(first|last)(\d+)$/.exec(key) ?? [];
    if (end !== '')
      found[key] = end === 'first' ? level.slice(0, Number(count)) : level.slice(-Number(count));
  }
  return found;
}

function forecast(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const expected = expectedOf(golden);
  const x = seriesOf(input, surroundings);
  const id = String(golden['id']);
  const found = /arima|^ar\d/i.test(id)
    ? arima(golden, input, x)
    : /kalman|level/i.test(id)
      ? kalman(input, expected, x)
      : smoothing(expected, x);
  return compare(found, expected, toleranceOf(golden));
}

/** ARIMA, exponential smoothing at given parameters, and the local level. */
export const forecastRunner: Runner = {
  category: 'forecast',
  handles: ({ category }) => category === 'forecast',
  run: forecast,
};

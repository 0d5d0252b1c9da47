import {
  fitGarch,
  type GarchModel,
  type GarchParameters,
  type GarchPath,
  garchFilter,
  garchForecast,
} from '@plimsoll/quant/time-series';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { compare, joined } from '../../compare.ts';
import { type GoldenCase, isRecord } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { seriesOf } from './series-of.ts';

type Input = Readonly<Record<string, unknown>>;

/** The model: by keys where the case has them, else by its id and by the parameters it expects. */
function modelOf(golden: GoldenCase, input: Input): GarchModel {
  const expected = expectedOf(golden);
  const params = isRecord(expected['params']) ? expected['params'] : {};
  const given = isRecord(input['params']) ? input['params'] : params;
  const said = `${String(golden['id'])} ${String(input['model'] ?? '')} ${String(input['dist'] ?? '')}`;
  const student = 'nu' in given || /(^|[._ ])t[._ ]|student/i.test(said);
  return {
    mean:
      'mu' in given || !/zero/i.test(`${said} ${String(input['mean'] ?? '')}`)
        ? 'constant'
        : 'zero',
    asymmetric: 'gamma' in given || 'gamma[1]' in given || /gjr/i.test(said),
    density: student ? 'student-t' : 'normal',
    start: startOf(String(input['init'] ?? 'backcast')),
  };
}

function startOf(init: string): NonNullable<GarchModel['start']> {
  if (/backcast/i.test(init)) return 'backcast';
  if (/uncond|omega\s*\/\s*\(1/i.test(init)) return 'unconditional';
  const number = Number(init);
  return Number.isFinite(number) && init !== '' ? number : 'mean-square';
}

const parametersOf = (given: Input): GarchParameters => ({
  mean: Number(given['mu'] ?? 0),
  omega: Number(given['omega']),
  alpha: Number(given['alpha'] ?? given['alpha[1]']),
  gamma: Number(given['gamma'] ?? given['gamma[1]'] ?? 0),
  beta: Number(given['beta'] ?? given['beta[1]']),
  dof: given['nu'] === undefined ? null : Number(given['nu']),
});

/** `sigma2_first5`, `std_resid_last3`: one end of a series of the path; none of other names. */
function endOf(path: GarchPath, key: string): Float64Array | undefined {
  const [, what = '', end, count] =
    /^(sigma2|sigma|std_?resid|resid|z)_?(first|last)_?(\d+)$/.exec(key) ?? [];
  const series: Readonly<Record<string, Float64Array>> = {
    sigma2: path.variances,
    sigma: path.variances.map(Math.sqrt),
    resid: path.residuals,
    std_resid: path.standardised,
    stdresid: path.standardised,
    z: path.standardised,
  };
  const n = Number(count);
  return end === 'first' ? series[what]?.slice(0, n) : series[what]?.slice(-n);
}

/** Every figure that a case may expect, by its name. */
function figures(
  x: Float64Array,
  parameters: GarchParameters,
  path: GarchPath,
  wanted: readonly string[],
): Record<string, unknown> {
  const { mean, omega, alpha, gamma, beta, dof } = parameters;
  const persistence = alpha + gamma / 2 + beta;
  const level = omega / (1 - persistence);
  // Returns in percent have yearly volatilities in percent; fractions are brought there.
  const percent = x.reduce((most, each) => Math.max(most, Math.abs(each)), 0) > 1 ? 1 : 100;
  const found: Record<string, unknown> = {
    params: {
      mu: mean,
      omega,
      alpha,
      gamma,
      beta,
      nu: dof,
      // As the package arch names them.
      'alpha[1]': alpha,
      'gamma[1]': gamma,
      'beta[1]': beta,
    },
    loglik: path.logLikelihood,
    persistence,
    uncond_var: level,
    uncond_vol_ann_pct: percent * Math.sqrt(252 * level),
    next_variance: path.next,
    next_vol: Math.sqrt(path.next),
    halflife: Math.log(0.5) / Math.log(persistence),
  };
  for (const key of wanted) {
    const ahead = /^forecast_var\w*?_(\d+)/.exec(key);
    if (ahead) found[key] = garchForecast(parameters, path.next, Number(ahead[1]));
    const end = endOf(path, key);
    if (end) found[key] = end;
  }
  return found;
}

function garch(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const expected = expectedOf(golden);
  const tolerance = toleranceOf(golden);
  const model = modelOf(golden, input);
  const x = seriesOf(input, surroundings);
  const wanted = Object.keys(expected);
  if (isRecord(input['params'])) {
    const parameters = parametersOf(input['params']);
    const path = garchFilter(x, parameters, model.start);
    return compare(figures(x, parameters, path, wanted), expected, tolerance);
  }
  const fit = fitGarch(x, model);
  if (fit.why !== undefined) throw new Error(fit.why);
  const found = figures(x, fit.parameters, fit, wanted);
  const { loglik, ...others } = expected;
  return joined([
    compare(found, others, tolerance),
    // A likelihood is flat at its top: it must agree far closer than the parameters.
    near(found, loglik, Math.min(tolerance, 1e-6)),
  ]);
}

const near = (found: Record<string, unknown>, loglik: unknown, tolerance: number): Outcome =>
  loglik === undefined
    ? { checks: [], listed: [] }
    : compare({ loglik: found['loglik'] }, { loglik }, tolerance);

/** Conditional variances, fitted or at given parameters. */
export const garchRunner: Runner = {
  category: 'garch',
  handles: ({ category }) => category === 'garch',
  run: garch,
};

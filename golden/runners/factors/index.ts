import {
  absorptionRatio,
  factorAttribution,
  factorRegression,
  famaMacBeth,
  principalComponents,
} from '@plimsoll/analytics/factors';
import { chiSquareSf } from '@plimsoll/quant/distributions';
import { columnOf, matrix } from '@plimsoll/quant/linear-algebra';
import {
  breuschPagan,
  durbinWatson,
  elasticNet,
  huberRegression,
  lasso,
  type RegressionOptions,
  ridge,
  rollingRegression,
  standardise,
} from '@plimsoll/quant/regression';
import { autocorrelation } from '@plimsoll/quant/statistics';
import { expectedOf, granted, inputOf, toleranceOf } from '../../case-facts.ts';
import { compare } from '../../compare.ts';
import type { GoldenCase } from '../../golden-case.ts';
import { simpleReturns } from '../../golden-data.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { pricesOf } from '../attribution/case-input.ts';
import { factorNames, factorPanel, factorSample } from './factor-data.ts';
import { factorModel } from './factor-model.ts';

/** Coefficients, every kind of error that the case asks for, and the tests of residuals. */
function regression(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const expected = expectedOf(golden);
  const wanted = Array.isArray(expected['names'])
    ? (expected['names'] as string[]).filter((name) => name !== 'const')
    : factorNames(input, surroundings);
  const { excess, factors } = factorSample(input, wanted, surroundings);
  const by = (options: RegressionOptions = {}) =>
    granted(factorRegression(excess, factors, options));
  const { fit, alpha, inflation } = by();
  const design = matrix(fit.n, wanted.length + 1);
  for (let t = 0; t < fit.n; t++) {
    const row = factors.returns.data.subarray(t * wanted.length, (t + 1) * wanted.length);
    design.data.set([1, ...row], t * (wanted.length + 1));
  }
  const variance = breuschPagan(design, fit.residuals);
  const found: Record<string, unknown> = {
    names: ['const', ...wanted],
    coef: fit.coefficients,
    se_ols: fit.standardErrors,
    t_ols: fit.t,
    p_ols: fit.p,
    r2: fit.r2,
    adj_r2: fit.adjustedR2,
    n: fit.n,
    sigma: fit.residualDeviation,
    F: fit.f,
    F_p: fit.fP,
    aic: fit.aic,
    bic: fit.bic,
    loglik: fit.logLikelihood,
    durbin_watson: durbinWatson(fit.residuals),
    alpha_annual_x252: alpha * 252,
    residual_vol_annual: fit.residualDeviation * Math.sqrt(252),
    breusch_pagan_lm: variance?.statistic,
    breusch_pagan_p: variance?.p,
    vif: inflation,
  };
  for (const key of Object.keys(expected)) {
    const box = /^ljung_box(\d+)(_p)?$/.exec(key);
    if (box) found[key] = ljungBox(fit.residuals, Number(box[1]))[box[2] ? 'p' : 'statistic'];
    const errors = /^(se|t|p)_(?:HC([0-3])|HAC_(?:bartlett_)?L(\d+)_(no|df)corr)$/.exec(key);
    if (!errors) continue;
    const [, what, white, lags, correction] = errors;
    const kinds = ['white', 'hc1', 'hc2', 'hc3'] as const;
    const robust = by(
      white === undefined
        ? { covariance: 'newey-west', lags: Number(lags), smallSample: correction === 'df' }
        : { covariance: kinds[Number(white)] ?? 'white' },
    ).fit;
    found[key] = what === 'se' ? robust.standardErrors : what === 't' ? robust.t : robust.p;
  }
  return compare(found, expected, toleranceOf(golden));
}

function ljungBox(x: Float64Array, lags: number): { statistic: number; p: number } {
  let sum = 0;
  for (let lag = 1; lag <= lags; lag++) sum += autocorrelation(x, lag) ** 2 / (x.length - lag);
  const statistic = x.length * (x.length + 2) * sum;
  return { statistic, p: chiSquareSf(statistic, lags) };
}

/** Where mean and variance come from. */
function attribution(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const wanted = factorNames(input, surroundings);
  const { excess, factors } = factorSample(input, wanted, surroundings);
  const { alpha, betas, fit } = granted(factorRegression(excess, factors));
  const parts = granted(
    factorAttribution({
      alpha,
      betas,
      factors: factors.returns,
      residuals: fit.residuals,
      riskFree: new Float64Array(fit.n),
    }),
  );
  const found = {
    mean_excess: parts.meanExcess,
    alpha: parts.alpha,
    contrib: Object.fromEntries(wanted.map((name, j) => [name, parts.mean[j]])),
    residual_of_identity:
      parts.meanExcess - excess.reduce((sum, each) => sum + each, 0) / excess.length,
    var_total: parts.variance,
    var_factor: parts.factorVariance,
    var_resid: parts.residualVariance,
  };
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

/** Coefficients of every window. */
function rolling(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const { excess, factors } = factorSample(input, factorNames(input, surroundings), surroundings);
  const { windows, coefficients } = rollingRegression(
    factors.returns,
    matrix(excess.length, 1, excess),
    Number(input['window']),
  );
  const k = factors.names.length + 1;
  const betas = columnOf(matrix(windows, k, coefficients), 1);
  const found = {
    n: windows,
    first: coefficients.slice(0, k),
    last: coefficients.slice(-k),
    mean: Array.from({ length: k }, (_, j) => {
      let sum = 0;
      for (let t = 0; t < windows; t++) sum += coefficients[t * k + j] ?? Number.NaN;
      return sum / windows;
    }),
    beta_min: Math.min(...betas),
    beta_max: Math.max(...betas),
  };
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

/** Penalised and robust, with the weights of the penalties as the input writes them. */
function penalised(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const { excess, factors } = factorSample(input, factorNames(input, surroundings), surroundings);
  const { x } = standardise(factors.returns);
  const mean = excess.reduce((sum, each) => sum + each, 0) / excess.length;
  const y = excess.map((each) => each - mean);
  const read = (key: string, before: string, after: string): number => {
    const pattern = new RegExp(`${before}(\\d*\\.?\\d+(?:e[-+]?\\d+)?)${after}`);
    const match = pattern.exec(String(input[key] ?? ''));
    return match ? Number(match[1]) : Number.NaN;
  };
  const design = matrix(x.rows, x.columns + 1);
  for (let t = 0; t < x.rows; t++) {
    const row = factors.returns.data.subarray(t * x.columns, (t + 1) * x.columns);
    design.data.set([1, ...row], t * (x.columns + 1));
  }
  const found = {
    lasso: lasso(x, y, read('lasso', '', '\\s*\\*?\\|b\\|_1')).coefficients,
    ridge: ridge(x, y, read('ridge', '', '\\s*\\*?\\|\\|b')),
    elastic_net: elasticNet(x, y, {
      alpha: read('enet', 'alpha\\s*=?\\s*', ''),
      absoluteShare: read('enet', 'l1_ratio\\s*=?\\s*', ''),
    }).coefficients,
    huber_rlm: huberRegression(design, excess).fit.coefficients,
  };
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

/** Premiums by two passes. */
function premiums(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const { excess, factors } = factorPanel(input, factorNames(input, surroundings), surroundings);
  const prices = granted(famaMacBeth(excess, factors));
  const found = {
    lambda_mean: prices.premiums,
    se_fm: prices.standardErrors,
    t_fm: prices.t,
    se_shanken: prices.shankenErrors,
    se_nw: prices.neweyWestErrors,
    shanken_factor: prices.shankenFactor,
    betas: rowsOf(prices.betas.data, factors.names.length),
    n: excess.rows,
  };
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

const rowsOf = (data: Float64Array, width: number): number[][] =>
  Array.from({ length: data.length / width }, (_, i) => [
    ...data.subarray(i * width, (i + 1) * width),
  ]);

/** Principal components; a vector's sign is free. */
function components(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const expected = expectedOf(golden);
  const prices = pricesOf(input, surroundings);
  const { values, names } = simpleReturns(prices);
  const of = /corr/i.test(String(input['matrix'])) ? 'correlation' : 'covariance';
  const found = principalComponents(matrix(values.length / names.length, names.length, values), of);
  if (!found) return { checks: [], listed: ['a column does not vary'] };
  const own: Record<string, unknown> = {
    eigenvalues: found.eigenvalues,
    explained: found.explained,
    cumulative: found.explained.map((_, i) => absorptionRatio(found, i + 1)),
    effective_rank_entropy: found.effectiveRank,
  };
  for (const [key, wanted] of Object.entries(expected)) {
    const ratio = /^absorption_ratio_top(\d+)$/.exec(key);
    if (ratio) own[key] = absorptionRatio(found, Number(ratio[1]));
    const vector = /^loadings_pc(\d+)$/.exec(key);
    if (!vector || !Array.isArray(wanted)) continue;
    const c = Number(vector[1]) - 1;
    const loadings = [...columnOf(found.loadings, c)];
    const along = loadings.reduce((sum, each, i) => sum + each * Number(wanted[i]), 0);
    own[key] = loadings.map((each) => (along < 0 ? -each : each));
  }
  return compare(own, expected, toleranceOf(golden));
}

const runner = (
  category: string,
  run: (golden: GoldenCase, surroundings: Surroundings) => Outcome,
): Runner => ({ category, handles: (golden) => golden['category'] === category, run });

export const runners: readonly Runner[] = [
  runner('factor_regression', regression),
  runner('factor_attribution', attribution),
  runner('factor_model', factorModel),
  runner('rolling_regression', rolling),
  runner('regression', penalised),
  runner('fama_macbeth', premiums),
  runner('pca', components),
];

import { ok, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { panelObservations } from '../../analysis/observations.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import { strangerIn, weightsOf } from '../../analysis/weights-by-name.ts';
import { covarianceMethods, estimateCovariance } from '../../covariance/estimate-covariance.ts';
import { blackLitterman } from '../../optimisation/black-litterman/black-litterman.ts';
import { impliedReturns, unconstrainedWeights } from '../../optimisation/black-litterman/prior.ts';
import { readViews, viewsParameter } from '../../optimisation/black-litterman/read-views.ts';
import { posteriorReport } from './report.ts';

export default defineAnalysis({
  id: 'black-litterman',
  group: 'optimisation',
  title: 'Black–Litterman',
  summary: 'What returns the market expects, and what to expect once your views are blended in.',
  input: {
    prices: { kind: 'panel', of: 'prices', title: 'Prices or returns' },
    marketWeights: {
      kind: 'by-name',
      title: 'Weights or values of the market',
      help: 'By instrument; scaled to sum 1. Equal if left out.',
      optional: true,
    },
    views: { ...viewsParameter, optional: true },
    riskAversion: { kind: 'number', above: 0, default: 2.5, title: 'Risk aversion of the market' },
    tau: {
      kind: 'number',
      above: 0,
      default: 0.05,
      title: 'τ, how little is known of the prior',
    },
    riskFree: { kind: 'number', default: 0, unit: 'a year', title: 'Risk-free rate' },
    covariance: {
      kind: 'choice',
      of: [...covarianceMethods],
      default: 'sample',
      title: 'Estimator of the covariance',
    },
    periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
  },
  compute(values) {
    const panel = panelObservations(values.prices, 'prices');
    if (!panel.ok) return panel;
    const { names, returns, n } = panel.value;
    const estimated = estimateCovariance(
      matrix(n, names.length, returns),
      names,
      values.covariance,
    );
    if (!estimated.ok) return estimated;
    const { rows, columns, data } = estimated.value.covariance;
    const covariance = matrix(
      rows,
      columns,
      data.map((each) => each * values.periodsPerYear),
    );
    const market = marketOf(names, values.marketWeights);
    if (typeof market === 'string') {
      return refuse({ code: 'black-litterman.market', detail: market });
    }
    const { riskAversion, tau, riskFree } = values;
    const prior = impliedReturns(covariance, market, riskAversion, riskFree);
    const read = readViews(values.views ?? [], names, covariance, tau);
    if (!read.ok) return read;
    const posterior = blackLitterman(covariance, prior, read.value.views, read.value.omega, tau);
    if (!posterior.ok) return posterior;
    const excess = posterior.value.mean.map((each) => each - riskFree);
    return ok(
      posteriorReport({
        names,
        market,
        prior,
        posterior: posterior.value,
        optimal: unconstrainedWeights(posterior.value.covariance, excess, riskAversion),
        views: read.value.views,
        omega: read.value.omega,
        sample: sampleOf(panel.value),
        settings: values,
      }),
    );
  },
});

/** Weights with sum 1 in the order of the names, or what is wrong with those given. */
function marketOf(
  names: readonly string[],
  given: Readonly<Record<string, number>> | undefined,
): Float64Array | string {
  if (!given) return weightsOf(names, given);
  const strange = strangerIn(given, names);
  if (strange !== undefined) {
    return `The market has ${strange}, which is not among ${names.join(', ')}.`;
  }
  const weights = weightsOf(names, given);
  const total = weights.reduce((sum, each) => sum + each, 0);
  if (!(total > 0)) return `The weights of the market sum to ${total}; their sum must be above 0.`;
  return weights.map((each) => each / total);
}

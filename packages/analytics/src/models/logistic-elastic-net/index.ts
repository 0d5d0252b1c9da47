import { ok, refuse } from '@plimsoll/kernel';
import { logisticElasticNet } from '@plimsoll/quant/regression';
import { defineModel } from '../../learning/define-model.ts';
import { penaltyParameters } from '../../learning/learning-parameters.ts';
import { openLinear, standardiseWeighted, unstandardised } from '../../learning/linear-model.ts';

/** Log-odds as a straight line through all features, held back by a penalty. */
export default defineModel({
  id: 'logistic-elastic-net',
  title: 'Logistic regression with elastic net',
  summary:
    'Foretells the chance of an event by log-odds that are a weighted sum of features, held back by a penalty.',
  formula:
    'Σ w [ln(1 + e^m) − y m] ÷ Σ w + α ρ ‖b‖₁ + α (1 − ρ) ‖b‖² ÷ 2, m = c + Zb, Z at mean 0, deviation 1',
  source:
    'Jerome Friedman, Trevor Hastie, Rob Tibshirani, Regularization paths for generalized linear models via coordinate descent, 2010',
  tasks: ['classification'],
  takesMissing: false,
  params: penaltyParameters(0.01),
  fit({ x, y, weights }, { penalty, absoluteShare }) {
    const standard = standardiseWeighted(x, weights);
    const found = logisticElasticNet(standard.x, y, weights, {
      alpha: penalty,
      absoluteShare,
      tolerance: 1e-9,
    });
    // Without a penalty, chances that ran off to 0 and 1 meet the conditions to any tolerance.
    const ranOff = penalty === 0 && found.coefficients.some((each) => Math.abs(each) > 15);
    if (!found.converged || ranOff) {
      return refuse({
        code: 'model.not-converged',
        detail: `The search did not settle at a penalty of ${penalty}: the features part the labels wholly, or are nearly the same; raise it.`,
      });
    }
    return ok(unstandardised('classification', standard, found.coefficients, found.intercept));
  },
  open: (learnt) => openLinear('logistic-elastic-net', learnt),
});

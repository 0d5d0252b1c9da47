import { ok, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { elasticNet } from '@plimsoll/quant/regression';
import { defineModel } from '../../learning/define-model.ts';
import { penaltyParameters } from '../../learning/learning-parameters.ts';
import { openLinear, standardiseWeighted, unstandardised } from '../../learning/linear-model.ts';

/** A straight line through all features, held back so that few or small coefficients remain. */
export default defineModel({
  id: 'linear-elastic-net',
  title: 'Linear regression with elastic net',
  summary:
    'Foretells a number as a weighted sum of features; the penalty keeps noise from getting a weight.',
  formula: 'Σ w (y − c − Zb)² ÷ (2 Σ w) + α ρ ‖b‖₁ + α (1 − ρ) ‖b‖² ÷ 2, Z at mean 0, deviation 1',
  source: 'Hui Zou, Trevor Hastie, Regularization and variable selection via the elastic net, 2005',
  tasks: ['regression'],
  takesMissing: false,
  params: penaltyParameters(0.001),
  fit({ x, y, weights }, { penalty, absoluteShare }) {
    const total = weights.reduce((sum, each) => sum + each, 0);
    const standard = standardiseWeighted(x, weights);
    const mean = y.reduce((sum, each, i) => sum + (weights[i] * each) / total, 0);
    // Rows times the root of their weight, so that a plain sum of squares is the weighted one.
    const roots = weights.map((each) => Math.sqrt((each * x.rows) / total));
    const scaled = matrix(
      x.rows,
      x.columns,
      standard.x.data.map((each, i) => each * roots[Math.floor(i / x.columns)]),
    );
    const target = y.map((each, i) => (each - mean) * roots[i]);
    const { coefficients, converged } = elasticNet(scaled, target, {
      alpha: penalty,
      absoluteShare,
      tolerance: 1e-10,
      maxRounds: 20_000,
    });
    if (!converged) {
      return refuse({
        code: 'model.not-converged',
        detail: `The search did not settle at a penalty of ${penalty}: features are nearly the same; raise it, or lower its absolute share of ${absoluteShare}.`,
      });
    }
    return ok(unstandardised('regression', standard, coefficients, mean));
  },
  open: (learnt) => openLinear('linear-elastic-net', learnt),
});

import { ok, present, type Result } from '@plimsoll/kernel';
import { quadraticForm } from '@plimsoll/quant/linear-algebra';
import { type AllocationRequest, defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { allocateRatio } from '../../optimisation/mean-variance/allocate-ratio.ts';
import { maxRatio, type Ratio } from '../../optimisation/mean-variance/max-ratio.ts';
import { mostGainAtRisk } from '../../optimisation/mean-variance/most-gain-at-risk.ts';
import type { Region } from '../../optimisation/problem/region.ts';

export default defineOptimiser({
  id: 'max-sharpe',
  title: 'Most Sharpe ratio',
  summary:
    'The weights of the most expected return above the risk-free rate for each unit of risk.',
  formula: 'max (μᵀw − r Σw − costs) ÷ √(wᵀΣw)',
  source: 'Sharpe, The Sharpe Ratio, 1994',
  parameters: {},
  needs: ['expectedReturns', 'covariance'],
  keeps: ['rows', 'turnover', 'gross', 'long', 'short', 'maxNames', 'minWeight', 'volatility'],
  reckons: ['linearCost'],
  allocate: (request) => allocateRatio(request.region, (region) => bestRatio(request, region)),
});

/** The tangency, or where it is above a cap of volatility the most return at the cap. */
function bestRatio(request: AllocationRequest, region: Region): Result<Ratio> {
  const covariance = present(request.covariance, 'The covariance');
  const gain = present(request.expectedReturns, 'The expected returns').map(
    (mu) => mu - request.riskFree,
  );
  const frontier = { region, covariance, gain, tradeCost: request.linearCost, benchmark: null };
  const found = maxRatio(frontier);
  const cap = region.volatility;
  if (!found.ok || cap === null) return found;
  if (Math.sqrt(quadraticForm(covariance, found.value.weights)) <= cap) return found;
  const capped = mostGainAtRisk(frontier, cap, 'volatility');
  if (!capped.ok) return capped;
  const { weights, gain: net, risk, active, iterations } = capped.value;
  return ok({
    weights,
    ratio: net / risk,
    iterations,
    // d ratio = d gain ÷ risk along the cap, and the cap itself also divides.
    active: active.map(({ name, price }) => ({
      name,
      price:
        price === null
          ? null
          : name.startsWith('volatility at most')
            ? (price - net / risk) / risk
            : price / risk,
    })),
  });
}

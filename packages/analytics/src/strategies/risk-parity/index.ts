import { ok } from '@plimsoll/kernel';
import { riskParity } from '../../optimisation/risk-parity/risk-parity.ts';
import { allocationStrategy } from '../../strategy-kit/allocation-strategy.ts';
import { covarianceParameters, weightsByCovariance } from '../../strategy-kit/by-covariance.ts';
import { priceHistory } from '../../strategy-kit/price-history.ts';

export default allocationStrategy({
  id: 'risk-parity',
  group: 'allocation',
  title: 'Risk parity',
  summary:
    'Weights of which each gives the same share of the risk, by the covariance of the last year: nothing that is loud drowns out the rest. Puts most into what moved least, so bonds, and fails when calm assets stop being calm.',
  source:
    'Maillard, Roncalli, Teïletche, The Properties of Equally Weighted Risk Contribution Portfolios, Journal of Portfolio Management, 2010',
  params: covarianceParameters,
  warmUp: ({ window }) => window,
  prepare: priceHistory,
  weights: (context, history) =>
    weightsByCovariance(context, history, (covariance) => {
      const found = riskParity(covariance);
      return found.ok ? ok(found.value.weights) : found;
    }),
});

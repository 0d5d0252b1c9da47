import { present, refuse } from '@plimsoll/kernel';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { riskParity } from '../../optimisation/risk-parity/risk-parity.ts';
import { ruledAllocation } from '../../optimisation/ruled-allocation.ts';

export default defineOptimiser({
  id: 'risk-parity',
  title: 'Risk parity',
  summary:
    'Long-only weights of which each gives the same share of the variance, or the share asked for.',
  formula: 'wᵢ (Σw)ᵢ ÷ wᵀΣw = bᵢ',
  source: 'Spinu, An Algorithm for Computing Risk Parity Weights, 2013',
  parameters: {
    riskBudgets: {
      kind: 'by-name',
      title: 'Risk budgets',
      help: 'Share of the variance that each may give, above 0; scaled to sum 1. Equal if left out.',
      optional: true,
    },
  },
  needs: ['covariance'],
  keeps: [],
  reckons: [],
  allocate({ covariance, names, region }, { riskBudgets }) {
    const strange = strangerIn(riskBudgets, names);
    if (strange !== undefined) {
      const detail = `There is a risk budget for ${strange}, which is not among ${names.join(', ')}.`;
      return refuse({ code: 'risk-parity.budget', detail });
    }
    const missing = riskBudgets && names.find((name) => riskBudgets[name] === undefined);
    if (missing !== undefined) {
      const detail = `${missing} has no risk budget; give one to each instrument or to none.`;
      return refuse({ code: 'risk-parity.budget', detail });
    }
    const budgets = riskBudgets && Float64Array.from(names, (name) => riskBudgets[name] ?? 0);
    const found = riskParity(present(covariance, 'covariance'), budgets);
    if (!found.ok) return found;
    return ruledAllocation(found.value.weights, region, 'Risk parity', {
      iterations: found.value.iterations,
      figures: [
        {
          id: 'risk-share-residual',
          title: 'Greatest distance of a risk share from its budget',
          value: found.value.residual,
          unit: 'fraction',
          formula: 'max |wᵢ (Σw)ᵢ ÷ wᵀΣw − bᵢ|',
          source: 'Spinu, An Algorithm for Computing Risk Parity Weights, 2013',
        },
      ],
    });
  },
});

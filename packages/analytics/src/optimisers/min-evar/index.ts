import { ok, present } from '@plimsoll/kernel';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { bestOf } from '../../optimisation/problem/best-of.ts';
import { convexParts } from '../../optimisation/tail-risk/convex-parts.ts';
import { minEntropicRisk } from '../../optimisation/tail-risk/min-entropic-risk.ts';
import { tailParameter } from '../../optimisation/tail-risk/scenario-optimiser.ts';

export default defineOptimiser({
  id: 'min-evar',
  title: 'Least entropic value at risk',
  summary: 'The weights with the least of the tightest exponential bound on VaR and CVaR.',
  formula: 'min over w and z > 0 of z ln(Σ exp(−rₜ·w ÷ z) ÷ (α T))',
  source: 'Ahmadi-Javid, Entropic Value-at-Risk: A New Coherent Risk Measure, 2012',
  parameters: tailParameter,
  needs: ['scenarios', 'solver'],
  keeps: convexParts,
  reckons: [],
  allocate(request, { tail }, { solveLinear }) {
    const scenarios = present(request.scenarios, 'scenarios');
    const found = bestOf(request.region, (region) =>
      minEntropicRisk(scenarios, region, tail, solveLinear),
    );
    return found.ok ? ok({ ...found.value, objective: found.value.value, figures: [] }) : found;
  },
});

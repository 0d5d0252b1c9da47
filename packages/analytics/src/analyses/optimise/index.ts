import { ok, type ParameterTable, type Result, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import { allocationReport } from '../../optimisation/asked/allocation-report.ts';
import { estimateParameters, estimatesOf } from '../../optimisation/asked/estimates.ts';
import { limitParameters, regionAsked } from '../../optimisation/asked/limits.ts';
import type { AllocationRequest, Optimiser } from '../../optimisation/define-optimiser.ts';
import {
  standingOf,
  tradeParameters,
  withTrades,
} from '../../optimisation/discrete-allocation/trades-asked.ts';
import { partsNotKept, type RegionPart } from '../../optimisation/problem/region.ts';
import { optimisers } from '../../optimisers/registry.gen.ts';

/** The parameters of all optimisers: the same name is the same parameter for all. */
const ownParameters: ParameterTable = Object.fromEntries(
  optimisers.flatMap(({ parameters }) => Object.entries(parameters)),
);

export default defineAnalysis({
  id: 'optimise',
  group: 'optimisation',
  title: 'Best weights',
  summary:
    'The best weights for an objective under limits, with what each limit costs; or which limits conflict.',
  input: {
    ...estimateParameters,
    objective: {
      kind: 'choice',
      of: optimisers.map(({ id }) => id),
      default: 'min-variance',
      title: 'Objective',
    },
    ...limitParameters,
    ...tradeParameters,
    ...ownParameters,
    tradeCost: {
      kind: 'number',
      min: 0,
      default: 0,
      title: 'Cost of a trade, as a share of it',
      help: 'Of the change from the weights now; 0.001 for ten basis points.',
    },
    impactCost: {
      kind: 'number',
      min: 0,
      default: 0,
      title: 'Cost of market impact',
      help: 'Times the change of weight to the power 3/2.',
    },
    spread: {
      kind: 'number',
      min: 0,
      default: 0,
      title: 'Penalty of concentrated weights, γ',
      help: 'Times the sum of squared weights.',
    },
  },
  needs: ['solver'],
  compute(values, tools) {
    const optimiser = optimisers.find(({ id }) => id === values.objective);
    if (!optimiser) {
      return refuse({
        code: 'optimisation.objective',
        detail: `There is no objective ${values.objective}; there are ${optimisers.map(({ id }) => id).join(', ')}.`,
      });
    }
    const estimates = estimatesOf(values);
    if (!estimates.ok) return estimates;
    const { names, expectedReturns, covariance, scenarios } = estimates.value;
    const standing = standingOf(values, names, values.prices);
    if (!standing.ok) return standing;
    const current = values.current ?? standing.value?.weights;
    const region = regionAsked({ ...values, current }, estimates.value);
    if (!region.ok) return region;
    const stranger = strangerIn(values.benchmark, names);
    if (stranger !== undefined) {
      return refuse({
        code: 'optimisation.name',
        detail: `The benchmark names ${stranger}, which is not among ${names.join(', ')}.`,
      });
    }
    const each = (rate: number): Float64Array | null =>
      rate > 0 ? new Float64Array(names.length).fill(rate) : null;
    const { benchmark } = values;
    const request: AllocationRequest = {
      names,
      expectedReturns,
      covariance,
      scenarios,
      periodsPerYear: values.periodsPerYear,
      riskFree: values.riskFree,
      region: region.value,
      linearCost: each(values.tradeCost),
      impactCost: each(values.impactCost),
      spread: values.spread,
      benchmark: benchmark ? Float64Array.from(names, (name) => benchmark[name] ?? 0) : null,
    };
    const beyond = whatIsBeyond(optimiser, request);
    if (!beyond.ok) return beyond;
    const allocation = optimiser.allocate(request, values as never, tools);
    if (!allocation.ok) return allocation;
    const report = allocationReport({
      optimiser,
      request,
      allocation: allocation.value,
      estimates: estimates.value,
    });
    return standing.value
      ? withTrades(report, standing.value, allocation.value.weights, tools.solveLinear)
      : ok(report);
  },
});

/** Limits and costs that the objective cannot keep or reckon with are refused, never passed over. */
function whatIsBeyond(optimiser: Optimiser, request: AllocationRequest): Result<null> {
  const parts = partsNotKept(request.region, optimiser.keeps).map((part) => partNames[part]);
  const costs = (['linearCost', 'impactCost', 'spread'] as const)
    .filter((cost) => request[cost] !== null && request[cost] !== 0)
    .filter((cost) => !optimiser.reckons.includes(cost))
    .map((cost) => costNames[cost]);
  const beyond = [...parts, ...costs];
  if (beyond.length === 0) return ok(null);
  return refuse({
    code: 'optimisation.beyond',
    detail: `The objective ${optimiser.id} cannot take account of ${beyond.join(', ')}; leave that out, or take another objective, such as min-variance or max-utility.`,
  });
}

const partNames: Readonly<Record<RegionPart, string>> = {
  rows: 'limits of groups, scores, beta or return',
  turnover: 'a limit of turnover',
  gross: 'a limit of gross weight',
  long: 'a limit of long weight',
  short: 'a limit of short weight',
  maxNames: 'a number of names',
  minWeight: 'a least weight of what is held',
  tracking: 'a limit of tracking error',
  volatility: 'a limit of volatility',
};

const costNames = {
  linearCost: 'the cost of trades',
  impactCost: 'the cost of market impact',
  spread: 'the penalty of concentrated weights',
} as const;

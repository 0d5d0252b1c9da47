import { type Allocation, regionOf } from '@plimsoll/analytics/optimisation';
import { optimisers } from '@plimsoll/analytics/optimisers';
import type { ParameterTable, Result, ValuesOf } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import type { Ask } from './ask-of-case.ts';

/** The estimates that a case gives, or that its prices do. */
export interface Estimates {
  readonly names: readonly string[];
  readonly mu: Float64Array;
  readonly covariance: Matrix;
}

/** Asks the optimiser that a case is about. */
export function solveAsk(ask: Ask, { names, mu, covariance }: Estimates): Result<Allocation> {
  const optimiser = optimisers.find(({ id }) => id === ask.optimiser);
  if (!optimiser) throw new Error(`no optimiser ${ask.optimiser}`);
  const region = regionOf(names, ask.constraints, ask.current);
  if (!region.ok) return region;
  const rate = (value: number): Float64Array | null =>
    value > 0 ? new Float64Array(names.length).fill(value) : null;
  return optimiser.allocate(
    {
      names,
      expectedReturns: mu,
      covariance,
      scenarios: null,
      periodsPerYear: 252,
      riskFree: ask.riskFree,
      region: region.value,
      linearCost: rate(ask.linearCost),
      impactCost: rate(ask.impactCost),
      spread: ask.spread,
      benchmark: ask.benchmark,
    },
    ask.values as ValuesOf<ParameterTable>,
    {
      solveLinear: () => {
        throw new Error('no linear program belongs to these optimisers');
      },
    },
  );
}

import type { ParameterTable, Result, ValuesOf } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import type { Tools } from '../analysis/define-analysis.ts';
import type { Figure } from '../analysis/report.ts';
import type { Region, RegionPart } from './problem/region.ts';

/** What an optimiser is given: estimates, the weights allowed, and where one stands. */
export interface AllocationRequest {
  /** Of the n instruments; everything else is in their order. */
  readonly names: readonly string[];
  /** Expected simple return of each a year, shape [n]. Null only where the optimiser does not need it. */
  readonly expectedReturns: Float64Array | null;
  /** Of returns, a year, shape [n × n]. Null only where the optimiser does not need it. */
  readonly covariance: Matrix | null;
  /** Past or imagined simple returns a period, shape [periods × n]. Null only where not needed. */
  readonly scenarios: Matrix | null;
  /** Periods of `scenarios` in a year: 252 for days. */
  readonly periodsPerYear: number;
  /** A year, as `expectedReturns`. */
  readonly riskFree: number;
  readonly region: Region;
  /** What a unit of |w − current| costs, as a share of the value moved, shape [n]; null for nothing. */
  readonly linearCost: Float64Array | null;
  /** Cost of |w − current|^(3/2) of each, shape [n]; null for nothing. */
  readonly impactCost: Float64Array | null;
  /** γ ≥ 0 of a penalty γ Σw², which spreads weights; 0 for none. */
  readonly spread: number;
  /** Weights of a benchmark, shape [n]; null where none is given. */
  readonly benchmark: Float64Array | null;
}

/** A limit that holds with equality at the optimum, and what it would be worth to relax it. */
export interface ActiveConstraint {
  /** In words: `AAPL at most 10 %`. */
  readonly name: string;
  /**
   * Shadow price: the change of the achieved objective (as stated, whether minimised or maximised)
   * for each unit that the limit is raised. Null where the way of solving gives none.
   */
  readonly price: number | null;
}

/** What an optimiser answers. */
export interface Allocation {
  /** Shape [n], in the order of the request's names. */
  readonly weights: Float64Array;
  /** The value that was minimised or maximised, at the weights; null where the method has none. */
  readonly objective: number | null;
  readonly active: readonly ActiveConstraint[];
  /** `optimal`: proven to the tolerance; `limit`: the best found before a limit of work. */
  readonly status: 'optimal' | 'limit';
  /** Of the solver; 0 for a closed form. */
  readonly iterations: number;
  /** Figures of its own, beside return, volatility and risk shares which every report has. */
  readonly figures: readonly Figure[];
  /** What the reader must know; one sentence each. */
  readonly notes: readonly string[];
}

/**
 * A way of choosing weights. A folder `optimisers/<id>/` whose index exports it by default makes it
 * a choice of the analysis `optimise`; its parameters join those of the analysis.
 */
export interface Optimiser<T extends ParameterTable = ParameterTable> {
  /** `min-variance`, as its folder. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what is minimised or maximised. */
  readonly summary: string;
  /** In plain Unicode. */
  readonly formula: string;
  /** Author, title, year. */
  readonly source: string;
  /**
   * Parameters of its own. They share one namespace with those of all optimisers: the same name is
   * the same parameter everywhere, so name it for what it is (`riskAversion`, `riskBudgets`).
   */
  readonly parameters: T;
  /** What of the request must be there, and `solver` where linear programs are solved. */
  readonly needs: readonly ('expectedReturns' | 'covariance' | 'scenarios' | 'solver')[];
  /** Limits that it keeps beside bounds and the budget. Others are refused before it is called. */
  readonly keeps: readonly RegionPart[];
  /** Costs and penalties of the request that it reckons with. Others are refused before it is called. */
  readonly reckons: readonly ('linearCost' | 'impactCost' | 'spread')[];
  allocate(request: AllocationRequest, values: ValuesOf<T>, tools: Tools): Result<Allocation>;
}

/** Keeps the literal types of the parameters while the optimiser is written, and forgets them after. */
export function defineOptimiser<const T extends ParameterTable>(
  optimiser: Optimiser<T>,
): Optimiser {
  // Values reach `allocate` only through the check against this very table.
  return optimiser as unknown as Optimiser;
}

import type { ParameterTable, Result, ValuesOf } from '@plimsoll/kernel';
import type { SolveLinear } from '@plimsoll/quant/solver';
import type { Report } from './report.ts';

/** What an analysis may need that pure code does not have. */
export interface Tools {
  /** Linear and mixed-integer programs. Only for analyses that say `needs: ['solver']`. */
  readonly solveLinear: SolveLinear;
}

export type AnalysisGroup =
  | 'statistics'
  | 'risk'
  | 'covariance'
  | 'factors'
  | 'attribution'
  | 'optimisation'
  | 'pricing'
  | 'forecasting';

/**
 * One thing that can be computed and asked for by name. A folder `analyses/<id>/` whose index
 * exports it by default is all that it takes: the generated registry gives it a route, a command,
 * a form and a page of the API document.
 */
export interface Analysis<T extends ParameterTable = ParameterTable> {
  /** `black-scholes`, as its folder. */
  readonly id: string;
  readonly group: AnalysisGroup;
  readonly title: string;
  /** One sentence: what it answers. */
  readonly summary: string;
  readonly input: T;
  readonly needs?: readonly 'solver'[];
  /** The values are checked against `input` and have their defaults. Refuses what makes no sense. */
  compute(values: ValuesOf<T>, tools: Tools): Result<Report>;
}

/** Keeps the literal types of the input while the analysis is written, and forgets them after. */
export function defineAnalysis<const T extends ParameterTable>(analysis: Analysis<T>): Analysis {
  // Values reach `compute` only through the check against this very table.
  return analysis as unknown as Analysis;
}

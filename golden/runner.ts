import type { Check } from './check.ts';
import type { GoldenCase } from './golden-case.ts';

/** What a runner found out about a case. */
export interface Outcome {
  readonly checks: readonly Check[];
  /** Expected figures that were listed and not checked, each with why. */
  readonly listed: readonly string[];
}

/** Runs the cases of one category on the product's own code. */
export interface Runner {
  readonly category: string;
  /** Whether the case is one of this runner's. */
  handles(golden: GoldenCase): boolean;
  run(golden: GoldenCase): Outcome;
}

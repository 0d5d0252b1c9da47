import type { Check } from './check.ts';
import type { GoldenCase } from './golden-case.ts';
import type { GoldenData } from './golden-data.ts';

/** What a runner found out about a case. */
export interface Outcome {
  readonly checks: readonly Check[];
  /** Expected figures that were listed and not checked, each with why. */
  readonly listed: readonly string[];
}

/** What a case may refer to: the other cases of its file, and the files of data. */
export interface Surroundings {
  /** The case with that id, such as one that `same_as` or `inputs` names. Throws where there is none. */
  find(id: string): GoldenCase;
  readonly data: GoldenData;
}

/** Runs the cases of one category on the product's own code. */
export interface Runner {
  readonly category: string;
  /** Whether the case is one of this runner's. */
  handles(golden: GoldenCase): boolean;
  run(golden: GoldenCase, surroundings: Surroundings): Outcome | Promise<Outcome>;
}

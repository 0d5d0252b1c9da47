import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome, Surroundings } from '../../runner.ts';

/** Checks one case of a category at its tolerance. */
export type Run = (golden: GoldenCase, surroundings: Surroundings, tolerance: number) => Outcome;

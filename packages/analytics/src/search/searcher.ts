import type { ParameterSet, ParameterSpace, Point } from './parameter-space.ts';

/** One parameter set to be tried. */
export interface Trial {
  /** From 0, in the order of asking. */
  readonly number: number;
  readonly point: Point;
  readonly parameters: ParameterSet;
}

/** What came of a trial. */
export interface Outcome {
  /** That of the trial. */
  readonly number: number;
  /** Higher is better; null where the objective is not defined, and null never wins. */
  readonly value: number | null;
  /** Why there is no value. */
  readonly why?: string | undefined;
  /** Mean ÷ standard deviation of the trial's returns per period: what luck is counted by. */
  readonly sharpe?: number | null;
}

/** Everything that a searcher knows: plain data, to be stored and gone on from. */
export interface SearcherState {
  /** How far the order of points has been walked, refused ones included. */
  readonly cursor: number;
  readonly refused: number;
  /** Of the trials asked for so far. */
  readonly points: readonly Point[];
  /** What was told, in order of the trials' numbers. */
  readonly outcomes: readonly Outcome[];
}

/**
 * A search that is asked for parameter sets and told what came of them. What it asks for depends on
 * its settings and on the outcomes alone, never on the order in which these arrive nor on how many
 * trials are asked for at once.
 */
export interface Searcher {
  readonly space: ParameterSpace;
  /** The most trials that it will ask for. */
  readonly total: number;
  /** Up to `most` further trials; fewer where it needs outcomes first, none where it has finished. */
  ask(most: number): readonly Trial[];
  /** Takes outcomes in any order; each trial once. */
  tell(outcomes: readonly Outcome[]): void;
  /** Why nothing more will be asked for; null while something may be. */
  readonly stopped: string | null;
  /** Parameter sets that the check refused, and that were therefore not tried. */
  readonly refused: number;
  state(): SearcherState;
}

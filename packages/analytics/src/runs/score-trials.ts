import { type Json, type Result, refuse } from '@plimsoll/kernel';
import type { Objective, Performance } from '../search/objective.ts';
import type { Outcome, Trial } from '../search/searcher.ts';
import { columnScores } from './score-columns.ts';
import { performanceOf, runTrial, type TrialGround } from './trial.ts';

const stopped: Result<never> = refuse({ code: 'run.stopped', detail: 'The run was stopped.' });

/** Thrown where a search cannot go on; whoever searches turns it into a refusal. */
export class SearchEnded extends Error {
  override readonly name = 'SearchEnded';
  readonly refusal: Result<never>;

  constructor(refusal: Result<never>) {
    super('the search has ended');
    this.refusal = refusal;
  }
}

/** Whose returns are kept, and where. */
export interface Keeping {
  readonly wants: (trial: Trial) => boolean;
  readonly take: (trial: Trial, performance: Performance) => void;
}

/**
 * Tries parameter sets, all at once where that gives the same, else one after the other. A set with which
 * the strategy breaks has no value and says why; a stop ends the search.
 */
export async function scoreTrials(
  trials: readonly Trial[],
  ground: TrialGround,
  objective: Objective,
  keeping?: Keeping,
): Promise<readonly Outcome[]> {
  const scored = await columnScores(trials, ground, objective);
  const outcomes: Outcome[] = [];
  for (const trial of trials) {
    if (ground.shouldStop()) throw new SearchEnded(stopped);
    const known = scored?.get(trial.number);
    if (known !== undefined && !keeping?.wants(trial)) {
      outcomes.push(known);
      continue;
    }
    const run = await runTrial(ground, trial.parameters as Readonly<Record<string, Json>>);
    if (!run.ok) {
      if (run.fault.code === 'run.stopped') throw new SearchEnded(run);
      outcomes.push({ number: trial.number, value: null, why: run.fault.detail, sharpe: null });
      continue;
    }
    const performance = performanceOf(run.value);
    if (keeping?.wants(trial)) keeping.take(trial, performance);
    outcomes.push(known ?? objective.outcome(trial.number, performance));
  }
  return outcomes;
}

/** What was searched for, or the refusal that ended it. */
export async function unlessEnded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SearchEnded)) throw error;
    return error.refusal;
  }
}

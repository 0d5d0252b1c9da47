import { invariant } from '@plimsoll/kernel';
import type { ParameterSet, Point } from './parameter-space.ts';
import type { Outcome, Searcher, Trial } from './searcher.ts';

/** A trial with what came of it: plain data. */
export interface TriedTrial extends Outcome {
  readonly point: Point;
  readonly parameters: ParameterSet;
}

/** What a search found. */
export interface SearchResult {
  /** In the order of their numbers. */
  readonly trials: readonly TriedTrial[];
  /** The trial of the highest value, the first of equals; null where none has a value. */
  readonly best: TriedTrial | null;
  /** Parameter sets that the check refused; they are not trials. */
  readonly refused: number;
  /** Trials without a value. */
  readonly undefinedTrials: number;
  /** Points of the whole space; null where they cannot be counted. */
  readonly size: number | null;
  /** Why it ended. */
  readonly stopped: string;
}

/** Trials that are handed over at once. */
const usualBatch = 1024;

/**
 * Runs a search to its end.
 *
 * @param score Tries parameter sets: one outcome a trial, in any order. It throws only where it is
 *   broken; what a trial cannot do is an outcome without a value.
 */
export function runSearch(
  searcher: Searcher,
  score: (trials: readonly Trial[]) => readonly Outcome[],
  batch = usualBatch,
): SearchResult {
  for (;;) {
    const trials = searcher.ask(batch);
    if (trials.length === 0) return resultOf(searcher);
    searcher.tell(answered(trials, score(trials)));
  }
}

export interface ConcurrentOptions {
  /** Batches under way at once. */
  readonly concurrency: number;
  /** Trials a batch. */
  readonly batch: number;
  /** Called as outcomes arrive, with the number of those that have and the most there will be. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the search between batches; what is under way is awaited, and what was tried is the result. */
  readonly signal?: { readonly aborted: boolean };
}

/**
 * Runs a search with several batches under way, such as in workers. The result is the same whatever
 * order answers arrive in, and the same as that of `runSearch`.
 *
 * @returns rejects with the first error of `score`, after the other batches have ended.
 */
export async function runSearchConcurrently(
  searcher: Searcher,
  score: (trials: readonly Trial[]) => Promise<readonly Outcome[]>,
  { concurrency, batch, onProgress, signal }: ConcurrentOptions,
): Promise<SearchResult> {
  let done = 0;
  let failure: { readonly error: unknown } | undefined;
  const underWay = new Set<Promise<void>>();
  const start = (trials: readonly Trial[]): void => {
    // A score that throws at once is a rejection like any other.
    const attempt = async () => score(trials);
    const work = attempt()
      .then((outcomes) => {
        searcher.tell(answered(trials, outcomes));
        done += trials.length;
        onProgress?.(done, searcher.total);
      })
      .catch((error: unknown) => {
        // Kept until the others have ended, and thrown then.
        failure ??= { error };
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };
  for (;;) {
    while (!failure && !signal?.aborted && underWay.size < concurrency) {
      const trials = searcher.ask(batch);
      if (trials.length === 0) break;
      start(trials);
    }
    if (underWay.size === 0) break;
    await Promise.race(underWay);
  }
  if (failure) throw failure.error;
  return resultOf(searcher, signal?.aborted ? 'it was cancelled' : undefined);
}

function answered(trials: readonly Trial[], outcomes: readonly Outcome[]): readonly Outcome[] {
  const asked = new Set(trials.map(({ number }) => number));
  const right =
    outcomes.length === trials.length && outcomes.every(({ number }) => asked.has(number));
  invariant(right, `${outcomes.length} outcomes for ${trials.length} trials, or of others`);
  return outcomes.map((outcome) =>
    outcome.value === null || Number.isFinite(outcome.value)
      ? outcome
      : { ...outcome, value: null, why: `the objective is ${outcome.value}` },
  );
}

/** What a searcher has found so far. */
export function resultOf(
  searcher: Searcher,
  stopped = searcher.stopped ?? 'not finished',
): SearchResult {
  const { points, outcomes } = searcher.state();
  const trials = outcomes.map((outcome) => {
    const point = points[outcome.number];
    return { ...outcome, point, parameters: searcher.space.parametersAt(point) };
  });
  return {
    trials,
    best: bestTrial(trials),
    refused: searcher.refused,
    undefinedTrials: trials.filter(({ value }) => value === null).length,
    size: searcher.space.size,
    stopped,
  };
}

/** The trial of the highest value, the first of equals; null where none has a value. */
export function bestTrial<T extends Outcome>(trials: readonly T[]): T | null {
  let best: T | null = null;
  for (const trial of trials) {
    if (trial.value !== null && (best === null || trial.value > (best.value ?? 0))) best = trial;
  }
  return best;
}

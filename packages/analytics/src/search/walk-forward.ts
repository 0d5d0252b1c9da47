import { invariant, ok, type Result, refuse } from '@plimsoll/kernel';
import type { Objective, Performance } from './objective.ts';
import type { ParameterSet } from './parameter-space.ts';
import { type Picked, pickTrial } from './plateau.ts';
import {
  type ConcurrentOptions,
  runSearch,
  runSearchConcurrently,
  type SearchResult,
} from './run-search.ts';
import type { Outcome, Searcher, Trial } from './searcher.ts';
import type { Part, WalkForwardWindow, WalkForwardWindows } from './walk-forward-windows.ts';

/** What a backtest of a part came to. */
export interface PartRun<State> extends Performance {
  /** Bars each trade was held, shape [trades], where known. */
  readonly tradeBars?: Float64Array | null;
  /** What the next part begins with, where positions are carried. */
  readonly state: State | null;
}

/** How a walk-forward tries parameters; each function sees the part that it is given and nothing after. */
export interface WalkForwardWork<State> {
  readonly windows: WalkForwardWindows;
  readonly objective: Objective;
  /** A fresh search for a window. */
  readonly searcher: (window: WalkForwardWindow) => Result<Searcher>;
  /** Tries parameters in sample. */
  readonly score: (trials: readonly Trial[], inSample: Part) => readonly Outcome[];
  /** Runs one parameter set over a part, with one finite return a bar; from `carried` where there is something. */
  readonly run: (parameters: ParameterSet, part: Part, carried: State | null) => PartRun<State>;
}

/** The same with answers that take their time. */
export interface ConcurrentWalkForwardWork<State>
  extends Pick<WalkForwardWork<State>, 'windows' | 'objective' | 'searcher'> {
  readonly score: (trials: readonly Trial[], inSample: Part) => Promise<readonly Outcome[]>;
  readonly run: (
    parameters: ParameterSet,
    part: Part,
    carried: State | null,
  ) => Promise<PartRun<State>>;
}

/** A window with what was chosen in it; `picked` is null where no trial had a value. */
export interface ChosenWindow {
  readonly window: WalkForwardWindow;
  readonly search: SearchResult;
  readonly picked: Picked | null;
}

/** A window with what came of the choice. */
export interface JudgedWindow extends ChosenWindow {
  /** Of the chosen parameters; null where nothing was chosen. */
  readonly inSample: Performance | null;
  /** Null where nothing was chosen; the time is then spent in cash. */
  readonly outOfSample: PartRun<unknown> | null;
}

function chosen(
  { windows: { settings } }: { readonly windows: WalkForwardWindows },
  window: WalkForwardWindow,
  searcher: Searcher,
  search: SearchResult,
): ChosenWindow {
  const picked = pickTrial(searcher.space, search.trials, settings.pick, settings.reach);
  return { window, search, picked };
}

/** One run that the judging of choices asks for. */
interface Wanted<State> {
  readonly parameters: ParameterSet;
  readonly part: Part;
  readonly carried: State | null;
}

/** Runs what was chosen, in order: asks for one run after the other and is handed what came of it. */
function* judging<State>(
  choices: readonly ChosenWindow[],
  carries: boolean,
): Generator<Wanted<State>, readonly JudgedWindow[], PartRun<State>> {
  let carried: State | null = null;
  const judged: JudgedWindow[] = [];
  for (const choice of choices) {
    const { picked, window } = choice;
    if (picked === null) {
      judged.push({ ...choice, inSample: null, outOfSample: null });
      carried = null;
      continue;
    }
    const { parameters } = picked.trial;
    const inSample = yield { parameters, part: window.inSample, carried: null };
    const outOfSample: PartRun<State> = yield { parameters, part: window.outOfSample, carried };
    for (const [run, part] of [
      [inSample, window.inSample],
      [outOfSample, window.outOfSample],
    ] as const) {
      const bars = part.until - part.from;
      invariant(run.returns.length === bars, `${run.returns.length} returns of ${bars} bars`);
      invariant(
        run.returns.every(Number.isFinite),
        `a return of window ${window.number} is not finite`,
      );
    }
    if (carries) carried = outOfSample.state;
    judged.push({ ...choice, inSample, outOfSample });
  }
  return judged;
}

/** A search for each window, so that what cannot begin is refused before anything runs. */
function searchersOf({
  windows: { windows },
  searcher,
}: Pick<WalkForwardWork<unknown>, 'windows' | 'searcher'>): Result<
  readonly (readonly [WalkForwardWindow, Searcher])[]
> {
  const found: (readonly [WalkForwardWindow, Searcher])[] = [];
  for (const window of windows) {
    const begun = searcher(window);
    if (!begun.ok) return begun;
    found.push([window, begun.value]);
  }
  return ok(found);
}

/**
 * Walks forward: first all choices are made, each from the in-sample part of its window, and only then
 * is anything run out of sample.
 *
 * @returns refused where a search cannot begin.
 */
export function walkForwardRun<State>(
  work: WalkForwardWork<State>,
): Result<readonly JudgedWindow[]> {
  const searchers = searchersOf(work);
  if (!searchers.ok) return searchers;
  const choices = searchers.value.map(([window, searcher]) => {
    const search = runSearch(searcher, (trials) => work.score(trials, window.inSample));
    return chosen(work, window, searcher, search);
  });
  const steps = judging<State>(choices, work.windows.settings.positions === 'carried');
  let step = steps.next();
  while (!step.done) {
    const { parameters, part, carried } = step.value;
    step = steps.next(work.run(parameters, part, carried));
  }
  return ok(step.value);
}

const cancelled = (): Result<never> =>
  refuse({
    code: 'walk-forward.cancelled',
    detail: 'The walk-forward was cancelled before all windows were judged; start it again.',
  });

/**
 * `walkForwardRun` with several batches of trials under way; the result is the same. Progress counts the
 * trials of all windows.
 *
 * @returns refused where a search cannot begin, or where it was cancelled.
 */
export async function walkForwardConcurrently<State>(
  work: ConcurrentWalkForwardWork<State>,
  options: ConcurrentOptions,
): Promise<Result<readonly JudgedWindow[]>> {
  const searchers = searchersOf(work);
  if (!searchers.ok) return searchers;
  const { onProgress, signal } = options;
  const total = searchers.value.reduce((sum, [, searcher]) => sum + searcher.total, 0);
  let before = 0;
  const choices: ChosenWindow[] = [];
  for (const [window, searcher] of searchers.value) {
    const score = (trials: readonly Trial[]) => work.score(trials, window.inSample);
    const counted = (done: number) => onProgress?.(before + done, total);
    const search = await runSearchConcurrently(searcher, score, {
      ...options,
      onProgress: counted,
    });
    if (signal?.aborted) return cancelled();
    before += searcher.total;
    choices.push(chosen(work, window, searcher, search));
  }
  const steps = judging<State>(choices, work.windows.settings.positions === 'carried');
  let step = steps.next();
  while (!step.done) {
    const { parameters, part, carried } = step.value;
    step = steps.next(await work.run(parameters, part, carried));
    if (signal?.aborted) return cancelled();
  }
  return ok(step.value);
}

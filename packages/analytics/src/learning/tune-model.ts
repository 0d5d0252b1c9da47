import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { ModelTask } from './define-model.ts';
import { scoresOfTask } from './prediction-scores.ts';
import { type Training, type TrainingRequest, trainModel } from './train-model.ts';

/** Who proposes parameters and learns how they did: a grid, chance, or a search that learns. */
export interface ParameterSearch {
  /** The next to try, or null where it is done. */
  ask(): Readonly<Record<string, unknown>> | null;
  /** How they did, higher is better; null where they could not be tried. */
  tell(params: Readonly<Record<string, unknown>>, value: number | null): void;
}

/** One try. */
export interface TunedTry {
  readonly params: Readonly<Record<string, unknown>>;
  /** The first score of the task out of fold, its sign such that higher is better. */
  readonly value: number | null;
  /** Why there is none. */
  readonly why?: string;
}

/** The best of all tries. */
export interface Tuning {
  readonly best: Training;
  readonly params: Readonly<Record<string, unknown>>;
  /** All of them: the more there were, the more the best owes to luck. */
  readonly tries: readonly TunedTry[];
}

/**
 * Tries parameters until the search is done or `mostTries` are made, and keeps what did best out of
 * fold. Tries that are refused count as tries.
 *
 * @returns refused where none could be learnt.
 */
export function tuneModel(
  request: Omit<TrainingRequest, 'params'>,
  search: ParameterSearch,
  mostTries: number,
): Result<Tuning> {
  const tries: TunedTry[] = [];
  let best: { readonly training: Training; readonly tried: TunedTry } | undefined;
  while (tries.length < mostTries) {
    const params = search.ask();
    if (params === null) break;
    const trained = trainModel({ ...request, params });
    if (!trained.ok && trained.fault.code === 'model.stopped') return trained;
    const tried = tryOf(request.task, params, trained);
    search.tell(params, tried.value);
    tries.push(tried);
    if (!trained.ok || tried.value === null) continue;
    if (best === undefined || tried.value > (best.tried.value ?? 0)) {
      best = { training: trained.value, tried };
    }
  }
  if (best) return ok({ best: best.training, params: best.tried.params, tries });
  return refuse({
    code: 'model.tuning',
    detail: `None of ${tries.length} tries could be learnt; the last: ${tries.at(-1)?.why ?? 'it had no score'}`,
  });
}

function tryOf(
  task: ModelTask,
  params: Readonly<Record<string, unknown>>,
  trained: Result<Training>,
): TunedTry {
  if (!trained.ok) return { params, value: null, why: trained.fault.detail };
  const [primary] = scoresOfTask[task];
  const score = trained.value.scores[primary.id] ?? null;
  if (score === null) return { params, value: null };
  return { params, value: primary.better === 'higher' ? score : -score };
}

import type {
  RunComparison,
  RunDetail,
  RunPage,
  RunReply,
  Strategies,
  StrategyReply,
} from '@plimsoll/contracts';
import type { NewRun, RunsQuery } from './inputs.ts';
import type { Send } from './transport.ts';

interface Verbs {
  readonly send: <T>(request: Send) => Promise<T>;
  readonly get: <T>(path: string, query?: object, signal?: AbortSignal) => Promise<T>;
}

const at = (id: string): string => `/runs/${encodeURIComponent(id)}`;

/** Requests about strategies and their runs. */
export function runClient({ send, get }: Verbs) {
  const act = (id: string, verb: 'cancel' | 'retry' | 'rerun') =>
    send<RunReply>({ method: 'POST', path: `${at(id)}/${verb}` });
  return {
    strategies: (signal?: AbortSignal) => get<Strategies>('/strategies', undefined, signal),
    strategy: (name: string, signal?: AbortSignal) =>
      get<StrategyReply>(`/strategies/${encodeURIComponent(name)}`, undefined, signal),
    addRun: (body: NewRun) => send<RunReply>({ method: 'POST', path: '/runs', body }),
    runs: (query: RunsQuery, signal?: AbortSignal) => get<RunPage>('/runs', query, signal),
    run: (id: string, signal?: AbortSignal) => get<RunDetail>(at(id), undefined, signal),
    /** A file that the run gave, whole. */
    runArtifact: (id: string, name: string, signal?: AbortSignal) =>
      send<Uint8Array>({
        method: 'GET',
        path: `${at(id)}/artifacts/${encodeURIComponent(name)}`,
        bytes: true,
        ...(signal ? { signal } : {}),
      }),
    compareRuns: (ids: readonly string[], signal?: AbortSignal) =>
      get<RunComparison>('/runs/compare', { ids: ids.join(',') }, signal),
    cancelRun: (id: string) => act(id, 'cancel'),
    retryRun: (id: string) => act(id, 'retry'),
    rerunRun: (id: string) => act(id, 'rerun'),
    removeRun: (id: string) => send<undefined>({ method: 'DELETE', path: at(id) }),
  };
}

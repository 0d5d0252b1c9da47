import type { QualityQuery } from '@plimsoll/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Scope } from './scope.ts';

/** Reads of market data, its jobs and corporate actions. Keys as those of `queries.ts`. */
const key = (scope: Scope, path: string, query: object = {}) =>
  [scope.workspace, path, query] as const;

const workingMs = 2_000;
const restingMs = 30_000;

/** Asked again soon while a job is under way, as prices come in. */
export const marketStatusQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'market/status'),
    queryFn: ({ signal }) => scope.client.marketStatus(signal),
    refetchInterval: ({ state }) =>
      (state.data?.jobs.length ?? 0) > 0 ? 2 * workingMs : restingMs,
  });

export const marketProvidersQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'market/providers'),
    queryFn: ({ signal }) => scope.client.marketProviders(signal),
    refetchInterval: restingMs,
  });

export const priceLinksQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'market/links'),
    queryFn: ({ signal }) => scope.client.priceLinks(signal),
  });

/** Asks the providers, so only when somebody looks, and not again for a while. */
export const linkCandidatesQuery = (scope: Scope, instrument: string) =>
  queryOptions({
    queryKey: ['', 'market/candidates', scope.workspace, instrument] as const,
    queryFn: ({ signal }) => scope.client.linkCandidates(instrument, signal),
    staleTime: 300_000,
    refetchOnWindowFocus: false,
  });

export const qualityItemsQuery = (scope: Scope, query: QualityQuery) =>
  queryOptions({
    queryKey: key(scope, 'market/quality', query),
    queryFn: ({ signal }) => scope.client.quality(query, signal),
    placeholderData: keepPreviousData,
  });

/** Daily bars around a day, as they are in force. */
export const barsAroundQuery = (
  scope: Scope,
  query: { readonly instrument: string; readonly from: string; readonly until: string },
) =>
  queryOptions({
    queryKey: key(scope, 'bars', query),
    queryFn: ({ signal }) => scope.client.bars(query, signal),
  });

export const isUnfinished = ({ state }: { readonly state: string }): boolean =>
  state === 'queued' || state === 'running';

export const jobsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'jobs'),
    queryFn: ({ signal }) => scope.client.jobs(50, signal),
    refetchInterval: ({ state }) => (state.data?.some(isUnfinished) ? workingMs : restingMs),
  });

export const jobQuery = (scope: Scope, id: string) =>
  queryOptions({
    queryKey: key(scope, 'jobs', { id }),
    queryFn: ({ signal }) => scope.client.job(id, signal),
    refetchInterval: ({ state }) => (state.data && !isUnfinished(state.data) ? false : workingMs),
  });

export const proposalsQuery = (scope: Scope, all = false) =>
  queryOptions({
    queryKey: key(scope, 'actions/proposals', { all }),
    queryFn: ({ signal }) => scope.client.proposals(all, signal),
  });

export const actionsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'actions'),
    queryFn: ({ signal }) => scope.client.actions(undefined, signal),
  });

export const actionRulesQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'actions/rules'),
    queryFn: ({ signal }) => scope.client.actionRules(signal),
  });

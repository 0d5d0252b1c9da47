import type {
  ExplainQuery,
  HoldingsQuery,
  PerformanceQuery,
  TransactionQuery,
} from '@plimsoll/client';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Scope } from './scope.ts';

/** Every read of the page. Keys are workspace, path, parameters; a write drops its workspace's reads. */
const key = (scope: Scope, path: string, query: object = {}) =>
  [scope.workspace, path, query] as const;

export const workspacesQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['', 'workspaces'] as const,
    queryFn: ({ signal }) => scope.client.workspaces(signal),
  });

export const healthQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['', 'health'] as const,
    queryFn: ({ signal }) => scope.client.health(signal),
    refetchInterval: 30_000,
  });

export const accountsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'accounts'),
    queryFn: ({ signal }) => scope.client.accounts(signal),
  });

export const portfoliosQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'portfolios'),
    queryFn: ({ signal }) => scope.client.portfolios(signal),
  });

export const instrumentsQuery = (scope: Scope, text = '') =>
  queryOptions({
    queryKey: key(scope, 'instruments', { text }),
    queryFn: ({ signal }) => scope.client.instruments(text, signal),
    placeholderData: keepPreviousData,
  });

export const coverageQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'prices/coverage'),
    queryFn: ({ signal }) => scope.client.priceCoverage(signal),
  });

export const holdingsQuery = (
  scope: Scope,
  query: Omit<HoldingsQuery, 'portfolio' | 'base'> = {},
) =>
  queryOptions({
    queryKey: key(scope, 'holdings', { ...scope.query, ...query }),
    queryFn: ({ signal }) => scope.client.holdings({ ...scope.query, ...query }, signal),
    placeholderData: keepPreviousData,
  });

type Period = Omit<PerformanceQuery, 'portfolio' | 'base'>;

export const performanceQuery = (scope: Scope, period: Period) =>
  queryOptions({
    queryKey: key(scope, 'performance', { ...scope.query, ...period }),
    queryFn: ({ signal }) => scope.client.performance({ ...scope.query, ...period }, signal),
    placeholderData: keepPreviousData,
  });

export const seriesQuery = (scope: Scope, period: Period) =>
  queryOptions({
    queryKey: key(scope, 'performance/series', { ...scope.query, ...period }),
    queryFn: ({ signal }) => scope.client.performanceSeries({ ...scope.query, ...period }, signal),
    placeholderData: keepPreviousData,
  });

export const explainQuery = (scope: Scope, query: Omit<ExplainQuery, 'portfolio' | 'base'>) =>
  queryOptions({
    queryKey: key(scope, 'explain', { ...scope.query, ...query }),
    queryFn: ({ signal }) => scope.client.explain({ ...scope.query, ...query }, signal),
  });

const pageSize = 200;

export const transactionsQuery = (
  scope: Scope,
  filters: Omit<TransactionQuery, 'cursor' | 'limit'>,
) =>
  infiniteQueryOptions({
    queryKey: key(scope, 'transactions', filters),
    queryFn: ({ pageParam, signal }) =>
      scope.client.transactions(
        { ...filters, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** Whether anything is recorded at all: it decides between first run and overview. */
export const anyTransactionQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'transactions/any'),
    queryFn: async ({ signal }) => {
      const page = await scope.client.transactions({ limit: 1 }, signal);
      return page.total > 0;
    },
  });

export const postingsQuery = (scope: Scope, id: string) =>
  queryOptions({
    queryKey: key(scope, 'postings', { id }),
    queryFn: ({ signal }) => scope.client.postings(id, signal),
  });

export const formatsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['', 'formats'] as const,
    queryFn: ({ signal }) => scope.client.formats(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const importsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'imports'),
    queryFn: ({ signal }) => scope.client.imports(signal),
  });

export const mappingsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: key(scope, 'mappings'),
    queryFn: ({ signal }) => scope.client.mappings(signal),
  });

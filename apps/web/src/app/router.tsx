import { ProblemError } from '@plimsoll/client';
import { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type SearchMiddleware,
} from '@tanstack/react-router';
import { readScope, type ScopeSearch } from '../data/scope.ts';
import { readActionsSearch } from '../features/actions/search.ts';
import { readHoldingsSearch } from '../features/holdings/search.ts';
import { readImportSearch } from '../features/import/search.ts';
import { readDataSearch } from '../features/market-data/search.ts';
import { readOverviewSearch } from '../features/overview/search.ts';
import { readTransactionsSearch } from '../features/transactions/search.ts';
import { RouteFailure } from './RouteFailure.tsx';
import { Shell } from './Shell.tsx';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal is an answer; only what did not arrive is worth asking again.
      retry: (count, error) => !(error instanceof ProblemError) && count < 2,
      refetchOnWindowFocus: true,
    },
  },
});

/** Every link keeps the scope it starts from, unless it names another. */
const keepScope: SearchMiddleware<ScopeSearch> = ({ search, next }) => {
  const { w, p, base } = search;
  return { w, p, base, ...next(search) };
};

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  validateSearch: (search): ScopeSearch => readScope(search),
  search: { middlewares: [keepScope] },
  component: Shell,
  notFoundComponent: lazyRouteComponent(() => import('./NotFound.tsx'), 'NotFound'),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/overview', search, replace: true });
  },
});

const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview',
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(
    () => import('../features/overview/OverviewPage.tsx'),
    'OverviewPage',
  ),
});

const holdings = createRoute({
  getParentRoute: () => root,
  path: '/holdings',
  validateSearch: readHoldingsSearch,
  component: lazyRouteComponent(
    () => import('../features/holdings/HoldingsPage.tsx'),
    'HoldingsPage',
  ),
});

const holding = createRoute({
  getParentRoute: () => root,
  path: '/holdings/$instrument',
  component: lazyRouteComponent(
    () => import('../features/holdings/HoldingPage.tsx'),
    'HoldingPage',
  ),
});

const transactions = createRoute({
  getParentRoute: () => root,
  path: '/transactions',
  validateSearch: readTransactionsSearch,
  component: lazyRouteComponent(
    () => import('../features/transactions/TransactionsPage.tsx'),
    'TransactionsPage',
  ),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/import',
  validateSearch: readImportSearch,
  component: lazyRouteComponent(() => import('../features/import/ImportPage.tsx'), 'ImportPage'),
});

const actions = createRoute({
  getParentRoute: () => root,
  path: '/actions',
  validateSearch: readActionsSearch,
  component: lazyRouteComponent(() => import('../features/actions/ActionsPage.tsx'), 'ActionsPage'),
});

const data = createRoute({
  getParentRoute: () => root,
  path: '/data',
  validateSearch: readDataSearch,
  component: lazyRouteComponent(() => import('../features/market-data/DataPage.tsx'), 'DataPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(
    () => import('../features/settings/SettingsPage.tsx'),
    'SettingsPage',
  ),
});

/** The pages and what their addresses mean. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    overview,
    holdings,
    holding,
    transactions,
    imports,
    actions,
    data,
    settings,
  ]),
  context: { queries },
  defaultPreload: 'intent',
  defaultErrorComponent: RouteFailure,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

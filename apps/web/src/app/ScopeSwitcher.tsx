import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { accountsQuery, portfoliosQuery } from '../data/queries.ts';
import { useScope } from '../data/scope.ts';
import { Disclosure } from '../ui/Disclosure.tsx';

const ScopePanel = lazy(() =>
  import('./ScopePanel.tsx').then((module) => ({ default: module.ScopePanel })),
);

/** Whose record is on the page, which accounts of it, and in which currency it is shown. */
export function ScopeSwitcher() {
  const scope = useScope();
  const accounts = useQuery(accountsQuery(scope));
  const portfolios = useQuery(portfoliosQuery(scope));
  const chosen = portfolios.data?.find(({ id }) => id === scope.query.portfolio);
  const count = chosen?.accountIds.length ?? accounts.data?.length ?? 0;
  const base = scope.query.base ?? chosen?.currency;
  const title = chosen?.name ?? 'All accounts';
  const under = [`${count} ${count === 1 ? 'account' : 'accounts'}`, base]
    .filter(Boolean)
    .join(', ');
  return (
    <Disclosure
      buttonClass="w-full flex items-center gap-2 text-left px-2.5 h-[46px] rounded-md lg:border lg:border-line lg:bg-panel hover:bg-hover"
      panelClass="left-0 w-[min(300px,calc(100vw-24px))]"
      button={
        <>
          <span className="grow min-w-0">
            <span className="block font-semi truncate leading-4.5">{title}</span>
            <span className="block text-sm text-ink-3 truncate">
              {accounts.isPending ? '\u00a0' : under}
            </span>
            <span className="sr-only">Change what is shown</span>
          </span>
          <ChevronsUpDown size={15} aria-hidden className="text-ink-3 shrink-0" />
        </>
      }
    >
      {(close) => (
        <Suspense fallback={<div className="h-72" />}>
          <ScopePanel onDone={close} />
        </Suspense>
      )}
    </Disclosure>
  );
}

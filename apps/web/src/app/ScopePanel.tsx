import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { accountsQuery, portfoliosQuery, workspacesQuery } from '../data/queries.ts';
import { mainWorkspace, useScope } from '../data/scope.ts';

const shownIn = ['EUR', 'USD', 'GBP', 'CHF', 'JPY'];

/** The choices of the scope switcher; fetched when it is first opened. */
export function ScopePanel({ onDone }: { readonly onDone: () => void }) {
  const scope = useScope();
  const accounts = useQuery(accountsQuery(scope));
  const portfolios = useQuery(portfoliosQuery(scope));
  const workspaces = useQuery(workspacesQuery(scope));
  const chosen = portfolios.data?.find(({ id }) => id === scope.query.portfolio);
  const currencies = [
    ...new Set([...(accounts.data ?? []).map(({ currency }) => currency), ...shownIn]),
  ];
  return (
    <div onClickCapture={onDone}>
      <Group title="Show">
        <Choice search={{ p: undefined }} active={chosen === undefined}>
          All accounts
        </Choice>
        {portfolios.data?.map((each) => (
          <Choice key={each.id} search={{ p: each.id }} active={each.id === chosen?.id}>
            {each.name}
          </Choice>
        ))}
      </Group>
      <Group title="In">
        <Choice search={{ base: undefined }} active={scope.query.base === undefined}>
          {chosen ? `${chosen.currency}, its own currency` : 'Its own currency'}
        </Choice>
        <div className="grid grid-cols-3">
          {currencies.slice(0, 9).map((each) => (
            <Choice key={each} search={{ base: each }} active={scope.query.base === each}>
              {each}
            </Choice>
          ))}
        </div>
      </Group>
      {(workspaces.data?.length ?? 0) > 1 && (
        <Group title="Workspace">
          {workspaces.data?.map((each) => (
            <Choice
              key={each.id}
              search={{
                w: each.id === mainWorkspace ? undefined : each.id,
                p: undefined,
                base: undefined,
              }}
              active={each.id === scope.workspace}
            >
              {each.name}
              {each.demo && <span className="text-ink-3"> · simulated</span>}
            </Choice>
          ))}
        </Group>
      )}
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="py-1 border-b border-line last:border-0">
      <p className="px-2 py-1 text-sm text-ink-3">{title}</p>
      {children}
    </div>
  );
}

interface ChoiceProps {
  readonly search: {
    readonly w?: string | undefined;
    readonly p?: string | undefined;
    readonly base?: string | undefined;
  };
  readonly active: boolean;
  readonly children: ReactNode;
}

function Choice({ search, active, children }: ChoiceProps) {
  const elsewhere = 'w' in search;
  return (
    <Link
      to={elsewhere ? '/overview' : '.'}
      search={(before) => ({ ...(elsewhere ? {} : before), ...search })}
      aria-current={active ? 'true' : undefined}
      className="flex items-center gap-2 px-2 h-8 pointer-coarse:h-11 rounded-sm hover:bg-hover"
    >
      <span className="grow truncate">{children}</span>
      {active && <Check size={15} aria-hidden className="text-accent-ink shrink-0" />}
    </Link>
  );
}

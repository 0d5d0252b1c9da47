import type { ActionProposal } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { proposalsQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Empty, Failure, Skeleton } from '../../ui/states.tsx';
import { actionKinds, filterProposals, isReady, kindLabels } from './action-words.ts';
import { ConfirmAll } from './ConfirmAll.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { ProposalRow } from './ProposalRow.tsx';
import type { ActionsSearch } from './search.ts';

const page = 50;

/** What waits for the holder: each proposal with what it means and what would be recorded. */
export function Open() {
  const open = useQuery(proposalsQuery(useScope()));
  return (
    <>
      {open.isPending && <Skeleton className="h-96 w-full" />}
      {open.isError && (
        <Failure
          error={open.error}
          what="The proposals could not be fetched"
          onRetry={() => open.refetch()}
        />
      )}
      {open.data?.length === 0 && (
        <Empty
          title="Nothing to confirm"
          action={
            <Link to="/actions" search={{ tab: 'known' }} className={buttonClass('plain')}>
              See the known actions
            </Link>
          }
        >
          Splits, dividends and the like that a provider tells, or that you enter, are offered here
          for each account that held the instrument. Nothing is recorded before you say so.
        </Empty>
      )}
      {open.data && open.data.length > 0 && <Proposals proposals={open.data} />}
    </>
  );
}

function Proposals({ proposals }: { readonly proposals: readonly ActionProposal[] }) {
  const search = useSearch({ from: '/actions' });
  const navigate = useNavigate({ from: '/actions' });
  const [shown, setShown] = useState(page);
  const [all, setAll] = useState(false);
  const change = (next: ActionsSearch) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const found = filterProposals(proposals, search);
  const ready = found.filter(isReady);
  const chosen = proposals.find(({ id }) => id === search.id);
  return (
    <>
      <div className="flex flex-wrap gap-3 items-center mb-3">
        <Filters proposals={proposals} search={search} onChange={change} />
        {ready.length > 1 && (
          <Button look="primary" className="sm:ml-auto" onClick={() => setAll(true)}>
            {ready.length === found.length ? 'Confirm all' : 'Confirm'} {ready.length}
          </Button>
        )}
      </div>
      {found.length === 0 && (
        <Empty
          title="No proposal fits"
          action={
            <Button onClick={() => change({ instrument: undefined, kind: undefined })}>
              Show all
            </Button>
          }
        />
      )}
      <ul className="border-t border-line empty:border-0">
        {found.slice(0, shown).map((proposal) => (
          <ProposalRow
            key={proposal.id}
            proposal={proposal}
            onAsk={() => change({ id: proposal.id })}
          />
        ))}
      </ul>
      {found.length > shown && (
        <Button className="mt-4" onClick={() => setShown(shown + page)}>
          Show {Math.min(page, found.length - shown)} more of {found.length - shown}
        </Button>
      )}
      {chosen && (
        <ConfirmDialog
          key={chosen.id}
          proposal={chosen}
          onClose={() => change({ id: undefined })}
        />
      )}
      {all && <ConfirmAll proposals={ready} onClose={() => setAll(false)} />}
    </>
  );
}

interface FiltersProps {
  readonly proposals: readonly ActionProposal[];
  readonly search: ActionsSearch;
  readonly onChange: (next: ActionsSearch) => void;
}

function Filters({ proposals, search, onChange }: FiltersProps) {
  const instruments = new Map(proposals.map((one) => [one.instrumentId, one.instrument]));
  const kinds = actionKinds.filter((kind) => proposals.some((one) => one.kind === kind));
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:w-full">
      <select
        aria-label="Instrument"
        className="control sm:w-52!"
        value={search.instrument ?? ''}
        onChange={(event) => onChange({ instrument: event.target.value || undefined })}
      >
        <option value="">All instruments</option>
        {[...instruments]
          .sort((a, b) => a[1].localeCompare(b[1]))
          .map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
      </select>
      <select
        aria-label="Kind"
        className="control sm:w-44!"
        value={search.kind ?? ''}
        onChange={(event) => onChange({ kind: event.target.value || undefined })}
      >
        <option value="">All kinds</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindLabels[kind]}
          </option>
        ))}
      </select>
    </div>
  );
}

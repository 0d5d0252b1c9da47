import type { ActionProposal } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { proposalsQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay, formatInstant } from '../../format/days.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { Empty, Failure, Skeleton } from '../../ui/states.tsx';
import { kindLabels, stateOf } from './action-words.ts';
import { Meaning } from './ProposalRow.tsx';
import { useDecide } from './use-decide.ts';

const page = 50;

/** What was confirmed or declined, and what the record had already. */
export function Decided() {
  const all = useQuery(proposalsQuery(useScope(), true));
  const [shown, setShown] = useState(page);
  const decided = all.data?.filter(({ state }) => state !== 'open') ?? [];
  return (
    <>
      {all.isPending && <Skeleton className="h-96 w-full" />}
      {all.isError && (
        <Failure
          error={all.error}
          what="The proposals could not be fetched"
          onRetry={() => all.refetch()}
        />
      )}
      {all.data && decided.length === 0 && (
        <Empty title="Nothing is decided yet">
          What you confirm or decline is listed here, and what your record had already.
        </Empty>
      )}
      <ul className="border-t border-line empty:border-0">
        {decided.slice(0, shown).map((proposal) => (
          <DecidedRow key={proposal.id} proposal={proposal} />
        ))}
      </ul>
      {decided.length > shown && (
        <Button className="mt-4" onClick={() => setShown(shown + page)}>
          Show {Math.min(page, decided.length - shown)} more of {decided.length - shown}
        </Button>
      )}
    </>
  );
}

function DecidedRow({ proposal }: { readonly proposal: ActionProposal }) {
  const locale = useLocale();
  const { reopen, busy } = useDecide();
  const { tone, word } = stateOf(proposal);
  const { instrument, instrumentId, kind, day, account, decidedBy, decidedAt, reason } = proposal;
  const [first] = proposal.transactionIds;
  const isOpenable = proposal.state === 'declined';
  return (
    <li className="grid md:grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-2 py-3 border-b border-line">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            to="/holdings/$instrument"
            params={{ instrument: instrumentId }}
            className="font-semi hover:underline"
          >
            {instrument}
          </Link>
          <span className="font-med">{kindLabels[kind]}</span>
          <span className="text-ink-2">
            {formatDay(day, locale)} · {account}
          </span>
          <Mark tone={tone}>{word}</Mark>
        </p>
        <Meaning proposal={proposal} />
        <p className="text-sm text-ink-2">
          {[
            decidedBy === null ? '' : `By ${decidedBy === 'rule' ? 'a rule' : decidedBy}`,
            decidedAt === null ? '' : formatInstant(decidedAt, locale),
          ]
            .filter((text) => text !== '')
            .join(', ')}
        </p>
        {reason !== null && <p className="text-sm text-ink-2">{reason}</p>}
      </div>
      <div className="flex gap-2 items-start">
        {first !== undefined && (
          <Link
            to="/transactions"
            search={{ id: first, instrument: instrumentId }}
            className={buttonClass('plain')}
            aria-label={`Open the transaction: ${kindLabels[kind]} of ${instrument}, ${day}`}
          >
            Open the transaction
          </Link>
        )}
        {isOpenable && (
          <Button
            busy={busy}
            aria-label={`Reopen: ${kindLabels[kind]} of ${instrument}, ${day}`}
            onClick={() => reopen([proposal.id])}
          >
            Reopen
          </Button>
        )}
      </div>
    </li>
  );
}

import type { ActionProposal } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import { useLocale, usePrefs } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { hiddenAmount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { isReady, kindLabels, ownFigures } from './action-words.ts';
import { Recorded } from './Recorded.tsx';
import { useDecide } from './use-decide.ts';

interface ProposalRowProps {
  readonly proposal: ActionProposal;
  /** Opens the form for figures of one's own. */
  readonly onAsk: () => void;
}

/** One proposal: what happened, what it means here, and what would be recorded. */
export function ProposalRow({ proposal, onAsk }: ProposalRowProps) {
  const locale = useLocale();
  const { decide, busy } = useDecide();
  const { instrument, instrumentId, kind, day, payDay, account, reason } = proposal;
  const name = `${kindLabels[kind]} of ${instrument}, ${formatDay(day, locale)}, ${account}`;
  const ready = isReady(proposal);
  return (
    <li className="grid md:grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-2 py-3.5 border-b border-line">
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
            {formatDay(day, locale)}
            {payDay !== null && payDay !== day && `, paid ${formatDay(payDay, locale)}`} · {account}
          </span>
        </p>
        <Meaning proposal={proposal} />
        {proposal.needs.includes('costShare') && (
          <p className="text-sm text-warn mt-0.5">
            Needs the share of the cost that goes to the child.
          </p>
        )}
        {proposal.needs.includes('successor') && (
          <p className="text-sm text-ink-2 mt-0.5">
            The other instrument is made, unless you choose one that is there.
          </p>
        )}
        {reason !== null && <p className="text-sm text-ink-2 mt-0.5">{reason}</p>}
        <Recorded transactions={proposal.transactions} title="Would be recorded" />
      </div>
      <div className="flex flex-wrap gap-2 items-start">
        {(!ready || ownFigures(proposal).length > 0) && (
          <Button onClick={onAsk} aria-label={`${ready ? 'Own figures' : 'Confirm …'}: ${name}`}>
            {ready ? 'Own figures' : 'Confirm …'}
          </Button>
        )}
        <Button
          busy={busy}
          aria-label={`Decline: ${name}`}
          onClick={() => decide([{ id: proposal.id, decision: 'declined' }])}
        >
          Decline
        </Button>
        {ready && (
          <Button
            look="primary"
            busy={busy}
            aria-label={`Confirm: ${name}`}
            onClick={() => decide([{ id: proposal.id, decision: 'confirmed' }])}
          >
            Confirm
          </Button>
        )}
      </div>
    </li>
  );
}

/** The sentence with the figures of the account; bullets where amounts are hidden. */
export function Meaning({ proposal }: { readonly proposal: ActionProposal }) {
  const hidden = usePrefs((prefs) => prefs.hideAmounts);
  return <p className="break-words">{hidden ? hiddenAmount : proposal.text}</p>;
}

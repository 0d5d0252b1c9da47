import type { HoldingsReply, Performance } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { proposalsQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay } from '../../format/days.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Section } from '../../ui/Page.tsx';
import { openText } from '../actions/index.ts';
import { namesOf, needsOf } from './overview-view.ts';

interface NeedsProps {
  readonly holdings: HoldingsReply;
  readonly performance: Performance;
}

const most = 3;

/** What is stale, missing or left out, each with the one thing that mends it. */
export function Needs({ holdings, performance }: NeedsProps) {
  const locale = useLocale();
  const needs = needsOf(holdings.holdings, (day) => formatDay(day, locale));
  const { notes } = performance;
  // Without an answer there is nothing to say of them; their own page tells why.
  const open = useQuery(proposalsQuery(useScope())).data ?? [];
  const shown = open.length > 0 ? most - 1 : most;
  return (
    <Section title="Needs you" count={needs.length + open.length}>
      {needs.length + open.length === 0 ? (
        <p className="flex items-center gap-2 border-t border-line pt-3 text-ink-2">
          <CircleCheck size={16} aria-hidden className="text-ok" /> Every holding has a current
          price.
        </p>
      ) : (
        <ul className="border-t border-line">
          {open.length > 0 && (
            <li className="flex items-center gap-4 py-3 border-b border-line">
              <span className="grow min-w-0">
                <span className="block font-semi">{openText(open.length)}</span>
                <span className="block text-sm text-ink-2">
                  {namesOf(open.map(({ instrument }) => instrument))}
                </span>
              </span>
              <Link to="/actions" className={buttonClass('plain')}>
                Look at {open.length === 1 ? 'it' : 'them'}
              </Link>
            </li>
          )}
          {needs.slice(0, shown).map((need) => (
            <li key={need.key} className="flex items-center gap-4 py-3 border-b border-line">
              <span className="grow min-w-0">
                <span className="block font-semi">{need.title}</span>
                <span className="block text-sm text-ink-2">{need.detail}</span>
              </span>
              <Link
                to="/transactions"
                search={{ add: 'price', instrument: need.instrumentId ?? undefined }}
                className={buttonClass('plain')}
                aria-label={`Add price: ${need.title}`}
              >
                Add price
              </Link>
            </li>
          ))}
        </ul>
      )}
      {needs.length > shown && (
        <p className="mt-2 text-sm">
          <Link
            to="/holdings"
            search={{ price: 'open' }}
            className="text-accent-ink font-med hover:underline"
          >
            {needs.length - shown} more in holdings
          </Link>
        </p>
      )}
      {notes.length > 0 && (
        <details className="mt-3 text-sm text-ink-2">
          <summary className="w-fit min-h-6 font-med">
            How this is read: {notes.length} {notes.length === 1 ? 'remark' : 'remarks'}
          </summary>
          <ul className="mt-1 space-y-1">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

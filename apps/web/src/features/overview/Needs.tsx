import type { HoldingsReply, Performance } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Section } from '../../ui/Page.tsx';
import { needsOf } from './overview-view.ts';

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
  return (
    <Section title="Needs you" count={needs.length}>
      {needs.length === 0 ? (
        <p className="flex items-center gap-2 border-t border-line pt-3 text-ink-2">
          <CircleCheck size={16} aria-hidden className="text-ok" /> Every holding has a current
          price.
        </p>
      ) : (
        <ul className="border-t border-line">
          {needs.slice(0, most).map((need) => (
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
      {needs.length > most && (
        <p className="mt-2 text-sm">
          <Link
            to="/holdings"
            search={{ price: 'open' }}
            className="text-accent-ink font-med hover:underline"
          >
            {needs.length - most} more in holdings
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

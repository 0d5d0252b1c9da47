import type { Performance } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import { Amount, Percent } from '../../ui/Amount.tsx';
import { Section } from '../../ui/Page.tsx';
import { ChangeBars } from '../../viz/Bars.tsx';
import { topContributions } from './overview-view.ts';

/** Which holdings made the gain, and how many points of the return each of them is. */
export function Movers({ performance }: { readonly performance: Performance }) {
  const top = topContributions(performance.contributions);
  return (
    <Section title="What made the difference">
      <div className="border-t border-line pt-2">
        {top.length === 0 ? (
          <p className="pt-1 text-ink-2">Nothing gained or lost in this period.</p>
        ) : (
          <ChangeBars
            changes={top.map((each) => ({
              key: each.instrumentId ?? 'cash',
              label: each.instrumentId ? (
                <Link
                  to="/holdings/$instrument"
                  params={{ instrument: each.instrumentId }}
                  className="hover:underline"
                >
                  {each.instrument}
                </Link>
              ) : (
                each.instrument
              ),
              size: Number(each.gain),
              amount: (
                <Amount
                  value={each.gain ?? '0'}
                  currency={performance.currency}
                  sign="plus"
                  cents="whole"
                  coloured
                />
              ),
              rate:
                each.contribution === null ? (
                  'n/a'
                ) : (
                  <Percent value={each.contribution} sign="plus" />
                ),
            }))}
          />
        )}
      </div>
      {top.length > 0 && (
        <p className="mt-2 text-sm text-ink-3">Percentages are each one’s part of the return.</p>
      )}
    </Section>
  );
}

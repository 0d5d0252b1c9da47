import type { HoldingsReply } from '@plimsoll/contracts';
import { useState } from 'react';
import { Amount, Percent } from '../../ui/Amount.tsx';
import { Section } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { ShareBars } from '../../viz/Bars.tsx';
import { type Grouping, partsBy } from './overview-view.ts';

const options = [
  { value: 'instrument', label: 'Holding' },
  { value: 'kind', label: 'Kind' },
  { value: 'currency', label: 'Currency' },
  { value: 'account', label: 'Account' },
] as const;

/** What the whole is made of. */
export function Allocation({ holdings }: { readonly holdings: HoldingsReply | undefined }) {
  const [by, setBy] = useState<Grouping>('instrument');
  const parts = holdings ? partsBy(holdings.holdings, by) : [];
  return (
    <Section
      title="Mix"
      card
      action={<Segmented label="Group by" value={by} options={options} onChange={setBy} />}
    >
      {holdings && parts.length === 0 && (
        <p className="text-ink-2">Nothing with a known value is held.</p>
      )}
      <div className="min-h-[180px]">
        {!holdings && <Skeleton className="h-[180px] w-full" />}
        <ShareBars
          shares={parts.map(({ key, label, value, share }) => ({
            key,
            label,
            share,
            amount: (
              <span className="grid grid-cols-[6.5rem_3.4rem] gap-2">
                <span className="text-ink-2">
                  <Amount value={value} currency={holdings?.baseCurrency ?? 'EUR'} cents="whole" />
                </span>
                <span className="font-med">
                  <Percent value={share} />
                </span>
              </span>
            ),
          }))}
        />
      </div>
      {holdings && holdings.leftOut.length > 0 && (
        <p className="mt-3 text-sm text-warn">
          Left out, for want of a price: {holdings.leftOut.length}{' '}
          {holdings.leftOut.length === 1 ? 'holding' : 'holdings'}
        </p>
      )}
    </Section>
  );
}

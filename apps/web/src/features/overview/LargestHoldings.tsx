import { compareExact } from '@plimsoll/client';
import type { HoldingsReply } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import { Section } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { HoldingsTable } from '../holdings/index.ts';

const most = 8;

/** The largest holdings; the rest is one click away. */
export function LargestHoldings({ holdings }: { readonly holdings: HoldingsReply | undefined }) {
  const largest = [...(holdings?.holdings ?? [])]
    .sort((a, b) => compareExact(b.baseValue ?? '0', a.baseValue ?? '0'))
    .slice(0, most);
  return (
    <Section
      title="Largest holdings"
      count={holdings?.holdings.length}
      className="mt-9"
      action={
        <Link
          to="/holdings"
          className="text-accent-ink font-med hover:underline inline-flex items-center min-h-6"
        >
          Open all holdings
        </Link>
      }
    >
      {holdings ? <HoldingsTable holdings={largest} /> : <Skeleton className="h-[360px] w-full" />}
    </Section>
  );
}

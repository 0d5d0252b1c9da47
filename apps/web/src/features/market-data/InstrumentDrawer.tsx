import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { priceLinksQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay } from '../../format/days.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { Failure, Skeleton } from '../../ui/states.tsx';
import { LinkChoice } from './LinkChoice.tsx';
import { type PriceStatus, stateOf, statusText } from './price-words.ts';
import { useWork } from './use-work.ts';

interface InstrumentDrawerProps {
  readonly status: PriceStatus;
  readonly onClose: () => void;
}

/** One instrument: how its prices stand, which listing it is, and what can be fetched for it. */
export function InstrumentDrawer({ status, onClose }: InstrumentDrawerProps) {
  const locale = useLocale();
  const links = useQuery(priceLinksQuery(useScope()));
  const link = links.data?.find(({ instrumentId }) => instrumentId === status.instrumentId);
  const { tone, word } = stateOf(status);
  return (
    <Dialog title={status.label} place="side" onClose={onClose}>
      <div className="space-y-7">
        <div>
          <p className="font-semi">
            <Mark tone={tone}>{word}</Mark>
          </p>
          <p className="mt-1">{statusText(status, (day) => formatDay(day, locale))}</p>
          {status.source !== '' && <p className="text-ink-2">Source: {status.source}.</p>}
          <p className="mt-2 flex flex-wrap gap-x-5">
            <Link
              to="/holdings/$instrument"
              params={{ instrument: status.instrumentId }}
              className="text-accent-ink font-med hover:underline"
            >
              Open the holding
            </Link>
            <Link
              to="/transactions"
              search={{ add: 'price', instrument: status.instrumentId }}
              className="text-accent-ink font-med hover:underline"
            >
              Enter a price
            </Link>
          </p>
        </div>
        {status.listingId !== null && <Fetch instrument={status.instrumentId} />}
        <section>
          <h3 className="font-semi mb-2">Listing</h3>
          {links.isPending && <Skeleton className="h-24 w-full" />}
          {links.isError && (
            <Failure
              error={links.error}
              what="The links could not be fetched"
              onRetry={() => links.refetch()}
            />
          )}
          {links.data && <LinkChoice instrument={status.instrumentId} link={link} />}
        </section>
      </div>
    </Dialog>
  );
}

function Fetch({ instrument }: { readonly instrument: string }) {
  const { run, busy } = useWork();
  const [from, setFrom] = useState('');
  const backfill = (event: FormEvent) => {
    event.preventDefault();
    run({ kind: 'backfill', instruments: [instrument], from: from || undefined });
  };
  return (
    <section>
      <h3 className="font-semi mb-2">Fetch</h3>
      <Button busy={busy} onClick={() => run({ kind: 'refresh', instruments: [instrument] })}>
        Refresh
      </Button>
      <form onSubmit={backfill} className="mt-4 flex flex-wrap items-end gap-3">
        <Field label="History from" optional className="w-44">
          {(control) => (
            <input
              {...control}
              type="date"
              className="control"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" busy={busy}>
          Back-fill
        </Button>
      </form>
      <p className="mt-1 text-sm text-ink-3">
        Without a day, all that the provider has. What is known already stays.
      </p>
    </section>
  );
}

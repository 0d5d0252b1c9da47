import type { Holding } from '@plimsoll/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ChevronRight, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { proposalsQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import {
  coverageQuery,
  holdingsQuery,
  instrumentsQuery,
  transactionsQuery,
} from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay } from '../../format/days.ts';
import { formatCount } from '../../format/numbers.ts';
import { Amount, Percent, PriceText, Quantity } from '../../ui/Amount.tsx';
import { buttonClass } from '../../ui/Button.tsx';
import { Page, Section } from '../../ui/Page.tsx';
import { Empty, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { openText } from '../actions/index.ts';
import { Explain, figureOfHolding } from '../explain/index.ts';
import { LivePrice } from '../quotes/index.ts';
import { TransactionRows } from '../transactions/index.ts';
import { returnOf } from './holdings-view.ts';
import { Lots } from './Lots.tsx';
import { PriceMark } from './PriceMark.tsx';

/** One instrument: what is held of it in each account, its lots, and its transactions. */
export function HoldingPage() {
  const { instrument: id } = useParams({ from: '/holdings/$instrument' });
  const scope = useScope();
  const locale = useLocale();
  const holdings = useQuery(holdingsQuery(scope, { lots: 'true' }));
  const instruments = useQuery(instrumentsQuery(scope));
  const coverage = useQuery(coverageQuery(scope));
  const held = holdings.data?.holdings.filter(({ instrumentId }) => instrumentId === id) ?? [];
  const instrument = instruments.data?.find((each) => each.id === id);
  const prices = coverage.data?.find(({ instrumentId }) => instrumentId === id);
  const label = instrument?.label ?? held[0]?.instrument ?? 'Holding';
  return (
    <Page
      title={label}
      status={
        <span className="flex flex-wrap items-center gap-x-1.5">
          <Link to="/holdings" className="hover:underline">
            Holdings
          </Link>
          <ChevronRight size={13} aria-hidden className="text-ink-3" />
          <span>{instrument?.name ?? held[0]?.name}</span>
          {instrument?.isin && <span className="text-ink-3">{instrument.isin}</span>}
          {instrument?.simulated && (
            <span className="px-1.5 rounded-sm bg-warn-wash">simulated</span>
          )}
        </span>
      }
      actions={
        <>
          <Link
            to="/transactions"
            search={{ add: 'price', instrument: id }}
            className={buttonClass('plain')}
          >
            Add price
          </Link>
          <Link
            to="/transactions"
            search={{ add: 'buy', instrument: id }}
            className={buttonClass('primary')}
          >
            <Plus size={15} aria-hidden /> Add transaction
          </Link>
        </>
      }
    >
      {holdings.isError && (
        <Failure
          error={holdings.error}
          what="The holding could not be fetched"
          onRetry={() => holdings.refetch()}
        />
      )}
      {holdings.isPending && <Skeleton className="h-64 w-full" />}
      {holdings.data && held.length === 0 && (
        <Empty title="None of it is held now">Its transactions are below.</Empty>
      )}
      <div className="space-y-9">
        <ToConfirm id={id} />
        {held.map((holding) => (
          <Held key={holding.accountId} holding={holding} />
        ))}
        <Section title="Prices">
          <p className="border-t border-line pt-3 text-ink-2">
            {prices
              ? `${formatCount(prices.count, locale)} daily prices from ${formatDay(prices.first, locale)} to ${formatDay(prices.last, locale)}. Source: ${prices.source}.`
              : 'No market price is recorded. Add one by hand, or drop a price file on the import page.'}
          </p>
        </Section>
        <Entries id={id} />
      </div>
    </Page>
  );
}

/** That a split, a dividend or the like of it waits for the holder. */
function ToConfirm({ id }: { readonly id: string }) {
  const proposals = useQuery(proposalsQuery(useScope()));
  const open = proposals.data?.filter(({ instrumentId }) => instrumentId === id) ?? [];
  if (open.length === 0) return null;
  return (
    <Note
      tone="info"
      action={
        <Link to="/actions" search={{ instrument: id }} className={buttonClass('plain')}>
          Look at {open.length === 1 ? 'it' : 'them'}
        </Link>
      }
    >
      {openText(open.length)}
    </Note>
  );
}

function Held({ holding }: { readonly holding: Holding }) {
  const rate = returnOf(holding);
  const base = holding.baseCurrency;
  const foreign = holding.currency !== base;
  const part = (value: string | null, sign: 'auto' | 'plus' = 'auto') =>
    value === null ? (
      <span className="text-ink-3">n/a</span>
    ) : (
      <Amount value={value} currency={base} sign={sign} />
    );
  return (
    <Section title={holding.account}>
      <dl className="grid grid-cols-2 sm:grid-cols-3 xl:grid-cols-6 gap-x-6 gap-y-4 border-y border-line py-4">
        <Figure name="Value" figure={figureOfHolding(holding, 'value')}>
          {part(holding.baseValue)}
        </Figure>
        <Figure
          name="Gain"
          figure={figureOfHolding(holding, 'gain')}
          more={rate !== null && <Percent value={rate} sign="plus" coloured triangle />}
        >
          {part(holding.baseGain, 'plus')}
        </Figure>
        <Figure name="Quantity" figure={figureOfHolding(holding, 'quantity')}>
          <Quantity value={holding.quantity} />
        </Figure>
        <Figure
          name="Price"
          figure={figureOfHolding(holding, 'price')}
          more={
            <>
              <PriceMark holding={holding} />
              {holding.instrumentId !== null && (
                <LivePrice
                  instrument={holding.instrumentId}
                  className="flex-wrap whitespace-normal!"
                />
              )}
            </>
          }
        >
          {holding.price === null ? (
            <span className="text-ink-3">n/a</span>
          ) : (
            <PriceText value={holding.price} currency={holding.currency} />
          )}
        </Figure>
        <Figure name="Cost" figure={figureOfHolding(holding, 'cost')}>
          {part(holding.baseCost)}
        </Figure>
        <div>
          <dt className="text-sm text-ink-2">
            {foreign ? 'Gain by price, by rate' : 'Share of all'}
          </dt>
          <dd className="text-lg font-semi">
            {foreign ? (
              <span className="text-md">
                {part(holding.pricePart, 'plus')}, {part(holding.fxPart, 'plus')}
              </span>
            ) : holding.weight === null ? (
              'n/a'
            ) : (
              <Percent value={holding.weight} />
            )}
          </dd>
        </div>
      </dl>
      {Object.values(holding.reasons).map((reason) => (
        <p key={reason} className="mt-3 rounded-md bg-warn-wash px-3 py-2">
          {reason}
        </p>
      ))}
      {(holding.lots?.length ?? 0) > 0 && (
        <div className="mt-4">
          <h3 className="font-med mb-1">Lots</h3>
          <Lots holding={holding} />
        </div>
      )}
    </Section>
  );
}

function Figure({
  name,
  figure,
  more,
  children,
}: {
  readonly name: string;
  readonly figure: string;
  readonly more?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt className="text-sm text-ink-2">{name}</dt>
      <dd>
        <span className="block text-lg font-semi">
          <Explain figure={figure}>{children}</Explain>
        </span>
        <span className="block text-sm min-h-4">{more}</span>
      </dd>
    </div>
  );
}

function Entries({ id }: { readonly id: string }) {
  const scope = useScope();
  const pages = useInfiniteQuery(transactionsQuery(scope, { instrument: id }));
  const first = pages.data?.pages[0];
  return (
    <Section
      title="Transactions"
      count={first?.total}
      action={
        <Link
          to="/transactions"
          search={{ instrument: id }}
          className="text-accent-ink font-med hover:underline"
        >
          Open in the list
        </Link>
      }
    >
      {pages.isPending && <Skeleton className="h-40 w-full" />}
      {first && <TransactionRows rows={first.items.slice(0, 20)} />}
    </Section>
  );
}

import type { HoldingsReply } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useLocale } from '../../data/prefs.ts';
import { holdingsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay } from '../../format/days.ts';
import { sentences } from '../../format/sentence.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Empty, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { download } from '../../viz/download.ts';
import { Explain } from '../explain/index.ts';
import { HoldingsTable } from './HoldingsTable.tsx';
import {
  filterHoldings,
  groupHoldings,
  holdingsCsv,
  sortHoldings,
  totalsOf,
} from './holdings-view.ts';
import type { HoldingsSearch, SortKey } from './search.ts';

/** All that is held, cash included, with totals that are the sum of what is shown. */
export function HoldingsPage() {
  const scope = useScope();
  const locale = useLocale();
  const holdings = useQuery(holdingsQuery(scope, { lots: 'true' }));
  const reply = holdings.data;
  return (
    <Page
      title="Holdings"
      status={reply && `As of ${formatDay(reply.at, locale)}, in ${reply.baseCurrency}`}
      actions={
        reply && (
          <Button
            onClick={() =>
              download(
                `holdings-${reply.at}.csv`,
                new Blob([holdingsCsv(reply.holdings)], { type: 'text/csv' }),
              )
            }
          >
            <Download size={15} aria-hidden /> CSV
          </Button>
        )
      }
    >
      {holdings.isError && (
        <Failure
          error={holdings.error}
          what="The holdings could not be fetched"
          onRetry={() => holdings.refetch()}
        />
      )}
      {holdings.isPending && <Waiting />}
      {reply && reply.holdings.length === 0 && (
        <Empty
          title="Nothing is held"
          action={
            <Link to="/import" className={buttonClass('primary')}>
              Import a broker file
            </Link>
          }
        >
          What you hold follows from your transactions. Import a file, or enter an opening balance.
        </Empty>
      )}
      {reply && reply.holdings.length > 0 && <Content reply={reply} />}
    </Page>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Fetching the holdings">
      <Skeleton className="h-16 w-64 mb-6" />
      <Skeleton className="h-8 w-full mb-4" />
      <Skeleton className="h-[480px] w-full" />
    </div>
  );
}

function Content({ reply }: { readonly reply: HoldingsReply }) {
  const search = useSearch({ from: '/holdings' });
  const navigate = useNavigate({ from: '/holdings' });
  const change = (
    next: Partial<{ [Key in keyof HoldingsSearch]: HoldingsSearch[Key] | undefined }>,
  ) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const key = search.sort ?? 'value';
  const ascending = search.dir === 'asc';
  const onSort = (next: SortKey) =>
    change({ sort: next, dir: next === key && !ascending ? 'asc' : undefined });
  const found = sortHoldings(filterHoldings(reply.holdings, search), key, ascending);
  const totals = totalsOf(found);
  const all = found.length === reply.holdings.length;
  return (
    <>
      <Summary reply={reply} />
      <div className="flex flex-wrap gap-3 items-center mb-2">
        <FilterField
          className="grow sm:grow-0 sm:w-72"
          label="Filter holdings"
          value={search.q ?? ''}
          onChange={(text) => change({ q: text || undefined })}
        />
        <Segmented
          label="Group"
          value={search.group ?? 'none'}
          options={[
            { value: 'none', label: 'Together' },
            { value: 'account', label: 'By account' },
          ]}
          onChange={(next) => change({ group: next === 'account' ? 'account' : undefined })}
        />
        <Segmented
          label="Prices"
          value={search.price ?? 'all'}
          options={[
            { value: 'all', label: 'All' },
            { value: 'open', label: 'Without a current price' },
          ]}
          onChange={(next) => change({ price: next === 'open' ? 'open' : undefined })}
        />
        <p className="ml-auto text-sm text-ink-2" role="status">
          {all
            ? `${found.length} holdings`
            : `${found.length} of ${reply.holdings.length} holdings`}
        </p>
      </div>
      {found.length === 0 ? (
        <Empty
          title="No holding fits"
          action={
            <Button onClick={() => change({ q: undefined, price: undefined })}>Show all</Button>
          }
        />
      ) : (
        <HoldingsTable
          groups={groupHoldings(found, search.group)}
          withLots
          live
          sort={{ key, ascending, onChange: onSort }}
          totals={
            <tr className="font-semi">
              <th scope="row" className="cell border-b-0!">
                {all ? 'Total' : 'Total of these'}
              </th>
              <td className="cell border-b-0! max-md:hidden" colSpan={2} />
              <td className="cell border-b-0! text-right">
                <Amount value={totals.value} currency={reply.baseCurrency} />
              </td>
              <td className="cell border-b-0! hidden lg:table-cell" />
              <td className="cell border-b-0! text-right max-md:hidden">
                <Amount value={totals.gain} currency={reply.baseCurrency} sign="plus" />
              </td>
              <td className="cell border-b-0! max-md:hidden" />
            </tr>
          }
        />
      )}
    </>
  );
}

function Summary({ reply }: { readonly reply: HoldingsReply }) {
  const { value, cost, gain, baseCurrency } = reply;
  const items = [
    { figure: 'value', label: 'Value', amount: value, sign: 'auto' },
    { figure: 'cost', label: 'Cost', amount: cost, sign: 'auto' },
    { figure: 'unrealised', label: 'Gain on what is held', amount: gain, sign: 'plus' },
  ] as const;
  return (
    <>
      <dl className="flex flex-wrap gap-x-12 gap-y-3 mb-6">
        {items.map(({ figure, label, amount, sign }) => (
          <div key={figure}>
            <dt className="text-sm text-ink-2">{label}</dt>
            <dd className="text-measure font-semi">
              {amount === null ? (
                <span className="text-ink-3">n/a</span>
              ) : (
                <Explain figure={figure}>
                  <Amount
                    value={amount}
                    currency={baseCurrency}
                    sign={sign}
                    coloured={sign === 'plus'}
                  />
                </Explain>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {reply.leftOut.length > 0 && (
        <div className="mb-5">
          <Note tone="warn">
            <b>The total leaves something out.</b>{' '}
            {sentences(
              ...reply.leftOut.slice(0, 3),
              reply.leftOut.length > 3 ? `And ${reply.leftOut.length - 3} more` : '',
            )}
          </Note>
        </div>
      )}
    </>
  );
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Download, Plus, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { accountsQuery, instrumentsQuery, transactionsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { formatCount } from '../../format/numbers.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';
import { FilterField } from '../../ui/FilterField.tsx';
import { Page } from '../../ui/Page.tsx';
import { describe, Empty, Failure, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { download } from '../../viz/download.ts';
import { EntryDialog } from './EntryDialog.tsx';
import { PriceDialog } from './PriceDialog.tsx';
import { filtersOf, type TransactionsSearch } from './search.ts';
import { TransactionDrawer } from './TransactionDrawer.tsx';
import { entryForms, entryTypes } from './transaction-forms.ts';
import { VirtualRows } from './VirtualRows.tsx';

type Change = Partial<{ [Key in keyof TransactionsSearch]: TransactionsSearch[Key] | undefined }>;

/** The record: every transaction, where it was read, and the ways to add or annul one. */
export function TransactionsPage() {
  const scope = useScope();
  const locale = useLocale();
  const search = useSearch({ from: '/transactions' });
  const navigate = useNavigate({ from: '/transactions' });
  const change = (next: Change) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const pages = useInfiniteQuery(
    transactionsQuery(scope, filtersOf(search, scope.query.portfolio)),
  );
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const filtered = Object.keys(filtersOf(search, 'all')).length > 0;
  const open = search.id ? rows.find(({ id }) => id === search.id) : undefined;
  return (
    <Page
      title="Transactions"
      status={pages.data && `${formatCount(total, locale)} ${filtered ? 'that fit' : 'recorded'}`}
      actions={
        <>
          <Button onClick={() => exportAll(scope.client)} className="max-sm:hidden">
            <Download size={15} aria-hidden /> Export CSV
          </Button>
          <Link to="/import" className={buttonClass('plain', 'max-md:hidden')}>
            Import
          </Link>
          <Button look="primary" onClick={() => change({ add: 'buy' })}>
            <Plus size={15} aria-hidden /> Add
          </Button>
        </>
      }
    >
      <Filters search={search} onChange={change} />
      {pages.isError && (
        <Failure
          error={pages.error}
          what="The transactions could not be fetched"
          onRetry={() => pages.refetch()}
        />
      )}
      {pages.isPending && <Waiting />}
      {pages.data && total === 0 && (
        <Nothing
          filtered={filtered}
          onClear={() => navigate({ search: {} })}
          onAdd={() => change({ add: 'opening-balance' })}
        />
      )}
      {total > 0 && (
        <div className={cx(pages.isPlaceholderData && 'opacity-60')} aria-busy={pages.isFetching}>
          <VirtualRows
            rows={rows}
            total={total}
            more={pages.hasNextPage && !pages.isFetchingNextPage}
            onMore={pages.fetchNextPage}
          />
        </div>
      )}
      {open && <TransactionDrawer row={open} onClose={() => change({ id: undefined })} />}
      {search.id && !open && pages.data && !pages.isFetching && (
        <MissingNotice onDone={() => change({ id: undefined })} />
      )}
      {search.add === 'price' && (
        <PriceDialog instrumentId={search.instrument} onClose={() => change({ add: undefined })} />
      )}
      {search.add && search.add !== 'price' && search.add in entryForms && (
        <EntryDialog
          type={search.add}
          instrumentId={search.instrument}
          onType={(add) => change({ add })}
          onClose={() => change({ add: undefined })}
        />
      )}
    </Page>
  );
}

/** A link may lead to a transaction that the filters do not show. */
function MissingNotice({ onDone }: { readonly onDone: () => void }) {
  useEffect(() => {
    toast('That transaction is not among these. Clear the filters to look for it.', {
      tone: 'bad',
    });
    onDone();
  }, [onDone]);
  return null;
}

async function exportAll(client: ReturnType<typeof useScope>['client']): Promise<void> {
  try {
    download(
      'plimsoll-transactions.csv',
      new Blob([await client.exportCsv()], { type: 'text/csv' }),
    );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    toast(`The export failed: ${describe(error)}`, { tone: 'bad' });
  }
}

function Waiting() {
  return (
    <div role="status" aria-label="Fetching the transactions" className="space-y-px">
      {Array.from({ length: 14 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={index} className="h-(--row) w-full" />
      ))}
    </div>
  );
}

function Nothing({
  filtered,
  onClear,
  onAdd,
}: {
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly onAdd: () => void;
}) {
  if (filtered)
    return (
      <Empty
        title="No transaction fits"
        action={<Button onClick={onClear}>Clear the filters</Button>}
      />
    );
  return (
    <Empty
      title="Nothing is recorded yet"
      action={
        <>
          <Link to="/import" className={buttonClass('primary')}>
            Import a broker file
          </Link>
          <Button onClick={onAdd}>Enter an opening balance</Button>
        </>
      }
    />
  );
}

function Filters({
  search,
  onChange,
}: {
  readonly search: TransactionsSearch;
  readonly onChange: (change: Change) => void;
}) {
  const scope = useScope();
  const accounts = useQuery(accountsQuery(scope));
  const instruments = useQuery(instrumentsQuery(scope));
  const [wide, setWide] = useState(false);
  const given = ['account', 'instrument', 'type', 'from', 'to'].filter(
    (name) => name in search,
  ).length;
  const other = (['import', 'portfolio', 'reversed'] as const).filter((name) => name in search);
  return (
    <search className="block mb-3">
      <div className="grid gap-2 grid-cols-[1fr_auto] lg:grid-cols-[minmax(160px,1.3fr)_repeat(3,minmax(120px,1fr))_172px_156px]">
        <TextFilter
          value={search.text ?? ''}
          onChange={(text) => onChange({ text: text || undefined })}
        />
        <Button className="lg:hidden" aria-expanded={wide} onClick={() => setWide(!wide)}>
          <SlidersHorizontal size={15} aria-hidden /> Filter{given > 0 && ` (${given})`}
        </Button>
        <div
          className={cx('lg:contents grid grid-cols-2 gap-2 col-span-2', !wide && 'max-lg:hidden')}
        >
          <Choice
            label="Account"
            value={search.account}
            all="All accounts"
            options={(accounts.data ?? []).map(({ id, name }) => [id, name])}
            onChange={(account) => onChange({ account })}
          />
          <Choice
            label="Instrument"
            value={search.instrument}
            all="All instruments"
            options={(instruments.data ?? []).map(({ id, label }) => [id, label])}
            onChange={(instrument) => onChange({ instrument })}
          />
          <Choice
            label="Type"
            value={search.type}
            all="All types"
            options={entryTypes.map((type) => [type, entryForms[type].label])}
            onChange={(type) => onChange({ type: entryTypes.find((each) => each === type) })}
          />
          <DayFilter label="From" value={search.from} onChange={(from) => onChange({ from })} />
          <DayFilter label="To" value={search.to} onChange={(to) => onChange({ to })} />
        </div>
      </div>
      {(given > 0 || other.length > 0) && (
        <p className="mt-2 text-sm text-ink-2 flex flex-wrap gap-x-4 items-center">
          {search.import && <span>Only of one import</span>}
          {search.reversed && (
            <span>
              {search.reversed === 'true' ? 'Only reversed ones' : 'Without reversed ones'}
            </span>
          )}
          <button
            type="button"
            className="text-accent-ink font-med hover:underline min-h-6"
            onClick={() =>
              onChange({
                account: undefined,
                instrument: undefined,
                type: undefined,
                from: undefined,
                to: undefined,
                import: undefined,
                portfolio: undefined,
                reversed: undefined,
              })
            }
          >
            Clear the filters
          </button>
        </p>
      )}
    </search>
  );
}

const pauseMs = 200;

/** Typing is smooth at once; the address and the server follow after a pause. */
function TextFilter({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the pause
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return <FilterField label="Filter transactions by text" value={typed} onChange={setTyped} />;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly all: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, value, all, options, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      className="control"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function DayFilter({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}) {
  return (
    <label className="relative block">
      <span className="absolute left-2.5 top-1/2 -translate-y-1/2 text-ink-3">{label}</span>
      <input
        type="date"
        className={cx('control', label === 'From' ? 'pl-12!' : 'pl-8!')}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </label>
  );
}

import type { Holding } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import { Amount, Percent, PriceText, Quantity } from '../../ui/Amount.tsx';
import { cx } from '../../ui/class-names.ts';
import { Explain, figureOfHolding } from '../explain/index.ts';
import { LivePrice } from '../quotes/index.ts';
import { type HoldingGroup, returnOf, totalsOf } from './holdings-view.ts';
import { Lots } from './Lots.tsx';
import { PriceMark } from './PriceMark.tsx';
import type { SortKey } from './search.ts';

interface HoldingsTableProps {
  readonly holdings?: readonly Holding[];
  readonly groups?: readonly HoldingGroup[];
  readonly sort?: {
    readonly key: SortKey;
    readonly ascending: boolean;
    readonly onChange: (key: SortKey) => void;
  };
  /** Rows open to their lots. */
  readonly withLots?: boolean;
  /** Live prices beside those that count. */
  readonly live?: boolean;
  readonly totals?: ReactNode;
}

/** Holdings as rows: the same table on the overview and on its own page. */
export function HoldingsTable({
  holdings = [],
  groups,
  sort,
  withLots = false,
  live = false,
  totals,
}: HoldingsTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const shown = groups ?? [{ key: '', title: null, holdings, totals: totalsOf(holdings) }];
  const accounts = new Set(
    shown.flatMap((group) => group.holdings.map(({ accountId }) => accountId)),
  );
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <table>
      <caption className="sr-only">Holdings with quantity, price, value, share and gain</caption>
      <thead className="max-md:sr-only">
        <tr>
          <Head name="instrument" label="Holding" sort={sort} start />
          <Head name="quantity" label="Quantity" sort={sort} />
          <Head name="price" label="Price" sort={sort} />
          <Head name="value" label="Value" sort={sort} />
          <th scope="col" className="head-cell text-right hidden lg:table-cell">
            Share
          </th>
          <Head name="gain" label="Gain" sort={sort} />
          <Head name="return" label="Return" sort={sort} />
        </tr>
      </thead>
      {shown.map((group) => (
        <tbody key={group.key}>
          {group.title !== null && <GroupHead group={group} />}
          {group.holdings.map((holding) => {
            const key = `${holding.accountId} ${holding.instrumentId ?? holding.instrument}`;
            const lots = withLots && (holding.lots?.length ?? 0) > 0;
            return (
              <Fragment key={key}>
                <Row
                  holding={holding}
                  showAccount={accounts.size > 1 && group.title === null}
                  {...(lots ? { open: open.has(key), onToggle: () => toggle(key) } : {})}
                  indent={withLots}
                  live={live}
                />
                {lots && open.has(key) && (
                  <tr>
                    <td colSpan={7} className="border-b border-line bg-sunken px-4 md:pl-10 py-3">
                      <Lots holding={holding} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      ))}
      {totals && <tfoot>{totals}</tfoot>}
    </table>
  );
}

interface HeadProps {
  readonly name: SortKey;
  readonly label: string;
  readonly sort: HoldingsTableProps['sort'];
  readonly start?: boolean;
}

const hiddenBelow: Partial<Record<SortKey, string>> = {
  quantity: 'max-md:hidden',
  price: 'max-md:hidden',
  return: 'max-md:hidden',
};

function Head({ name, label, sort, start }: HeadProps) {
  const on = sort?.key === name;
  const Arrow = on && sort.ascending !== (name === 'instrument') ? ArrowUp : ArrowDown;
  const place = cx('head-cell', !start && 'text-right', hiddenBelow[name]);
  if (!sort)
    return (
      <th scope="col" className={place}>
        {label}
      </th>
    );
  const spoken = on
    ? sort.ascending !== (name === 'instrument')
      ? 'ascending'
      : 'descending'
    : 'none';
  return (
    <th scope="col" aria-sort={spoken} className={place}>
      <button
        type="button"
        onClick={() => sort.onChange(name)}
        className={cx(
          'inline-flex items-center gap-1 min-h-6 hover:text-ink',
          on && 'text-ink font-semi',
        )}
      >
        {label}
        {on && <Arrow size={12} aria-hidden />}
      </button>
    </th>
  );
}

function GroupHead({ group }: { readonly group: HoldingGroup }) {
  const currency = group.holdings[0]?.baseCurrency ?? 'EUR';
  return (
    <tr>
      <th scope="colgroup" className="cell pt-5! h-auto! pb-2 text-md font-semi">
        {group.title} <span className="text-ink-3 font-reg ml-1">{group.holdings.length}</span>
      </th>
      <td className="cell max-md:hidden" colSpan={2} />
      <td className="cell pt-5! h-auto! pb-2 text-right font-semi">
        <Amount value={group.totals.value} currency={currency} />
      </td>
      <td className="cell pt-5! h-auto! pb-2 text-right text-ink-2 hidden lg:table-cell">
        <Percent value={group.totals.share} />
      </td>
      <td className="cell pt-5! h-auto! pb-2 text-right">
        <Amount value={group.totals.gain} currency={currency} sign="plus" />
      </td>
      <td className="cell max-md:hidden" />
    </tr>
  );
}

interface RowProps {
  readonly holding: Holding;
  readonly showAccount: boolean;
  readonly indent: boolean;
  readonly live: boolean;
  readonly open?: boolean;
  readonly onToggle?: () => void;
}

function Row({ holding, showAccount, indent, live, open, onToggle }: RowProps) {
  const rate = returnOf(holding);
  const cash = holding.priceState === 'cash';
  const quoted = live && !cash ? holding.instrumentId : null;
  const figure = (field: Parameters<typeof figureOfHolding>[1]) => figureOfHolding(holding, field);
  const base = holding.baseCurrency;
  return (
    <tr className="hover:bg-hover">
      <th scope="row" className="cell font-reg max-md:py-2.5 max-w-0 w-full">
        <span className="flex items-center gap-1.5 min-w-0">
          {indent && (
            <span className="w-6 shrink-0 max-md:hidden">
              {onToggle && (
                <button
                  type="button"
                  onClick={onToggle}
                  aria-expanded={open ?? false}
                  aria-label={`Lots of ${holding.instrument}`}
                  className="grid place-items-center size-6 rounded-sm text-ink-3 hover:text-ink hover:bg-selected"
                >
                  <ChevronRight
                    size={14}
                    aria-hidden
                    className={cx('transition-transform duration-(--dur-1)', open && 'rotate-90')}
                  />
                </button>
              )}
            </span>
          )}
          <span className="min-w-0 md:flex md:items-baseline md:gap-3">
            <Name holding={holding} />
            <span className="block truncate text-ink-2 max-md:text-sm">
              {cash ? 'Cash' : holding.name}
              {showAccount && (
                <span className="text-ink-3 text-sm md:ml-2">
                  <span className="md:hidden"> · </span>
                  {holding.account}
                </span>
              )}
            </span>
            {quoted !== null && <LivePrice instrument={quoted} className="lg:hidden" />}
          </span>
        </span>
      </th>
      <td className="cell text-right max-md:hidden">
        {!cash && (
          <Explain figure={figure('quantity')} tabStop={false}>
            <Quantity value={holding.quantity} />
          </Explain>
        )}
      </td>
      <td className="cell text-right whitespace-nowrap max-md:hidden">
        <span className="flex justify-end items-center gap-2">
          {quoted !== null && <LivePrice instrument={quoted} className="max-lg:hidden" />}
          <PriceMark holding={holding} />
          {holding.price !== null && !cash && (
            <Explain figure={figure('price')} tabStop={false}>
              <PriceText value={holding.price} currency={holding.currency} />
            </Explain>
          )}
        </span>
      </td>
      <td className="cell text-right">
        <Explain figure={figure('value')}>
          {holding.baseValue === null ? (
            <span className="text-ink-3">n/a</span>
          ) : (
            <Amount value={holding.baseValue} currency={base} />
          )}
        </Explain>
        <span className="md:hidden block text-sm">
          {rate === null || cash ? (
            <PriceMark holding={holding} />
          ) : (
            <Percent value={rate} sign="plus" coloured triangle />
          )}
        </span>
      </td>
      <td className="cell text-right hidden lg:table-cell">
        {holding.weight !== null && <ShareCell share={holding.weight} />}
      </td>
      <td className="cell text-right max-md:hidden">
        {!cash && (
          <Explain figure={figure('gain')} tabStop={false}>
            {holding.baseGain === null ? (
              <span className="text-ink-3">n/a</span>
            ) : (
              <Amount value={holding.baseGain} currency={base} sign="plus" />
            )}
          </Explain>
        )}
      </td>
      <td className="cell text-right max-md:hidden">
        {rate !== null && !cash && <Percent value={rate} sign="plus" coloured triangle />}
      </td>
    </tr>
  );
}

function Name({ holding }: { readonly holding: Holding }) {
  if (holding.instrumentId === null)
    return (
      <span className="font-semi shrink-0 md:min-w-16 inline-block">{holding.instrument}</span>
    );
  return (
    <Link
      to="/holdings/$instrument"
      params={{ instrument: holding.instrumentId }}
      className="font-semi shrink-0 hover:underline md:min-w-16 inline-block"
    >
      {holding.instrument}
    </Link>
  );
}

function ShareCell({ share }: { readonly share: number }) {
  return (
    <span className="flex justify-end items-center gap-3">
      <span aria-hidden className="w-14 h-1 rounded-full bg-line overflow-hidden">
        <span
          className="block h-full bg-neutral"
          style={{ width: `${Math.min(100, Math.max(0, share) * 100)}%` }}
        />
      </span>
      <span className="w-12">
        <Percent value={share} />
      </span>
    </span>
  );
}

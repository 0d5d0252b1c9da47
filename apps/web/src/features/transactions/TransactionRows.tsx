// biome-ignore-all lint/a11y/useSemanticElements: rows that scroll as one long page cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the link in a row has the focus, not its cells
import type { TransactionRow } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { Amount, PriceText, Quantity } from '../../ui/Amount.tsx';
import { cx } from '../../ui/class-names.ts';
import { typeLabel } from './transaction-forms.ts';

/** One grid for head and rows: date, type, what, quantity, price, amount, source. */
const rowGrid =
  'grid items-center max-md:content-center gap-x-4 grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[92px_116px_minmax(0,1.4fr)_minmax(70px,110px)_minmax(80px,110px)_minmax(96px,130px)] xl:grid-cols-[92px_150px_minmax(0,1.4fr)_110px_120px_140px_minmax(0,1fr)]';

export function TransactionsHead() {
  const right = 'text-right max-md:hidden';
  return (
    <div
      role="row"
      className={cx(rowGrid, 'h-[34px] text-ink-2 border-b border-line-strong max-md:sr-only')}
    >
      <span role="columnheader">Date</span>
      <span role="columnheader">Type</span>
      <span role="columnheader">Of what</span>
      <span role="columnheader" className={right}>
        Quantity
      </span>
      <span role="columnheader" className={right}>
        Price
      </span>
      <span role="columnheader" className={right}>
        Amount
      </span>
      <span role="columnheader" className="pl-4 max-xl:hidden">
        Source
      </span>
    </div>
  );
}

interface RowProps {
  readonly row: TransactionRow;
  /** Its place in the whole list, from 1. */
  readonly index: number;
  readonly style?: CSSProperties;
}

/** One transaction. The link on its type opens it; a reversed one is struck through and says so. */
export function TransactionLine({ row, index, style }: RowProps) {
  const locale = useLocale();
  const reversed = row.reversedBy !== null;
  const currency = row.currency ?? 'EUR';
  return (
    <div
      role="row"
      aria-rowindex={index}
      style={style}
      className={cx(
        rowGrid,
        'relative w-full border-b border-line h-(--row) max-md:h-15 hover:bg-hover',
        reversed && 'text-ink-3',
      )}
    >
      <span
        role="cell"
        className="max-md:order-2 max-md:text-sm max-md:text-ink-2 whitespace-nowrap"
      >
        {formatDay(row.effectiveAt, locale)}
        <span className="md:hidden"> · {row.account}</span>
      </span>
      <span role="cell" className="max-md:order-1 truncate">
        <Link
          to="/transactions"
          search={(before) => ({ ...before, id: row.id })}
          resetScroll={false}
          className={cx('font-med after:absolute after:inset-0', reversed && 'line-through')}
        >
          {typeLabel(row.type)}
        </Link>
        <span className="md:hidden"> {row.instrument}</span>
        {reversed && <span className="ml-2 text-xs">reversed</span>}
      </span>
      <span role="cell" className="truncate max-md:hidden">
        <span className={cx('font-semi', reversed && 'line-through')}>{row.instrument}</span>
        <span className={cx('text-ink-3', row.instrument && 'ml-2')}>{row.account}</span>
      </span>
      <span role="cell" className="text-right max-md:hidden">
        {row.quantity !== null && <Quantity value={row.quantity} />}
      </span>
      <span role="cell" className="text-right max-md:hidden">
        {row.price !== null && <PriceText value={row.price} currency={currency} />}
      </span>
      <span role="cell" className={cx('text-right max-md:order-1', reversed && 'line-through')}>
        {row.amount !== null && <Amount value={row.amount} currency={currency} />}
        {row.amount === null && row.quantity !== null && (
          <span className="md:hidden">
            <Quantity value={row.quantity} />
          </span>
        )}
      </span>
      <span role="cell" className="truncate text-sm text-ink-3 pl-4 max-xl:hidden">
        {row.source ? `${row.source.file}:${row.source.line}` : 'by hand'}
      </span>
    </div>
  );
}

/** A short list of transactions, drawn whole. */
export function TransactionRows({ rows }: { readonly rows: readonly TransactionRow[] }) {
  return (
    <div role="table" aria-label="Transactions">
      <div role="rowgroup">
        <TransactionsHead />
      </div>
      <div role="rowgroup">
        {rows.map((row, index) => (
          <TransactionLine key={row.id} row={row} index={index + 1} />
        ))}
      </div>
    </div>
  );
}

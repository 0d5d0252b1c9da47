import { isDay } from '../../format/days.ts';
import type { EntryType } from './transaction-forms.ts';

/** What the address of the transactions page says beside the scope. */
export interface TransactionsSearch {
  readonly account?: string | undefined;
  readonly instrument?: string | undefined;
  readonly type?: EntryType | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly text?: string | undefined;
  readonly import?: string | undefined;
  readonly portfolio?: string | undefined;
  readonly reversed?: 'true' | 'false' | undefined;
  /** The transaction that is open. */
  readonly id?: string | undefined;
  /** The form that is open. */
  readonly add?: EntryType | 'price' | undefined;
}

/** Reads the address; what does not fit is left out. Types are words here that may yet be unknown. */
export function readTransactionsSearch(search: Record<string, unknown>): TransactionsSearch {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' && value !== ''
      ? value
      : typeof value === 'number'
        ? String(value)
        : undefined;
  };
  // The list of types would come along into what every page loads; the page itself looks closer.
  const word = (name: string) => {
    const value = text(name);
    return value && /^[a-z]{2,12}(?:-[a-z]{2,12}){0,2}$/.test(value)
      ? (value as EntryType)
      : undefined;
  };
  const day = (name: string) => {
    const value = text(name);
    return value && isDay(value) ? value : undefined;
  };
  const reversed =
    text('reversed') ??
    (typeof search['reversed'] === 'boolean' ? String(search['reversed']) : undefined);
  const read = {
    account: text('account'),
    instrument: text('instrument'),
    type: word('type'),
    from: day('from'),
    to: day('to'),
    text: text('text'),
    import: text('import'),
    portfolio: text('portfolio'),
    reversed: reversed === 'true' || reversed === 'false' ? reversed : undefined,
    id: text('id'),
    add: word('add'),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The part of the address that chooses transactions. */
export function filtersOf(search: TransactionsSearch, portfolio: string) {
  const { account, instrument, type, from, to, text, reversed } = search;
  const given = { account, instrument, type, from, to, text, reversed, import: search.import };
  const filters = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const scoped = search.portfolio ?? (portfolio === 'all' ? undefined : portfolio);
  return scoped ? { ...filters, portfolio: scoped } : filters;
}

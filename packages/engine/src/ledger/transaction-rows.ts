import {
  type Account,
  instrumentLabel,
  orderLedger,
  postingsOf,
  type Transaction,
  transactionToJson,
} from '@plimsoll/domain';

import { formatDecimal, formatPrice, type Json, ok, type Result } from '@plimsoll/kernel';
import type { RecordedTransaction, Store, TransactionFilter } from '@plimsoll/ports';
import type { TransactionQuery } from '../engine.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import { commonMembers } from '../explain/describe-transaction.ts';
import { foldUnits } from '../record/check-ledger.ts';
import { resolveScope } from '../valuation/scope.ts';
import type {
  PostingView,
  TransactionDetailView,
  TransactionPageView,
  TransactionRowView,
} from '../views.ts';
import type { LedgerView, LedgerViews } from './ledger-view.ts';

const text = (value: bigint | null): string | null =>
  value === null ? null : formatDecimal(value);

/** A recorded transaction as lists show it. */
function rowOf(
  view: LedgerView,
  { seq, recordedAt, transaction, reversedBy }: RecordedTransaction,
): TransactionRowView {
  const members = commonMembers(transaction);
  const instrument =
    members.instrumentId === null ? undefined : view.instruments.get(members.instrumentId);
  return {
    id: transaction.id,
    seq,
    type: transaction.type,
    effectiveAt: transaction.effectiveAt,
    time: transaction.time ?? null,
    recordedAt,
    accountId: transaction.accountId,
    account:
      view.accounts.find(({ id }) => id === transaction.accountId)?.name ?? transaction.accountId,
    instrumentId: members.instrumentId,
    instrument: instrument ? instrumentLabel(instrument) : null,
    quantity: text(members.quantity),
    price: members.price === null ? null : formatPrice(members.price),
    amount: text(members.amount),
    fee: text(members.fee),
    tax: text(members.tax),
    currency: members.currency,
    note: transaction.note ?? null,
    source: transaction.source ?? null,
    reversedBy,
    fact: transactionToJson(transaction) as { [key: string]: Json },
  };
}

function filterOf(
  view: LedgerView,
  query: TransactionQuery,
): Result<TransactionFilter, EngineFault> {
  const scope = resolveScope(view, { portfolio: query.account ?? query.portfolio ?? 'all' });
  if (!scope.ok) return scope;
  const all = query.account === undefined && (query.portfolio ?? 'all') === 'all';
  return ok({
    ...(all ? {} : { accountIds: [...scope.value.accountIds] }),
    ...(query.instrument === undefined ? {} : { instrumentId: query.instrument }),
    ...(query.type === undefined ? {} : { types: [query.type] }),
    ...(query.from === undefined ? {} : { from: query.from }),
    ...(query.to === undefined ? {} : { to: query.to }),
    ...(query.import === undefined ? {} : { importId: query.import }),
    ...(query.text === undefined || query.text === '' ? {} : { text: query.text }),
    includeReversed: query.reversed ?? false,
  });
}

/** One page of the record, newest first. */
export async function transactionPage(
  store: Store,
  views: LedgerViews,
  workspace: string,
  query: TransactionQuery,
): Promise<Result<TransactionPageView, EngineFault>> {
  return store.read(workspace, async (unit) => {
    const view = await views.within(unit);
    const filter = filterOf(view, query);
    if (!filter.ok) return filter;
    const page = await unit.ledger.page(filter.value, query.cursor ?? null, query.limit);
    return ok({
      items: page.items.map((recorded) => rowOf(view, recorded)),
      next: page.next,
      total: await unit.ledger.count(filter.value),
    });
  });
}

/** One transaction as lists show it, with its postings. */
export async function transactionDetail(
  store: Store,
  views: LedgerViews,
  workspace: string,
  id: string,
): Promise<Result<TransactionDetailView, EngineFault>> {
  return store.read(workspace, async (unit) => {
    const view = await views.within(unit);
    const found = await unit.ledger.page({ ids: [id], includeReversed: true }, null, 1);
    const [recorded] = found.items;
    const account = view.accounts.find((one) => one.id === recorded?.transaction.accountId);
    if (!recorded || !account)
      return fault('transaction.unknown', `There is no transaction "${id}".`);
    const postings = postingsIn(view, recorded.transaction, account);
    return ok({ ...rowOf(view, recorded), postings });
  });
}

/** The postings of one transaction alone. */
export async function transactionPostings(
  store: Store,
  views: LedgerViews,
  workspace: string,
  id: string,
): Promise<Result<PostingView[], EngineFault>> {
  const detail = await transactionDetail(store, views, workspace, id);
  return detail.ok ? ok(detail.value.postings) : detail;
}

/** The postings of a transaction, names in place of ids. */
function postingsIn(view: LedgerView, transaction: Transaction, account: Account): PostingView[] {
  const names = new Map(view.accounts.map((one) => [one.id, one.name]));
  const { book } = foldUnits(view, earlierThan(view, transaction));
  const postings = postingsOf(transaction, account, view.cashTracked.has(account.id), {
    instrument: (instrumentId) => book.instrument(instrumentId),
    held: (accountId, instrumentId) => book.holding(accountId, instrumentId).lots.quantity,
  });
  return postings.map(({ account: on, commodity, quantity, currency, weight }) => {
    const instrument = view.instruments.get(commodity);
    return {
      account: names.get(on) ?? on,
      commodity: instrument ? instrumentLabel(instrument) : commodity,
      quantity: formatDecimal(quantity),
      currency,
      weight: formatDecimal(weight),
    };
  });
}

/** The ledger as it was just before the transaction took effect. */
function earlierThan(view: LedgerView, transaction: Transaction): readonly Transaction[] {
  const others = view.transactions.filter(({ id }) => id !== transaction.id);
  const ordered = orderLedger([...others, transaction]);
  return ordered.slice(
    0,
    ordered.findIndex(({ id }) => id === transaction.id),
  );
}

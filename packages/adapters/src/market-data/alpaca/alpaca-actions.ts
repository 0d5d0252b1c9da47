/** https://docs.alpaca.markets/reference/corporateactions-1 (2026-11-21). */
import { addDays, type Day, ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { type ActionRow, readActions } from '../../market-data-kit/read-actions.ts';
import { readPages } from '../../market-data-kit/read-pages.ts';

const row = z.looseObject({});
const rows = z.array(row).nullish();
const page = z.object({
  corporate_actions: z.object({
    forward_splits: rows,
    reverse_splits: rows,
    stock_dividends: rows,
    cash_dividends: rows,
    spin_offs: rows,
    cash_mergers: rows,
    stock_mergers: rows,
    stock_and_cash_mergers: rows,
    redemptions: rows,
    name_changes: rows,
    worthless_removals: rows,
  }),
  next_page_token: z.string().nullish(),
});

type Page = z.infer<typeof page>['corporate_actions'];
type Row = Readonly<Record<string, unknown>>;

/** Alpaca files an action under the day on which it is processed: a dividend when it is paid. */
const daysBetweenExAndProcess = 120;
/** Its records begin in 2020; asking from earlier is harmless. */
const rowsPerPage = 1000;

const per = (a: unknown, b: unknown): number => numeric(a) / numeric(b);

/** How each kind is read; null where it is told of another symbol than the one that was asked for. */
const readers: Readonly<Record<keyof Page, (row: Row, symbol: string) => ActionRow | null>> = {
  forward_splits: (r) => split(r),
  reverse_splits: (r) => split(r),
  stock_dividends: (r) => ({
    kind: 'stock-dividend',
    day: r['ex_date'],
    value: r['rate'],
    payDay: r['payable_date'],
  }),
  cash_dividends: (r) => ({
    kind: r['special'] === true ? 'special-dividend' : 'dividend',
    day: r['ex_date'],
    value: r['rate'],
    payDay: r['payable_date'],
    currency: 'USD',
  }),
  spin_offs: (r, symbol) =>
    r['source_symbol'] !== symbol
      ? null
      : {
          kind: 'spin-off',
          day: r['ex_date'],
          value: per(r['new_rate'], r['source_rate']),
          other: r['new_symbol'],
          payDay: r['payable_date'],
        },
  cash_mergers: (r, symbol) => merger(r, symbol, 0, numeric(r['rate'])),
  stock_mergers: (r, symbol) =>
    merger(r, symbol, per(r['acquirer_rate'], r['acquiree_rate']), undefined),
  stock_and_cash_mergers: (r, symbol) =>
    merger(
      r,
      symbol,
      per(r['acquirer_rate'], r['acquiree_rate']),
      per(r['cash_rate'], r['acquiree_rate']),
    ),
  redemptions: (r) => ({
    kind: 'delisting',
    day: r['process_date'],
    value: r['rate'],
    currency: 'USD',
    payDay: r['payable_date'],
  }),
  name_changes: (r, symbol) =>
    r['old_symbol'] !== symbol
      ? null
      : { kind: 'symbol-change', day: r['process_date'], value: 1, other: r['new_symbol'] },
  worthless_removals: (r) => ({
    kind: 'delisting',
    day: r['process_date'],
    value: 0,
    currency: 'USD',
  }),
};

const split = (r: Row): ActionRow => ({
  kind: 'split',
  day: r['ex_date'],
  value: per(r['new_rate'], r['old_rate']),
  payDay: r['payable_date'],
});

function merger(r: Row, symbol: string, units: number, cash: number | undefined): ActionRow | null {
  if (r['acquiree_symbol'] !== symbol) return null;
  return {
    kind: 'merger',
    day: r['effective_date'],
    value: units,
    currency: 'USD',
    payDay: r['payable_date'],
    other: r['acquirer_symbol'],
    ...(cash === undefined ? {} : { second: cash }),
  };
}

/** The corporate actions of a share by their ex-days. */
export async function readAlpacaActions(
  http: ProviderHttp,
  symbol: string,
  { from, until }: { readonly from: Day; readonly until: Day },
  signal: AbortSignal,
): Promise<Result<ReturnType<typeof readActions>, MarketDataFault>> {
  const found: ActionRow[] = [];
  const asked = {
    symbols: symbol,
    start: from,
    end: addDays(until, daysBetweenExAndProcess),
    limit: rowsPerPage,
    sort: 'asc',
  };
  const read = await readPages('Alpaca', '', async (mark) => {
    const query = mark === '' ? asked : { ...asked, page_token: mark };
    const answer = await http.json('/v1/corporate-actions', query, { signal, shape: page });
    if (!answer.ok) return answer;
    const before = found.length;
    for (const kind of Object.keys(readers) as (keyof Page)[]) {
      for (const one of answer.value.corporate_actions[kind] ?? []) {
        const action = readers[kind](one, symbol);
        if (action) found.push(action);
      }
    }
    return ok({ next: answer.value.next_page_token || null, fresh: found.length - before });
  });
  return read.ok ? ok(readActions(found, from, until)) : read;
}

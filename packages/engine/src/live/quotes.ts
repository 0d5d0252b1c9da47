import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import { dayFromNumber, ok, priceToFloat, type Result } from '@plimsoll/kernel';
import type { Store, TickStore } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { Answer } from '../use-case.ts';
import { findInstrument } from '../valuation/benchmark.ts';
import type {
  LiveUseCases,
  QuoteHistoryQuery,
  QuoteHistoryView,
  QuotesQuery,
  QuotesView,
  QuoteView,
} from './live-use-cases.ts';

interface QuoteContext {
  readonly store: Store;
  readonly ticks: (() => TickStore) | undefined;
  readonly nowMs: () => number;
  readonly look: <T>(
    workspace: string,
    work: (view: LedgerView) => Promise<Result<T, EngineFault>> | Result<T, EngineFault>,
  ) => Answer<T>;
}

const most = 1_000;
const mostTicks = 50_000;
const hour = 3_600_000;
const longest = 48 * hour;

/** Quotes by the record, and the ticks and bars of the last days. */
export function liveUseCases(context: QuoteContext): LiveUseCases {
  return {
    quotes: (workspace, query) =>
      context.look(workspace, async (view) => {
        const { found, unknown } = wanted(view, query);
        const quoteIds = await liveIds(context.store, view, found);
        const now = context.nowMs();
        const quotes = found.map((one) => closeOf(view, one, quoteIds.get(one.id) ?? null, now));
        const at = new Date(now).toISOString();
        return ok({ at, quotes, unknown, sources: [] } satisfies QuotesView);
      }),
    quoteHistory: (workspace, query) =>
      context.look(workspace, async (view) => {
        const instrument = findInstrument(view, query.instrument);
        if (instrument === undefined) {
          return fault('instrument.unknown', `There is no instrument "${query.instrument}".`);
        }
        const range = rangeOf(query, context.nowMs());
        if (!range.ok) return range;
        const ids = await liveIds(context.store, view, [instrument]);
        const quoteId = ids.get(instrument.id);
        const { from, until } = range.value;
        const columns =
          quoteId === undefined || context.ticks === undefined
            ? { at: [], cut: false }
            : await columnsOf(context.ticks(), quoteId, query.timeframe, range.value);
        return ok({
          instrumentId: instrument.id,
          timeframe: query.timeframe,
          from: new Date(from).toISOString(),
          until: new Date(until).toISOString(),
          ...columns,
        } satisfies QuoteHistoryView);
      }),
  };
}

/** The instruments that are named, each once, and the names that none goes by. */
function wanted(view: LedgerView, { symbols, instruments }: QuotesQuery) {
  if (symbols === undefined && instruments === undefined) {
    return { found: [...view.instruments.values()].slice(0, most), unknown: [] };
  }
  const found = new Map<string, Instrument>();
  const unknown: string[] = [];
  const take = (name: string, one: Instrument | undefined) => {
    if (one === undefined) unknown.push(name);
    else found.set(one.id, one);
  };
  for (const id of instruments ?? []) take(id, view.instruments.get(id));
  for (const name of symbols ?? []) take(name, findInstrument(view, name));
  return { found: [...found.values()], unknown };
}

/** What the live prices of instruments go by: their listing, or themselves where they are simulated. */
async function liveIds(
  store: Store,
  view: LedgerView,
  instruments: readonly Instrument[],
): Promise<ReadonlyMap<string, string>> {
  const links = await store.read(view.workspaceId, (unit) => unit.links.links());
  const listings = new Map(links.map(({ instrumentId, listingId }) => [instrumentId, listingId]));
  return new Map(
    instruments.flatMap((one) => {
      const id = one.simulated ? one.id : (listings.get(one.id) ?? null);
      return id === null ? [] : [[one.id, id]];
    }),
  );
}

/** The last close as a quote. */
function closeOf(
  view: LedgerView,
  instrument: Instrument,
  quoteId: string | null,
  now: number,
): QuoteView {
  const series = view.prices.get(instrument.id);
  const index = (series?.days.length ?? 0) - 1;
  const day = series?.days[index];
  const close = series?.close[index] ?? null;
  const at = day === undefined ? null : `${dayFromNumber(day)}T00:00:00.000Z`;
  return {
    instrumentId: instrument.id,
    quoteId,
    symbol: instrumentLabel(instrument),
    name: instrument.name,
    currency: instrument.currency,
    priceFactor: priceToFloat(instrument.priceFactor),
    bid: null,
    ask: null,
    last: close,
    size: null,
    previousClose: series?.close[index - 1] ?? null,
    at,
    receivedAt: null,
    age: at === null ? null : Math.round((now - Date.parse(at)) / 1000),
    source: series?.source ?? null,
    state: close === null ? 'none' : 'close',
    delayed: false,
    simulated: instrument.simulated,
    heldBack: null,
    note: noteOf(quoteId),
  };
}

const noteOf = (quoteId: string | null): string =>
  quoteId === null
    ? 'It is not linked to a listing of the market, so no provider is asked for it.'
    : 'No provider of live quotes has told its price.';

function rangeOf(
  { from, until }: QuoteHistoryQuery,
  now: number,
): Result<{ readonly from: number; readonly until: number }, EngineFault> {
  const end = until === undefined ? now : Date.parse(until);
  const start = from === undefined ? end - hour : Date.parse(from);
  if (Number.isNaN(start) || Number.isNaN(end) || start > end) {
    return fault(
      'request.invalid',
      `From ${from ?? 'an hour before'} until ${until ?? 'now'} is no range: name instants such as 2026-03-31T14:00:00Z, the earlier one first.`,
    );
  }
  if (end - start > longest) {
    return fault(
      'request.invalid',
      `From ${from} until ${until ?? 'now'} is longer than two days; ask day by day.`,
    );
  }
  return ok({ from: start, until: end });
}

const column = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value));

async function columnsOf(
  store: TickStore,
  quoteId: string,
  timeframe: QuoteHistoryQuery['timeframe'],
  { from, until }: { readonly from: number; readonly until: number },
) {
  if (timeframe !== 'tick') {
    const { from: at, ...bars } = await store.bars(quoteId, timeframe, from, until);
    return {
      at: [...at],
      open: column(bars.open),
      high: column(bars.high),
      low: column(bars.low),
      close: column(bars.close),
      volume: column(bars.volume),
      cut: false,
    };
  }
  const ticks = await store.ticks(quoteId, from, until);
  const first = (values: Float64Array) => values.subarray(0, mostTicks);
  return {
    at: [...first(ticks.at)],
    bid: column(first(ticks.bid)),
    ask: column(first(ticks.ask)),
    last: column(first(ticks.last)),
    size: column(first(ticks.size)),
    cut: ticks.at.length > mostTicks,
  };
}

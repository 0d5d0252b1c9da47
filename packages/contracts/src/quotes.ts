import { z } from 'zod';
import { currency, id, instant } from './scalars.ts';

/** A price as a float, in the instrument's price unit; null where unknown. */
const live = z.number().nullable();

/** Symbols, ISINs or names, and ids, of instruments of the workspace; none named: all of them. */
const wanted = z
  .string()
  .max(20_000)
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1).max(80)).max(1_000, 'must name at most 1000'))
  .meta({ description: 'Names separated by commas, at most 1000.' });

export const quotesQuery = z.object({
  symbols: wanted.optional(),
  instruments: wanted.optional(),
});

/** The latest known prices of one instrument, and how far they can be trusted. */
export const quote = z.object({
  instrumentId: id,
  /** What its live prices go by on the socket; null where it has none. */
  quoteId: z.string().nullable(),
  symbol: z.string(),
  name: z.string(),
  currency,
  /** Currency per quoted unit: 1, or 0.01 where prices are in pence. */
  priceFactor: z.number(),
  bid: live,
  ask: live,
  /** Price of the last trade, or the last close where nothing newer is known. */
  last: live,
  /** Units of the last trade. */
  size: live,
  previousClose: live,
  /** When the newest of these prices was true, by the provider. */
  at: instant.nullable(),
  receivedAt: instant.nullable(),
  /** Seconds since `at`. */
  age: z.number().nullable(),
  /** The provider, or where the close came from. */
  source: z.string().nullable(),
  /** `live`: from a provider that is being heard; `stale`: it is not any more; `close`: the last close; `none`. */
  state: z.enum(['live', 'stale', 'close', 'none']),
  /** Known to be behind: it came more than a minute after it was true. */
  delayed: z.boolean(),
  simulated: z.boolean(),
  /** A newer price that was held back, because it is far from all that is known. */
  heldBack: live,
  /** Why it is not live, or what is odd; empty where nothing is. */
  note: z.string(),
});

/** One provider of live quotes. */
export const quoteSource = z.object({
  id: z.string(),
  state: z.enum(['connecting', 'open', 'lost', 'refused', 'silent']),
  since: instant,
  detail: z.string(),
});

export const quotesReply = z.object({
  at: instant,
  quotes: z.array(quote),
  /** Names that no instrument of the workspace goes by. */
  unknown: z.array(z.string()),
  sources: z.array(quoteSource),
});

export const quoteHistoryQuery = z.object({
  instrument: z.string().min(1).max(80),
  timeframe: z.enum(['tick', '1m', '5m']).default('1m'),
  /** ISO instants; the last hour where not given, at most two days at a time. */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
});

const column = z.array(live);

/** Ticks or bars of one instrument as columns of one length. Times in milliseconds since 1970-01-01 UTC. */
export const quoteHistory = z.object({
  instrumentId: id,
  timeframe: z.enum(['tick', '1m', '5m']),
  from: instant,
  until: instant,
  at: z.array(z.number()),
  /** Of bars. */
  open: column.optional(),
  high: column.optional(),
  low: column.optional(),
  close: column.optional(),
  volume: column.optional(),
  /** Of ticks. */
  bid: column.optional(),
  ask: column.optional(),
  last: column.optional(),
  size: column.optional(),
  /** Whether there is more after `until` of the reply. */
  cut: z.boolean(),
});

const names = z.array(z.string().min(1).max(80)).max(1_000);

/** What a client says on `/ws/quotes`. */
export const quoteRequest = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('subscribe'),
      symbols: names.optional(),
      instruments: names.optional(),
      /** Updates come at most so often; 200 ms where not given. */
      everyMs: z.number().int().min(200).max(60_000).optional(),
    })
    .strict(),
  z
    .object({
      type: z.literal('unsubscribe'),
      symbols: names.optional(),
      instruments: names.optional(),
    })
    .strict(),
  z.object({ type: z.literal('ping'), id: z.string().max(80).optional() }).strict(),
]);

/** What changed of a quote: `quoteId` and the members that are other ones now. */
export const quoteChange = z.object({
  quoteId: z.string(),
  bid: live.optional(),
  ask: live.optional(),
  last: live.optional(),
  size: live.optional(),
  previousClose: live.optional(),
  heldBack: live.optional(),
  /** Milliseconds since 1970-01-01 UTC. */
  tradeAt: live.optional(),
  quoteAt: live.optional(),
  receivedAt: live.optional(),
  source: z.string().nullable().optional(),
  stale: z.boolean().optional(),
});

/** What the server says on `/ws/quotes`. */
export const quoteMessage = z.discriminatedUnion('type', [
  /** Answers a subscription: the quotes as they are now. */
  z.object({
    type: z.literal('snapshot'),
    at: instant,
    quotes: z.array(quote),
    unknown: z.array(z.string()),
  }),
  /** The newest state of what changed; what came between two updates is left out. */
  z.object({ type: z.literal('update'), quotes: z.array(quoteChange) }),
  z.object({ type: z.literal('unsubscribed'), quoteIds: z.array(z.string()) }),
  z.object({ type: z.literal('heartbeat'), at: instant }),
  z.object({ type: z.literal('pong'), id: z.string().optional() }),
  z.object({ type: z.literal('status'), sources: z.array(quoteSource) }),
  z.object({ type: z.literal('error'), code: z.string(), detail: z.string() }),
]);

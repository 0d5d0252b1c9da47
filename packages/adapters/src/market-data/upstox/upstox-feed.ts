/**
 * Frames of the market data feed, read field by field into ticks: no object per frame or feed.
 * https://upstox.com/developer/api-documentation/v3/get-market-data-feed, MarketDataFeedV3.proto
 * (2026-11-21). In its words: FeedResponse { type 1, feeds 2 (map of Feed), currentTs 3 }, Feed
 * { ltpc 1, fullFeed 2 { marketFF 1 { ltpc 1, marketLevel 2 { bidAskQuote 1 } }, indexFF 2 { ltpc 1 } },
 * firstLevelWithGreeks 3 { ltpc 1, firstDepth 2 } }, LTPC { ltp 1, ltt 2, ltq 3, cp 4 },
 * Quote { bidQ 1, bidP 2, askQ 3, askP 4 }.
 */
import { Reader } from 'protobufjs/minimal.js';
import type { TickWriter } from '../../market-data-kit/tick-writer.ts';

/** What one feed says; filled anew for each. */
interface Feed {
  price: number;
  size: number;
  tradedAt: number;
  bid: number;
  ask: number;
  hasDepth: boolean;
}

/** Reads frames of one connection; remembers the last trade of each key, which every frame repeats. */
export class UpstoxFeed {
  readonly #feed: Feed = {
    price: Number.NaN,
    size: Number.NaN,
    tradedAt: Number.NaN,
    bid: Number.NaN,
    ask: Number.NaN,
    hasDepth: false,
  };
  readonly #lastTrades = new Map<string, Pick<Feed, 'price' | 'size' | 'tradedAt'>>();

  /** Whether the frame was whole; what came before a break was written. */
  read(frame: Uint8Array, ticks: TickWriter): boolean {
    try {
      const at = frameTime(frame);
      const reader = new Reader(frame);
      while (reader.pos < reader.len) {
        const tag = reader.uint32();
        if (tag === 18) this.#entry(reader, ticks, at);
        else reader.skipType(tag & 7);
      }
      return true;
    } catch (error) {
      // What the reader throws at a frame that is no message, or ends too soon.
      if (error instanceof RangeError || isReaderError(error)) return false;
      throw error;
    }
  }

  /** One entry of the map: its key and what is told of it. */
  #entry(reader: Reader, ticks: TickWriter, at: number): void {
    const end = endOf(reader);
    let key = '';
    this.#clear();
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === 10) key = reader.string();
      else if (tag === 18) this.#feedOf(reader, endOf(reader));
      else reader.skipType(tag & 7);
    }
    this.#write(key, ticks, at);
  }

  #clear(): void {
    const feed = this.#feed;
    feed.price = Number.NaN;
    feed.size = Number.NaN;
    feed.tradedAt = Number.NaN;
    feed.bid = Number.NaN;
    feed.ask = Number.NaN;
    feed.hasDepth = false;
  }

  #write(key: string, ticks: TickWriter, at: number): void {
    const { price, size, tradedAt, bid, ask, hasDepth } = this.#feed;
    if (this.#isNewTrade(key)) ticks.trade(key, tradedAt, price, size);
    if (hasDepth) ticks.quote(key, at, bid, ask);
  }

  /** Time, price and size tell trades apart as far as the feed does. */
  #isNewTrade(key: string): boolean {
    const { price, size, tradedAt } = this.#feed;
    let last = this.#lastTrades.get(key);
    if (last && last.tradedAt === tradedAt && last.price === price && last.size === size) {
      return false;
    }
    if (!last) {
      last = { price, size, tradedAt };
      this.#lastTrades.set(key, last);
    }
    last.price = price;
    last.size = size;
    last.tradedAt = tradedAt;
    return true;
  }

  #feedOf(reader: Reader, end: number): void {
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === 10) this.#ltpc(reader, endOf(reader));
      else if (tag === 18) this.#fullFeed(reader, endOf(reader));
      else if (tag === 26) this.#marketFeed(reader, endOf(reader), true);
      else reader.skipType(tag & 7);
    }
  }

  #fullFeed(reader: Reader, end: number): void {
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === 10 || tag === 18) this.#marketFeed(reader, endOf(reader), false);
      else reader.skipType(tag & 7);
    }
  }

  /** A full feed keeps its depth in a list, the one with greeks its first level by itself. */
  #marketFeed(reader: Reader, end: number, single: boolean): void {
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === 10) this.#ltpc(reader, endOf(reader));
      else if (tag === 18 && single) this.#quote(reader, endOf(reader));
      else if (tag === 18) this.#levels(reader, endOf(reader));
      else reader.skipType(tag & 7);
    }
  }

  #levels(reader: Reader, end: number): void {
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === 10 && !this.#feed.hasDepth) this.#quote(reader, endOf(reader));
      else reader.skipType(tag & 7);
    }
  }

  #quote(reader: Reader, end: number): void {
    this.#feed.hasDepth = true;
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === 17) this.#feed.bid = reader.double();
      else if (tag === 33) this.#feed.ask = reader.double();
      else reader.skipType(tag & 7);
    }
  }

  #ltpc(reader: Reader, end: number): void {
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === 9) this.#feed.price = reader.double();
      else if (tag === 16) this.#feed.tradedAt = whole(reader);
      else if (tag === 24) this.#feed.size = whole(reader);
      else reader.skipType(tag & 7);
    }
  }
}

/** The reader throws plain errors with a text of its own. */
const isReaderError = (error: unknown): boolean =>
  error instanceof Error && error.constructor === Error;

/** Where a part that begins with its length ends. */
function endOf(reader: Reader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError('the part is longer than the frame');
  return end;
}

function whole(reader: Reader): number {
  const value = reader.int64();
  return typeof value === 'number' ? value : value.high * 2 ** 32 + (value.low >>> 0);
}

/** When the frame was sent, which it says after its feeds. */
function frameTime(frame: Uint8Array): number {
  const reader = new Reader(frame);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 24) return whole(reader);
    reader.skipType(tag & 7);
  }
  return Number.NaN;
}

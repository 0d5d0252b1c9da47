/**
 * The messages of MarketDataFeedV3.proto as far as they are sent, for writing frames as Upstox does.
 * https://assets.upstox.com/feed/market-data-feed/v3/MarketDataFeed.proto (2026-11-21).
 */
import protobuf from 'protobufjs/light.js';

const field = (id: number, type: string) => ({ id, type });
const list = (id: number, type: string) => ({ id, type, rule: 'repeated' });

const nested: Readonly<Record<string, object>> = {
  LTPC: {
    fields: {
      ltp: field(1, 'double'),
      ltt: field(2, 'int64'),
      ltq: field(3, 'int64'),
      cp: field(4, 'double'),
    },
  },
  Quote: {
    fields: {
      bidQ: field(1, 'int64'),
      bidP: field(2, 'double'),
      askQ: field(3, 'int64'),
      askP: field(4, 'double'),
    },
  },
  MarketLevel: { fields: { bidAskQuote: list(1, 'Quote') } },
  MarketFullFeed: {
    fields: {
      ltpc: field(1, 'LTPC'),
      marketLevel: field(2, 'MarketLevel'),
      atp: field(5, 'double'),
      vtt: field(6, 'int64'),
    },
  },
  IndexFullFeed: { fields: { ltpc: field(1, 'LTPC') } },
  FullFeed: {
    oneofs: { FullFeedUnion: { oneof: ['marketFF', 'indexFF'] } },
    fields: { marketFF: field(1, 'MarketFullFeed'), indexFF: field(2, 'IndexFullFeed') },
  },
  FirstLevelWithGreeks: {
    fields: { ltpc: field(1, 'LTPC'), firstDepth: field(2, 'Quote'), vtt: field(4, 'int64') },
  },
  Feed: {
    oneofs: { FeedUnion: { oneof: ['ltpc', 'fullFeed', 'firstLevelWithGreeks'] } },
    fields: {
      ltpc: field(1, 'LTPC'),
      fullFeed: field(2, 'FullFeed'),
      firstLevelWithGreeks: field(3, 'FirstLevelWithGreeks'),
      requestMode: field(4, 'uint32'),
    },
  },
  FeedResponse: {
    fields: {
      type: field(1, 'uint32'),
      feeds: { id: 2, keyType: 'string', type: 'Feed' },
      currentTs: field(3, 'int64'),
    },
  },
};

const root = protobuf.Root.fromJSON({ nested });
const type = root.lookupType('FeedResponse');

/** A frame as Upstox sends it. */
export const feedFrame = (message: object): Uint8Array =>
  type.encode(type.fromObject(message)).finish();

import type {
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
  QuoteStream,
  StreamState,
  TickBatch,
} from '@plimsoll/ports';
import {
  type FakeProvider,
  type FakeReply,
  type FakeRequest,
  fakeProvider,
} from '@plimsoll/ports/conformance';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StreamFrame } from '../stream-protocol.ts';
import { type FakeFeed, type FeedConnection, type FeedScript, fakeFeed } from './fake-feed.ts';
import { type SteppedWorld, steppedWorld } from './stepped-world.ts';

export interface StreamTerms {
  readonly baseUrl: string;
  readonly streamUrl: string;
  readonly key: string;
}

/** A symbol as it is wanted and as the provider spells it. */
export interface StreamSymbol extends ProviderSymbol {
  readonly spelling: string;
}

export interface FakeTrade {
  readonly at: unknown;
  readonly price: unknown;
  readonly size: unknown;
  readonly id: number;
}

export interface FakeBidAsk {
  readonly at: unknown;
  readonly bid: unknown;
  readonly ask: unknown;
}

export interface StreamSubject {
  readonly create: (terms: StreamTerms, world: ProviderWorld) => MarketDataProvider;
  readonly one: StreamSymbol;
  readonly other: StreamSymbol;
  /** Listed where the provider is not: the same letters are another company there. */
  readonly foreign?: ProviderSymbol;
  /** Speaks as the provider's server does, and takes this key. */
  readonly script: (key: string) => FeedScript;
  /** What is asked over HTTP before or beside the stream. */
  readonly http?: (request: FakeRequest, key: string, streamUrl: string) => FakeReply;
  readonly trade: (spelling: string, trade: FakeTrade) => StreamFrame;
  /** Absent where it streams trades alone. */
  readonly bidAsk?: (spelling: string, quote: FakeBidAsk) => StreamFrame;
  /** What the provider does not tell. */
  readonly lacks?: {
    readonly tradeId?: string;
    readonly timeOfQuotes?: string;
    readonly key?: string;
  };
  /** How long it may be silent. */
  readonly staleMs: number;
}

const key = 'k-7f3a/9d+2=Zz';
const now = Date.parse('2026-06-01T15:00:00Z');
const trade: FakeTrade = { at: now - 1500, price: 101.25, size: 7, id: 4711 };
const noise: readonly StreamFrame[] = [
  '',
  ' ',
  'null',
  '5',
  '"text"',
  '{}',
  '[]',
  '[null, 5, "x", []]',
  '{"data": null}',
  '{"data": [null, 5]}',
  '{"type": "trade", "data": {"length": 1e9}}',
  'NaN',
  '{"stream": "a", "data": {"e": "trade"}}',
  '<!doctype html><title>Be right back</title>',
  '{"a": '.repeat(50),
  new Uint8Array([255, 254, 253, 0, 1, 2]),
];
const wrong: readonly Partial<FakeTrade>[] = [
  { price: null },
  { price: -5 },
  { price: 0 },
  { price: 1e308 },
  { price: 'NaN' },
  { price: {} },
  { at: null },
  { at: 0 },
  { at: now + 30 * 86_400_000 },
];

/** What every stream must do, against a server that speaks as the provider documents, and worse. */
export function marketDataStreamConformance(name: string, subject: StreamSubject): void {
  const { one, other, lacks = {} } = subject;
  let feed: FakeFeed;
  let server: FakeProvider;
  let world: SteppedWorld;
  let stop: AbortController;
  let batches: TickBatch[];
  let states: { readonly state: StreamState; readonly detail: string }[];

  const open = (given = key): QuoteStream => {
    const provider = subject.create(
      { baseUrl: server.baseUrl, streamUrl: feed.url, key: given },
      world,
    );
    const sink = {
      ticks: (batch: TickBatch) => void batches.push(batch),
      state: (state: StreamState, detail: string) => void states.push({ state, detail }),
    };
    const stream = provider.stream?.(sink, stop.signal);
    return stream ?? expect.fail('it has no stream');
  };
  /** Lets time pass, ours and the clock's, until it is so. */
  const until = async (what: string, isSo: () => boolean): Promise<void> => {
    for (let i = 0; i < 400; i++) {
      if (isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
      world.advance(50);
    }
    expect.fail(`never: ${what}; states ${JSON.stringify(states)}`);
  };
  const rest = () => new Promise((resolve) => setTimeout(resolve, 15));
  const ticks = () =>
    batches.flatMap((batch) =>
      [...batch.of].map((of, i) => ({
        symbol: batch.symbols[of],
        at: batch.at[i],
        bid: batch.bid[i],
        ask: batch.ask[i],
        last: batch.last[i],
        size: batch.size[i],
        id: batch.tradeId[i],
      })),
    );
  const latest = (): FeedConnection => feed.connections.at(-1) ?? expect.fail('no connection');
  const has = (...spellings: readonly string[]): boolean => {
    const connection = feed.connections.at(-1);
    const subscribed = [...(connection?.subscribed ?? [])].toSorted();
    return JSON.stringify(subscribed) === JSON.stringify(spellings.toSorted());
  };
  const stateNames = () => states.map(({ state }) => state);
  const subscribed = async (stream: QuoteStream, ...wanted: readonly StreamSymbol[]) => {
    stream.want(wanted.map(({ spelling: _, ...symbol }) => symbol));
    await until('subscribed', () => has(...wanted.map(({ spelling }) => spelling)));
  };

  describe(`stream of market data: ${name}`, () => {
    beforeAll(async () => {
      server = await fakeProvider(
        (request) => subject.http?.(request, key, feed.url) ?? { status: 404, text: '' },
        () => world.nowMs(),
      );
    });
    afterAll(() => server.close());
    beforeEach(async () => {
      world = steppedWorld(now);
      stop = new AbortController();
      batches = [];
      states = [];
      feed = await fakeFeed(subject.script(key));
    });
    afterEach(async () => {
      stop.abort();
      await feed.close();
    });

    it('gives the trades of what is wanted, and of nothing else', async () => {
      const stream = open();
      await subscribed(stream, one);
      expect(stateNames().slice(0, 2)).toEqual(['connecting', 'open']);
      latest().send(subject.trade(other.spelling, trade), subject.trade(one.spelling, trade));
      await until('a trade', () => batches.length > 0);
      expect(ticks()).toEqual([
        {
          symbol: one.symbol,
          at: trade.at,
          bid: Number.NaN,
          ask: Number.NaN,
          last: trade.price,
          size: trade.size,
          id: lacks.tradeId === undefined ? trade.id : Number.NaN,
        },
      ]);
    });

    it.skipIf(!subject.bidAsk)(
      'gives bids and asks, and leaves out a side that is none',
      async () => {
        const stream = open();
        await subscribed(stream, one);
        const { bidAsk } = subject;
        if (!bidAsk) return;
        latest().send(
          bidAsk(one.spelling, { at: trade.at, bid: 101, ask: 101.5 }),
          bidAsk(one.spelling, { at: trade.at, bid: 0, ask: 101.75 }),
          bidAsk(one.spelling, { at: trade.at, bid: null, ask: null }),
        );
        await until('quotes', () => ticks().length >= 2);
        await rest();
        const quotes = ticks();
        expect(quotes.map(({ bid, ask }) => [bid, ask])).toEqual([
          [101, 101.5],
          [Number.NaN, 101.75],
        ]);
        if (lacks.timeOfQuotes === undefined) expect(quotes[0]?.at).toBe(trade.at);
        else expect(Math.abs((quotes[0]?.at ?? 0) - world.nowMs())).toBeLessThan(60_000);
      },
    );

    it('asks for what is wanted newly and lets go of the rest', async () => {
      const stream = open();
      await subscribed(stream, one);
      await subscribed(stream, one, other);
      await subscribed(stream, other);
      latest().send(subject.trade(one.spelling, trade), subject.trade(other.spelling, trade));
      await until('a trade', () => batches.length > 0);
      expect(ticks().map(({ symbol }) => symbol)).toEqual([other.symbol]);
      stream.want([]);
      await until('nothing is subscribed', () => has());
      expect(feed.connections).toHaveLength(1);
    });

    it('takes what was wanted before it was open, and passes over what it cannot have', async () => {
      const stream = open();
      const texts = ['', '../../etc/passwd', '\u0000', '__proto__'];
      const foreign = subject.foreign ? [subject.foreign] : [];
      stream.want([one, ...foreign, ...texts.map((symbol) => ({ ...other, symbol }))]);
      const isAsked = () => feed.connections.at(-1)?.subscribed.has(one.spelling) === true;
      await until('subscribed', isAsked);
      expect([...latest().subscribed]).toEqual([one.spelling]);
      latest().send(subject.trade(one.spelling, trade));
      await until('a trade', () => batches.length > 0);
      expect(ticks()[0]?.symbol).toBe(one.symbol);
    });

    it('goes on after frames that are nothing', async () => {
      const stream = open();
      await subscribed(stream, one);
      latest().send(...noise);
      for (const cells of wrong) latest().send(subject.trade(one.spelling, { ...trade, ...cells }));
      latest().send(subject.trade(one.spelling, { ...trade, size: -3 }));
      await until('a trade', () => batches.length > 0);
      await rest();
      expect(ticks().map(({ last, size }) => [last, size])).toEqual([[trade.price, Number.NaN]]);
      expect(feed.connections).toHaveLength(1);
      const said = states.filter(({ detail }) => detail.includes('cannot be read'));
      expect(said).toHaveLength(1);
    });

    it('connects anew when it is lost, and asks for all that is wanted', async () => {
      const stream = open();
      await subscribed(stream, one);
      await subscribed(stream, one, other);
      for (let times = 1; times <= 3; times++) {
        latest().drop();
        await until('a new connection', () => feed.connections.length === times + 1);
        await until('subscribed again', () => has(one.spelling, other.spelling));
        latest().send(subject.trade(one.spelling, { ...trade, price: 100 + times }));
        await until('a trade', () => ticks().at(-1)?.last === 100 + times);
      }
      expect(stateNames().filter((state) => state === 'lost')).toHaveLength(3);
      expect(stateNames().at(-1)).toBe('open');
    });

    it('takes a silent connection for a dead one', async () => {
      const stream = open();
      await subscribed(stream, one);
      world.advance(subject.staleMs / 2);
      await rest();
      latest().send(subject.trade(one.spelling, trade));
      await until('a trade', () => batches.length > 0);
      world.advance(subject.staleMs * 0.75);
      await rest();
      expect(feed.connections).toHaveLength(1);
      for (let i = 0; i < 3 && !stateNames().includes('lost'); i++) {
        world.advance(subject.staleMs / 2);
        await rest();
      }
      await until('a new connection', () => feed.connections.length === 2);
      await until('subscribed again', () => has(one.spelling));
      expect(states.find(({ state }) => state === 'lost')?.detail).toContain('heard');
    });

    it.skipIf(lacks.key !== undefined)(
      'gives up where the key is refused, and does not show it',
      async () => {
        const stream = open('wrong-key-5577');
        stream.want([one]);
        await until('refused', () => stateNames().includes('refused'));
        await stream.ended;
        const tried = feed.connections.length;
        world.advance(600_000);
        await rest();
        expect(feed.connections.length).toBe(tried);
        expect(stateNames()).not.toContain('open');
        expect(states.at(-1)?.detail).not.toBe('');
        expect(JSON.stringify(states)).not.toContain('wrong-key-5577');
      },
    );

    it('ends when it is told to, at any moment', async () => {
      const stream = open();
      await subscribed(stream, one);
      const connection = latest();
      stop.abort();
      await until('closed', () => !connection.isOpen());
      await stream.ended;
      const before = states.length;
      world.advance(600_000);
      await rest();
      expect(states).toHaveLength(before);
      expect(feed.connections).toHaveLength(1);

      stop = new AbortController();
      const early = open();
      stop.abort();
      await until('ended', () => true);
      await early.ended;
    });

    it('waits for a server that is not there', async () => {
      await feed.close();
      const stream = open();
      stream.want([one]);
      await until('lost', () => stateNames().filter((state) => state === 'lost').length >= 2);
      expect(stateNames()).not.toContain('refused');
      stop.abort();
      await stream.ended;
    });
  });
}

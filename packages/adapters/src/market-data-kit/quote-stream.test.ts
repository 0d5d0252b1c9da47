import { ok, refuse } from '@plimsoll/kernel';
import type { TickBatch } from '@plimsoll/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quoteStream } from './quote-stream.ts';
import { parseFrame, type StreamProtocol } from './stream-protocol.ts';
import { type FakeFeed, fakeFeed } from './testing/fake-feed.ts';
import { type SteppedWorld, steppedWorld } from './testing/stepped-world.ts';

const now = Date.parse('2026-06-01');
const named = (...symbols: string[]) => symbols.map((symbol) => ({ symbol }));

describe('a stream of quotes', () => {
  let feed: FakeFeed;
  let world: SteppedWorld;
  let stop: AbortController;
  let batches: TickBatch[];
  let said: string[];
  let times: number[];

  const protocol = (more: Partial<StreamProtocol> = {}): StreamProtocol => ({
    address: async () => ok(feed.url),
    greeting: [],
    readyAtOnce: true,
    spelling: ({ symbol }) => (symbol.startsWith('x') ? undefined : symbol.toUpperCase()),
    subscribe: (names) => names.map((name) => `+${name}`),
    unsubscribe: (names) => names.map((name) => `-${name}`),
    read: (frame, ticks) => {
      const [name, price] = parseFrame(frame) as [string, number];
      ticks.trade(name, now, price, 1);
      return undefined;
    },
    ...more,
  });
  const open = (more: Partial<StreamProtocol> = {}) => {
    const sink = {
      ticks: (batch: TickBatch) => void batches.push(batch),
      state: (state: string, detail: string) => void said.push(`${state} ${detail}`.trim()),
    };
    return quoteStream(protocol(more), { world }, sink, stop.signal);
  };
  const until = async (isSo: () => boolean, stepMs = 20): Promise<void> => {
    for (let i = 0; i < 400 && !isSo(); i++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      world.advance(stepMs);
    }
    expect(isSo()).toBe(true);
  };

  beforeEach(async () => {
    world = steppedWorld(now);
    stop = new AbortController();
    [batches, said, times] = [[], [], []];
    feed = await fakeFeed({
      receive(message) {
        times.push(world.nowMs());
        const name = message.slice(1);
        return message.startsWith('+') ? { subscribed: [name] } : { unsubscribed: [name] };
      },
    });
  });
  afterEach(async () => {
    stop.abort();
    await feed.close();
  });

  it('hands on each frame as one batch, under the names that were wanted', async () => {
    open().want(named('a', 'b'));
    await until(() => feed.connections.at(-1)?.subscribed.size === 2);
    feed.connections[0]?.send('["A", 5]', '["B", 6]');
    await until(() => batches.length === 2);
    expect(batches.map(({ symbols, of, last }) => [symbols[of[0] ?? 9], last[0]])).toEqual([
      ['a', 5],
      ['b', 6],
    ]);
  });

  it('keeps to the pace that the provider sets', async () => {
    const stream = open({ paceMs: 300 });
    stream.want(named('a', 'b', 'c'));
    await until(() => feed.connections.at(-1)?.subscribed.size === 3);
    stream.want(named('c', 'd'));
    await until(() => times.length === 6);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(gaps).toHaveLength(5);
    // The server hears a message up to a step of the clock after it was sent.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(300 - 40);
  });

  it('says once what cannot be streamed', async () => {
    const stream = open();
    stream.want(named('a', 'x1', 'x2'));
    await until(() => feed.connections.at(-1)?.subscribed.size === 1);
    stream.want(named('a', 'b', 'x3'));
    await until(() => feed.connections.at(-1)?.subscribed.size === 2);
    expect(said.filter((text) => text.includes('cannot be streamed'))).toEqual([
      'open 2 symbols cannot be streamed here (x1, x2).',
      'open 1 symbols cannot be streamed here (x3).',
    ]);
  });

  it('heeds what a frame says of the connection', async () => {
    let answers = 0;
    const stream = open({
      read: () =>
        ++answers === 1
          ? { kind: 'note', detail: 'limit reached' }
          : answers === 2
            ? { kind: 'lost', detail: 'going down' }
            : { kind: 'refused', detail: 'plan ended' },
    });
    stream.want(named('a'));
    await until(() => feed.connections.length === 1 && feed.connections[0]?.subscribed.size === 1);
    feed.connections[0]?.send('1', '2');
    await until(() => feed.connections.length === 2 && feed.connections[1]?.subscribed.size === 1);
    feed.connections[1]?.send('3');
    await stream.ended;
    expect(said).toEqual([
      'connecting',
      'open',
      'open limit reached',
      'lost going down',
      'connecting',
      'open',
      'refused plan ended',
    ]);
  });

  it.each([
    ['market-data.unauthorised', 'refused'],
    ['market-data.not-covered', 'refused'],
    ['market-data.unavailable', 'lost'],
  ] as const)('without an address for %s is %s', async (code, state) => {
    open({ address: async () => refuse({ code, detail: 'why' }) });
    await until(() => said.includes(`${state} why`));
    expect(feed.connections).toEqual([]);
  });
});

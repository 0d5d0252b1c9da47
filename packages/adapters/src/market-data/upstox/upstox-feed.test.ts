import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TickWriter } from '../../market-data-kit/tick-writer.ts';
import { feedFrame } from './testing/feed-schema.ts';
import { UpstoxFeed } from './upstox-feed.ts';

const share = 'NSE_EQ|INE002A01018';
const index = 'NSE_INDEX|Nifty 50';
const now = Date.parse('2026-06-01T06:00:00Z');
const at = now - 1000;

function writer(): TickWriter {
  const ticks = new TickWriter(() => now);
  ticks.want(new Map([share, index].map((key) => [key, key])));
  ticks.begin();
  return ticks;
}

const full = (ltp: number, ltt: number, levels: object[]) => ({
  fullFeed: {
    marketFF: { ltpc: { ltp, ltt, ltq: 7, cp: 99 }, marketLevel: { bidAskQuote: levels }, vtt: 5 },
  },
});

describe('a frame of the feed', () => {
  it('gives the last trade and the best bid and ask', () => {
    const ticks = writer();
    const levels = [
      { bidQ: 10, bidP: 100.5, askQ: 3, askP: 100.75 },
      { bidQ: 10, bidP: 100.25, askQ: 3, askP: 101 },
    ];
    const feeds = { [share]: full(100.6, at - 300, levels) };
    expect(new UpstoxFeed().read(feedFrame({ type: 1, feeds, currentTs: at }), ticks)).toBe(true);
    const batch = ticks.take();
    expect(batch?.symbols).toEqual([share, index]);
    expect([...(batch?.of ?? [])]).toEqual([0, 0]);
    expect([...(batch?.at ?? [])]).toEqual([at - 300, at]);
    expect([...(batch?.last ?? [])]).toEqual([100.6, Number.NaN]);
    expect([...(batch?.size ?? [])]).toEqual([7, Number.NaN]);
    expect([...(batch?.bid ?? [])]).toEqual([Number.NaN, 100.5]);
    expect([...(batch?.ask ?? [])]).toEqual([Number.NaN, 100.75]);
  });

  it('of an index, of prices alone, and with greeks is read too', () => {
    const ticks = writer();
    const feed = new UpstoxFeed();
    const ltpc = { ltp: 25_000.5, ltt: at, ltq: 0, cp: 24_900 };
    const frames = [
      { [index]: { fullFeed: { indexFF: { ltpc } } } },
      { [share]: { ltpc: { ...ltpc, ltp: 101 } } },
      {
        [share]: {
          firstLevelWithGreeks: {
            ltpc: { ...ltpc, ltp: 102 },
            firstDepth: { bidP: 101.5, askP: 102.5 },
          },
        },
      },
    ];
    for (const feeds of frames) feed.read(feedFrame({ feeds, currentTs: at }), ticks);
    const batch = ticks.take();
    expect([...(batch?.of ?? [])]).toEqual([1, 0, 0, 0]);
    expect([...(batch?.last ?? [])]).toEqual([25_000.5, 101, 102, Number.NaN]);
    expect(batch?.bid[3]).toBe(101.5);
  });

  it('that repeats the last trade does not give it again', () => {
    const ticks = writer();
    const feed = new UpstoxFeed();
    const frame = (levels: object[]) =>
      feedFrame({ feeds: { [share]: full(100.6, at, levels) }, currentTs: at });
    feed.read(frame([{ bidP: 100, askP: 101 }]), ticks);
    feed.read(frame([{ bidP: 100.5, askP: 101 }]), ticks);
    const last = [...(ticks.take()?.last ?? [])];
    expect(last.filter((price) => !Number.isNaN(price))).toEqual([100.6]);
  });

  it('agrees with what was written, whatever it was', () => {
    const price = fc.integer({ min: 1, max: 1e9 }).map((ticks) => ticks / 20);
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: now }), price, price, (ltp, ltt, bidP, askP) => {
        const ticks = writer();
        const feeds = { [share]: full(ltp, ltt, [{ bidP, askP }]) };
        expect(new UpstoxFeed().read(feedFrame({ feeds, currentTs: at }), ticks)).toBe(true);
        const batch = ticks.take();
        expect([batch?.last[0], batch?.at[0]]).toEqual([ltp, ltt]);
        expect([batch?.bid[1], batch?.ask[1]]).toEqual([bidP, askP]);
      }),
    );
  });

  it('of any bytes is read or refused, and never thrown at', () => {
    const good = feedFrame({
      feeds: { [share]: full(100, at, [{ bidP: 1, askP: 2 }]) },
      currentTs: at,
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(good.length), (noise, cut) => {
        const feed = new UpstoxFeed();
        const ticks = writer();
        expect(typeof feed.read(noise, ticks)).toBe('boolean');
        expect(typeof feed.read(Uint8Array.from([...good.subarray(0, cut), ...noise]), ticks)).toBe(
          'boolean',
        );
      }),
    );
    expect(new UpstoxFeed().read(good.subarray(0, good.length - 12), writer())).toBe(false);
  });
});

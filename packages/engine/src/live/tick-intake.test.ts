import { barsOfTicks } from '@plimsoll/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DuplicateWindow } from './duplicate-window.ts';
import { liveSettings } from './live-settings.ts';
import { fieldOf, noSource, QuoteBoard, quoteFields } from './quote-board.ts';
import { batchOfTicks, type SampleTick, sampleInstrument } from './testing/live-samples.ts';
import { TickBuffer } from './tick-buffer.ts';
import { TickIntake } from './tick-intake.ts';

const now = Date.parse('2026-03-30T12:00:00Z');
const minute = 60_000;

/** An intake that knows one instrument, `AAPL` of two sources; the first is preferred. */
function intakeOf(change: Parameters<typeof sampleInstrument>[1] = {}) {
  const intake = new TickIntake(liveSettings, new DuplicateWindow(4096));
  const of = intake.enter(sampleInstrument('aapl', change));
  const [first, second] = [intake.source('first'), intake.source('second')];
  first.want(new Map([['AAPL', { of, rank: 0 }]]));
  second.want(new Map([['AAPL', { of, rank: 1 }]]));
  for (const source of [first, second]) intake.setUsable(source, true);
  const get = (field: (typeof quoteFields)[number]) => intake.board.get(of, fieldOf[field]);
  const send = (source: typeof first, at: number, ...ticks: Partial<SampleTick>[]) =>
    intake.take(source, batchOfTicks(ticks.map((tick) => ({ symbol: 'AAPL', at, ...tick }))), at);
  return { intake, of, first, second, get, send };
}

describe('the window of duplicates', () => {
  it('knows again what it saw, and nothing else, while there is room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 3 }), fc.double(), fc.nat({ max: 5 })), { maxLength: 60 }),
        (ticks) => {
          const window = new DuplicateWindow(4096);
          const seen = new Set<string>();
          for (const [of, price, id] of ticks) {
            const key = `${of} ${price} ${Object.is(price, -0)} ${id}`;
            window.begin(of, 1);
            window.mix(price);
            window.mix(id);
            expect(window.seen()).toBe(seen.has(key));
            seen.add(key);
          }
        },
      ),
    );
  });

  it('tells apart a million ticks that differ in one number', () => {
    const window = new DuplicateWindow(2 ** 22);
    let taken = 0;
    for (let i = 0; i < 1_000_000; i++) {
      window.begin(i % 100, i % 3);
      window.mix(Math.floor(i / 100));
      if (window.seen()) taken++;
    }
    expect(taken).toBe(0);
  });
});

describe('the board of quotes', () => {
  it('gives another board the same quotes, however its changes are taken', () => {
    const change = fc.tuple(
      fc.nat({ max: 400 }),
      fc.nat({ max: quoteFields.length - 1 }),
      fc.constantFrom(1, 2, Number.NaN),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(change, fc.constant(null)), { maxLength: 80 }), (steps) => {
        const [from, to] = [new QuoteBoard(), new QuoteBoard()];
        const handOn = () => {
          const update = from.take();
          if (update) to.apply(structuredClone(update));
        };
        for (const step of steps) {
          if (step === null) handOn();
          else {
            from.reach(step[0]);
            from.set(...step);
          }
        }
        handOn();
        const quotesOf = (board: QuoteBoard) =>
          Array.from({ length: to.count }, (_, of) =>
            quoteFields.map((_field, field) => board.get(of, field)),
          );
        expect(quotesOf(to)).toEqual(quotesOf(from));
        expect(to.sourceOf(0)).toBe(noSource);
        expect(from.take()).toBeNull();
      }),
    );
  });
});

describe('the intake of ticks', () => {
  it('shows the newest trade and rolls each up once, in whatever order and however often they come', () => {
    const tick = fc.record({
      at: fc.nat({ max: 15 * minute }).map((after) => now - 18 * minute + after),
      last: fc.integer({ min: 90, max: 110 }),
      size: fc.integer({ min: 1, max: 9 }),
      tradeId: fc.nat({ max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(tick, { minLength: 1, maxLength: 60 }), (ticks) => {
        const { intake, first, get, send } = intakeOf();
        for (const one of ticks) send(first, now, one);
        const once = [...new Map(ticks.toReversed().map((one) => [one.tradeId, one])).values()];
        const newest = once.toReversed().reduce((best, one) => (one.at >= best.at ? one : best));
        // Those of one time: the last that came; ids of one time are rare enough to look at one price.
        const rivals = once.filter(({ at }) => at === newest.at);
        expect(rivals.map(({ last }) => last)).toContain(get('last'));
        expect(get('tradeAt')).toBe(newest.at);
        expect(first.counts.duplicate).toBe(ticks.length - once.length);
        const { bars } = intake.drain('1m', now);
        const sorted = once.toSorted((a, b) => a.at - b.at);
        const wanted = barsOfTicks(
          {
            at: Float64Array.from(sorted, ({ at }) => at),
            price: Float64Array.from(sorted, ({ last }) => last),
            size: Float64Array.from(sorted, ({ size }) => size),
          },
          '1m',
          { session: () => null },
        ).bars;
        expect([...bars.from]).toEqual([...wanted.from]);
        expect([...bars.volume]).toEqual([...wanted.volume]);
        expect([...bars.high]).toEqual([...wanted.high]);
      }),
    );
  });

  it.each<[string, Partial<SampleTick>]>([
    ['NaN', { last: Number.NaN }],
    ['zero', { last: 0 }],
    ['below zero', { last: -5 }],
    ['1e308', { last: 1e308 }],
    ['crossed', { bid: 11, ask: 10 }],
    ['nothing', {}],
  ])('passes over a tick that is %s', (_, tick) => {
    const { intake, first, send } = intakeOf();
    send(first, now, tick);
    expect([first.counts.unusable, first.counts.taken, intake.waiting]).toEqual([1, 0, 0]);
  });

  it('holds back a price that is far from the last one and from the previous close, and says so', () => {
    const { intake, first, get, send } = intakeOf({ previousClose: 100 });
    send(first, now, { last: 1 }, { last: 10_000, at: now + 1 });
    expect([get('last'), get('heldBack'), first.counts.heldBack]).toEqual([Number.NaN, 10_000, 2]);
    expect(intake.waiting).toBe(0);
    send(first, now, { last: 140, at: now + 2 });
    expect([get('last'), get('heldBack')]).toEqual([140, Number.NaN]);
    // Far from the close, near what is known by now: a market that moves is followed.
    send(first, now, { last: 190, at: now + 3 });
    expect(get('last')).toBe(190);
    // Near the close, far from the last: one of the two vouches for it.
    send(first, now, { last: 80, at: now + 4 });
    expect(get('last')).toBe(80);
  });

  it('takes the time of arrival where a clock is a month fast, and remembers by how much', () => {
    const { first, get, send } = intakeOf();
    const month = 30 * 24 * 60 * minute;
    send(first, now, { last: 10, at: now + month });
    expect([get('tradeAt'), first.counts.ahead, first.counts.aheadMs]).toEqual([now, 1, month]);
    send(first, now + 1000, { last: 11, at: now + 5_900 });
    expect(get('tradeAt')).toBe(now + 5_900);
  });

  it('keeps to the preferred source, takes another after silence, and goes back', () => {
    const { first, second, get, send } = intakeOf();
    send(first, now, { last: 10 });
    send(second, now + 1_000, { last: 11 });
    expect([get('last'), second.counts.spare]).toEqual([10, 1]);
    const later = now + liveSettings.takeOverMs + 1;
    send(second, later, { last: 12 });
    expect(get('last')).toBe(12);
    send(second, later + 1_000, { last: 13 });
    send(first, later + 2_000, { last: 14 });
    send(second, later + 3_000, { last: 15 });
    expect(get('last')).toBe(14);
  });

  it('shows quotes as stale whose source is gone', () => {
    const { intake, of, first, get, send } = intakeOf();
    send(first, now, { bid: 150, ask: 175 });
    expect([get('bid'), get('ask')]).toEqual([150, 175]);
    intake.setUsable(first, false);
    expect(intake.board.isStale(of)).toBe(true);
    intake.setUsable(first, true);
    expect(intake.board.isStale(of)).toBe(false);
  });

  it('makes bars of the middle for exchange rates only', () => {
    for (const [kind, count] of [
      ['fx', 1],
      ['equity', 0],
    ] as const) {
      const { intake, first, send } = intakeOf({ kind });
      send(first, now, { bid: 1, ask: 2 });
      const { bars } = intake.drain('1m', now);
      expect([...bars.close]).toEqual(count === 1 ? [1.5] : []);
    }
  });

  it('stores nothing of a simulated market, nor what is older than a day', () => {
    const simulated = intakeOf({ simulated: true });
    simulated.send(simulated.first, now, { last: 10 });
    expect([simulated.get('last'), simulated.intake.waiting]).toEqual([10, 0]);
    const old = intakeOf();
    old.send(old.first, now, { last: 10, at: now - 25 * 60 * minute });
    expect([old.get('last'), old.intake.waiting]).toEqual([10, 0]);
  });

  it('has bars of every minute over the change of clocks in New York', () => {
    const { intake, first, send } = intakeOf();
    const change = Date.parse('2026-03-08T07:00:00Z');
    for (let i = -3; i < 3; i++) {
      const at = change + i * minute;
      send(first, at, { last: 10 + i });
    }
    const { bars } = intake.drain('1m', change + 3 * minute);
    expect([...bars.from]).toEqual([-3, -2, -1, 0, 1, 2].map((i) => change + i * minute));
  });

  it('knows four hundred instruments apart', () => {
    const intake = new TickIntake(liveSettings, new DuplicateWindow(4096));
    const source = intake.source('first');
    const terms = new Map(
      Array.from({ length: 400 }, (_, i) => {
        const of = intake.enter(sampleInstrument(`i${i}`));
        return [`I${i}`, { of, rank: 0 }] as const;
      }),
    );
    source.want(terms);
    const ticks = Array.from({ length: 400 }, (_, i) => ({
      symbol: `I${i}`,
      at: now,
      last: i + 1,
    }));
    intake.take(source, batchOfTicks(ticks), now);
    expect(intake.board.get(399, fieldOf.last)).toBe(400);
    const full = intake.swap(new TickBuffer());
    expect([...full.view(intake.instrumentIds, ['first']).last]).toEqual(ticks.map((t) => t.last));
  });
});

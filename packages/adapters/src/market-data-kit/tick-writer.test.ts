import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TickWriter } from './tick-writer.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const hourMs = 3_600_000;

function writer(...spellings: string[]): TickWriter {
  const ticks = new TickWriter(() => now);
  ticks.want(new Map(spellings.map((spelling) => [spelling, `wanted ${spelling}`])));
  ticks.begin();
  return ticks;
}

const figure = fc.oneof(
  fc.double({ min: 0.01, max: 1e6, noNaN: true }),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e308, 1e12),
);
const instant = fc.oneof(
  fc.integer({ min: 1, max: now }),
  fc.constantFrom(0, -5, Number.NaN, now + 35 * hourMs, now + 37 * hourMs, 1e18),
);
const row = fc.record({
  kind: fc.constantFrom('trade', 'quote'),
  spelling: fc.constantFrom('A', 'B', 'other', '__proto__'),
  at: instant,
  x: figure,
  y: figure,
});

const price = (value: number): number => (value > 0 && value < 1e12 ? value : Number.NaN);

describe('the columns of ticks', () => {
  it('hold what was written, but for what is no price, no time, or not wanted', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
        const ticks = writer('A', 'B');
        for (const { kind, spelling, at, x, y } of rows) {
          if (kind === 'trade') ticks.trade(spelling, at, x, y);
          else ticks.quote(spelling, at, x, y);
        }
        const sound = rows.filter(({ kind, spelling, at, x, y }) => {
          const known = kind === 'trade' ? price(x) > 0 : price(x) > 0 || price(y) > 0;
          return (
            (spelling === 'A' || spelling === 'B') && known && at > 0 && at <= now + 36 * hourMs
          );
        });
        const batch = ticks.take();
        expect(batch?.of.length ?? 0).toBe(sound.length);
        expect([...(batch?.at ?? [])]).toEqual(sound.map(({ at }) => at));
        const bids = sound.map(({ kind, x }) => (kind === 'quote' ? price(x) : Number.NaN));
        const lasts = sound.map(({ kind, x }) => (kind === 'trade' ? x : Number.NaN));
        expect([...(batch?.bid ?? [])]).toEqual(bids);
        expect([...(batch?.last ?? [])]).toEqual(lasts);
        expect([...(batch?.of ?? [])].map((of) => batch?.symbols[of])).toEqual(
          sound.map(({ spelling }) => `wanted ${spelling}`),
        );
        expect(ticks.take()).toBeNull();
      }),
    );
  });

  it('number a trade, and none that was passed over', () => {
    const ticks = writer('A');
    ticks.trade('A', now, 5, 1);
    ticks.numbered(17);
    ticks.trade('A', now, -5, 1);
    ticks.numbered(18);
    ticks.quote('A', now, 4, 6);
    ticks.numbered(19);
    expect([...(ticks.take()?.tradeId ?? [])]).toEqual([17, Number.NaN]);
  });

  it('keep the meaning of earlier batches when other symbols are wanted', () => {
    const ticks = writer('A');
    ticks.trade('A', now, 5, 1);
    const before = ticks.take();
    ticks.want(new Map([['B', 'b']]));
    ticks.trade('A', now, 6, 1);
    ticks.trade('B', now, 7, 1);
    const after = ticks.take();
    expect(before?.symbols[before.of[0] ?? 9]).toBe('wanted A');
    expect([...(after?.of ?? [])].map((of) => after?.symbols[of])).toEqual(['b']);
  });
});

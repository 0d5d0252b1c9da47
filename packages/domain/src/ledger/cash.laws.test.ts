import { absolute, mulDiv } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cash } from './cash.ts';

/** Units of 1 with the rate they came at, oldest first; a debt is units owed at theirs. */
class Units {
  readonly owed: number[] = [];
  readonly held: number[] = [];
  realised = 0;

  move(count: number, rate: number): void {
    const [from, to, sign] = count > 0 ? [this.owed, this.held, 1] : [this.held, this.owed, -1];
    for (let i = 0; i < Math.abs(count); i++) {
      const met = from.shift();
      if (met === undefined) to.push(rate);
      else this.realised += sign * (met - rate);
    }
  }
}

const moves = fc.array(
  fc.tuple(
    fc.integer({ min: -20, max: 20 }).filter((count) => count !== 0),
    fc.integer({ min: 1, max: 50 }),
  ),
  { maxLength: 40 },
);

describe('foreign cash', { timeout: 60_000 }, () => {
  it('realises what a queue of single units realises, overdrafts included', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const cash = new Cash('USD', 'EUR');
        const units = new Units();
        steps.forEach(([count, rate], i) => {
          const [amount, base] = [BigInt(Math.abs(count)), BigInt(Math.abs(count) * rate)];
          if (count > 0) cash.receive(amount, base, i, `m${i}`);
          else cash.pay(amount, base, i, `m${i}`);
          units.move(count, rate);
          const lots = [...(cash.lots ?? [])];
          expect(cash.balance).toBe(BigInt(units.held.length - units.owed.length));
          expect(cash.tally.realised).toBe(BigInt(units.realised));
          expect(cash.tally.realisedFx).toBe(cash.tally.realised);
          expect(lots.reduce((sum, lot) => sum + lot.baseCost, 0n)).toBe(
            BigInt(
              [...units.held].reduce((a, b) => a + b, 0) - units.owed.reduce((a, b) => a + b, 0),
            ),
          );
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps no lots in the base currency', () => {
    const cash = new Cash('EUR', 'EUR');
    cash.receive(5n, 5n, 1, 'a');
    cash.pay(9n, 9n, 2, 'b');
    expect(cash).toMatchObject({ balance: -4n, lots: null });
    expect(cash.tally.realised).toBe(0n);
  });

  it('moves lots to another account as they were', () => {
    const [from, to] = [new Cash('USD', 'EUR'), new Cash('USD', 'EUR')];
    from.receive(10n, 9n, 1, 'a');
    from.receive(10n, 8n, 2, 'b');
    for (const part of from.takeLots(15n)) to.receiveLot(part);
    const sum = (cash: Cash) => [...(cash.lots ?? [])].reduce((all, lot) => all + lot.baseCost, 0n);
    expect([from.balance, to.balance]).toEqual([5n, 15n]);
    expect([sum(from), sum(to)]).toEqual([mulDiv(8n, 5n, 10n), 13n]);
    expect(absolute(from.tally.realised + to.tally.realised)).toBe(0n);
  });
});

import { formatDecimal } from '@plimsoll/kernel';
import { anyWorld, handTransactions, sampleOptions } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beforeTaxes } from './before-taxes.ts';
import { foldLedger } from './fold.ts';

describe('a ledger before taxes', { timeout: 60_000 }, () => {
  it('takes a tax out of what was settled', () => {
    const trade = {
      effectiveAt: '2024-01-02',
      instrumentId: 'S',
      quantity: '1',
      amount: '100',
      currency: 'USD',
      tax: '5',
      taxCurrency: 'EUR',
      settlement: { currency: 'EUR', amount: '95' },
    };
    const amounts = beforeTaxes(
      handTransactions([
        { ...trade, type: 'buy' },
        { ...trade, type: 'sell' },
        { ...trade, type: 'buy', taxCurrency: 'USD' },
      ]),
    ).map((t) => ('settlement' in t && t.settlement ? formatDecimal(t.settlement.amount) : null));
    expect(amounts).toEqual(['90', '100', null]);
  });

  it('tallies no tax and keeps every unit', () => {
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const scope = new Set(['a', 'b', 'c']);
        const taxed = foldLedger(world.transactions, sampleOptions(world, { scope })).book;
        const free = foldLedger(
          beforeTaxes(world.transactions),
          sampleOptions(world, { scope }),
        ).book;
        for (const { account, instrument, lots, tally } of taxed.holdings()) {
          const other = free.holding(account.id, instrument.id);
          expect(other.lots.quantity).toBe(lots.quantity);
          expect(other.tally.taxes).toBe(0n);
          expect(other.tally.taxesInCost).toBe(0n);
          expect(tally.income).toBeDefined();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

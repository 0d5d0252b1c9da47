import { foldLedger, PriceBook, RateBook, type Transaction, valueBook } from '@plimsoll/domain';
import { dayNumber, present, toFloat } from '@plimsoll/kernel';
import type { DemoRecords } from '@plimsoll/ports';
import { describe, expect, it } from 'vitest';
import { demo } from './demo-records.ts';

const asOf = '2026-11-20';
const records = demo.build(asOf);

/** Hints and names become ids, as an import makes them. */
function recorded({ accounts, instruments, transactions }: DemoRecords): Transaction[] {
  const accountId = (name: string) =>
    present(
      accounts.find((one) => one.name === name),
      name,
    ).id;
  const ids = new Map(instruments.map(({ instrument }) => [instrument.symbol, instrument.id]));
  return transactions.map(({ account, transaction }, position) => {
    const { toAccount, instrument, ...rest } = transaction as typeof transaction & {
      readonly toAccount?: string;
      readonly instrument?: { readonly symbol?: string };
    };
    return {
      ...rest,
      id: `t${position}`,
      position,
      accountId: accountId(account),
      ...(toAccount === undefined ? {} : { toAccountId: accountId(toAccount) }),
      ...(instrument ? { instrumentId: present(ids.get(instrument.symbol), 'instrument') } : {}),
    } as unknown as Transaction;
  });
}

describe('the demo records', () => {
  it('say of every instrument that it is simulated, by flag and by name', () => {
    expect(records.instruments.length).toBeGreaterThanOrEqual(24);
    for (const { instrument } of records.instruments) {
      expect(instrument.simulated).toBe(true);
      expect(instrument.name).toContain('(simulated)');
    }
    for (const { name } of records.accounts) expect(name).toContain('(simulated)');
  });

  it('name rates by their pair and hold the benchmark', () => {
    const rates = records.instruments.filter(({ instrument }) => instrument.kind === 'fx');
    expect(rates.map(({ instrument }) => instrument.symbol)).toEqual([
      'EURUSD',
      'EURGBP',
      'EURCHF',
    ]);
    expect(records.instruments.map(({ instrument }) => instrument.id)).toContain(
      records.benchmarkId,
    );
  });

  it('have prices from before the first transaction to the last day, and none later', () => {
    for (const { instrument, bars } of records.instruments) {
      const days = present(bars, instrument.id).days;
      expect(days[0]).toBeLessThan(
        dayNumber(records.transactions[0]?.transaction.effectiveAt ?? ''),
      );
      const last = instrument.id === 'SIM:BRIG' ? '2024-03-15' : asOf;
      expect(days.at(-1)).toBe(dayNumber(last));
    }
  });

  it('are a ledger without a fault, worth a believable sum', () => {
    const source = 'simulated';
    const priced = records.instruments.map(({ instrument, bars }) => {
      const { days, close } = present(bars, instrument.id);
      return { instrument, days, close, source };
    });
    const rates = priced
      .filter(({ instrument }) => instrument.kind === 'fx')
      .map(({ instrument, ...series }) => ({ ...series, base: 'EUR', quote: instrument.currency }));
    const accountIds = new Set(records.accounts.map(({ id }) => id));
    const { book, faults } = foldLedger(recorded(records), {
      currency: 'EUR',
      accounts: records.accounts,
      instruments: new Map(
        records.instruments.map(({ instrument }) => [instrument.id, instrument]),
      ),
      scope: accountIds,
      cashTracked: accountIds,
      rates: new RateBook('EUR', rates),
      prices: new PriceBook(
        new Map(priced.map(({ instrument, ...series }) => [instrument.id, series])),
      ),
    });
    expect(faults).toEqual([]);
    const value = valueBook(book, dayNumber(asOf));
    expect(value.leftOut).toEqual([]);
    expect(value.holdings.length).toBeGreaterThan(12);
    const paidIn = records.transactions.reduce((sum, { transaction: t }) => {
      const sign = t.type === 'deposit' ? 1 : t.type === 'withdrawal' ? -1 : 0;
      return sign === 0 || !('amount' in t) ? sum : sum + sign * toFloat(t.amount as bigint);
    }, 0);
    expect(paidIn).toBeGreaterThan(100_000);
    expect(toFloat(value.total)).toBeGreaterThan(0.8 * paidIn);
    expect(toFloat(value.total)).toBeLessThan(2.5 * paidIn);
  });
});

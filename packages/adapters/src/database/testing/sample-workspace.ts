import { randomUUID } from 'node:crypto';
import { plainInstrument, type Trade } from '@plimsoll/domain';
import { decimal } from '@plimsoll/kernel';
import type { Clock, NewEntry, Store } from '@plimsoll/ports';

/** A clock of a fixed hour. */
export const stillClock: Clock = { now: () => '2026-04-01T08:00:00.000Z' };

/** A purchase of `units` in the sample account. */
export const purchase = (id: string, units = '1', fields: Partial<NewEntry> = {}): NewEntry => {
  const transaction: Trade = {
    type: 'buy',
    id,
    accountId: 'broker',
    effectiveAt: '2026-03-31',
    position: 0,
    instrumentId: 'acme',
    quantity: decimal(units),
    amount: decimal('100'),
    fee: decimal('1'),
    tax: 0n,
    currency: 'EUR',
    note: 'as agreed',
  };
  const fact = { kind: 'transaction', transaction } as const;
  return { fact, fingerprint: null, importId: null, actor: 'test', ...fields };
};

/** A new workspace with an account, an instrument, `count` purchases, a reversal, prices, an import and an answer. */
export async function sampleWorkspace(store: Store, count: number): Promise<string> {
  const id = `sample-${randomUUID()}`;
  await store.createWorkspace({ id, name: 'Sample', demo: false, createdAt: stillClock.now() });
  await store.write(id, async ({ catalogue, imports, ledger, prices, idempotency }) => {
    await catalogue.saveAccount({
      id: 'broker',
      name: 'Broker',
      currency: 'EUR',
      lotMethod: 'fifo',
      cash: 'auto',
      fees: 'capitalised',
      allowShort: false,
    });
    await catalogue.saveInstruments([
      plainInstrument({ id: 'acme', kind: 'equity', name: 'Acme', currency: 'EUR' }),
    ]);
    await imports.save({
      id: 'import',
      accountId: 'broker',
      format: 'native-csv',
      files: [],
      added: 1,
      skipped: 0,
      refused: 0,
      importedAt: stillClock.now(),
      undoneAt: null,
    });
    await ledger.append([
      ...Array.from({ length: count - 2 }, (_, index) =>
        purchase(`t${index + 1}`, '1', { fingerprint: `f${index + 1}` }),
      ),
      purchase('imported', '2', { importId: 'import', fingerprint: 'imported' }),
      {
        fact: { kind: 'reversal', reversal: { id: 'r', reverses: 't1', reason: 'twice' } },
        fingerprint: null,
        importId: null,
        actor: 'test',
      },
    ]);
    const one = Float64Array.of(1);
    const unknown = Float64Array.of(Number.NaN);
    const bars = { days: Int32Array.of(20_000), open: one, high: one, low: one, close: one };
    await prices.merge('acme', { ...bars, adjustedClose: unknown, volume: unknown }, 'test');
    await prices.quarantine([
      { instrumentId: 'acme', day: 'x', source: 'test', reason: 'no day', row: null },
    ]);
    await idempotency.save({
      key: 'k',
      operation: 'POST /v1/transactions',
      requestHash: 'ab'.repeat(32),
      status: 201,
      body: {},
    });
  });
  return id;
}

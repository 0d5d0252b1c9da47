import { ok } from '@plimsoll/kernel';
import type { DemoRecords, UnitOfWork, Workspace } from '@plimsoll/ports';
import { type EngineContext, today } from '../engine-context.ts';
import { InstrumentIndex } from '../imports/instrument-index.ts';
import { toTransaction } from '../imports/to-transaction.ts';

export const demoWorkspaceId = 'demo';

/** Makes the demo workspace, or answers the one that is there. */
export async function createDemo(context: EngineContext) {
  const known = (await context.store.workspaces()).find(({ id }) => id === demoWorkspaceId);
  if (known) return ok(known);
  const workspace: Workspace = {
    id: demoWorkspaceId,
    name: 'Demo (simulated)',
    demo: true,
    createdAt: context.clock.now(),
  };
  const records = context.demo.build(today(context));
  await context.store.createWorkspace(workspace);
  try {
    await context.store.write(workspace.id, (unit) => fill(context, unit, records));
  } catch (error) {
    // A demo that is half there would be taken for a whole one the next time.
    await context.store.removeDemoWorkspace(workspace.id);
    throw error;
  }
  return ok(workspace);
}

async function fill(context: EngineContext, unit: UnitOfWork, records: DemoRecords): Promise<void> {
  for (const account of records.accounts) await unit.catalogue.saveAccount(account);
  const instruments = records.instruments.map(({ instrument }) => instrument);
  await unit.catalogue.saveInstruments(instruments);
  await unit.catalogue.savePortfolio({
    id: context.newId(),
    name: 'Everything',
    currency: records.accounts[0]?.currency ?? 'EUR',
    accountIds: records.accounts.map(({ id }) => id),
    benchmarkId: records.benchmarkId,
  });
  for (const { instrument, bars } of records.instruments) {
    if (bars) await unit.prices.merge(instrument.id, bars, 'simulated');
  }
  const index = new InstrumentIndex(instruments, [], {}, context.newId);
  const accountOf = (name: string): string =>
    records.accounts.find((account) => account.name === name)?.id ?? name;
  const transactions = records.transactions.map(({ account, transaction }, position) =>
    toTransaction(
      transaction,
      { id: context.newId(), accountId: accountOf(account), position },
      { instrument: (hint, currency) => index.resolve(hint, currency).id, account: accountOf },
    ),
  );
  if (index.unsaved.length > 0) await unit.catalogue.saveInstruments(index.unsaved);
  await unit.ledger.append(
    transactions.map((transaction) => ({
      fact: { kind: 'transaction', transaction },
      fingerprint: null,
      importId: null,
      actor: 'demo',
    })),
  );
}

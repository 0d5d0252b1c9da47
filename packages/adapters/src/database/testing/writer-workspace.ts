import { plainInstrument } from '@plimsoll/domain';
import type { Store } from '@plimsoll/ports';
import { stillClock } from './sample-workspace.ts';

/** The workspace that writer processes record in; made where there is none, and completed where a kill cut that short. */
export async function writerWorkspace(store: Store, id: string): Promise<void> {
  const there = (await store.workspaces()).some((workspace) => workspace.id === id);
  if (!there) {
    await store.createWorkspace({ id, name: 'Writer', demo: false, createdAt: stillClock.now() });
  }
  await store.write(id, async ({ catalogue }) => {
    await catalogue.saveInstruments([
      plainInstrument({ id: 'acme', kind: 'equity', name: 'Acme', currency: 'EUR' }),
    ]);
    await catalogue.saveAccount({
      id: 'broker',
      name: 'Broker',
      currency: 'EUR',
      lotMethod: 'fifo',
      cash: 'auto',
      fees: 'capitalised',
      allowShort: false,
    });
  });
}

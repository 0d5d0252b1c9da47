import { type LedgerCheck, type LedgerFinding, marketWorkspace } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';

/** The ledger check, and with it a look at every file of bars that the database lists. */
export async function verifyAll({ store, bars }: EngineContext): Promise<LedgerCheck> {
  const check = await store.verify();
  if (bars === undefined) return check;
  const findings: LedgerFinding[] = [...check.findings];
  const workspaces = [...(await store.workspaces()).map(({ id }) => id), marketWorkspace];
  for (const workspaceId of workspaces) {
    for (const { detail } of await bars.verify(workspaceId)) {
      findings.push({ check: 'bar-files', workspaceId, seq: null, detail });
    }
  }
  return { ...check, checks: [...check.checks, 'bar-files'], findings };
}

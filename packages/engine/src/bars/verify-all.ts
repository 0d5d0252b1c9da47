import { type LedgerCheck, type LedgerFinding, marketWorkspace } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { verifyRuns } from '../runs/verify-runs.ts';

/** The ledger check, and with it a look at every file of bars and of runs that the database lists. */
export async function verifyAll({ store, bars, runs }: EngineContext): Promise<LedgerCheck> {
  const check = await store.verify();
  if (bars === undefined && runs === undefined) return check;
  const findings: LedgerFinding[] = [...check.findings];
  const workspaces = [...(await store.workspaces()).map(({ id }) => id), marketWorkspace];
  for (const workspaceId of workspaces) {
    for (const { detail } of (await bars?.verify(workspaceId)) ?? []) {
      findings.push({ check: 'bar-files', workspaceId, seq: null, detail });
    }
    if (runs) findings.push(...(await verifyRuns(store, runs.objects, workspaceId)));
  }
  const also = [...(bars ? ['bar-files'] : []), ...(runs ? ['run-files'] : [])];
  return { ...check, checks: [...check.checks, ...also], findings };
}

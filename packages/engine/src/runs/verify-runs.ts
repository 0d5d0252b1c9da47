import { type LedgerFinding, ObjectRefusal, type ObjectStore, type Store } from '@plimsoll/ports';
import { sha256 } from '../write.ts';

/** Looks at each file of each run and of each model of a workspace, whole. */
export async function verifyRuns(
  store: Store,
  objects: ObjectStore,
  workspaceId: string,
): Promise<readonly LedgerFinding[]> {
  const listed = await store.read(workspaceId, async ({ runs, models }) => [
    ...(await runs.allArtifacts()),
    ...(await models.all()),
  ]);
  const findings: LedgerFinding[] = [];
  for (const { object, sha256: kept } of listed) {
    const wrong = await faultOf(objects, object, kept);
    if (wrong === null) continue;
    findings.push({ check: 'run-files', workspaceId, seq: null, detail: wrong });
  }
  return findings;
}

async function faultOf(objects: ObjectStore, object: string, kept: string): Promise<string | null> {
  try {
    const bytes = await objects.get(object);
    if (bytes === null) return `The file ${object} of a run is listed and not there.`;
    return sha256(bytes) === kept
      ? null
      : `The file ${object} of a run is not the one that was kept.`;
  } catch (error) {
    if (!(error instanceof ObjectRefusal)) throw error;
    return `The file ${object} of a run cannot be read: ${error.message}`;
  }
}

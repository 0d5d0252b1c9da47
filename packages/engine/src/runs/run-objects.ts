import type { ObjectStore } from '@plimsoll/ports';

/** Where the files of a run lie in the object store. */
export const artifactFolder = (workspaceId: string, runId: string): string =>
  `runs/${workspaceId}/${runId}`;

/** Removes every file of a run, or of all runs of a workspace. */
export async function removeArtifacts(
  objects: ObjectStore,
  workspaceId: string,
  runId?: string,
): Promise<void> {
  const folder = runId === undefined ? `runs/${workspaceId}` : artifactFolder(workspaceId, runId);
  for (const name of await objects.list(`${folder}/`)) await objects.remove(name);
}

import type { ObjectStore } from '@plimsoll/ports';

/** Where the files of a run lie in the object store. */
export const artifactFolder = (workspaceId: string, runId: string): string =>
  `runs/${workspaceId}/${runId}`;

/** Removes every file of a run, or of all runs and models of a workspace. */
export async function removeArtifacts(
  objects: ObjectStore,
  workspaceId: string,
  runId?: string,
): Promise<void> {
  const folders =
    runId === undefined
      ? [`runs/${workspaceId}`, `models/${workspaceId}`]
      : [artifactFolder(workspaceId, runId)];
  for (const folder of folders) {
    for (const name of await objects.list(`${folder}/`)) await objects.remove(name);
  }
}

import type { Engine } from '@plimsoll/engine';

/** The workspace of who names none. */
export const mainWorkspace = 'main';

/** Everything is in the main workspace unless the user makes others. */
export async function ensureMainWorkspace(
  engine: Pick<Engine, 'workspaces' | 'createWorkspace'>,
): Promise<void> {
  const known = await engine.workspaces();
  if (known.some(({ id }) => id === mainWorkspace)) return;
  await engine.createWorkspace(mainWorkspace, 'Main');
}

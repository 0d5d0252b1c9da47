import type { Engine, WriteOptions, Written } from '@plimsoll/engine';
import { ok } from '@plimsoll/kernel';
import type { Workspace } from '@plimsoll/ports';

const kept = 1000;

/**
 * Makes workspaces under a key. A workspace has no record to keep a key in before it exists, so the
 * keys of this process are kept here; after a restart a repeated request is told that the workspace
 * exists, and nothing is ever made twice.
 */
export function createOnce(engine: Engine) {
  const answers = new Map<string, { readonly request: string; readonly workspace: Workspace }>();
  return async (
    { id, name }: { readonly id: string; readonly name: string },
    { idempotency }: WriteOptions,
  ): Written<Workspace> => {
    const { key = '', request = '' } = idempotency ?? {};
    const known = answers.get(key);
    if (known?.request === request) return ok({ value: known.workspace, replayed: true });
    if (known) {
      const detail = `The key "${key}" was used for another request. Use a new key for each new request.`;
      return { ok: false, fault: { code: 'idempotency.key-reused', detail } };
    }
    const made = await engine.createWorkspace(id, name);
    if (!made.ok) return made;
    answers.set(key, { request, workspace: made.value });
    const [oldest] = answers.keys();
    if (answers.size > kept && oldest !== undefined) answers.delete(oldest);
    return ok({ value: made.value, replayed: false });
  };
}

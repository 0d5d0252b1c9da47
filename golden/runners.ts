import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from './runner.ts';

const folder = join(import.meta.dirname, 'runners');

/** Every runner there is: `runners/<category>/index.ts` exports its own as `runners`. */
export async function loadRunners(): Promise<readonly Runner[]> {
  const found = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name, 'index.ts'))
    .filter((path) => existsSync(path));
  const modules = await Promise.all(
    found.map(async (path) => (await import(path)) as { readonly runners: readonly Runner[] }),
  );
  return modules.flatMap(({ runners }) => runners);
}

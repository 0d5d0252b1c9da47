import { glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { machine, title } from './report.ts';

/** Runs every `*.bench.ts` below this folder, or those whose path contains one of the words given. */
const folder = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const found: string[] = [];
for await (const file of glob('**/*.bench.ts', { cwd: folder })) {
  if (wanted.length === 0 || wanted.some((word) => file.includes(word))) found.push(file);
}
if (found.length === 0) throw new Error(`No bench is called ${wanted.join(' or ')}.`);
machine();
for (const file of found.sort()) {
  title(`— ${file}`);
  const bench: { readonly run: () => Promise<void> } = await import(
    pathToFileURL(join(folder, file)).href
  );
  await bench.run();
}

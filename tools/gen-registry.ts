import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMain } from './is-main.ts';

/**
 * Ports whose adapters are found by folder. The database is not among them: the composition root
 * chooses it, and it is heavy to load.
 */
const ports = ['importer', 'market-data'] as const;

const repository = dirname(import.meta.dirname);
const source = join(repository, 'packages/adapters/src');
/** The generated file, which is committed so that nothing depends on generating it first. */
export const registryFile = join(source, 'registry.gen.ts');

/** The text of `registry.gen.ts` for the adapter folders that exist now. */
export function registryText(folder: string = source): string {
  const found = ports.map((port) => ({ port, ids: adapterIds(folder, port) }));
  const imports = found.flatMap(({ port, ids }) =>
    ids.map((id) => `import ${camel(`${port}-${id}`)} from './${port}/${id}/index.ts';`),
  );
  return [
    '// Written by `npm run gen` from the folders of this package. Do not edit.',
    ...imports,
    ...found.map(({ port, ids }) => table(port, ids)),
    '',
  ].join('\n');
}

function table(port: string, ids: readonly string[]): string {
  const rows = ids.map((id) => `  ${key(id)}: ${camel(`${port}-${id}`)},\n`).join('');
  const body = ids.length === 0 ? '{}' : `{\n${rows}}`;
  return `\n/** Every ${port} adapter, by id. */\nexport const ${camel(port)}Adapters = ${body} as const;`;
}

function adapterIds(folder: string, port: string): string[] {
  const path = join(folder, port);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .sort();
}

const camel = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const key = (id: string): string => (/^[a-z]\w*$/i.test(id) ? id : `'${id}'`);

/** Whether the committed registry is what the folders ask for. */
export function registryIsFresh(): boolean {
  return existsSync(registryFile) && readFileSync(registryFile, 'utf8') === registryText();
}

function main(): void {
  if (!process.argv.includes('--check')) writeFileSync(registryFile, registryText());
  else if (!registryIsFresh()) {
    console.error('packages/adapters/src/registry.gen.ts is stale. Run: npm run gen');
    process.exitCode = 1;
  }
}

if (isMain(import.meta)) main();

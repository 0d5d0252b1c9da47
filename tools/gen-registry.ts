import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMain } from './is-main.ts';

/** A generated file, and the folders that it lists. */
interface Registry {
  /** Of the file, below the repository. */
  readonly file: string;
  /** The text for the folders that exist now. */
  readonly text: () => string;
}

const repository = dirname(import.meta.dirname);
const adapters = join(repository, 'packages/adapters/src');
const analytics = join(repository, 'packages/analytics/src');
const domain = join(repository, 'packages/domain/src');
const preface = '// Written by `npm run gen` from the folders of this package. Do not edit.';

/**
 * Ports whose adapters are found by folder. The database and the solver are not among them: the
 * composition root chooses them, and they are heavy to load.
 */
const ports = ['importer', 'market-data'] as const;

/** In a list of their own, so that whoever needs a bus need not read every importer. */
const busPort = ['bus'] as const;

/** Kinds of things in `packages/analytics` that are found by folder, each in a list of its own. */
const lists = ['analyses', 'indicators', 'metrics', 'models', 'optimisers', 'strategies'] as const;

/** Every generated registry, which is committed so that nothing depends on generating it first. */
const registries: readonly Registry[] = [
  { file: 'packages/adapters/src/registry.gen.ts', text: () => adapterRegistry(adapters, ports) },
  { file: 'packages/adapters/src/buses.gen.ts', text: () => adapterRegistry(adapters, busPort) },
  ...lists.map((kind) => ({
    file: `packages/analytics/src/${kind}/registry.gen.ts`,
    text: () => listRegistry(kind),
  })),
  { file: 'packages/domain/src/gates/registry.gen.ts', text: () => listRegistry('gates', domain) },
];

/** The text of the adapters' registry: a table by id for each port. */
export function adapterRegistry(folder: string, of: readonly string[] = ports): string {
  const found = of.map((port) => ({ port, ids: idsIn(join(folder, port)) }));
  const imports = found.flatMap(({ port, ids }) =>
    ids.map((id) => `import ${camel(`${port}-${id}`)} from './${port}/${id}/index.ts';`),
  );
  return [preface, ...imports, ...found.map(({ port, ids }) => table(port, ids)), ''].join('\n');
}

/** The text of a list of everything of one kind, by the order of its ids. */
export function listRegistry(kind: (typeof lists)[number] | 'gates', folder = analytics): string {
  const ids = idsIn(join(folder, kind));
  return [
    preface,
    ...ids.map((id) => `import ${local(id)} from './${id}/index.ts';`),
    '',
    `/** All ${kind}, by the order of their ids. */`,
    ids.length === 0
      ? `export const ${kind} = [] as const;`
      : `export const ${kind} = [\n${ids.map((id) => `  ${local(id)},\n`).join('')}] as const;`,
    '',
  ].join('\n');
}

function table(port: string, ids: readonly string[]): string {
  const rows = ids.map((id) => `  ${key(id)}: ${camel(`${port}-${id}`)},\n`).join('');
  const body = ids.length === 0 ? '{}' : `{\n${rows}}`;
  return `\n/** Every ${port} adapter, by id. */\nexport const ${camel(port)}Adapters = ${body} as const;`;
}

function idsIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .sort();
}

/** A name that no word of the language and no list has. */
const local = (id: string): string => `${camel(/^\d/.test(id) ? `the-${id}` : id)}Entry`;

const camel = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const key = (id: string): string => (/^[a-z]\w*$/i.test(id) ? id : `'${id}'`);

const isFresh = ({ file, text }: Registry): boolean => {
  const path = join(repository, file);
  return existsSync(path) && readFileSync(path, 'utf8') === text();
};

/** Whether the committed registries are what the folders ask for. */
export const registriesAreFresh = (): boolean => registries.every(isFresh);

function main(): void {
  for (const registry of registries) {
    if (isFresh(registry)) continue;
    if (!process.argv.includes('--check')) {
      writeFileSync(join(repository, registry.file), registry.text());
      continue;
    }
    console.error(`${registry.file} is stale. Run: npm run gen`);
    process.exitCode = 1;
  }
}

if (isMain(import.meta)) main();

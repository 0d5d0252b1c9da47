import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importerAdapters, marketDataAdapters } from '../packages/adapters/src/registry.gen.ts';
import { analyses } from '../packages/analytics/src/analyses/registry.gen.ts';
import type { Analysis } from '../packages/analytics/src/analysis/index.ts';
import { optionChainParameters } from '../packages/analytics/src/option-chain/index.ts';
import { strategies } from '../packages/analytics/src/strategies/registry.gen.ts';
import type { MarketDataDefinition } from '../packages/ports/src/index.ts';
import { assumptionList } from './assumption-docs.ts';
import { indicatorTables } from './indicator-tables.ts';
import { isMain } from './is-main.ts';
import { parameterTable, strategyPages } from './strategy-docs.ts';

const repository = dirname(import.meta.dirname);
const cruiser = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

/** A part of a document that follows from the code, between two comments that name it. */
interface Section {
  readonly document: string;
  readonly name: string;
  readonly text: () => string;
}

const sections: readonly Section[] = [
  { document: 'docs/architecture.md', name: 'arrows', text: arrowDiagram },
  { document: 'docs/guides/importing.md', name: 'formats', text: formatTable },
  { document: 'docs/guides/providers.md', name: 'providers', text: providerTable },
  { document: 'docs/README.md', name: 'decisions', text: decisionList },
  { document: 'docs/guides/analyses.md', name: 'analyses', text: analysisTable },
  {
    document: 'docs/guides/strategies.md',
    name: 'strategies',
    text: () => strategyPages(strategies),
  },
  {
    document: 'docs/guides/strategies.md',
    name: 'option-chain',
    text: () => parameterTable(optionChainParameters),
  },
  { document: 'docs/guides/indicators.md', name: 'indicators', text: indicatorTables },
  { document: 'docs/guides/backtest-assumptions.md', name: 'assumptions', text: assumptionList },
];

/** The imports between workspaces as they are, drawn by dependency-cruiser. */
function arrowDiagram(): string {
  const args = [
    cruiser,
    ...['packages', 'apps'],
    ...['--config', '.dependency-cruiser.cjs'],
    ...['--output-type', 'mermaid'],
    ...['--exclude', '\\.(?:test|bench)\\.tsx?$|/(?:testing|conformance|dist)/'],
    ...['--include-only', '^(?:packages|apps)/'],
    ...['--collapse', '^(?:packages|apps)/[^/]+'],
  ];
  const run = spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' });
  if (!run.stdout.includes('-->')) throw new Error(`No arrow was drawn:\n${run.stderr}`);
  const lines = run.stdout.trim().split('\n');
  const isArrow = (line: string): boolean => line.includes('-->');
  // In an order of their own, as the cruiser's follows the order of imports within files.
  const arrows = lines.filter(isArrow).toSorted();
  return ['```mermaid', ...lines.filter((line) => !isArrow(line)), ...arrows, '```'].join('\n');
}

/** Every format that can be imported, with what its folder says of where to find the file. */
function formatTable(): string {
  const rows = Object.values(importerAdapters)
    .toSorted((a, b) => a.title.localeCompare(b.title, 'en'))
    .map(({ id, title }) => {
      const folder = `packages/adapters/src/importer/${id}`;
      const where = whereToFind(readFileSync(join(repository, folder, 'README.md'), 'utf8'));
      return `| [${title}](../../${folder}/README.md) | \`${id}\` | ${where} |`;
    });
  return [
    '| format | `--format` | which file, and where to find it |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Every provider of market data, with what must be known before turning it on. */
function providerTable(): string {
  const all: readonly Pick<MarketDataDefinition<never>, 'id' | 'title' | 'about'>[] =
    Object.values(marketDataAdapters);
  const rows = all.map(({ id, title, about }) => {
    const page = `[${title}](../../packages/adapters/src/market-data/${id}/README.md)`;
    const { kinds } = about?.capabilities ?? {};
    const key = about === undefined ? 'no network' : needs[about.key];
    const terms = (about?.terms ?? '').replaceAll('|', '\\|');
    return `| ${page} | \`${id}\` | ${key} | ${kinds?.join(', ') ?? 'all'} | ${terms} |`;
  });
  return [
    '| provider | id | needs | kinds | limits and terms |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const needs = { none: 'nothing', optional: 'a key, if you have one', needed: 'a key' } as const;

/** Every analysis by its group. */
function analysisTable(): string {
  const all: readonly Analysis[] = analyses;
  const rows = all
    .toSorted((a, b) => `${a.group} ${a.id}`.localeCompare(`${b.group} ${b.id}`, 'en'))
    .map(
      ({ id, group, summary }) => `| ${group} | \`${id}\` | ${summary.replaceAll('|', '\\|')} |`,
    );
  return ['| group | id | what it answers |', '|---|---|---|', ...rows].join('\n');
}

/** Every decision record by its title. */
function decisionList(): string {
  return readdirSync(join(repository, 'docs/decisions'))
    .filter((name) => /^\d{4}-.*\.md$/.test(name))
    .toSorted()
    .map((name) => {
      const [heading = ''] = readFileSync(join(repository, 'docs/decisions', name), 'utf8').split(
        '\n',
      );
      return `- [${heading.replace('# ', '')}](decisions/${name})`;
    })
    .join('\n');
}

/**
 * The line that begins with "Where to find it", else the first paragraph that shows a way (`→`), else
 * the first of all, as one table cell.
 */
export function whereToFind(readme: string): string {
  const bullet = /^- \*\*Where (?:to find it|it comes from)\*\*: (.+)$/m.exec(readme)?.[1];
  const paragraphs = readme.split(/\n{2,}/).slice(1);
  const isText = (paragraph: string): boolean => !/^(?:\||- )/.test(paragraph);
  const way = paragraphs.filter(isText).find((paragraph) => paragraph.includes('→'));
  const paragraph = way ?? paragraphs[0] ?? '';
  return (bullet ?? paragraph).replaceAll('\n', ' ').replaceAll('|', '\\|').trim();
}

/** The document with the named section rewritten. */
export function withSection(document: string, name: string, text: string): string {
  const begin = `<!-- ${name}: written by npm run gen -->`;
  const end = `<!-- end of ${name} -->`;
  const from = document.indexOf(begin);
  const until = document.indexOf(end);
  if (from < 0 || until < from)
    throw new Error(`There is no section between "${begin}" and "${end}"`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(until)}`;
}

function main(): void {
  const checking = process.argv.includes('--check');
  for (const { document, name, text } of sections) {
    const path = join(repository, document);
    const committed = readFileSync(path, 'utf8');
    const fresh = withSection(committed, name, text());
    if (fresh === committed) continue;
    if (!checking) writeFileSync(path, fresh);
    else {
      console.error(`${document}: the section "${name}" is stale. Run: npm run gen`);
      process.exitCode = 1;
    }
  }
}

if (isMain(import.meta)) main();

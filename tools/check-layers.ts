import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMain } from './is-main.ts';

/** One import that the architecture forbids. */
export interface LayerViolation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly comment: string;
}

/** What a cruise saw: every file it read, and the imports that break a rule. */
export interface LayerReport {
  readonly cruised: readonly string[];
  readonly violations: readonly LayerViolation[];
}

interface CruiseResult {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
    readonly ruleSetUsed: {
      readonly forbidden: readonly { readonly name: string; readonly comment?: string }[];
    };
  };
}

const folders = ['packages', 'apps', 'golden', 'bench', 'examples', 'tools'];
const repository = dirname(import.meta.dirname);
const cruiser = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

/** Reads every import below `root` and holds it against `.dependency-cruiser.cjs` there. */
export function cruiseLayers(root: string): LayerReport {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const args = [
    cruiser,
    ...present,
    '--output-type',
    'json',
    '--config',
    '.dependency-cruiser.cjs',
  ];
  const run = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
  });
  if (!run.stdout.startsWith('{'))
    throw new Error(`dependency-cruiser gave no report:\n${run.stderr}`);
  const result = JSON.parse(run.stdout) as CruiseResult;
  const rules = result.summary.ruleSetUsed.forbidden;
  const comments = new Map(rules.map((rule) => [rule.name, rule.comment]));
  return {
    cruised: result.modules.map((module) => module.source),
    violations: result.summary.violations.map((each) => ({
      rule: each.rule.name,
      from: each.from,
      to: each.to,
      comment: comments.get(each.rule.name) ?? '',
    })),
  };
}

/**
 * Source files that a cruise should have read and did not. Under a compiler it does not know,
 * dependency-cruiser skips TypeScript and still reports success; a rule that read nothing is broken.
 */
export function unreadFiles(root: string, cruised: readonly string[]): string[] {
  const read = new Set(cruised);
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => sourceFiles(root, folder))
    .filter((file) => !read.has(file));
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return ['node_modules', 'dist'].includes(entry.name) ? [] : sourceFiles(root, path);
    }
    return /(?<!\.d)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function main(): void {
  const { cruised, violations } = cruiseLayers(repository);
  const unread = unreadFiles(repository, cruised);
  for (const { rule, from, to, comment } of violations) {
    console.error(`${from} → ${to}\n  ${rule}: ${comment}`);
  }
  for (const file of unread) console.error(`${file} was not read by dependency-cruiser`);
  if (cruised.length === 0) console.error('dependency-cruiser read no file at all');
  if (cruised.length === 0 || unread.length + violations.length > 0) process.exitCode = 1;
  else console.log(`layers: ${cruised.length} modules, no forbidden import`);
}

if (isMain(import.meta)) main();

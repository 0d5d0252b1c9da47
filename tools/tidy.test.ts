import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './complete-lock.mjs';
import { registriesAreFresh } from './gen-registry.ts';

const root = dirname(import.meta.dirname);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const isText =
  /(\.(?:[cm]?[jt]sx?|json|jsonc|md|ya?ml|css|html|sql|sh|grit|txt)|\/run|rc|LICENSE)$/;
const texts = tracked.filter((path) => isText.test(path));
const sources = texts.filter((path) => /\.[cm]?[jt]sx?$/.test(path));

/** `path:line` of every line that matches. */
function linesWith(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
}

const foldersIn = (path: string): string[] =>
  existsSync(join(root, path))
    ? readdirSync(join(root, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${path}/${entry.name}`)
    : [];

describe('the repository', () => {
  it('has a fresh registry of adapters (else: npm run gen)', () => {
    expect(registriesAreFresh()).toBe(true);
  });

  it('has a lock file that npm ci accepts everywhere (else: node tools/complete-lock.mjs)', () => {
    expect(faultsOf(JSON.parse(read('package-lock.json')))).toEqual([]);
  });

  it('asks for exact versions only', () => {
    const manifests = tracked.filter((path) => /(^|\/)package\.json$/.test(path));
    const loose = manifests.flatMap((path) => {
      const manifest = JSON.parse(read(path));
      const all = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
      return all
        .flatMap((kind) => Object.entries<string>(manifest[kind] ?? {}))
        .filter(([name, version]) =>
          name.startsWith('@plimsoll/') ? version !== '*' : !/^\d+\.\d+\.\d+/.test(version),
        )
        .map(([name, version]) => `${path}: ${name}@${version}`);
    });
    expect(loose).toEqual([]);
  });

  it('names no machine path and no package registry', () => {
    const machine = /(?:^|[\s'"`(=])\/(?:home|Users|root|work|tmp\/\w+)\/[\w.-]+/;
    const registry = /registry\.(?:npm|yarn)\w*\.\w+|artifactory|\bnexus\b|verdaccio/i;
    const watched = texts.filter((path) => path !== 'tools/tidy.test.ts');
    expect(linesWith(watched, machine)).toEqual([]);
    expect(linesWith(watched, registry)).toEqual([]);
  });

  it('has no note of work left undone', () => {
    const watched = sources.filter((path) => path !== 'tools/tidy.test.ts');
    expect(linesWith(watched, /\b(?:TODO|FIXME|HACK)\b|(?:\/\/|\*).*\bXXX\b/)).toEqual([]);
  });

  it('silences a rule only with a reason, and seldom', () => {
    const watched = sources.filter((path) => path !== 'tools/tidy.test.ts');
    const silenced = linesWith(
      watched,
      /biome-ignore|@ts-(?:expect-error|ignore|nocheck)|knip-ignore/,
    );
    const reasonless = silenced.filter(
      (line) => !/(?:biome-ignore(?:-all)? [\w/]+|@ts-expect-error):? \S+(?: \S+){2,}/.test(line),
    );
    expect(reasonless).toEqual([]);
    expect(silenced.length).toBeLessThanOrEqual(22);
  });

  it('says in each workspace what it is for', () => {
    const workspaces = [...foldersIn('packages'), ...foldersIn('apps')];
    const silent = workspaces.filter(
      (path) =>
        existsSync(join(root, path, 'package.json')) && !existsSync(join(root, path, 'README.md')),
    );
    expect(silent).toEqual([]);
  });

  it('describes and tests every importer and every source of prices', () => {
    const ports = ['importer', 'market-data'].map((port) => `packages/adapters/src/${port}`);
    const adapters = ports.flatMap(foldersIn);
    const lacking = adapters.filter((path) => {
      const files = readdirSync(join(root, path));
      return !(
        files.includes('index.ts') &&
        files.includes('README.md') &&
        files.some((file) => file.endsWith('.test.ts'))
      );
    });
    expect(lacking).toEqual([]);
  });

  it('pins the actions of its workflows by full commit hash', () => {
    const workflows = tracked.filter((path) => path.startsWith('.github/workflows/'));
    const uses = linesWith(workflows, /^\s*(?:- )?uses:/);
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d/.test(line))).toEqual([]);
  });

  it('keeps the guide for contributors short', () => {
    expect(read('CONTRIBUTING.md').split('\n').length).toBeLessThanOrEqual(150);
  });
});

describe('the decision records', () => {
  const records = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d/.test(name));

  it('have a number each; areas begin at a new ten', () => {
    const numbers = records.map((name) => name.slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(numbers.filter((number) => !/^\d{4}$/.test(number))).toEqual([]);
  });

  it.each(records)('%s has its number, its status and its five parts', (name) => {
    const text = read(`docs/decisions/${name}`);
    expect(text).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. \\S`));
    expect(text).toMatch(
      /^Status: (?:proposed|accepted|superseded by \d+) .*Date: \d{4}-\d\d-\d\d .*Deciders: /m,
    );
    expect(text.match(/^## .*$/gm)).toEqual([
      '## Context',
      '## Decision',
      '## Consequences',
      '## How we shall know',
      '## Alternatives',
    ]);
  });
});

describe('the documents', () => {
  const documents = tracked.filter((path) => path.endsWith('.md'));

  it.each(documents)('%s links only to what exists', (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)[^)]*\)/g)];
    const broken = targets
      .map(([, target]) => posix.join(posix.dirname(path), decodeURI(target ?? '')))
      .filter((target) => !existsSync(join(root, target)));
    expect(broken).toEqual([]);
  });
});

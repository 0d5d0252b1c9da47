import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = dirname(import.meta.dirname);

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}

const clock = 'export const now = (): number => Date.now();\n';
const chance = 'export const dice = (): number => Math.random();\n';
const prints = "export const say = (): void => console.log('x');\n";
const environment = "export const home = process.env['HOME'];\n";

/** Planted text, and the rule that must name it; `null` where the same text is allowed. */
const planted: [path: string, text: string, rule: string | null][] = [
  ['packages/domain/src/clock.ts', clock, 'plugin'],
  ['packages/kernel/src/chance.ts', chance, 'plugin'],
  ['packages/analytics/src/today.ts', 'export const today = new Date();\n', 'plugin'],
  ['packages/domain/src/date-of.ts', 'export const at = new Date(0);\n', null],
  ['packages/adapters/src/clock.ts', clock, null],
  ['packages/domain/src/clock.test.ts', clock, null],
  ['packages/engine/src/prints.ts', prints, 'lint/suspicious/noConsole'],
  ['apps/plimsoll/src/http/prints.ts', prints, 'lint/suspicious/noConsole'],
  ['apps/plimsoll/src/commands/prints.ts', prints, null],
  ['bench/prints.ts', prints, null],
  ['apps/plimsoll/src/environment.ts', environment, 'lint/style/noProcessEnv'],
  ['packages/adapters/src/environment.ts', environment, 'lint/style/noProcessEnv'],
  ['apps/plimsoll/src/config.ts', environment, null],
  [
    'packages/engine/src/left-alone.ts',
    'const save = async (): Promise<void> => {};\nexport const go = (): void => {\n  save();\n};\n',
    'lint/nursery/noFloatingPromises',
  ],
  ['packages/engine/src/any.ts', 'export const x: any = 1;\n', 'lint/suspicious/noExplicitAny'],
  [
    'packages/engine/src/bang.ts',
    'export const f = (a?: string): string => a!;\n',
    'lint/style/noNonNullAssertion',
  ],
  ['packages/engine/src/default.ts', 'export default 1;\n', 'lint/style/noDefaultExport'],
  ['packages/adapters/src/importer/one/index.ts', 'export default 1;\n', null],
];

describe('the lint rules', () => {
  let root: string;
  let report: Report;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'plimsoll-lint-'));
    for (const file of ['biome.json', '.gitignore', 'tools/grit']) {
      cpSync(join(repository, file), join(root, file), { recursive: true });
    }
    for (const [path, text] of planted) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=500'];
    const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    report = JSON.parse(run.stdout) as Report;
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(planted)('%s', (path, _text, rule) => {
    const named = report.diagnostics
      .filter((each) => each.location.path.replaceAll('\\', '/').endsWith(path))
      .map((each) => each.category)
      .filter((category) => planted.some(([, , watched]) => watched === category));
    expect(named).toEqual(rule === null ? [] : [rule]);
  });
});

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruiseLayers, type LayerReport, unreadFiles } from './check-layers.ts';

const repository = dirname(import.meta.dirname);
const packages =
  'kernel quant domain analytics ports engine adapters contracts client testkit'.split(' ');
const apps = ['plimsoll', 'web'];

/** Each planted file, and the rules that must name it; an empty list is a file that is right. */
const planted: Record<string, { text: string; breaks: string[] }> = {
  ...Object.fromEntries(
    forbiddenArrows().map(([workspace, target]) => [
      `${workspace}/src/wrong-layer.ts`,
      { text: `import '@plimsoll/${target}';`, breaks: [`layer-${workspace.replace('/', '-')}`] },
    ]),
  ),
  'packages/kernel/src/built-in.ts': {
    text: "import 'node:fs';",
    breaks: ['pure-packages-touch-nothing'],
  },
  'packages/domain/src/library.ts': {
    text: "import 'library';",
    breaks: ['pure-packages-touch-nothing'],
  },
  'packages/engine/src/side-door.ts': {
    text: "import '../../kernel/src/inner.ts';",
    breaks: ['front-door-only'],
  },
  'packages/analytics/src/back-door.ts': {
    text: "import '../../quant/src/kernel-inside.ts';",
    breaks: ['kernels-by-their-doors'],
  },
  'packages/quant/src/kernel-inside.ts': { text: 'export const inside = 1;', breaks: [] },
  'packages/kernel/src/inner.ts': { text: 'export const inner = 1;', breaks: [] },
  'packages/adapters/src/importer/one/index.ts': {
    text: "import '../other/index.ts';",
    breaks: ['adapters-are-strangers'],
  },
  'packages/adapters/src/importer/other/index.ts': { text: "import 'library';", breaks: [] },
  'packages/adapters/src/importer/third/index.ts': {
    text: "import '../../importer-kit/csv/read.ts';",
    breaks: [],
  },
  'packages/adapters/src/importer-kit/csv/read.ts': { text: 'export const read = 1;', breaks: [] },
  'packages/adapters/src/importer-kit/knows.ts': {
    text: "import '../importer/other/index.ts';",
    breaks: ['kits-know-no-adapter'],
  },
  'packages/adapters/src/database/verify/check.ts': {
    text: "import '../../importer/other/index.ts';\nimport '../stores/rows.ts';",
    breaks: ['the-database-is-one-adapter'],
  },
  'packages/adapters/src/database/stores/rows.ts': { text: 'export const rows = 1;', breaks: [] },
  'apps/web/src/features/one/one.tsx': {
    text: "import '../other/secret.tsx';\nimport '../other/index.ts';",
    breaks: ['features-are-strangers'],
  },
  'apps/web/src/features/other/secret.tsx': { text: 'export const secret = 1;', breaks: [] },
  'apps/web/src/features/other/index.ts': {
    text: "export { secret } from './secret.tsx';",
    breaks: [],
  },
  'apps/plimsoll/src/route.ts': {
    text: "import '@plimsoll/adapters';",
    breaks: ['only-the-composition-root-knows-adapters'],
  },
  'apps/plimsoll/src/compose.ts': { text: "import '@plimsoll/adapters';", breaks: [] },
  'apps/plimsoll/src/worker.ts': { text: "import '@plimsoll/adapters';", breaks: [] },
  'apps/plimsoll/src/kit.ts': {
    text: "import '@plimsoll/ports/conformance';",
    breaks: ['test-code-stays-in-tests'],
  },
  'packages/ports/src/conformance/index.ts': { text: "import 'library';", breaks: [] },
  'packages/domain/src/rule.test.ts': {
    text: "import '@plimsoll/testkit';\nimport '@plimsoll/adapters';",
    breaks: [],
  },
  'packages/domain/src/takes-test.ts': {
    text: "import './rule.test.ts';",
    breaks: ['no-tests-in-product'],
  },
  'packages/client/src/ring-a.ts': { text: "import './ring-b.ts';", breaks: ['no-cycles'] },
  'packages/client/src/ring-b.ts': { text: "import './ring-a.ts';", breaks: [] },
  'packages/client/src/nowhere.ts': { text: "import './not-there.ts';", breaks: ['resolvable'] },
  'packages/client/src/type-only.ts': {
    text: "import type { inner } from '@plimsoll/engine';",
    breaks: ['layer-packages-client'],
  },
};

/** One arrow that the table does not have, for each workspace. */
function forbiddenArrows(): [string, string][] {
  const wrong = { kernel: 'quant', quant: 'kernel', domain: 'quant', analytics: 'ports' };
  const outer = {
    ports: 'analytics',
    engine: 'contracts',
    adapters: 'engine',
    contracts: 'analytics',
  };
  const rest = { client: 'domain', testkit: 'engine' };
  return [
    ...Object.entries({ ...wrong, ...outer, ...rest }).map(([from, to]): [string, string] => [
      `packages/${from}`,
      to,
    ]),
    ['apps/web', 'engine'],
    ['apps/plimsoll', 'testkit'],
  ];
}

/** Rules that a planted file breaks beside the one it was written for. */
const alsoBroken: Record<string, string[]> = {
  'apps/plimsoll/src/wrong-layer.ts': ['test-code-stays-in-tests'],
};

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function plantWorkspaces(root: string): void {
  mkdirSync(join(root, 'node_modules/@plimsoll'), { recursive: true });
  for (const path of [
    ...packages.map((name) => `packages/${name}`),
    ...apps.map((name) => `apps/${name}`),
  ]) {
    const name = `@plimsoll/${path.split('/')[1]}`;
    const exports = { '.': './src/index.ts', './conformance': './src/conformance/index.ts' };
    write(
      root,
      `${path}/package.json`,
      JSON.stringify({ name, type: 'module', exports, dependencies: { library: '1.0.0' } }),
    );
    write(root, `${path}/src/index.ts`, 'export const nothing = 1;');
    symlinkSync(join(root, path), join(root, 'node_modules', name), 'junction');
  }
  write(
    root,
    'node_modules/library/package.json',
    '{"name":"library","version":"1.0.0","main":"index.js"}',
  );
  write(root, 'node_modules/library/index.js', '');
  write(
    root,
    'package.json',
    '{"name":"planted","type":"module","dependencies":{"library":"1.0.0"}}',
  );
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json']) {
    copyFileSync(join(repository, file), join(root, file));
  }
}

describe('the layer rules', () => {
  let root: string;
  let report: LayerReport;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'plimsoll-layers-'));
    plantWorkspaces(root);
    for (const [path, { text }] of Object.entries(planted)) write(root, path, text);
    report = cruiseLayers(root);
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(Object.entries(planted))('%s', (path, { breaks }) => {
    const rules = report.violations.filter((each) => each.from === path).map((each) => each.rule);
    expect([...new Set(rules)].sort()).toEqual([...breaks, ...(alsoBroken[path] ?? [])].sort());
  });

  it('every rule of the configuration is broken by a planted file', async () => {
    const config = await import(join(repository, '.dependency-cruiser.cjs'));
    const rules = config.default.forbidden.map((rule: { name: string }) => rule.name);
    const fired = new Set(report.violations.map((each) => each.rule));
    expect(rules.filter((rule: string) => !fired.has(rule))).toEqual([]);
  });

  it('every planted file was read', () => {
    expect(unreadFiles(root, report.cruised)).toEqual([]);
  });

  it('a cruise that read nothing is noticed', () => {
    expect(unreadFiles(root, []).length).toBeGreaterThan(Object.keys(planted).length);
  });

  it('a workspace without a row in the table is refused', () => {
    write(root, 'packages/stranger/package.json', '{"name":"@plimsoll/stranger"}');
    expect(() => cruiseLayers(root)).toThrow(/packages\/stranger has no row/);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNode24 } from './launcher/node24.mjs';

const root = dirname(import.meta.dirname);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-docs-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The text of the first block in this language after the words. */
function blockAfter(document: string, words: string, language: string): string {
  const from = document.indexOf(words);
  const block = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(document.slice(from));
  if (from < 0 || !block?.[1]) throw new Error(`No ${language} block after "${words}".`);
  return block[1];
}

/** What the last of the files prints. */
function run(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const node = findNode24(root) ?? process.execPath;
  const main = join(folder, Object.keys(files).at(-1) ?? '');
  return execFileSync(node, ['--no-warnings', main], { encoding: 'utf8' });
}

describe('the taste in the README', () => {
  it('prints what it says', () => {
    const readme = read('README.md');
    const code = blockAfter(readme, '## A taste', 'ts');
    const said = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text]) => text);
    expect(said.length).toBeGreaterThan(0);
    const printed = run({ 'taste.ts': code });
    expect(printed.trim().split('\n')).toEqual(said);
  });
});

describe('the example of an analysis', () => {
  it('computes what it says', () => {
    const source = join(root, 'packages', 'analytics', 'src');
    const code = blockAfter(read('docs/adding-an-analysis.md'), '## An analysis', 'ts').replaceAll(
      '../../',
      `${pathToFileURL(source).href}/`,
    );
    const main = [
      "import rises from './index.ts';",
      'const series = { values: [100, 110, 99, 120], are: undefined };',
      'const report = rises.compute({ series, above: 0 }, { solveLinear: () => { throw new Error(); } });',
      'console.log(report.ok ? report.value.figures[0].value.toFixed(4) : report.fault.detail);',
    ].join('\n');
    expect(run({ 'index.ts': code, 'main.ts': main }).trim()).toBe('0.6667');
  });
});

describe('the example of a strategy', () => {
  it('buys a new high at the next open, and sells a new low', () => {
    const source = pathToFileURL(join(root, 'packages', 'analytics', 'src')).href;
    const code = blockAfter(read('docs/adding-a-strategy.md'), '## A strategy', 'ts').replaceAll(
      '../../',
      `${source}/`,
    );
    const main = [
      `import { backtestSettings, runBacktest } from '${source}/backtest/index.ts';`,
      `import { readParameters } from '${pathToFileURL(join(root, 'packages', 'kernel', 'src')).href}/index.ts';`,
      "import newHigh from './index.ts';",
      'const prices = Float64Array.of(10, 10, 10, 11, 12, 11, 9, 9);',
      'const times = prices.map((_, i) => i * 86_400_000);',
      'const bars = { from: times, opened: times, known: times.map((at) => at + 1), session: times,',
      '  edges: new Uint8Array(8).fill(3), open: prices, high: prices, low: prices, close: prices, volume: prices };',
      "const share = { id: 'A', currency: 'EUR', multiplier: 1, step: 1, sector: null, option: null, finer: null, events: [], bars };",
      "const market = { base: 'EUR', instruments: [share], rates: [], notes: [] };",
      "const settings = readParameters(backtestSettings, { sizing: { kind: 'units', units: 5 } });",
      'const run = runBacktest(newHigh, { bars: 2 }, market, settings.value);',
      "console.log(run.ok ? [...run.value.fills.price, ...run.value.fills.quantity].join(' ') : run.fault.detail);",
    ].join('\n');
    expect(run({ 'index.ts': code, 'main.ts': main }).trim()).toBe('12 9 5 -5');
  });
});

describe('the example of a format', () => {
  const document = read('docs/adding-a-format.md');
  const kit = join(root, 'packages', 'adapters', 'src', 'importer-kit', 'index.ts');
  const source = (name: string): string =>
    blockAfter(document, `\n\`${name}\`:`, 'ts').replace(
      '../../importer-kit/index.ts',
      pathToFileURL(kit).href,
    );

  it('reads the file that it shows', () => {
    const main = [
      `import { importFile } from ${JSON.stringify(pathToFileURL(kit).href)};`,
      "import kestrel from './index.ts';",
      `const bytes = new TextEncoder().encode(${JSON.stringify(blockAfter(document, '## An example', 'csv'))});`,
      "const file = importFile('bookings.csv', bytes);",
      'const parsed = kestrel.parse(file, {});',
      'const exact = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);',
      'console.log(JSON.stringify({ sure: kestrel.detect(file), ...parsed }, exact));',
    ].join('\n');
    const files = {
      'index.ts': source('index.ts'),
      'read-kestrel.ts': source('read-kestrel.ts'),
      'main.ts': main,
    };
    const answer = JSON.parse(run(files));
    expect(answer).toMatchObject({
      sure: 1,
      refused: [],
      rows: [
        { line: 2, transaction: { type: 'buy', amount: '2248000000000000000000' } },
        { line: 3, transaction: { type: 'sell', amount: '575000000000000000000' } },
        { line: 4, transaction: { type: 'deposit', amount: '500000000000000000000' } },
      ],
    });
  });
});

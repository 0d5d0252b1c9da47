import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureWebPage } from './web-page.mjs';

/** Stands where Vite stands: writes a page and counts how often it was asked to. */
const builder = `
const fs = require('node:fs');
fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/index.html', '');
fs.appendFileSync('../../builds', 'x');
`;

describe('the web page', () => {
  let root: string;

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const builds = (): number => {
    ensureWebPage(root, process.execPath);
    return existsSync(join(root, 'builds')) ? readFileSync(join(root, 'builds'), 'utf8').length : 0;
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'plimsoll-page-'));
    write('package-lock.json', '{}');
    write('node_modules/vite/bin/vite.js', builder);
    write('apps/web/package.json', '{"dependencies":{"@plimsoll/client":"*"}}');
    write('apps/web/vite.config.ts', '');
    write('apps/web/src/main.tsx', 'one');
    write('packages/client/package.json', '{"dependencies":{"@plimsoll/contracts":"*"}}');
    write('packages/contracts/package.json', '{}');
    write('packages/contracts/src/index.ts', '');
    write('packages/engine/package.json', '{}');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is built once', () => {
    expect([builds(), builds()]).toEqual([1, 1]);
  });

  it.each([
    ['a source of it', 'apps/web/src/main.tsx', 2],
    ['a new file of it', 'apps/web/src/new.ts', 2],
    ['a package that it imports through another', 'packages/contracts/src/index.ts', 2],
    ['the lock file', 'package-lock.json', 2],
    ['a test of it', 'apps/web/src/main.test.ts', 1],
    ['a package that it does not import', 'packages/engine/src/index.ts', 1],
  ])('after a change of %s: %s', (_what, path, expected) => {
    builds();
    mkdirSync(dirname(join(root, path)), { recursive: true });
    appendFileSync(join(root, path), ' ');
    expect(builds()).toBe(expected);
  });

  it('is built again where it was thrown away', () => {
    builds();
    rmSync(join(root, 'apps/web/dist'), { recursive: true });
    expect(builds()).toBe(2);
  });

  it('is not built where the build failed, and says so', () => {
    write('node_modules/vite/bin/vite.js', 'process.exit(1)');
    expect(() => builds()).toThrow(/could not be built/);
    expect(existsSync(join(root, 'builds'))).toBe(false);
  });
});

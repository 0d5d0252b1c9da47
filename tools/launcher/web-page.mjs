import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from './refusal.mjs';

const skipped = new Set(['node_modules', 'dist', 'coverage']);

/**
 * Builds the web page if a source it is made of changed since the last build.
 * @param {string} root the repository
 * @param {string} node a Node ≥ 24
 */
export function ensureWebPage(root, node) {
  const web = join(root, 'apps', 'web');
  const config = ['vite.config.ts', 'vite.config.js', 'vite.config.mjs'];
  if (!config.some((name) => existsSync(join(web, name)))) return;
  const stamp = join(root, 'node_modules', '.cache', 'plimsoll', 'web-page.sha256');
  const now = sourcesHash(root);
  const built = existsSync(stamp) && existsSync(join(web, 'dist', 'index.html'));
  if (built && readFileSync(stamp, 'utf8') === now) return;
  console.error('Building the web page …');
  build(root, web, node);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

/** @param {string} root @param {string} web @param {string} node */
function build(root, web, node) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const run = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: web,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.error) throw new Refusal(`The web page could not be built: ${run.error.message}`);
  if (run.status !== 0) throw new Refusal('The web page could not be built (see above).');
}

/**
 * A hash of every file the page is made of: the web app, the workspaces it imports, the lock file.
 * @param {string} root
 */
function sourcesHash(root) {
  const hash = createHash('sha256');
  const files = [
    'package-lock.json',
    ...workspacesOf(root, 'apps/web').flatMap((at) => filesIn(root, at)),
  ];
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * The workspace and all that it imports of ours, each once.
 * @param {string} root @param {string} start
 */
function workspacesOf(root, start) {
  const found = new Set([start]);
  for (const at of found) {
    const manifest = JSON.parse(readFileSync(join(root, at, 'package.json'), 'utf8'));
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const name of names) {
      const folder = name.startsWith('@plimsoll/')
        ? `packages/${name.slice('@plimsoll/'.length)}`
        : '';
      if (folder !== '' && existsSync(join(root, folder, 'package.json'))) found.add(folder);
    }
  }
  return [...found];
}

/** @param {string} root @param {string} at @returns {string[]} */
function filesIn(root, at) {
  return readdirSync(join(root, at), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => !skipped.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(root, `${at}/${entry.name}`) : [`${at}/${entry.name}`],
    );
}

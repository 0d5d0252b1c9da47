/**
 * The way into the repository with nothing but Node ≥ 20 and npm. Installs what is missing, then
 * runs the asked thing on Node 24:
 *
 *   node tools/launch.mjs start [ARGS]     build the web page if stale, then `plimsoll serve ARGS`
 *   node tools/launch.mjs plimsoll ARGS    the command line, on paths relative to where you are
 *   node tools/launch.mjs test [ARGS]      every test that needs nothing but Node
 *   node tools/launch.mjs tool NAME ARGS   a development tool: vitest, tsc, biome, depcruise, knip
 *   node tools/launch.mjs run FILE ARGS    a script of the repository
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './launcher/install.mjs';
import { findNode24, howToGetNode24 } from './launcher/node24.mjs';
import { Refusal } from './launcher/refusal.mjs';
import { runAs } from './launcher/run.mjs';
import { ensureWebPage } from './launcher/web-page.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'apps', 'plimsoll', 'src', 'main.ts');
const tools = /** @type {Record<string, string>} */ ({
  biome: '@biomejs/biome/bin/biome',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  knip: 'knip/bin/knip.js',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
});
/** Baseline code at once: a fifth off the start and off the first computation of each kind. */
const flags = ['--disable-warning=ExperimentalWarning', '--always-sparkplug'];
const tool = (/** @type {string} */ name) =>
  join(root, 'node_modules', ...(tools[name] ?? '').split('/'));

/** npm moves to the repository before it runs a script; this is where the person was. */
function whereThePersonIs() {
  const here = process.cwd();
  return (here === root ? process.env['INIT_CWD'] : undefined) ?? here;
}

/** @param {string} node @param {string[]} args */
function runPlimsoll(node, args) {
  // The page is served by `serve` and `demo` alike, whichever way they are called.
  if (args[0] === 'serve' || args[0] === 'demo') ensureWebPage(root, node);
  const cache =
    process.env['NODE_COMPILE_CACHE'] ?? join(root, 'node_modules', '.cache', 'node-compile');
  runAs(node, [...flags, main, ...args], {
    cwd: whereThePersonIs(),
    env: { NODE_COMPILE_CACHE: cache },
  });
}

/** @param {string} node @param {string} [name] @param {string[]} [args] */
function runTool(node, name = '', args = []) {
  if (!(name in tools))
    throw new Refusal(`No tool "${name}"; there are: ${Object.keys(tools).join(', ')}`);
  if (!existsSync(tool(name))) throw new Refusal(`${name} is not installed. Run: npm ci`);
  runAs(node, [tool(name), ...args], { cwd: process.cwd() });
}

/** @param {string} node @param {string} [file] @param {string[]} [args] */
function runFile(node, file = '', args = []) {
  const path = resolve(root, file);
  if (file === '' || !existsSync(path)) throw new Refusal(`No script "${file}" in the repository.`);
  runAs(node, [...flags, path, ...args], { cwd: process.cwd() });
}

/** @param {string | undefined} command @param {string[]} args */
function launch(command, args) {
  ensureInstalled(root);
  const node = findNode24(root);
  if (node === undefined) throw new Refusal(howToGetNode24());
  const [first, ...rest] = args;
  if (command === 'start') return runPlimsoll(node, ['serve', ...args]);
  if (command === 'plimsoll') return runPlimsoll(node, args);
  if (command === 'test') return runTool(node, 'vitest', ['run', ...args]);
  if (command === 'tool') return runTool(node, first, rest);
  if (command === 'run') return runFile(node, first, rest);
  throw new Refusal(
    `Unknown command "${command ?? ''}"; there are: start, plimsoll, test, tool, run`,
  );
}

try {
  const [command, ...args] = process.argv.slice(2);
  launch(command, args);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from './refusal.mjs';

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

/**
 * The first package that the lock asks for and `node_modules` does not have, or has in another
 * version. npm's own record of what it installed is compared, so that a check takes milliseconds
 * and an `npm install` by hand counts too. Optional packages may be absent: most are for other
 * platforms.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 */
export function firstDifference(wanted, installed) {
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (!path.includes('node_modules/')) continue;
    const have = installed.packages[path];
    if (have === undefined && (entry.optional || entry.devOptional)) continue;
    if (have === undefined) return `${path} is not installed`;
    if (!entry.link && have.version !== entry.version) {
      return `${path} is ${have.version}, the lock says ${entry.version}`;
    }
  }
  return undefined;
}

/**
 * Brings `node_modules` to what package-lock.json says, if it is not there already. Prints to
 * stderr only, so that a command's own output stays clean.
 * @param {string} root the repository
 */
export function ensureInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  const fresh = !existsSync(record);
  const difference = fresh ? 'nothing is installed yet' : firstDifference(lock(root), read(record));
  if (difference === undefined) return;
  console.error(`Installing what is missing (${difference}) …`);
  // Over an existing tree `npm install` changes only what differs; `npm ci` would delete it first,
  // and with it, on Windows, the very Node that may be running this.
  npm(root, fresh ? ['ci'] : ['install', '--no-save']);
  const still = existsSync(record)
    ? firstDifference(lock(root), read(record))
    : 'nothing is installed';
  if (still !== undefined) throw new Refusal(`npm finished, but ${still}.\n${advice}`);
}

const advice = [
  'Check the connection to the npm registry and the free disk space, then run: npm ci',
  'If package-lock.json was edited or merged by hand: npm install && node tools/complete-lock.mjs',
].join('\n');

/** @param {string} root @returns {Lock} */
const lock = (root) => read(join(root, 'package-lock.json'));

/** @param {string} path @returns {Lock} */
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @param {string} root @param {string[]} command */
function npm(root, command) {
  const options = [
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ];
  const own = process.env['npm_execpath'];
  const knowsNpm = own !== undefined && basename(own) === 'npm-cli.js';
  const run = spawnSync(
    knowsNpm ? process.execPath : 'npm',
    [...(knowsNpm ? [own] : []), ...command, ...options],
    { cwd: root, stdio: ['ignore', 2, 2], shell: !knowsNpm && process.platform === 'win32' },
  );
  if (run.error) throw new Refusal(`npm could not be started: ${run.error.message}\n${advice}`);
  if (run.status !== 0)
    throw new Refusal(`npm ${command.join(' ')} failed (see above).\n${advice}`);
}

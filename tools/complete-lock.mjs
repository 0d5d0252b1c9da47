/**
 * Adds to package-lock.json the optional packages that npm left out of it.
 *
 * npm drops an optional package from the lock when the registry it asked did not offer it, as
 * happens for the native packages of other platforms. `npm ci` then refuses the lock everywhere
 * with "Missing: … from lock file". The entry's platform is read from the package's name; without
 * an integrity hash, npm takes it from the registry when it installs.
 *
 *   node tools/complete-lock.mjs           write the missing entries
 *   node tools/complete-lock.mjs --check   say what is wrong with the lock, change nothing
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * @typedef {{ version?: string, resolved?: string, link?: boolean, optional?: boolean, dev?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

const systems = [
  'android',
  'darwin',
  'win32',
  'freebsd',
  'openbsd',
  'netbsd',
  'linux',
  'sunos',
  'aix',
  'openharmony',
];
const processors = [
  'arm64',
  'x64',
  'ia32',
  'riscv64',
  'ppc64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
  'arm',
];

/**
 * What a native package's name says of the platform it is for, in npm's fields.
 * @param {string} name
 * @returns {Pick<Entry, 'os' | 'cpu' | 'libc'>}
 */
export function platformOf(name) {
  const words = name.split(/[^a-z0-9]+/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = os !== 'linux' ? undefined : libcOf(words);
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  };
}

/** @param {string[]} words */
function libcOf(words) {
  if (words.some((word) => word.startsWith('musl'))) return 'musl';
  return words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined;
}

/**
 * Where Node, looking from a package outwards, finds another one.
 * @param {Lock} lock @param {string} from @param {string} name
 */
function find(lock, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (at === '' || !at.includes('node_modules/')) {
      return lock.packages[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
    }
  }
}

/**
 * The optional packages that the lock names and does not list, by path.
 * @param {Lock} lock
 * @returns {Record<string, Entry & { version: string }>}
 */
export function missingEntries(lock) {
  const missing = /** @type {Record<string, Entry & { version: string }>} */ ({});
  for (const [from, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = find(lock, from, name);
      const exact = /^\d/.test(version);
      if (found && (!exact || lock.packages[found]?.version === version)) continue;
      const path = found ? `${from}/node_modules/${name}` : `node_modules/${name}`;
      missing[path] = {
        version,
        ...platformOf(name),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

/**
 * Everything that would make `npm ci` fail or a private address public, in plain words.
 * @param {Lock} lock
 */
export function faultsOf(lock) {
  const missing = Object.keys(missingEntries(lock)).map(
    (path) => `${path} is missing (node tools/complete-lock.mjs adds it)`,
  );
  const addressed = Object.entries(lock.packages)
    .filter(([, entry]) => entry.resolved && !entry.link)
    .map(([path, entry]) => `${path} names an address, ${entry.resolved} (take "resolved" out)`);
  return [...missing, ...addressed];
}

/** @param {Lock} lock @returns {Lock} */
export function completed(lock) {
  const missing = missingEntries(lock);
  const vague = Object.entries(missing).find(([, entry]) => !/^\d+\.\d+\.\d+/.test(entry.version));
  if (vague)
    throw new Error(
      `${vague[0]} is asked for as "${vague[1].version}"; only an exact version can be added`,
    );
  const packages = Object.entries({ ...lock.packages, ...missing });
  packages.sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** @param {string} path @param {boolean} onlyCheck */
function main(path, onlyCheck) {
  const lock = /** @type {Lock} */ (JSON.parse(readFileSync(path, 'utf8')));
  if (!onlyCheck) {
    writeFileSync(path, `${JSON.stringify(completed(lock), null, 2)}\n`);
    console.log(`package-lock.json: ${Object.keys(missingEntries(lock)).length} entries added`);
    return;
  }
  const faults = faultsOf(lock);
  for (const fault of faults) console.error(`package-lock.json: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  main(join(root, 'package-lock.json'), process.argv.includes('--check'));
}

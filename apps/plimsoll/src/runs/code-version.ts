import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../config.ts';
import { version } from '../version.ts';

/** Which code this is: the version, and the commit where it runs from a checkout. */
export const codeVersion = [version, ...commit()].join('+');

function commit(): string[] {
  const head = textOf('HEAD');
  const name = /^ref: (\S+)$/.exec(head)?.[1];
  const hash = name === undefined ? head : textOf(name) || packed(name);
  return /^[0-9a-f]{40}$/.test(hash) ? [hash.slice(0, 12)] : [];
}

function packed(name: string): string {
  const line = textOf('packed-refs')
    .split('\n')
    .find((one) => one.endsWith(` ${name}`));
  return line?.slice(0, 40) ?? '';
}

function textOf(name: string): string {
  const path = join(root, '.git', name);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
}

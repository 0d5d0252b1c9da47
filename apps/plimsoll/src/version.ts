import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './config.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
};

/** The version of Plimsoll. */
export const { version } = manifest;

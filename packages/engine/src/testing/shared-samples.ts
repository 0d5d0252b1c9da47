import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { UploadedFile } from '../use-case.ts';

const checkout = resolve(import.meta.dirname, '..', '..', '..', '..');

const folder = join(
  process.env['PLIMSOLL_SHARED'] ?? resolve(checkout, '..', 'shared'),
  'data',
  'brokers',
);

/** Whether the brokers' sample exports are beside the checkout or in `PLIMSOLL_SHARED`. */
export const haveSamples = existsSync(folder);

/** What the name of a skipped suite says, so that nobody takes its silence for a pass. */
export const samplesNotice = haveSamples ? '' : ` (SKIPPED: no ${folder})`;

/** Paths of all sample exports, sorted, with forward slashes; none where there are none. */
export const samplePaths: readonly string[] = haveSamples
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .sort()
  : [];

/** One sample export as a user would upload it. */
export const sampleFile = (path: string): UploadedFile => ({
  name: path.split('/').at(-1) ?? path,
  bytes: new Uint8Array(readFileSync(join(folder, path))),
});

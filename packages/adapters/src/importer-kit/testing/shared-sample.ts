import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImportFile } from '@plimsoll/ports';
import { importFile } from '../decode-text.ts';

const root = resolve(import.meta.dirname, '..', '..', '..', '..', '..');

/** The folder of brokers' sample exports: beside the checkout, or in `PLIMSOLL_SHARED`. */
export const samplesFolder = join(
  process.env['PLIMSOLL_SHARED'] ?? resolve(root, '..', 'shared'),
  'data',
  'brokers',
);

/** Whether the sample exports are here; tests that need them are skipped by name where not. */
export const haveSamples = existsSync(samplesFolder);

/** A sample export by its path within the folder. */
export const sample = (path: string): ImportFile =>
  importFile(path, readFileSync(join(samplesFolder, path)));

/** Paths of all sample exports. */
export const samplePaths = (): readonly string[] =>
  readdirSync(samplesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(samplesFolder.length + 1));

/** A file with this text, as the user would give it. */
export const textFile = (text: string, name = 'export.csv'): ImportFile =>
  importFile(name, new TextEncoder().encode(text));

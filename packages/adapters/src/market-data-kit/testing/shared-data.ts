import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { samplesFolder } from '../../importer-kit/testing/shared-sample.ts';

const folder = dirname(samplesFolder);

/** Real price files beside the checkout, which are not part of it; tests of them are skipped without. */
export const sharedData = {
  folder,
  there: existsSync(folder),
  read: (path: string): Uint8Array => readFileSync(join(folder, path)),
};

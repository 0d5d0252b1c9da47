/** Preloaded: once the file named by PLIMSOLL_TEST_DISK_FAILS exists, every fsync fails as on a dying disk. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const sign = process.env['PLIMSOLL_TEST_DISK_FAILS'] ?? '';
const { fsyncSync } = fs;
fs.fsyncSync = (descriptor) => {
  if (!fs.existsSync(sign)) return fsyncSync(descriptor);
  throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
};
syncBuiltinESMExports();

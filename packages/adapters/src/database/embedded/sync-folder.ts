import { closeSync, fstatSync, fsyncSync, openSync } from 'node:fs';

/** Makes the entries of a folder durable. Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openFolder(path);
  if (folder === null) return;
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** The folder, or null where it is gone by now and with it what there was to make durable. */
function openFolder(path: string): number | null {
  try {
    const descriptor = openSync(path, 'r');
    if (fstatSync(descriptor).isDirectory()) return descriptor;
    closeSync(descriptor);
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

import {
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectStoreConformance } from '@plimsoll/ports/conformance';
import { afterAll, describe, expect, it } from 'vitest';
import { openFolderStore } from '../../objects-kit/folder-store.ts';
import { hashBytes } from '../../objects-kit/hash-file.ts';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-objects-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

objectStoreConformance('folder', {
  open: () => openFolderStore(join(newFolder(), 'made', 'here')),
  close: async () => undefined,
});

describe('a folder of files', () => {
  const bytes = Uint8Array.from([1, 2, 3, 4]);

  it('notices a file that was changed or cut after it was found right', async () => {
    const folder = newFolder();
    const store = await openFolderStore(folder);
    await store.put('a/b.bin', bytes);
    const path = await store.localPath('a/b.bin', hashBytes(bytes));
    expect(path).toBe(join(folder, 'a', 'b.bin'));
    writeFileSync(String(path), Uint8Array.from([1, 2, 3, 5]));
    await expect(store.localPath('a/b.bin', hashBytes(bytes))).rejects.toThrow(/a\/b\.bin/);
    truncateSync(String(path), 2);
    await expect(store.localPath('a/b.bin', hashBytes(bytes))).rejects.toThrow(/hash differs/);
  });

  it('leaves nothing behind when a file cannot take its place', async () => {
    const folder = newFolder();
    const store = await openFolderStore(folder);
    await store.put('a/b.bin', bytes);
    await expect(store.put('a/b.bin/c.bin', bytes)).rejects.toMatchObject({
      fault: { code: 'objects.unavailable' },
    });
    expect(readdirSync(join(folder, '.unfinished'))).toEqual([]);
    expect(await store.list('')).toEqual(['a/b.bin']);
  });

  it('does not write through a link that leads out', async () => {
    const [folder, outside] = [newFolder(), newFolder()];
    symlinkSync(outside, join(folder, 'out'));
    const store = await openFolderStore(folder);
    await expect(store.put('out/x.bin', bytes)).rejects.toThrow(/leads out/);
    expect(readdirSync(outside)).toEqual([]);
  });
});

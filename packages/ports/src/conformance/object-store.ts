import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ObjectRefusal } from '../objects/object-refusal.ts';
import type { ObjectStore } from '../objects/object-store.ts';

export interface ObjectStoreSubject {
  /** An empty store. */
  readonly open: () => Promise<ObjectStore>;
  readonly close: () => Promise<void>;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (length: number, step: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * step) % 251);

/** What every keeper of files must do, whoever wrote it. Run it from the adapter's own test. */
export function objectStoreConformance(name: string, subject: ObjectStoreSubject): void {
  describe(`object store conformance: ${name}`, () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await subject.open();
    }, 60_000);
    afterAll(() => subject.close());

    const refusalOf = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'none',
        (error: unknown) => (error instanceof ObjectRefusal ? error.fault.code : String(error)),
      );

    it.each([
      ['nothing', new Uint8Array(0)],
      ['bytes of all values', bytesOf(1_000, 7)],
      ['a part of a larger buffer', bytesOf(300, 3).subarray(100, 200)],
      ['two megabytes', bytesOf(2 << 20, 11)],
    ])('gives back %s as they were', async (title, bytes) => {
      const file = `round/${title.replaceAll(' ', '-')}.bin`;
      await store.put(file, bytes);
      const back = await store.get(file);
      expect(back === null ? null : sha256(back)).toBe(sha256(bytes));
    });

    it('has nothing where nothing was put', async () => {
      expect(await store.get('none/such.bin')).toBeNull();
      expect(await store.localPath('none/such.bin')).toBeNull();
      expect(await store.localPath('none/such.bin', sha256(bytesOf(1, 1)))).toBeNull();
      expect(await store.list('none/')).toEqual([]);
      await store.remove('none/such.bin');
    });

    it('puts new bytes in the place of old ones, locally as well', async () => {
      const [old, later] = [bytesOf(500, 3), bytesOf(400, 5)];
      await store.put('over/it.bin', old);
      expect(await store.localPath('over/it.bin', sha256(old))).not.toBeNull();
      await store.put('over/it.bin', later);
      const back = await store.get('over/it.bin');
      expect(back === null ? null : sha256(back)).toBe(sha256(later));
      const path = await store.localPath('over/it.bin', sha256(later));
      expect(path === null ? null : sha256(await readFile(path))).toBe(sha256(later));
      const any = await store.localPath('over/it.bin');
      expect(any === null ? null : sha256(await readFile(any))).toBe(sha256(later));
    });

    it('refuses a file that is not the one that was kept, by name', async () => {
      await store.put('damaged/a.bin', bytesOf(100, 3));
      const wanted = store.localPath('damaged/a.bin', sha256(bytesOf(100, 5)));
      await expect(wanted).rejects.toThrow(/damaged\/a\.bin/);
      expect(await refusalOf(store.localPath('damaged/a.bin', sha256(bytesOf(99, 3))))).toBe(
        'objects.damaged',
      );
    });

    it('lists what begins with a prefix, in order', async () => {
      const names = ['tree/b/2.bin', 'tree/a.bin', 'tree/B/1.bin', 'tree/b/10.bin', 'tree/b.bin'];
      for (const one of names) await store.put(one, bytesOf(3, 1));
      expect(await store.list('tree/')).toEqual([...names].sort());
      expect(await store.list('tree/b/1')).toEqual(['tree/b/10.bin']);
      expect(await store.list('tree/b')).toEqual(['tree/b.bin', 'tree/b/10.bin', 'tree/b/2.bin']);
      await store.remove('tree/b/10.bin');
      expect(await store.list('tree/b/')).toEqual(['tree/b/2.bin']);
      expect(await store.get('tree/b/10.bin')).toBeNull();
    });

    it('shows one whole file where several are put at once', async () => {
      const versions = Array.from({ length: 8 }, (_, i) => bytesOf(50_000 + i, i + 2));
      await Promise.all(versions.map((bytes) => store.put('race/one.bin', bytes)));
      const back = await store.get('race/one.bin');
      expect(versions.map(sha256)).toContain(back === null ? '' : sha256(back));
      expect(await store.list('race/')).toEqual(['race/one.bin']);
    });

    it.each([
      '',
      '/etc/passwd',
      '../out.bin',
      'a/../../out.bin',
      'a//b.bin',
      'a/./b.bin',
      'a/.hidden',
      'a/b.bin/',
      'a b.bin',
      'a\\b.bin',
      'a\0b.bin',
      'é.bin',
      'a?b=c&d',
      `${'a/'.repeat(460)}b`,
    ])('refuses the name %j', async (bad) => {
      expect(await refusalOf(store.put(bad, bytesOf(1, 1)))).toBe('objects.invalid-name');
      expect(await refusalOf(store.get(bad))).toBe('objects.invalid-name');
      expect(await refusalOf(store.remove(bad))).toBe('objects.invalid-name');
      expect(await refusalOf(store.localPath(bad))).toBe('objects.invalid-name');
    });
  });
}

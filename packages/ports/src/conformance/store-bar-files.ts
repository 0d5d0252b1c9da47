import { describe, expect, it } from 'vitest';
import type { BarFile } from '../bars/bar-store.ts';
import { marketWorkspace, type Store } from '../store/store.ts';

interface StoreUnderTest {
  readonly store: () => Store;
  /** A new workspace with the sample instruments. */
  readonly workspace: () => Promise<string>;
}

let files = 0;
const file = (first: number, over: Partial<BarFile> = {}): Omit<BarFile, 'version'> => {
  const id = `f-${files++}`;
  return {
    id,
    instrumentId: 'acme',
    timeframe: '1m',
    name: `bars/w/1m/acme/${id}.parquet`,
    sha256: 'ab'.repeat(32),
    size: 5_000_000_000,
    count: 3,
    first,
    last: first + 120_000,
    source: 'test ä',
    ...over,
  };
};

/** The list of files of bars: what counts, in which order, and what counted once. */
export function barFileConformance({ store, workspace }: StoreUnderTest): void {
  describe('files of bars', () => {
    const add = (id: string, ...added: readonly Omit<BarFile, 'version'>[]) =>
      store().write(id, ({ barFiles }) => barFiles.add(added));
    const listed = (id: string) => store().read(id, ({ barFiles }) => barFiles.list(null, null));

    it('are listed as they were added, each with a version of its own', async () => {
      const id = await workspace();
      const [one, two, three] = [file(1_700_000_000_000), file(0), file(5, { timeframe: '1s' })];
      await add(id);
      await add(id, one, two);
      await add(id, three);
      expect(await listed(id)).toEqual([
        { ...one, version: 1 },
        { ...two, version: 2 },
        { ...three, version: 3 },
      ]);
      const some = (ids: readonly string[] | null, timeframe: '1s' | '1m' | null) =>
        store().read(id, async ({ barFiles }) =>
          (await barFiles.list(ids, timeframe)).map((one) => one.version),
        );
      expect(await some(['acme'], '1m')).toEqual([1, 2]);
      expect(await some(null, '1s')).toEqual([3]);
      expect(await some(['other'], null)).toEqual([]);
      expect(await some([], null)).toEqual([]);
    });

    it('give way to the one they are joined in, which has the version of the newest', async () => {
      const id = await workspace();
      const [one, two, later] = [file(0), file(1), file(2)];
      await add(id, one, two);
      const joined = file(0, { count: 6 });
      await add(id, later);
      const join = () =>
        store().write(id, ({ barFiles }) => barFiles.join(joined, [one.id, two.id]));
      expect(await join()).toBe(true);
      expect(await listed(id)).toEqual([
        { ...joined, version: 2 },
        { ...later, version: 3 },
      ]);
      const retired = await store().read(id, ({ barFiles }) => barFiles.retired());
      expect(retired.map(({ name }) => name).sort()).toEqual([one.name, two.name].sort());
      expect(retired[0]?.retiredAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    });

    it('are not joined where one of them is not there any more', async () => {
      const id = await workspace();
      const [one, two] = [file(0), file(1)];
      await add(id, one, two);
      const join = (...ids: readonly string[]) =>
        store().write(id, ({ barFiles }) => barFiles.join(file(0), ids));
      expect(await join(one.id)).toBe(true);
      const before = await listed(id);
      expect(await join(one.id, two.id)).toBe(false);
      expect(await join('none')).toBe(false);
      expect(await listed(id)).toEqual(before);
      expect(await store().read(id, ({ barFiles }) => barFiles.retired())).toHaveLength(1);
    });

    it('are those of their own workspace, of an instrument that it has', async () => {
      const [id, other] = [await workspace(), await workspace()];
      await add(id, file(0));
      expect(await listed(other)).toEqual([]);
      expect((await listed(marketWorkspace)).map(({ instrumentId }) => instrumentId)).not.toContain(
        'acme',
      );
      await expect(add(id, file(0, { instrumentId: 'nobody' }))).rejects.toThrow();
    });
  });
}

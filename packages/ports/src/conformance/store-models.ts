import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Clock } from '../clock/clock.ts';
import type { NewStoredModel } from '../store/model-store.ts';
import type { Store } from '../store/store.ts';

/** What the tests of one store share. */
interface StoreUnderTest {
  readonly store: () => Store;
  readonly clock: Clock & { at: string };
  /** A new workspace. */
  readonly workspace: () => Promise<string>;
}

const at = (minute: number): string => `2026-04-03T09:${String(minute).padStart(2, '0')}:00.000Z`;

const made = (name: string, more: Partial<NewStoredModel> = {}): NewStoredModel => ({
  name,
  title: `Model ä ${name}`,
  kind: 'boosted-trees',
  runId: 'r',
  createdBy: 'owner',
  record: { scores: { auc: 0.51 }, warnings: [] },
  config: null,
  object: `models/w/${name}/model.json`,
  sha256: 'ab'.repeat(32),
  size: 12,
  ...more,
});

/** Models: a number is given out once, what was kept stays, and who trusted it is told. */
export function modelConformance({ store, clock, workspace }: StoreUnderTest): void {
  describe('models', () => {
    const before = clock.at;
    afterAll(() => {
      clock.at = before;
    });
    const added = async (id: string, name: string, purpose: string): Promise<number> =>
      store().write(id, async ({ models }) => {
        const version = await models.reserve(name, purpose);
        await models.add(version, made(name, { runId: purpose }));
        return version;
      });

    it('are numbered by name, once for each purpose, whoever asks at once', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3 })), {
            minLength: 1,
            maxLength: 8,
          }),
          async (asked) => {
            const id = await workspace();
            const given = await Promise.all(
              asked.map(([name, run]) =>
                store().write(id, ({ models }) => models.reserve(name, `run-${run}`)),
              ),
            );
            const numbers = new Map<string, Map<string, number>>();
            asked.forEach(([name, run], i) => {
              const of = numbers.get(name) ?? new Map<string, number>();
              const known = of.get(`${run}`);
              if (known !== undefined) expect(given[i]).toBe(known);
              numbers.set(name, of.set(`${run}`, given[i] as number));
            });
            for (const of of numbers.values()) {
              const sorted = [...of.values()].sort((a, b) => a - b);
              expect(sorted).toEqual(sorted.map((_, i) => i + 1));
            }
          },
        ),
        { numRuns: 8 },
      );
    });

    it('are kept as they came, the newest found first, and only in their workspace', async () => {
      clock.at = at(1);
      const id = await workspace();
      expect([await added(id, 'trend', 'one'), await added(id, 'trend', 'two')]).toEqual([1, 2]);
      await added(id, 'calm', 'three');
      const newest = await store().read(id, ({ models }) => models.find('trend', null));
      expect(newest).toEqual({
        ...made('trend', { runId: 'two' }),
        version: 2,
        stage: 'candidate',
        createdAt: at(1),
      });
      const first = await store().read(id, ({ models }) => models.find('trend', 1));
      expect(first?.runId).toBe('one');
      expect(await store().read(id, ({ models }) => models.find('trend', 3))).toBeNull();
      const names = async (filter: { name?: string }) =>
        (await store().read(id, ({ models }) => models.all(filter))).map(
          ({ name, version }) => `${name}@${version}`,
        );
      expect(await names({})).toEqual(['calm@1', 'trend@2', 'trend@1']);
      expect(await names({ name: 'calm' })).toEqual(['calm@1']);
      const other = await workspace();
      expect(await store().read(other, ({ models }) => models.find('trend', null))).toBeNull();
      const changed = await store().write(other, ({ models }) =>
        models.setStage('trend', 1, { stage: 'accepted', by: 'owner', why: '' }),
      );
      expect(changed).toBe(false);
    });

    it('are trusted and no longer, and it is told by whom, when and why', async () => {
      const id = await workspace();
      await added(id, 'trend', 'one');
      clock.at = at(2);
      await store().write(id, ({ models }) =>
        models.setStage('trend', 1, { stage: 'accepted', by: 'anna', why: 'It held in 2025.' }),
      );
      clock.at = at(3);
      await store().write(id, ({ models }) =>
        models.setStage('trend', 1, { stage: 'retired', by: 'ben', why: 'It drifted.' }),
      );
      const { found, told, accepted } = await store().read(id, async ({ models }) => ({
        found: await models.find('trend', 1),
        told: await models.stages('trend', 1),
        accepted: await models.all({ stage: 'accepted' }),
      }));
      expect(found?.stage).toBe('retired');
      expect(accepted).toEqual([]);
      expect(told).toEqual([
        { stage: 'accepted', by: 'anna', why: 'It held in 2025.', at: at(2) },
        { stage: 'retired', by: 'ben', why: 'It drifted.', at: at(3) },
      ]);
    });
  });
}

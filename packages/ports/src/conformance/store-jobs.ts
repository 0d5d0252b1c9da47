import { afterAll, describe, expect, it } from 'vitest';
import type { Clock } from '../clock/clock.ts';
import type { JobLease } from '../store/job-store.ts';
import type { QualityFinding } from '../store/quality-store.ts';
import type { Store } from '../store/store.ts';

/** What the tests of one store share. */
interface StoreUnderTest {
  readonly store: () => Store;
  readonly clock: Clock & { at: string };
  /** A new workspace with the sample instruments. */
  readonly workspace: () => Promise<string>;
}

function setBackAfterwards(clock: StoreUnderTest['clock']): void {
  const before = clock.at;
  afterAll(() => {
    clock.at = before;
  });
}

const at = (minute: number): string => `2026-04-02T08:${String(minute).padStart(2, '0')}:00.000Z`;

const job = {
  id: 'j',
  kind: 'refresh',
  title: 'Refresh ä',
  params: { from: '2020-01-01' },
  requestedBy: 'owner',
};

const done = (key: string) => ({ key, state: 'done', notBefore: null, note: `${key} ok` }) as const;

/** Jobs: an item's effect and its mark are one, and a lease that ran out counts no more. */
export function jobConformance({ store, clock, workspace }: StoreUnderTest): void {
  describe('jobs', () => {
    setBackAfterwards(clock);
    const begun = async (...keys: readonly string[]) => {
      clock.at = at(0);
      const id = await workspace();
      await store().write(id, ({ jobs }) => jobs.add(job, keys));
      const leased = await store().write(id, ({ jobs }) => jobs.lease('one', at(5)));
      return { id, lease: leased?.lease as JobLease };
    };

    it('are kept as they were asked for, items in order', async () => {
      clock.at = at(0);
      const id = await workspace();
      const added = await store().write(id, ({ jobs }) => jobs.add(job, ['b', 'a']));
      expect(added).toMatchObject({ ...job, state: 'queued', total: 2, done: 0, createdAt: at(0) });
      const [found, items] = await store().read(id, async ({ jobs }) => [
        await jobs.find('j'),
        await jobs.items('j', null, 10),
      ]);
      expect(found).toEqual(added);
      expect(items.map(({ key, state }) => `${key} ${state}`)).toEqual(['b waiting', 'a waiting']);
      expect(await store().read(id, ({ jobs }) => jobs.find('none'))).toBeNull();
    });

    it('without items are done at once', async () => {
      clock.at = at(0);
      const id = await workspace();
      const added = await store().write(id, ({ jobs }) => jobs.add(job, []));
      expect([added.state, added.finishedAt]).toEqual(['done', at(0)]);
      expect(await store().write(id, ({ jobs }) => jobs.lease('one', at(5)))).toBeNull();
    });

    it('are held by one at a time, until the time runs out', async () => {
      const { id, lease } = await begun('a');
      expect(await store().write(id, ({ jobs }) => jobs.lease('two', at(6)))).toBeNull();
      clock.at = at(4);
      expect(await store().write(id, ({ jobs }) => jobs.renew(lease, at(9)))).toBe(true);
      clock.at = at(8);
      expect(await store().write(id, ({ jobs }) => jobs.lease('two', at(12)))).toBeNull();
      clock.at = at(9);
      const taken = await store().write(id, ({ jobs }) => jobs.lease('two', at(12)));
      expect(taken?.lease.fence).toBeGreaterThan(lease.fence);
      expect(await store().write(id, ({ jobs }) => jobs.mark(lease, done('a')))).toBe(false);
      expect(await store().write(id, ({ jobs }) => jobs.renew(lease, at(20)))).toBe(false);
      expect(await store().write(id, ({ jobs }) => jobs.finish(lease, 'done', ''))).toBe(false);
    });

    it('count what is done once, and keep what came of each try', async () => {
      const { id, lease } = await begun('a', 'b', 'c');
      const retry = { key: 'b', state: 'waiting', notBefore: at(2), note: 'Down.' } as const;
      await store().write(id, async ({ jobs }) => {
        expect(await jobs.mark(lease, done('a'))).toBe(true);
        expect(await jobs.mark(lease, done('a'))).toBe(false);
        expect(await jobs.mark(lease, retry)).toBe(true);
        expect(await jobs.mark(lease, { ...retry, state: 'failed', notBefore: null })).toBe(true);
      });
      const [found, waiting, failed] = await store().read(id, async ({ jobs }) => [
        await jobs.find('j'),
        await jobs.items('j', ['waiting'], 10),
        await jobs.items('j', ['failed'], 10),
      ]);
      expect(found?.failed).toBe(1);
      expect(waiting.map(({ key }) => key)).toEqual(['c']);
      expect(failed).toEqual([
        { key: 'b', state: 'failed', attempts: 2, notBefore: null, note: 'Down.' },
      ]);
    });

    it('undo the mark with the effect where the unit fails', async () => {
      const { id, lease } = await begun('a');
      const failing = store().write(id, async ({ jobs, outbox }) => {
        await outbox.add([{ id: 'e', type: 't', payload: 1 }]);
        await jobs.mark(lease, done('a'));
        throw new Error('killed');
      });
      await expect(failing).rejects.toThrow('killed');
      const [waiting, events] = await store().read(id, async ({ jobs, outbox }) => [
        await jobs.items('j', ['waiting'], 10),
        await outbox.pending(10),
      ]);
      expect([waiting.length, events.length]).toEqual([1, 0]);
    });

    it('end as done, failed or cancelled, and stay so', async () => {
      const { id, lease } = await begun('a');
      await store().write(id, ({ jobs }) => jobs.finish(lease, 'failed', 'No provider.'));
      const found = await store().read(id, ({ jobs }) => jobs.find('j'));
      expect(found).toMatchObject({ state: 'failed', error: 'No provider.', heldUntil: null });
      expect(await store().write(id, ({ jobs }) => jobs.cancel('j'))).toBe(false);

      const other = await begun('a');
      expect(await store().write(other.id, ({ jobs }) => jobs.cancel('j'))).toBe(true);
      const late = store().write(other.id, ({ jobs }) => jobs.mark(other.lease, done('a')));
      expect(await late).toBe(false);
      const [last] = await store().read(other.id, ({ jobs }) => jobs.list(1));
      expect(last?.state).toBe('cancelled');
    });

    it('that are put back are there for the next', async () => {
      const { id, lease } = await begun('a');
      await store().write(id, ({ jobs }) => jobs.release(lease));
      const next = await store().write(id, ({ jobs }) => jobs.lease('two', at(6)));
      expect(next?.job).toMatchObject({ id: 'j', state: 'running', startedAt: at(0) });
    });
  });
}

const finding: QualityFinding = {
  id: 'repair:1',
  kind: 'repair',
  instrumentId: 'acme',
  day: '2024-01-02',
  source: 'yahoo',
  code: 'unit-slip-100x',
  detail: 'The close was 100 times its neighbours.',
  evidence: { before: 12000, after: 120 },
};

/** The quality of prices: findings are facts, the last decision holds, a row read again is the same. */
export function qualityConformance({ store, clock, workspace }: StoreUnderTest): void {
  describe('quality', () => {
    setBackAfterwards(clock);
    const list = (id: string, filter = {}) =>
      store().read(id, ({ quality }) => quality.list(filter, 100));

    it('keeps a finding once, with its evidence', async () => {
      clock.at = at(0);
      const id = await workspace();
      const add = () => store().write(id, ({ quality }) => quality.add([finding]));
      expect(await add()).toEqual(['repair:1']);
      expect(await add()).toEqual([]);
      expect(await list(id)).toEqual([
        {
          ...finding,
          recordedAt: at(0),
          state: 'open',
          reason: '',
          decidedBy: null,
          decidedAt: null,
        },
      ]);
    });

    it('lists rows that were kept back, those read again as one', async () => {
      clock.at = at(0);
      const id = await workspace();
      const row = {
        instrumentId: 'acme',
        day: '2024-01-03',
        source: 'yahoo',
        row: { close: 9900 },
      };
      const keep = (reason: string) =>
        store().write(id, ({ prices }) => prices.quarantine([{ ...row, reason }]));
      await keep('Jumps and comes back: 99 before.');
      await keep('Jumps and comes back: 98 before.');
      const rows = await list(id, { kinds: ['row'] });
      expect(rows).toMatchObject([
        { kind: 'row', state: 'open', day: '2024-01-03', evidence: { close: 9900 } },
      ]);
      await store().write(id, ({ quality }) =>
        quality.decide(rows[0]?.id ?? '', 'rejected', 'It never traded there.', 'owner'),
      );
      await keep('Jumps and comes back: 97 before.');
      expect(await list(id, { states: ['open'] })).toEqual([]);
      expect(await list(id, { states: ['rejected'] })).toMatchObject([
        { reason: 'It never traded there.', decidedBy: 'owner', decidedAt: at(0) },
      ]);
    });

    it('holds by the last decision, and opens again', async () => {
      clock.at = at(0);
      const id = await workspace();
      await store().write(id, ({ quality }) => quality.add([finding]));
      for (const decision of ['undone', 'reopened'] as const) {
        await store().write(id, ({ quality }) =>
          quality.decide('repair:1', decision, `${decision}.`, 'owner'),
        );
        const found = await store().read(id, ({ quality }) => quality.find('repair:1'));
        expect(found?.state).toBe(decision === 'undone' ? 'undone' : 'open');
      }
      expect(await store().read(id, ({ quality }) => quality.find('repair:2'))).toBeNull();
      expect(await list(id, { instrumentIds: ['tencent'] })).toEqual([]);
    });

    it('remembers how a provider answered last', async () => {
      const id = await workspace();
      const health = {
        id: 'yahoo',
        state: 'down',
        since: at(1),
        lastSuccess: null,
        lastFault: { at: at(1), code: 'market-data.unavailable', detail: 'No reply.' },
        requests: 3,
        failures: 3,
        waitingMs: 0,
        note: '',
      } as const;
      await store().write(id, ({ quality }) => quality.saveProvider(health));
      await store().write(id, ({ quality }) => quality.saveProvider({ ...health, requests: 4 }));
      expect(await store().read(id, ({ quality }) => quality.providers())).toEqual([
        { ...health, requests: 4 },
      ]);
    });
  });
}

import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Clock } from '../clock/clock.ts';
import type { NewRun, RunEnd } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';

/** What the tests of one store share. */
interface StoreUnderTest {
  readonly store: () => Store;
  readonly clock: Clock & { at: string };
  /** A new workspace. */
  readonly workspace: () => Promise<string>;
}

const at = (minute: number): string => `2026-04-02T09:${String(minute).padStart(2, '0')}:00.000Z`;
const data = 'da'.repeat(32);

const asked = (id: string, more: Partial<NewRun> = {}): NewRun => ({
  id,
  kind: 'backtest',
  title: `Run ä ${id}`,
  config: { strategy: 'sma-cross', params: { fast: 10 } },
  strategy: 'sma-cross',
  strategyHash: null,
  codeVersion: '1.0.0',
  seed: 4_294_967_295,
  requestedBy: 'owner',
  rerunOf: null,
  jobId: 'j',
  ...more,
});

const none = {
  totalReturn: null,
  annualReturn: null,
  volatility: null,
  sharpe: null,
  maxDrawdown: null,
  finalEquity: null,
  trades: null,
};

const artifact = (name: string) => ({
  name,
  mediaType: 'text/csv',
  object: `runs/w/r/${name}`,
  sha256: 'ab'.repeat(32),
  size: 12,
});

const finished: RunEnd = {
  state: 'finished',
  error: '',
  dataFingerprint: data,
  resultHash: 'ef'.repeat(32),
  tries: 3,
  figures: { ...none, totalReturn: 0.1 + 0.2, sharpe: -1e-300, trades: 12 },
  summary: { headline: 'It gained 30 %.' },
  artifacts: [artifact('trades.csv'), artifact('equity.parquet')],
};

/** Runs: what was asked for stays, an end is an end, and what was tried outlives the run. */
export function runConformance({ store, clock, workspace }: StoreUnderTest): void {
  describe('runs', () => {
    const before = clock.at;
    afterAll(() => {
      clock.at = before;
    });
    const withRuns = async (...runs: readonly NewRun[]): Promise<string> => {
      clock.at = at(0);
      const id = await workspace();
      const job = { id: 'j', kind: 'run', title: 'Run', params: null, requestedBy: 'owner' };
      await store().write(id, async (unit) => {
        await unit.jobs.add(job, ['run']);
        await unit.jobs.add({ ...job, id: 'j2' }, ['run']);
        for (const run of runs) await unit.runs.add(run);
      });
      return id;
    };
    const ended = async (): Promise<string> => {
      const id = await withRuns(asked('r'));
      await store().write(id, ({ runs }) => runs.begin('r'));
      await store().write(id, ({ runs }) => runs.end('r', finished));
      return id;
    };

    it('are kept as they were asked for, and only in their workspace', async () => {
      const more = { kind: 'sweep', strategyHash: 'cd'.repeat(32), rerunOf: 'q' } as const;
      const id = await withRuns(asked('r', more));
      const found = await store().read(id, ({ runs }) => runs.find('r'));
      expect(found).toEqual({
        ...asked('r', more),
        state: 'queued',
        createdAt: at(0),
        startedAt: null,
        endedAt: null,
        attempts: 0,
        progress: null,
        error: '',
        dataFingerprint: null,
        resultHash: null,
        tries: null,
        figures: none,
        summary: null,
      });
      const other = await workspace();
      expect(await store().read(other, ({ runs }) => runs.find('r'))).toBeNull();
      expect(await store().write(other, ({ runs }) => runs.cancel('r'))).toBe(false);
    });

    it('are begun, tell how far they are, and end once with everything', async () => {
      const id = await withRuns(asked('r'));
      clock.at = at(1);
      const mark = { done: 2.5, of: 10, doing: 'Reading prices' };
      await store().write(id, ({ runs }) => runs.progress('r', mark));
      expect((await store().read(id, ({ runs }) => runs.find('r')))?.progress).toBeNull();
      expect(await store().write(id, ({ runs }) => runs.begin('r'))).toBe(true);
      expect(await store().write(id, ({ runs }) => runs.begin('r'))).toBe(true);
      await store().write(id, ({ runs }) => runs.progress('r', mark));
      const running = await store().read(id, ({ runs }) => runs.find('r'));
      expect(running).toMatchObject({
        state: 'running',
        startedAt: at(1),
        attempts: 2,
        progress: mark,
      });
      clock.at = at(2);
      expect(await store().write(id, ({ runs }) => runs.end('r', finished))).toBe(true);
      const [run, artifacts, left, all] = await store().read(id, async ({ runs }) => [
        await runs.find('r'),
        await runs.artifacts('r'),
        await runs.unfinished(),
        await runs.allArtifacts(),
      ]);
      const { artifacts: _, ...end } = finished;
      expect(run).toMatchObject({ ...end, endedAt: at(2) });
      expect(artifacts.map(({ name }) => name)).toEqual(['equity.parquet', 'trades.csv']);
      expect(artifacts[1]).toEqual(artifact('trades.csv'));
      expect(all).toEqual(artifacts);
      expect(left).toBe(0);
    });

    it('that have ended stay as they are', async () => {
      const id = await ended();
      await store().write(id, async ({ runs }) => {
        expect(await runs.begin('r')).toBe(false);
        expect(await runs.cancel('r')).toBe(false);
        expect(await runs.requeue('r', 'j2')).toBe(false);
        expect(await runs.end('r', { ...finished, state: 'failed', artifacts: [] })).toBe(false);
      });
      const run = await store().read(id, ({ runs }) => runs.find('r'));
      expect(run).toMatchObject({ state: 'finished', figures: finished.figures });
    });

    it('that have failed or were cancelled can be queued again', async () => {
      const id = await withRuns(asked('r'), asked('s'));
      const failed = { ...finished, state: 'failed', error: 'No prices.', artifacts: [] } as const;
      await store().write(id, async ({ runs }) => {
        await runs.begin('r');
        await runs.end('r', { ...failed, dataFingerprint: null, resultHash: null });
        expect(await runs.cancel('s')).toBe(true);
      });
      const states = async () =>
        (await store().read(id, ({ runs }) => runs.page({}, null, 10))).items.map(
          ({ state, error, jobId }) => [state, error, jobId].join('/'),
        );
      expect(await states()).toEqual(['cancelled//j', 'failed/No prices./j']);
      await store().write(id, async ({ runs }) => {
        expect(await runs.requeue('r', 'j2')).toBe(true);
        expect(await runs.requeue('s', 'j2')).toBe(true);
      });
      expect(await states()).toEqual(['queued//j2', 'queued//j2']);
      expect(await store().read(id, ({ runs }) => runs.unfinished())).toBe(2);
    });

    it('are listed newest first, by what is asked, page by page', async () => {
      const id = await withRuns(
        asked('a'),
        asked('b', { kind: 'sweep' }),
        asked('c', { strategy: './own.ts', title: '50 % Trend_x' }),
        asked('d'),
      );
      await store().write(id, ({ runs }) => runs.cancel('d'));
      const list = async (filter: object): Promise<string> =>
        (await store().read(id, ({ runs }) => runs.page(filter, null, 10))).items
          .map((run) => run.id)
          .join('');
      expect(await list({})).toBe('dcba');
      expect(await list({ kinds: ['sweep'] })).toBe('b');
      expect(await list({ states: ['queued'] })).toBe('cba');
      expect(await list({ strategy: './own.ts' })).toBe('c');
      expect(await list({ text: '% trend_X' })).toBe('c');
      expect(await list({ text: 'no such' })).toBe('');
      const part = (cursor: string | null) =>
        store().read(id, ({ runs }) => runs.page({}, cursor, 3));
      const first = await part(null);
      const second = await part(first.next);
      expect(first.items.map((run) => run.id)).toEqual(['d', 'c', 'b']);
      expect(second.items.map((run) => run.id)).toEqual(['a']);
      expect(second.next).toBeNull();
      await expect(store().read(id, ({ runs }) => runs.page({}, 'nonsense', 3))).rejects.toThrow(
        'not a cursor',
      );
    });

    it('are taken away whole once they have ended', async () => {
      const id = await withRuns(asked('r'));
      expect(await store().write(id, ({ runs }) => runs.remove('r'))).toBe(false);
      await store().write(id, ({ runs }) => runs.end('r', finished));
      expect(await store().write(id, ({ runs }) => runs.remove('r'))).toBe(true);
      const [run, artifacts] = await store().read(id, async ({ runs }) => [
        await runs.find('r'),
        await runs.artifacts('r'),
      ]);
      expect([run, artifacts]).toEqual([null, []]);
      expect(await store().write(id, ({ runs }) => runs.remove('r'))).toBe(false);
    });

    it('leave behind what they tried, to the bit', async () => {
      const id = await ended();
      const tried = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.double()));
      await fc.assert(
        fc.asyncProperty(tried, async (rows) => {
          const keys = BigUint64Array.from(rows, ([key]) => key);
          const sharpe = Float64Array.from(rows, ([, one]) => one);
          await store().write(id, ({ runs }) =>
            runs.addTries('sma-cross', data, { runId: 'r', keys, sharpe }),
          );
          const kept = await store().read(id, ({ runs }) => runs.tries('sma-cross', data));
          expect(kept).toEqual([{ runId: 'r', keys, sharpe }]);
        }),
        { numRuns: 20 },
      );
      await store().write(id, async ({ runs }) => {
        const more = { runId: 's', keys: BigUint64Array.of(7n), sharpe: Float64Array.of(0.1) };
        await runs.addTries('sma-cross', data, more);
        await runs.remove('r');
      });
      const [kept, others] = await store().read(id, async ({ runs }) => [
        await runs.tries('sma-cross', data),
        await runs.tries('sma-cross', 'db'.repeat(32)),
      ]);
      expect(kept.map(({ runId }) => runId)).toEqual(['r', 's']);
      expect(others).toEqual([]);
    });
  });
}

import { MessageChannel } from 'node:worker_threads';
import { StoreRefusal } from '@plimsoll/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EngineWorker, startEngineWorker } from './engine-worker.ts';
import { EngineLost } from './protocol.ts';

const entry = new URL('../testing/dying-worker.ts', import.meta.url);

describe('an engine in a thread', () => {
  let deaths: Error[] = [];
  let givenUp: Error[] = [];
  let now = 0;
  let worker: EngineWorker;
  beforeEach(async () => {
    deaths = [];
    givenUp = [];
    now = 0;
    worker = await startEngineWorker({
      role: 'figures',
      connect: () => ({ kind: 'embedded', port: new MessageChannel().port1 }),
      onDeath: (error) => deaths.push(error),
      onGivenUp: (error) => givenUp.push(error),
      nowMs: () => now,
      entry,
    });
  });
  afterEach(() => worker.close(100));
  const die = () => worker.engine.verify().catch((error: unknown) => error);
  const isBack = () =>
    expect.poll(() => worker.engine.formats().catch(() => []), { timeout: 10_000 }).toHaveLength(1);

  it('answers, refuses and throws as it would in this thread', async () => {
    expect(await worker.engine.formats()).toEqual([{ id: 'alive', title: 'Alive' }]);
    const refused = await worker.engine.accounts('main').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreRefusal);
    expect((refused as StoreRefusal).fault.detail).toBe('The disk is gone.');
    await expect(worker.engine.removeDemo()).rejects.toMatchObject({
      name: 'TypeError',
      message: 'a bug',
      stack: expect.stringContaining('dying-worker'),
    });
  });

  it('tells every call in hand when it dies, and is started anew', async () => {
    const waiting = worker.engine.imports('main').catch((error: unknown) => error);
    expect(await die()).toBeInstanceOf(EngineLost);
    expect(await waiting).toBeInstanceOf(EngineLost);
    await isBack();
    expect([deaths.length, givenUp.length]).toEqual([1, 0]);
  });

  it('is given up when it dies again within a minute, and not when it held longer', async () => {
    await die();
    await isBack();
    now = 61_000;
    await die();
    await isBack();
    expect([deaths.length, givenUp.length]).toEqual([2, 0]);
    now = 62_000;
    await die();
    await expect.poll(() => givenUp.length).toBe(1);
    await expect(worker.engine.formats()).rejects.toBeInstanceOf(EngineLost);
  });
});

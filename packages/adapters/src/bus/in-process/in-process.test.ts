import { Worker } from 'node:worker_threads';
import type { Bus, BusWorld } from '@plimsoll/ports';
import { busConformance } from '@plimsoll/ports/conformance';
import { expect, it } from 'vitest';
import definition, { connectInProcess, type InProcessBus, openInProcess } from './index.ts';
import { MessageLog } from './message-log.ts';

const world: BusWorld = {
  clock: { now: () => '2026-04-01T08:00:00.000Z' },
  random: () => 0.5,
};

/** The first to open a prefix has the bus; those after it reach it through a port, as threads do. */
const buses = new Map<string, InProcessBus>();
async function open(prefix: string): Promise<Bus> {
  const first = buses.get(prefix);
  if (first !== undefined) return connectInProcess(first.connect());
  const bus = openInProcess(world);
  buses.set(prefix, bus);
  return bus;
}

async function doomedMember(prefix: string, topic: string, group: string) {
  const port = buses.get(prefix)?.connect();
  if (port === undefined) throw new Error('The bus is opened first');
  const worker = new Worker(new URL('./testing/doomed-thread.ts', import.meta.url), {
    workerData: { port, topic, group },
    transferList: [port],
  });
  const took = Promise.withResolvers<string>();
  const ready = Promise.withResolvers<void>();
  worker.on('error', ready.reject);
  worker.on('message', (said: { ready?: true; took?: string }) => {
    if (said.took === undefined) ready.resolve();
    else took.resolve(said.took);
  });
  await ready.promise;
  return { took: took.promise, kill: async () => void (await worker.terminate()) };
}

busConformance('in-process', {
  open,
  doomedMember,
  countsAcrossDeaths: true,
  close: async () => {
    await Promise.all([...buses.values()].map((bus) => bus.close()));
  },
});

it('has no address', async () => {
  await expect(definition.open('nats://x', world)).rejects.toMatchObject({
    fault: { code: 'bus.invalid-address' },
  });
});

it('keeps the newest messages within its limits, and the newest whatever its size', () => {
  const log = new MessageLog(3000, 5000);
  const message = (id: string) => ({
    ...{ id, topic: 't', key: 'k', workspaceId: null },
    ...{ at: '', payload: null },
  });
  for (let i = 0; i < 10_000; i++) log.add(message(String(i)), 1);
  expect([log.first, log.next]).toEqual([7000, 10_000]);
  expect([6999, 7000, 9999, 10_000].map((at) => log.at(at)?.id)).toEqual([
    undefined,
    '7000',
    '9999',
    undefined,
  ]);
  log.add(message('large'), 4000);
  expect([log.first, log.next]).toEqual([9000, 10_001]);
  log.add(message('huge'), 1_000_000);
  expect([log.first, log.next]).toEqual([10_001, 10_002]);
  expect(log.at(10_001)?.id).toBe('huge');
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { busAdapters } from '@plimsoll/adapters/buses';
import { openEmbedded } from '@plimsoll/adapters/database';
import type { Bus, Store } from '@plimsoll/ports';

/** A record in a folder of its own, and what goes with events. */
export interface EventWorld {
  readonly store: Store;
  /** A new, empty workspace. */
  workspace(): Promise<string>;
  /** Hands so many events over, one commit each, numbered from `first`. */
  send(workspaceId: string, count: number, first?: number): Promise<void>;
  /** Opens the bus of an address; a new one within the process where there is none. */
  bus(address?: string): Promise<Bus>;
  close(): Promise<void>;
}

const systemClock = { now: () => new Date().toISOString() };

/** Waits so long, or until the signal fires. */
export const waitReally = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined); // only the signal rejects it
};

export async function eventWorld(): Promise<EventWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-events-'));
  const store = await openEmbedded(join(folder, 'data'), { clock: systemClock });
  const buses: Bus[] = [];
  let workspaces = 0;
  return {
    store,
    workspace: async () => {
      const id = `w-${workspaces++}`;
      await store.createWorkspace({ id, name: id, demo: false, createdAt: systemClock.now() });
      return id;
    },
    send: async (workspaceId, count, first = 0) => {
      for (let n = first; n < first + count; n++) {
        await store.write(workspaceId, ({ outbox }) =>
          outbox.add([{ id: `e-${n}`, type: 'prices.changed', payload: { n } }]),
        );
      }
    },
    bus: async (address = '') => {
      const scheme = address.split(':')[0] ?? '';
      const definition =
        Object.values(busAdapters).find(({ schemes }) => schemes.includes(scheme)) ??
        busAdapters['in-process'];
      const bus = await definition.open(address, { clock: systemClock, random: Math.random });
      buses.push(bus);
      return bus;
    },
    close: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

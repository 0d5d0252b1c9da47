import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Relay } from '@plimsoll/engine/relay';
import type { Bus, DurableConsumer, Store } from '@plimsoll/ports';
import { loadBuses, openBus } from './compose.ts';
import type { Config } from './config.ts';

/**
 * Everyone in this program who must act on events. The relay keeps an event until each of them has, so
 * all processes on one database name the same ones, whichever of them they run.
 */
const durableConsumers: readonly DurableConsumer[] = [];

/** The bus of this process, and what brings events to it. */
export interface Events {
  readonly bus: Bus;
  /** Something was written: its events may leave. */
  nudge(): void;
  metrics: Relay['metrics'];
  stop(): Promise<void>;
}

/** Between two looks for events of other processes; those of this one are nudged about. */
const sweepMs = 5_000;

/** What events are carried with; read while a store is still opening. */
export const loadEvents = () => Promise.all([import('@plimsoll/engine/relay'), loadBuses()]);

/** Opens the bus and starts the relay, in this thread: both only pass on what others have computed. */
export async function startEvents(
  config: Config,
  store: Store,
  onTrouble: (detail: string) => void,
): Promise<Events> {
  const [{ startRelay }] = await loadEvents();
  const bus = await openBus(config, onTrouble);
  const relay = startRelay(
    {
      store,
      bus,
      consumers: durableConsumers,
      holder: `${hostname()} ${process.pid}`,
      // The data folder belongs to one process; a server may have several.
      alone: config.databaseUrl === undefined,
      wait: waitUnlessTold,
      random: Math.random,
      onTrouble,
    },
    { sweepMs },
  );
  return {
    bus,
    nudge: () => relay.nudge(),
    metrics: () => relay.metrics(),
    stop: async () => {
      await relay.stop();
      await bus.close();
    },
  };
}

async function waitUnlessTold(ms: number, signal: AbortSignal): Promise<void> {
  // A timer must not keep the process alive that everything else has let go of.
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined); // only the signal rejects it
}

import type { AddressInfo } from 'node:net';
import type { Engine } from '@plimsoll/engine';
import type { FastifyInstance } from 'fastify';
import { openMarketData, openStore } from './compose.ts';
import type { Config } from './config.ts';
import { ensureMainWorkspace } from './ensure-main-workspace.ts';
import { type Events, loadEvents, startEvents } from './events.ts';
import { buildServer } from './http/build-server.ts';
import { liveEngine } from './live/live-engine.ts';
import { startLive } from './live/start-live.ts';
import { startNightly } from './market/nightly.ts';
import { startThreadedEngine } from './remote/threaded-engine.ts';
import { keepRunning } from './runs/keep-running.ts';
import { announce, withdraw } from './server-file.ts';

/** A running server. */
export interface RunningServer {
  readonly address: string;
  readonly engine: Engine;
  /** The bus, and what has left by it. */
  readonly events: Events;
  /** Ends it in order: no new requests, the running ones answered, the record closed. */
  stop(): Promise<void>;
}

export interface ServerEvents {
  /** A thread died and was started anew. */
  readonly onDeath: (error: Error) => void;
  /** It keeps dying: the process had better end. */
  readonly onGivenUp: (error: Error) => void;
}

/** How long a stop waits for what is running before it ends it; nothing that was answered is lost. */
const graceMs = 6_000;
/** What is left then for threads that will not end. */
const lastGraceMs = 1_500;

/** Opens the record, starts the threads and listens. */
export async function startServer(config: Config, events: ServerEvents): Promise<RunningServer> {
  const opening = openStore(config);
  void loadEvents();
  let nudge = (): void => undefined;
  const starting = startThreadedEngine(opening, {
    ...events,
    dataFolder: config.dataFolder,
    nowMs: () => Date.now(),
    onWrite: () => nudge(),
  });
  // Read while the store is still opening.
  const reading = import('./live/quote-socket.ts');
  const [{ value: store, reason }, started] = await settled(opening, starting);
  if (store === undefined) throw reason;
  let leaving: Events | undefined;
  try {
    if (started.value === undefined) throw started.reason;
    const threads = started.value;
    await ensureMainWorkspace(threads.engine);
    let onTrouble = (_detail: string): void => undefined;
    const bus = await startEvents(config, store, (detail) => onTrouble(detail));
    leaving = bus;
    nudge = bus.nudge;
    const { dataFolder } = config;
    const trouble = (detail: string): void => onTrouble(detail);
    const live = startLive({ store, dataFolder, bus: bus.bus, onTrouble: trouble });
    await reading;
    const engine = liveEngine(threads.engine, live, () => Date.now());
    const app = await buildServer({
      engine,
      live,
      events: bus,
      marketData: await openMarketData(config.dataFolder),
      logLevel: config.logLevel,
    });
    onTrouble = (detail) => app.log.warn(detail);
    await app.listen({ host: config.host, port: config.port });
    const address = addressOf(app);
    if (config.databaseUrl === undefined) announce(config.dataFolder, address);
    const endUpkeep = startUpkeep(threads.engine, config, (detail) => app.log.warn(detail));
    const stop = async (): Promise<void> => {
      endUpkeep();
      await answered(app);
      await Promise.all([threads.close(lastGraceMs), live.close(lastGraceMs)]);
      await bus.stop();
      app.server.closeAllConnections();
      await app.close();
      if (config.databaseUrl === undefined) withdraw(config.dataFolder);
      await store.close();
    };
    let stopping: Promise<void> | undefined;
    return {
      address,
      engine,
      events: bus,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await leaving?.stop();
    await store.close();
    throw error;
  }
}

/** What the server does by itself; ends with the function that it gives. */
function startUpkeep(
  engine: Engine,
  { dataFolder }: Config,
  onTrouble: (detail: string) => void,
): () => void {
  const endNightly = startNightly({ engine, dataFolder, nowMs: () => Date.now(), onTrouble });
  const endRunning = keepRunning({ engine, onTrouble });
  return () => {
    endNightly();
    endRunning();
  };
}

/** What became of both, so that neither is left half begun. */
async function settled<A, B>(first: Promise<A>, second: Promise<B>) {
  const [a, b] = await Promise.allSettled([first, second]);
  const outcome = <T>(one: PromiseSettledResult<T>): { value?: T; reason?: unknown } =>
    one.status === 'fulfilled' ? { value: one.value } : { reason: one.reason };
  return [outcome(a), outcome(b)] as const;
}

/** Takes no more requests and waits until the running ones are answered, as long as grace lasts. */
async function answered(app: FastifyInstance): Promise<void> {
  const closed = app.close();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, graceMs);
  // A connection that was busy when the close began is idle once its answer is sent.
  const tidy = setInterval(() => app.server.closeIdleConnections(), 50);
  await Promise.race([closed, promise]);
  clearInterval(tidy);
  clearTimeout(timer);
}

function addressOf(app: FastifyInstance): string {
  const { address, port, family } = app.server.address() as AddressInfo;
  const host = address === '127.0.0.1' || address === '::1' ? 'localhost' : address;
  return family === 'IPv6' && host !== 'localhost'
    ? `http://[${host}]:${port}`
    : `http://${host}:${port}`;
}

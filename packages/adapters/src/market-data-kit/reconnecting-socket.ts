import type { Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderWorld, StreamState } from '@plimsoll/ports';
import type { StreamFrame } from './stream-protocol.ts';

export interface ReconnectingSocketOptions {
  /** Where to connect to, asked before each connection. A fault of the key or the plan is final. */
  readonly url: (signal: AbortSignal) => Promise<Result<string, MarketDataFault>>;
  readonly world: ProviderWorld;
  /** Connected: greet, and ask for the symbols again. */
  readonly onOpen: (send: (frame: StreamFrame) => void) => void;
  readonly onMessage: (frame: StreamFrame) => void;
  readonly onState: (state: StreamState, detail: string) => void;
  /** A connection that says nothing for so long is dead, whatever TCP thinks. */
  readonly staleMs: number;
  /** Sent every so often, for providers that answer, so that a quiet market is told from a dead line. */
  readonly ping?: { readonly everyMs: number; readonly frame: StreamFrame };
  readonly signal: AbortSignal;
}

/** A connection that is made anew whenever it is lost. */
export interface ReconnectingSocket {
  /** Sends on the present connection; false where there is none, and `onOpen` will come. */
  readonly send: (frame: StreamFrame) => boolean;
  /** Drops the present connection, to be made anew. */
  readonly reconnect: (detail: string) => void;
  /** Gives up for good: a bad key, a plan without streaming. */
  readonly refuse: (detail: string) => void;
  /** Resolves when the signal has fired and the connection is closed, or it was refused. */
  readonly ended: Promise<void>;
}

const firstBackOffMs = 500;
const longestBackOffMs = 60_000;
/** A connection that lived so long was a good one: the next wait begins small again. */
const settledMs = 30_000;
const connectMs = 20_000;

interface End {
  readonly kind: 'lost' | 'refused' | 'stopped';
  readonly detail: string;
}

/**
 * Keeps a WebSocket open until the signal fires: connects anew with full jitter, drops a connection
 * that has gone silent, and stops only where it is refused.
 */
export function reconnectingSocket(options: ReconnectingSocketOptions): ReconnectingSocket {
  let current: Connection | undefined;
  const run = async (): Promise<void> => {
    const { world, signal, onState } = options;
    for (let tries = 0; !signal.aborted; tries++) {
      onState('connecting', '');
      const begun = world.nowMs();
      const end = await connect(options, (connection) => {
        current = connection;
      });
      current = undefined;
      if (end.kind === 'stopped' || signal.aborted) return;
      onState(end.kind, end.detail);
      if (end.kind === 'refused') return;
      if (world.nowMs() - begun >= settledMs) tries = 0;
      const most = Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(tries, 20));
      await untilAborted(world.wait(world.random() * most, signal), signal);
    }
  };
  const ended = run();
  return {
    send: (frame) => current?.send(frame) ?? false,
    reconnect: (detail) => current?.end({ kind: 'lost', detail }),
    refuse: (detail) => current?.end({ kind: 'refused', detail }),
    ended,
  };
}

interface Connection {
  readonly send: (frame: StreamFrame) => boolean;
  readonly end: (end: End) => void;
}

/** One connection from its making to its end. */
async function connect(
  options: ReconnectingSocketOptions,
  use: (connection: Connection) => void,
): Promise<End> {
  const address = await options.url(options.signal);
  if (options.signal.aborted) return { kind: 'stopped', detail: '' };
  if (!address.ok) {
    const { code, detail } = address.fault;
    const final = code === 'market-data.unauthorised' || code === 'market-data.not-covered';
    return { kind: final ? 'refused' : 'lost', detail };
  }
  const url = URL.parse(address.value);
  if (!url || (url.protocol !== 'wss:' && url.protocol !== 'ws:')) {
    return { kind: 'lost', detail: 'The address of the stream is none.' };
  }
  url.hash = '';
  const { promise, resolve } = Promise.withResolvers<End>();
  const over = new AbortController();
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const connection: Connection = {
    send: (frame) => {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(frame as string | Uint8Array<ArrayBuffer>);
      return true;
    },
    end: resolve,
  };
  use(connection);
  listen(socket, options, connection, over.signal);
  options.signal.addEventListener('abort', () => resolve({ kind: 'stopped', detail: '' }), {
    signal: over.signal,
  });
  const end = await promise;
  over.abort();
  await closed(socket, options.world);
  return end;
}

function listen(
  socket: WebSocket,
  options: ReconnectingSocketOptions,
  connection: Connection,
  over: AbortSignal,
): void {
  const { world, ping, staleMs } = options;
  let heard = world.nowMs();
  const within = { signal: over };
  socket.addEventListener(
    'open',
    () => {
      heard = world.nowMs();
      options.onState('open', '');
      options.onOpen(connection.send);
      watch(() => world.nowMs() - heard);
    },
    within,
  );
  socket.addEventListener(
    'message',
    ({ data }) => {
      heard = world.nowMs();
      options.onMessage(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer));
    },
    within,
  );
  const lost = (detail: string): void => connection.end({ kind: 'lost', detail });
  socket.addEventListener('error', () => lost('The connection failed.'), within);
  socket.addEventListener('close', ({ code }) => lost(`The server closed it (${code}).`), within);
  const every = (ms: number, act: () => void): void => {
    const next = async (): Promise<void> => {
      while (!over.aborted) {
        await untilAborted(world.wait(ms, over), over);
        if (!over.aborted) act();
      }
    };
    void next();
  };
  every(connectMs, () => {
    if (socket.readyState === WebSocket.CONNECTING) lost('No connection in time.');
  });
  const watch = (silentMs: () => number): void => {
    every(staleMs / 2, () => {
      if (silentMs() >= staleMs) lost(`Nothing was heard for ${Math.round(staleMs / 1000)} s.`);
    });
    if (ping) every(ping.everyMs, () => connection.send(ping.frame));
  };
}

/** Rejections of a wait that was given up are what was asked for. */
async function untilAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await wait;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const closingMs = 2000;

/** Says goodbye, and does not wait long for the answer. */
async function closed(socket: WebSocket, world: ProviderWorld): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const gone = new AbortController();
  socket.addEventListener('close', () => gone.abort(), { once: true });
  socket.addEventListener('error', () => gone.abort(), { once: true });
  socket.close();
  await untilAborted(world.wait(closingMs, gone.signal), gone.signal);
}

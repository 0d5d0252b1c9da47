import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ok, refuse } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderWorld, StreamState } from '@plimsoll/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket as Peer, WebSocketServer } from 'ws';
import { type ReconnectingSocketOptions, reconnectingSocket } from './reconnecting-socket.ts';

/** Waits of the machine, a hundred times as short, so that seconds of patience pass in a moment. */
const world: ProviderWorld = {
  nowMs: () => performance.now() * 100,
  wait: async (ms, signal) => {
    await pause(ms / 100, undefined, { signal });
  },
  random: () => 0.5,
};

let server: WebSocketServer;
let stop: AbortController;
const peers: Peer[] = [];
beforeEach(async () => {
  stop = new AbortController();
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (peer) => peers.push(peer));
});
afterEach(() => {
  stop.abort();
  for (const peer of peers.splice(0)) peer.terminate();
  server.close();
});
const address = () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function open(more: Partial<ReconnectingSocketOptions> = {}) {
  const states: StreamState[] = [];
  const details: string[] = [];
  const heard: unknown[] = [];
  const socket = reconnectingSocket({
    url: async () => ok(address()),
    world,
    onOpen: (send) => send('hello'),
    onMessage: (frame) => heard.push(frame),
    onState: (state, detail) => {
      states.push(state);
      if (detail !== '') details.push(detail);
    },
    staleMs: 60_000,
    signal: stop.signal,
    ...more,
  });
  return { socket, states, details, heard };
}

/** Until it is so; the test's own limit ends what never comes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(5);
}

describe('a socket that is made anew', () => {
  it('greets on each connection, hands on what comes, and ends with its signal', async () => {
    const said: string[] = [];
    server.on('connection', (peer) => {
      peer.on('message', (data) => said.push(String(data)));
      peer.send('text');
      peer.send(new Uint8Array([1, 2]));
    });
    const { socket, states, heard } = open();
    await until(() => heard.length === 2 && said.length === 1);
    expect(heard).toEqual(['text', new Uint8Array([1, 2])]);
    expect(socket.send('more')).toBe(true);
    await until(() => said.length === 2);
    peers[0]?.terminate();
    await until(() => said.length === 3);
    expect(said).toEqual(['hello', 'more', 'hello']);
    expect(states).toEqual(['connecting', 'open', 'lost', 'connecting', 'open']);
    stop.abort();
    await socket.ended;
    expect(socket.send('late')).toBe(false);
  });

  it('is dropped when it says nothing for too long', async () => {
    const { details, states } = open({ staleMs: 4000 });
    await until(() => states.filter((state) => state === 'open').length === 2);
    expect(details[0]).toContain('Nothing was heard for 4 s');
  });

  it('asks whether a quiet market is a dead line', async () => {
    server.on('connection', (peer) => peer.on('message', (data) => peer.send(String(data))));
    const { heard, states } = open({ staleMs: 20_000, ping: { everyMs: 2000, frame: 'ping' } });
    await until(() => heard.filter((frame) => frame === 'ping').length >= 12);
    expect(states).toEqual(['connecting', 'open']);
  });

  it('waits longer after each failure, up to a minute', async () => {
    const chance = 0.123;
    const waits: number[] = [];
    const counting: ProviderWorld = {
      ...world,
      random: () => chance,
      wait: (ms, signal) => {
        waits.push(ms);
        return world.wait(Math.min(ms, 100), signal);
      },
    };
    const gone = 'ws://127.0.0.1:1/';
    const { states } = open({ url: async () => ok(gone), world: counting });
    await until(() => states.filter((state) => state === 'lost').length >= 10);
    const most = waits.map((ms) => Math.round((ms / chance) * 1000) / 1000);
    const backOff = most.filter((ms) => ms % 500 === 0).slice(0, 9);
    expect(backOff).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it.each([
    ['market-data.unauthorised', 'refused'],
    ['market-data.not-covered', 'refused'],
    ['market-data.unavailable', 'lost'],
  ] as const)('takes %s of its address as %s', async (code, state) => {
    const fault: MarketDataFault = { code, detail: 'no' };
    const { socket, states } = open({ url: async () => refuse(fault) });
    await until(() => states.includes(state));
    if (state === 'lost') stop.abort();
    await socket.ended;
    expect(states.slice(0, 2)).toEqual(['connecting', state]);
  });

  it.each(['', 'nonsense', 'file:///etc/passwd', 'ws://', 'http://127.0.0.1/'])(
    'does not break on the address %j',
    async (text) => {
      const { socket, states } = open({ url: async () => ok(text) });
      await until(() => states.filter((state) => state === 'lost').length >= 2);
      stop.abort();
      await socket.ended;
      expect(states).not.toContain('open');
    },
  );

  it('gives up for good when it is told to', async () => {
    const { socket, states } = open();
    await until(() => states.includes('open'));
    socket.refuse('bad key');
    await socket.ended;
    expect(states.at(-1)).toBe('refused');
    expect(server.clients.size === 0 || peers[0]?.readyState !== 1).toBe(true);
  });

  it('does not wait for ever for a server that never answers', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const { details } = open({ url: async () => ok(`ws://127.0.0.1:${port}/`) });
    await until(() => details.length > 0);
    expect(details[0]).toContain('No connection in time');
    stop.abort();
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});

import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import websocket, { type WebSocket as Socket } from '@fastify/websocket';
import { openQuoteSocket } from '@plimsoll/client';
import { quoteHistory, quotesReply, topics } from '@plimsoll/contracts';
import type { Delivery } from '@plimsoll/ports';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inFolder, readConfig } from '../config.ts';
import { type RunningServer, startServer } from '../server.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-live-'));
const data = join(folder, 'data');
const patience = { timeout: 60_000, interval: 100 };

/** Answers as https://finnhub.io/docs/api documents quotes and trades (2026-11-21). */
async function finnhubHere() {
  const app = fastify({ logger: false }) as unknown as FastifyInstance;
  const sockets = new Set<Socket>();
  const asked = new Set<string>();
  await app.register(websocket);
  app.get('/quote', async () => ({ c: 190, d: 1, dp: 1, h: 1, l: 1, o: 1, pc: 189, t: 1 }));
  app.get('/', { websocket: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (text: Buffer) => {
      const { type, symbol } = JSON.parse(String(text)) as { type: string; symbol: string };
      if (type === 'subscribe') asked.add(symbol);
    });
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    port,
    asked,
    trade: (s: string, p: number) => {
      const text = JSON.stringify({
        type: 'trade',
        data: [{ s, p, t: Date.now(), v: 5, c: null }],
      });
      for (const socket of sockets) socket.send(text);
    },
    cut: () => {
      for (const socket of sockets) socket.terminate();
    },
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

const fail = (error: Error): void => {
  throw error;
};
let provider: Awaited<ReturnType<typeof finnhubHere>>;
let server: RunningServer;
beforeAll(async () => {
  provider = await finnhubHere();
  mkdirSync(data, { recursive: true });
  const at = `127.0.0.1:${provider.port}`;
  const settings = `{ baseUrl: 'http://${at}', streamUrl: 'ws://${at}', key: k }`;
  writeFileSync(join(data, 'market-data.yaml'), `providers:\n  finnhub: ${settings}\n`);
  const config = readConfig({ PLIMSOLL_PORT: '0', PLIMSOLL_LOG_LEVEL: 'error' }, inFolder(data));
  server = await startServer(config, { onDeath: fail, onGivenUp: fail });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const ask = async (path: string, workspace = 'main') => {
  const headers = { 'plimsoll-workspace': workspace };
  const reply = await fetch(`${server.address}${path}`, { headers });
  return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
};
const post = async (path: string, body?: unknown): Promise<Record<string, string>> => {
  const reply = await fetch(`${server.address}${path}`, {
    method: 'POST',
    headers: {
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${path}: ${text}`);
  return JSON.parse(text);
};

it('brings a trade of a provider to HTTP, the socket, the bus and the history, and goes stale with it', {
  timeout: 180_000,
}, async () => {
  const seen: Delivery[] = [];
  const subscription = { topics: ['market.quotes'], group: null };
  await server.events.bus.subscribe(subscription, async (delivery) => void seen.push(delivery));
  const { id = '' } = await post('/v1/instruments', {
    ...{ kind: 'equity', name: 'Apple', currency: 'USD', symbol: 'AAPL', mic: 'XNAS' },
  });
  const quotes = async () => quotesReply.parse((await ask('/v1/quotes?symbols=AAPL,NONE')).json);
  expect((await quotes()).quotes).toMatchObject([
    { instrumentId: id, quoteId: null, state: 'none' },
  ]);
  await post('/v1/market/links', { instrument: id, provider: 'finnhub', symbol: 'AAPL' });
  await expect.poll(() => provider.asked.has('AAPL'), patience).toBe(true);

  provider.trade('AAPL', 191.5);
  provider.trade('AAPL', 191.75);
  await expect.poll(async () => (await quotes()).quotes[0]?.state, patience).toBe('live');
  const answer = await quotes();
  expect(answer.unknown).toEqual(['NONE']);
  expect(answer.quotes[0]).toMatchObject({ last: 191.75, source: 'finnhub', delayed: false });
  expect(answer.sources).toMatchObject([{ id: 'finnhub', state: 'open' }]);
  for (const { payload } of seen) topics['market.quotes'].payload.parse(payload);
  await expect.poll(() => seen.length, patience).toBeGreaterThan(0);

  const told: (number | null)[] = [];
  const socket = openQuoteSocket({
    origin: server.address.replace('localhost', '127.0.0.1'),
    workspace: 'main',
    WebSocket,
    random: Math.random,
    onQuotes: () => told.push(socket.quotes.get(id)?.last ?? null),
  });
  socket.want({ instruments: [id] });
  await expect.poll(() => told.at(-1), patience).toBe(191.75);
  provider.trade('AAPL', 192);
  await expect.poll(() => told.at(-1), patience).toBe(192);
  socket.close();

  const history = async (timeframe: string) =>
    quoteHistory.parse(
      (await ask(`/v1/quotes/history?instrument=AAPL&timeframe=${timeframe}`)).json,
    );
  await expect
    .poll(async () => (await history('tick')).last, patience)
    .toEqual([191.5, 191.75, 192]);
  await expect.poll(async () => (await history('1m')).volume?.length, patience).toBeGreaterThan(0);
  const wrong = await ask('/v1/quotes/history?instrument=NONE');
  expect([wrong.status, wrong.json['code']]).toEqual([404, 'instrument.unknown']);
  const long = await ask('/v1/quotes/history?instrument=AAPL&from=2026-01-01T00:00:00Z');
  expect([long.status, long.json['code']]).toEqual([422, 'request.invalid']);

  await provider.close();
  provider.cut();
  await expect.poll(async () => (await quotes()).quotes[0]?.state, patience).toBe('stale');
  expect((await quotes()).quotes[0]?.last).toBe(192);
});

it('lets the simulated market move where somebody looks at the demo, and marks it', {
  timeout: 120_000,
}, async () => {
  await post('/v1/demo');
  const coin = async () => {
    const { quotes } = quotesReply.parse((await ask('/v1/quotes?symbols=SIM:PLIM', 'demo')).json);
    return quotes[0];
  };
  await expect.poll(async () => (await coin())?.state, patience).toBe('live');
  expect(await coin()).toMatchObject({ simulated: true, source: 'simulated' });
  const { json } = await ask('/v1/quotes/history?instrument=SIM:PLIM&timeframe=tick', 'demo');
  expect(quoteHistory.parse(json).at).toEqual([]);
});

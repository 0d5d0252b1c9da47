import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openQuoteSocket, type SocketState } from '@plimsoll/client';
import { type QuoteMessage, quoteMessage } from '@plimsoll/contracts';
import {
  type Engine,
  fieldOf,
  QuoteBoard,
  QuoteDesk,
  type QuoteView,
  quoteFields,
} from '@plimsoll/engine';
import { ok } from '@plimsoll/kernel';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { quoteServer } from '../testing/quote-server.ts';
import { fanoutLimits } from './quote-fanout.ts';
import type { QuoteSocketOptions } from './quote-socket.ts';

const symbols = ['AAA', 'BBB', 'CCC'];

const viewOf = (symbol: string): QuoteView => ({
  instrumentId: `id-${symbol}`,
  quoteId: `q-${symbol}`,
  symbol,
  name: symbol,
  currency: 'USD',
  priceFactor: 1,
  bid: null,
  ask: null,
  last: 1,
  size: null,
  previousClose: 1,
  at: null,
  receivedAt: null,
  age: null,
  source: null,
  state: 'close',
  delayed: false,
  simulated: false,
  heldBack: null,
  note: '',
});

const engine: Pick<Engine, 'quotes'> = {
  quotes: async (workspace, query) => {
    if (workspace !== 'main') {
      return { ok: false, fault: { code: 'workspace.unknown', detail: `No ${workspace}.` } };
    }
    const named = query.symbols ?? query.instruments?.map((id) => id.slice(3)) ?? symbols;
    const [found, unknown] = [
      named.filter((name) => symbols.includes(name)),
      named.filter((name) => !symbols.includes(name)),
    ];
    return ok({ at: '2026-03-31T00:00:00.000Z', quotes: found.map(viewOf), unknown, sources: [] });
  },
};

/** A server of sockets whose quotes a test sets. */
async function serve(options: Partial<QuoteSocketOptions> = {}) {
  const desk = new QuoteDesk();
  const board = new QuoteBoard();
  const heard = new Set<() => void>();
  const tell = () => {
    for (const one of heard) one();
  };
  desk.hear({ kind: 'names', quoteIds: symbols.map((symbol) => `q-${symbol}`), providers: ['p'] });
  board.reach(symbols.length - 1);
  const { app, port } = await quoteServer({
    engine,
    feed: {
      desk,
      onNews: (one) => {
        heard.add(one);
        return () => heard.delete(one);
      },
    },
    ...options,
  });
  running.push(app);
  return {
    app,
    port,
    desk,
    set: (symbol: string, last: number) => {
      const of = symbols.indexOf(symbol);
      board.set(of, fieldOf.last, last);
      board.set(of, fieldOf.tradeAt, Date.parse('2026-03-31T10:00:00Z') + last);
      board.set(of, fieldOf.receivedAt, Date.parse('2026-03-31T10:00:01Z'));
      board.setSource(of, 0);
      const update = board.take();
      if (update) desk.hear({ kind: 'quotes', update });
      tell();
    },
    tell,
  };
}

/** A client that keeps what it hears; every message is held against the contract. */
async function listen(port: number, query = '') {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/quotes${query}`);
  const messages: QuoteMessage[] = [];
  socket.addEventListener('message', ({ data }) =>
    messages.push(quoteMessage.parse(JSON.parse(String(data)))),
  );
  const closed = new Promise<CloseEvent>((resolve) =>
    socket.addEventListener('close', resolve as (event: Event) => void, { once: true }),
  );
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  opened.push(socket);
  const ofType = <T extends QuoteMessage['type']>(type: T) =>
    messages.filter((one): one is Extract<QuoteMessage, { type: T }> => one.type === type);
  return {
    messages,
    closed,
    ofType,
    say: (message: unknown) =>
      socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    close: () => socket.close(),
  };
}

const running: FastifyInstance[] = [];
const opened: WebSocket[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.close();
  for (const app of running.splice(0)) {
    app.server.closeAllConnections();
    await app.close();
  }
});

const patience = { timeout: 10_000 };

describe('the socket of quotes', { timeout: 30_000 }, () => {
  it('gives a snapshot, then what changes, until it is told to stop', async () => {
    const { port, set } = await serve();
    set('AAA', 10);
    const client = await listen(port);
    client.say({ type: 'subscribe', symbols: ['AAA', 'ZZZ'], instruments: undefined });
    await expect.poll(() => client.ofType('snapshot'), patience).toHaveLength(1);
    const [snapshot] = client.ofType('snapshot');
    expect(snapshot?.unknown).toEqual(['ZZZ']);
    expect(snapshot?.quotes).toMatchObject([
      { instrumentId: 'id-AAA', last: 10, state: 'live', source: 'p', previousClose: 1 },
    ]);
    set('BBB', 5);
    set('AAA', 11);
    const seen = () => client.ofType('update').flatMap(({ quotes }) => quotes);
    await expect.poll(() => seen().at(-1)?.last, patience).toBe(11);
    expect(new Set(seen().map(({ quoteId }) => quoteId))).toEqual(new Set(['q-AAA']));
    client.say({ type: 'unsubscribe', symbols: ['AAA'] });
    await expect.poll(() => client.ofType('unsubscribed'), patience).toHaveLength(1);
    const before = client.messages.length;
    set('AAA', 12);
    client.say({ type: 'ping', id: 'x' });
    await expect.poll(() => client.ofType('pong'), patience).toEqual([{ type: 'pong', id: 'x' }]);
    await pause(300);
    expect(client.messages.length).toBe(before + 1);
  });

  it('says what is wrong with a message, and goes on', async () => {
    const { port } = await serve();
    const client = await listen(port);
    for (const message of ['{', '[]', { type: 'buy' }, { type: 'subscribe', symbols: [1] }]) {
      client.say(message);
    }
    client.say({ type: 'subscribe', everyMs: 1 });
    await expect.poll(() => client.ofType('error'), patience).toHaveLength(5);
    expect(client.ofType('error').every(({ code }) => code === 'request.invalid')).toBe(true);
    client.say({ type: 'subscribe', symbols: ['AAA'] });
    await expect.poll(() => client.ofType('snapshot'), patience).toHaveLength(1);
    const stranger = await listen(port, '?workspace=other');
    stranger.say({ type: 'subscribe' });
    await expect.poll(() => stranger.ofType('error')[0]?.code, patience).toBe('workspace.unknown');
  });

  it.each([
    ['another site', { origin: 'http://evil.test' }, 403],
    ['another name for this machine', { host: 'evil.test' }, 403],
    ['a workspace that cannot be', {}, 422],
  ])('refuses the handshake of %s before it is a socket', async (what, headers, status) => {
    const { port } = await serve();
    const path = what.startsWith('a workspace') ? '/ws/quotes?workspace=%00' : '/ws/quotes';
    expect(await handshake(port, path, headers)).toBe(status);
  });

  it('takes the handshake of our own page', async () => {
    const { port } = await serve();
    expect(await handshake(port, '/ws/quotes', { origin: `http://127.0.0.1:${port}` })).toBe(101);
  });

  it('closes who sends too much, too often, or no text', async () => {
    const { port } = await serve();
    const flood = await listen(port);
    for (let i = 0; i < 60; i++) flood.say({ type: 'ping' });
    expect((await flood.closed).code).toBe(1008);
    const large = await listen(port);
    large.say('x'.repeat(70_000));
    expect((await large.closed).code).toBe(1009);
  });

  it('takes so many instruments and clients, and no more', async () => {
    const { port } = await serve({ limits: { ...fanoutLimits, clients: 1, quotesPerClient: 2 } });
    const client = await listen(port);
    client.say({ type: 'subscribe' });
    await expect.poll(() => client.ofType('error')[0]?.code, patience).toBe('request.too-large');
    client.say({ type: 'subscribe', symbols: ['AAA', 'BBB'] });
    await expect.poll(() => client.ofType('snapshot'), patience).toHaveLength(1);
    const second = await listen(port);
    expect((await second.closed).code).toBe(1013);
  });

  it('closes the sockets of a session that ends', async () => {
    const session = new AbortController();
    const { port } = await serve({
      authenticate: () => ({ workspace: 'main', ended: session.signal }),
    });
    const client = await listen(port);
    session.abort();
    const { code, reason } = await client.closed;
    expect([code, reason]).toEqual([1008, 'The session has ended.']);
  });

  it('says good-bye when the server stops, and does not wait for who does not answer', {
    timeout: 15_000,
  }, async () => {
    const { app, port } = await serve();
    const client = await listen(port);
    const mute = connect(port, '127.0.0.1');
    await once(mute, 'connect');
    mute.write(upgrade(port));
    await once(mute, 'data');
    mute.pause();
    await app.close();
    expect((await client.closed).code).toBe(1001);
    mute.destroy();
  });

  it('queues nothing for a client that reads nothing, and gives it the newest when it reads again', async () => {
    const { app, port, set } = await serve();
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(upgrade(port));
    await once(socket, 'data');
    socket.write(frame(JSON.stringify({ type: 'subscribe' })));
    await once(socket, 'data');
    socket.pause();
    const [connection] = app.websocketServer.clients;
    for (let round = 0; round < 40; round++) {
      for (const symbol of symbols) set(symbol, 100 + round);
      await pause(50);
    }
    expect(connection?.bufferedAmount).toBeLessThan(fanoutLimits.bufferedBytes);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.resume();
    await expect.poll(() => text, patience).toContain('"quoteId":"q-CCC","last":139');
    socket.destroy();
  });
});

describe('the client of the socket', { timeout: 30_000 }, () => {
  it('keeps quotes up to date, marks them when it is cut off, and comes back by itself', async () => {
    const { app, port, set } = await serve();
    const states: SocketState[] = [];
    const socket = openQuoteSocket({
      origin: `http://127.0.0.1:${port}`,
      workspace: 'main',
      WebSocket,
      random: () => 0,
      onQuotes: () => undefined,
      onState: (state) => states.push(state),
    });
    socket.want({ symbols: ['AAA'] });
    await expect.poll(() => socket.quotes.get('id-AAA')?.last, patience).toBe(1);
    set('AAA', 20);
    const shown = () => socket.quotes.get('id-AAA');
    await expect.poll(() => [shown()?.last, shown()?.state], patience).toEqual([20, 'live']);
    for (const client of app.websocketServer.clients) client.terminate();
    await expect.poll(() => states.includes('lost'), patience).toBe(true);
    expect(shown()?.state).toBe('stale');
    set('AAA', 21);
    await expect.poll(() => [shown()?.last, shown()?.state], patience).toEqual([21, 'live']);
    socket.want({ symbols: ['BBB'] });
    await expect.poll(() => [...socket.quotes.keys()], patience).toEqual(['id-BBB']);
    set('AAA', 22);
    set('BBB', 7);
    await expect.poll(() => socket.quotes.get('id-BBB')?.last, patience).toBe(7);
    expect(quoteFields).toContain('last');
    socket.close();
  });
});

const upgrade = (port: number, path = '/ws/quotes', headers: Record<string, string> = {}) => {
  const all = {
    host: `127.0.0.1:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.alloc(16, 7).toString('base64'),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
};

/** Status of the answer to a handshake. */
async function handshake(port: number, path: string, headers: Record<string, string>) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(upgrade(port, path, headers));
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString('latin1'))?.[1]);
}

/** A short text as a client's frame, masked with zeros. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

import { setImmediate as turn } from 'node:timers/promises';
import websocket, { type WebSocket } from '@fastify/websocket';
import type { Engine, QuoteDesk } from '@plimsoll/engine';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guardSocket } from '../http/guard.ts';
import { type Authenticate, authenticate, type SocketOwner } from './authenticate.ts';
import { type ClientSink, type FanoutLimits, fanoutLimits, QuoteFanout } from './quote-fanout.ts';
import { QuoteSession } from './quote-session.ts';

/** Where live quotes come from. */
export interface QuoteFeed {
  readonly desk: QuoteDesk;
  onNews(heard: () => void): () => void;
}

export interface QuoteSocketOptions {
  readonly engine: Pick<Engine, 'quotes'>;
  readonly feed: QuoteFeed;
  readonly nowMs?: () => number;
  readonly limits?: FanoutLimits;
  readonly authenticate?: Authenticate;
}

const path = '/ws/quotes';
const maxMessageBytes = 64 * 1024;
/** Requests that a connection may make at once, and how many more a second after. */
const burst = 20;
const perSecond = 5;
const roundMs = 50;
const heartbeatMs = 15_000;
const closing = { goingAway: 1001, policy: 1008, tryLater: 1013 } as const;

/** Serves `/ws/quotes`. */
export async function serveQuoteSocket(
  app: FastifyInstance,
  options: QuoteSocketOptions,
): Promise<void> {
  const { feed, limits = fanoutLimits, nowMs = Date.now } = options;
  const fanout = new QuoteFanout(feed.desk, nowMs, limits);
  const connections = new Set<Connection>();
  let told = '';
  const rounds = everyRound(fanout);
  const forget = feed.onNews(() => {
    fanout.note();
    rounds.now();
    const text = JSON.stringify({ type: 'status', sources: feed.desk.sources });
    if (text === told) return;
    told = text;
    for (const connection of connections) connection.tell(text);
  });
  const beats = setInterval(() => {
    const at = new Date(nowMs()).toISOString();
    for (const connection of connections) connection.beat(at);
  }, heartbeatMs).unref();
  app.addHook('onClose', async () => {
    clearInterval(beats);
    rounds.stop();
    forget();
  });

  await app.register(websocket, {
    options: { maxPayload: maxMessageBytes, perMessageDeflate: false },
    preClose: (done) => closeSockets(app.websocketServer, done),
  });
  // One that is refused before the plugin has seen it would be left open.
  app.addHook('onResponse', async (request) => {
    if (request.headers.upgrade !== undefined) request.raw.socket.destroySoon();
  });
  const owners = new WeakMap<FastifyRequest, SocketOwner>();
  app.get(
    path,
    {
      websocket: true,
      schema: { hide: true } as object,
      // A refusal here is still an answer of HTTP.
      onRequest: async (request) => {
        guardSocket(request);
        owners.set(request, (options.authenticate ?? authenticate)(request));
      },
    },
    (socket, request) => {
      const owner = owners.get(request);
      const client = fanout.add(sinkOf(socket));
      if (client === null || owner === undefined) {
        socket.close(closing.tryLater, `${limits.clients} clients are connected already.`);
        return;
      }
      const session = new QuoteSession({
        engine: options.engine,
        workspace: owner.workspace,
        desk: feed.desk,
        fanout,
        client,
        nowMs,
        quotesPerClient: limits.quotesPerClient,
      });
      const connection = new Connection(socket, session, () => fanout.isBehind(client), nowMs);
      connections.add(connection);
      const end = () => socket.close(closing.policy, 'The session has ended.');
      owner.ended?.addEventListener('abort', end, { once: true });
      rounds.start();
      socket.on('close', () => {
        owner.ended?.removeEventListener('abort', end);
        connections.delete(connection);
        fanout.remove(client);
        if (connections.size === 0) rounds.stop();
      });
      session.say({ type: 'status', sources: [...feed.desk.sources] });
    },
  );
}

/** One open socket: keeps its pace, and finds out whether anybody is still there. */
class Connection {
  readonly #socket: WebSocket;
  readonly #isBehind: () => boolean;
  #alive = true;

  constructor(
    socket: WebSocket,
    session: QuoteSession,
    isBehind: () => boolean,
    nowMs: () => number,
  ) {
    this.#socket = socket;
    this.#isBehind = isBehind;
    let tokens = burst;
    let at = nowMs();
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const now = nowMs();
      tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
      at = now;
      if (isBinary || tokens < 1) {
        const why = isBinary ? 'Messages are JSON text.' : 'Too many messages.';
        socket.close(closing.policy, why);
        return;
      }
      tokens--;
      session.hear(data.toString('utf8')).catch((error: unknown) => {
        // A use-case that threw is a bug of ours, told as the HTTP routes tell it.
        session.refuse('internal', 'Something broke on our side.');
        socket.emit('error', error);
      });
    });
    socket.on('pong', () => {
      this.#alive = true;
    });
  }

  /** Sends a text that all get; not to one that is behind. */
  tell(text: string): void {
    if (!this.#isBehind()) this.#socket.send(text);
  }

  beat(at: string): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
    this.tell(JSON.stringify({ type: 'heartbeat', at }));
  }
}

/** How long a socket may take to say good-bye. */
const farewellMs = 5_000;
/** The same where the server is stopping. */
const lastFarewellMs = 1_000;

/** Says good-bye to all; one that does not answer must not hold the server up. */
function closeSockets(sockets: FastifyInstance['websocketServer'], done: () => void): void {
  for (const socket of sockets.clients) socket.close(closing.goingAway, 'The server is stopping.');
  const timer = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
  }, lastFarewellMs);
  sockets.close(() => {
    clearTimeout(timer);
    done();
  });
}

const sinkOf = (socket: WebSocket): ClientSink => ({
  get bufferedAmount() {
    return socket.bufferedAmount;
  },
  send: (text) => socket.send(text),
  close: (code, reason) => {
    socket.close(code, reason);
    // One that takes nothing does not take the good-bye either.
    setTimeout(() => socket.terminate(), farewellMs).unref();
  },
});

/** Rounds of the fan-out, one at a time, while there is anybody to tell. */
function everyRound(fanout: QuoteFanout) {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const round = async () => {
    if (running || timer === undefined) return;
    running = true;
    try {
      await fanout.round(() => turn());
    } finally {
      running = false;
    }
  };
  return {
    /** Does not wait for the next one. */
    now: () => void round(),
    start: () => {
      timer ??= setInterval(() => void round(), roundMs);
    },
    stop: () => {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

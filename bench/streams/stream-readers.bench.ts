import type { AddressInfo } from 'node:net';
import { marketDataAdapters } from '@plimsoll/adapters/registry';
import type { MarketDataProvider, ProviderWorld, TickBatch } from '@plimsoll/ports';
import { WebSocketServer } from 'ws';
import { line, median, megabytes, ms, title } from '../report.ts';

const total = 200_000;
const perFrame = 10;
const day = Date.parse('2026-06-01T15:00:00Z');

/** A clock that stands still: waiting ends when the stream does. */
const world: ProviderWorld = {
  nowMs: () => day,
  random: () => 0,
  wait: (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
};

/** A provider's stream and the frames that its server sends once it was asked for symbols. */
interface Feed {
  readonly name: string;
  readonly symbols: readonly string[];
  readonly frames: readonly string[];
  readonly open: (url: string) => MarketDataProvider;
  /** What the server says to a message; `send` from the first request for symbols on. */
  readonly answer: (message: string) => string | 'send';
}

const names = (make: (i: number) => string): string[] =>
  Array.from({ length: 50 }, (_, i) => make(i));
const pairs = names((i) => `C${i}USDT`);
const shares = names((i) => `A${String.fromCharCode(65 + (i % 26))}${i}`);
const price = (i: number): number => 100 + (i % 997) / 100;
const at = (symbols: readonly string[], i: number): string => symbols[i % symbols.length] ?? '';
const terms = { baseUrl: 'http://127.0.0.1:9', requestsPerMinute: 10, timeoutSeconds: 5 };

const frames = (size: number, make: (i: number) => unknown): string[] =>
  Array.from({ length: total / size }, (_, i) => JSON.stringify(make(i * size)));
const tens = (make: (i: number) => unknown): string[] =>
  frames(perFrame, (from) => Array.from({ length: perFrame }, (_, i) => make(from + i)));

const binance: Feed = {
  name: 'Binance, one trade a frame',
  symbols: pairs,
  frames: frames(1, (i) => {
    const [s, p] = [at(pairs, i), String(price(i))];
    return {
      stream: 'x@trade',
      data: { e: 'trade', E: day, s, t: i, p, q: '0.5', T: day, m: true },
    };
  }),
  open: (streamUrl) => marketDataAdapters.binance.create({ ...terms, streamUrl }, world),
  answer: () => 'send',
};

const alpaca: Feed = {
  name: 'Alpaca, ten trades a frame',
  symbols: shares,
  frames: tens((i) => {
    const t = '2026-06-01T14:59:59.123456789Z';
    return { T: 't', i, S: at(shares, i), x: 'D', p: price(i), s: 7, t, c: ['@', 'I'], z: 'C' };
  }),
  open: (streamUrl) =>
    marketDataAdapters.alpaca.create(
      { ...terms, key: 'k', secret: 's', feed: 'iex', tradingUrl: terms.baseUrl, streamUrl },
      world,
    ),
  answer: (message) =>
    message.includes('"auth"') ? '[{"T":"success","msg":"authenticated"}]' : 'send',
};

const polygon: Feed = {
  name: 'Massive, ten trades a frame',
  symbols: shares,
  frames: tens((i) => {
    const [sym, p] = [at(shares, i), price(i)];
    return { ev: 'T', sym, x: 4, i: String(i), z: 3, p, s: 7, c: [0, 12], t: day, q: i };
  }),
  open: (streamUrl) => marketDataAdapters.polygon.create({ ...terms, key: 'k', streamUrl }, world),
  answer: (message) =>
    message.includes('"auth"') ? '[{"ev":"status","status":"auth_success"}]' : 'send',
};

/** Sends all frames to whoever asks for symbols. */
async function serve({ frames: all, answer }: Feed) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const reply = answer(data.toString());
      if (reply !== 'send') return socket.send(reply);
      for (const frame of all) socket.send(frame);
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { url: `ws://127.0.0.1:${port}`, close };
}

/** All ticks through the socket and the reader, to the last. */
async function stream(feed: Feed, url: string): Promise<void> {
  const stop = new AbortController();
  const { promise, resolve } = Promise.withResolvers<void>();
  let count = 0;
  const ticks = ({ of }: TickBatch): void => {
    count += of.length;
    if (count === total) resolve();
  };
  const running = feed.open(url).stream?.({ ticks, state: () => undefined }, stop.signal);
  running?.want(feed.symbols.map((symbol) => ({ symbol })));
  await promise;
  stop.abort();
}

/** The floor: the same frames through the same kind of socket, parsed as JSON, and nothing else. */
async function parse(feed: Feed, url: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = new WebSocket(url);
  let count = 0;
  socket.addEventListener('open', () => socket.send('subscribe'));
  socket.addEventListener('message', ({ data }) => {
    JSON.parse(String(data));
    count += 1;
    if (count === feed.frames.length) resolve();
  });
  await promise;
  socket.close();
}

/** Frames of providers' streams over a local socket → columns of ticks. */
export async function run(): Promise<void> {
  title(
    `Streams, ${total / 1000} k ticks of 50 symbols over a local socket, sender included; 50 k ticks/s are wanted`,
  );
  line('', 'time', 'ticks/s', 'floor', 'of the floor', 'RSS');
  for (const feed of [binance, alpaca, polygon]) {
    const { url, close } = await serve(feed);
    const { wallMs } = await median(3, () => stream(feed, url));
    const floor = await median(3, () => parse(feed, url));
    const rate = `${Math.round(total / wallMs)} k`;
    const share = `${(wallMs / floor.wallMs).toFixed(2)}×`;
    line(
      feed.name,
      ms(wallMs),
      rate,
      ms(floor.wallMs),
      share,
      megabytes(process.memoryUsage.rss()),
    );
    await close();
  }
}

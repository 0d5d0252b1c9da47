import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fieldOf, QuoteBoard, QuoteDesk, type QuoteView } from '@plimsoll/engine';
import { ok } from '@plimsoll/kernel';
import { quoteServer } from '../../apps/plimsoll/src/testing/quote-server.ts';
import { line, megabytes, ms } from '../report.ts';

const quotes = 1_000;
const perClient = 50;
const updatesPerSecond = 5;
const clients = 1_000;
const processes = 2;
/** `--seconds=600` is what the target asks for. */
const asked = process.argv.find((word) => word.startsWith('--seconds='));
const seconds = Number(asked?.slice('--seconds='.length) ?? 30);

const symbols = Array.from({ length: quotes }, (_, i) => `S${i}`);

const view = (symbol: string): QuoteView => ({
  instrumentId: symbol,
  quoteId: symbol,
  symbol,
  name: symbol,
  currency: 'USD',
  priceFactor: 1,
  bid: null,
  ask: null,
  last: null,
  size: null,
  previousClose: null,
  at: null,
  receivedAt: null,
  age: null,
  source: null,
  state: 'none',
  delayed: false,
  simulated: true,
  heldBack: null,
  note: '',
});

/** Every quote changes at each step, as from a pipeline in another thread. */
function market() {
  const desk = new QuoteDesk();
  const board = new QuoteBoard();
  board.reach(quotes - 1);
  desk.hear({ kind: 'names', quoteIds: symbols, providers: ['bench'] });
  let heard = (): void => undefined;
  let step = 0;
  return {
    feed: {
      desk,
      onNews: (one: () => void) => {
        heard = one;
        return () => undefined;
      },
    },
    publish: () => {
      step++;
      const now = performance.timeOrigin + performance.now();
      for (let of = 0; of < quotes; of++) {
        board.set(of, fieldOf.last, 100 + ((of * 7 + step) % 1000) / 100);
        board.set(of, fieldOf.bid, 99.99 + ((of * 7 + step) % 1000) / 100);
        board.set(of, fieldOf.tradeAt, Math.floor(now));
        board.set(of, fieldOf.receivedAt, now);
        board.setSource(of, 0);
      }
      const update = board.take();
      if (update) desk.hear({ kind: 'quotes', update });
      heard();
    },
  };
}

const serve = (feed: ReturnType<typeof market>['feed']) =>
  quoteServer({
    engine: {
      quotes: async (_workspace, query) =>
        ok({ at: '', quotes: (query.symbols ?? []).map(view), unknown: [], sources: [] }),
    },
    feed,
  });

interface Report {
  readonly buckets: number[];
  readonly bucketMs: number;
  readonly messages: number;
  readonly bytes: number;
}

const told = async <T>(child: ChildProcess, member: string): Promise<T> => {
  for (;;) {
    const [message] = (await once(child, 'message')) as [Record<string, unknown>];
    if (message['closed'] !== undefined)
      throw new Error(`A client was closed: ${message['reason']}`);
    if (message[member] !== undefined) return message as T;
  }
};

function percentile(reports: readonly Report[], share: number): number {
  const all = new Float64Array(reports[0]?.buckets.length ?? 0);
  for (const { buckets } of reports) {
    for (const [bucket, count] of buckets.entries()) all[bucket] = (all[bucket] ?? 0) + count;
  }
  const total = all.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let i = 0; i < all.length; i++) {
    seen += all[i] ?? 0;
    if (seen >= share * total) return (i + 1) * (reports[0]?.bucketMs ?? 0);
  }
  return Number.POSITIVE_INFINITY;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What the server holds once its garbage is gone. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const tenths = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** Fan-out to many clients, and one that reads nothing. */
export async function run(): Promise<void> {
  const { feed, publish } = market();
  const { app, port } = await serve(feed);
  const entry = fileURLToPath(new URL('./socket-clients.ts', import.meta.url));
  const share = String(clients / processes);
  const children = Array.from({ length: processes }, () =>
    fork(entry, [String(port), share, String(perClient), String(quotes)]),
  );
  await Promise.all(children.map((child) => told(child, 'connected')));
  const slow = connect(port, '127.0.0.1');
  slow.write(
    `GET /ws/quotes HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  );
  const request = Buffer.from(JSON.stringify({ type: 'subscribe', symbols }));
  const head = Buffer.alloc(8);
  head.writeUInt8(0x81, 0);
  head.writeUInt8(0x80 | 126, 1);
  head.writeUInt16BE(request.length, 2);
  slow.write(Buffer.concat([head, request]));
  slow.pause();
  const timer = setInterval(publish, 1_000 / updatesPerSecond);
  await pause(3_000);
  for (const child of children) child.send('begin');
  const cpu = process.cpuUsage();
  const samples: number[] = [];
  let queued = 0;
  for (let second = 0; second < seconds; second++) {
    await pause(1_000);
    // Collecting garbage holds the server up: seldom, so that it is not what is measured.
    if (second % 30 === 14) samples.push(heldBytes());
    for (const client of app.websocketServer.clients)
      queued = Math.max(queued, client.bufferedAmount);
  }
  const used = process.cpuUsage(cpu);
  for (const child of children) child.send('report');
  const reports = await Promise.all(children.map((child) => told<Report>(child, 'buckets')));
  clearInterval(timer);
  show(reports, { samples, cpuMs: (used.user + used.system) / 1000, queued });
  const isHere = app.websocketServer.clients.size > clients;
  line('the client that reads nothing', isHere ? 'is connected' : 'was closed');
  slow.destroy();
  for (const child of children) child.send('end');
  await Promise.all(children.map((child) => once(child, 'exit')));
  app.server.closeAllConnections();
  await app.close();
}

interface Seen {
  readonly samples: readonly number[];
  readonly cpuMs: number;
  /** Most bytes that waited for one client. */
  readonly queued: number;
}

function show(reports: readonly Report[], { samples, cpuMs, queued }: Seen): void {
  const perSecond = (of: (report: Report) => number) =>
    reports.reduce((all, one) => all + of(one), 0) / seconds;
  const fifth = Math.max(1, Math.floor(samples.length / 5));
  const mean = (values: readonly number[]) =>
    values.reduce((all, value) => all + value, 0) / Math.max(1, values.length);
  const work = `${clients} × ${perClient} × ${updatesPerSecond}`;
  line('clients × quotes × updates/s', work, `${seconds} s`);
  line('messages', `${Math.round(perSecond(({ messages }) => messages))}/s`);
  line(
    '  changed quotes in them',
    `${Math.round(perSecond(({ messages }) => messages)) * perClient}/s`,
  );
  line('bytes', `${megabytes(perSecond(({ bytes }) => bytes))}/s`);
  line('from publishing to the client, p50', ms(percentile(reports, 0.5)));
  line('  p99 (target 100 ms)', ms(percentile(reports, 0.99)));
  line('  p99.9', ms(percentile(reports, 0.999)));
  line('CPU of the server, of one core', `${(cpuMs / 10 / seconds).toFixed(0)} %`);
  line('memory in use, first fifth of the time', tenths(mean(samples.slice(0, fifth))));
  line('  last fifth', tenths(mean(samples.slice(-fifth))));
  line('  of the process', megabytes(process.memoryUsage().rss));
  line('most that waited for one client', `${(queued / 1024).toFixed(0)} KB`);
}

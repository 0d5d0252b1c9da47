import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { marketDataAdapters } from '@plimsoll/adapters/registry';
import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import type { ProviderWorld } from '@plimsoll/ports';
import { line, megabytes, ms, take, title } from '../report.ts';

const days = 2520;
const replies = 200;
const small = 4000;

/** A reply of ten years of daily rows as Tiingo writes them. */
function tenYears(): string {
  const first = dayNumber('2015-01-02');
  const rows = Array.from({ length: days }, (_, i) => ({
    date: `${dayFromNumber(first + i)}T00:00:00.000Z`,
    ...{ close: 100.25, high: 101.5, low: 99.75, open: 100, volume: 1_000_000 + i },
    ...{ adjClose: 98.123, adjHigh: 99, adjLow: 97, adjOpen: 98, adjVolume: 1_000_000 },
    ...{ divCash: 0, splitFactor: 1 },
  }));
  return JSON.stringify(rows);
}

const world: ProviderWorld = {
  nowMs: Date.now,
  wait: async (time, signal) => {
    await pause(time, undefined, { signal });
  },
  random: Math.random,
};

/** Asking a provider on this machine through limits, breaker, shapes and row checks; the server runs in this process too. */
export async function run(): Promise<void> {
  const body = tenYears();
  const server = createServer((request, response) => {
    const isShort = request.url?.includes('SMALL') ?? false;
    response.writeHead(200, { 'content-type': 'application/json' }).end(isShort ? '[]' : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const settings = {
    baseUrl: `http://127.0.0.1:${port}`,
    key: 'bench',
    requestsPerMinute: 100_000,
    requestsPerHour: 1_000_000,
    timeoutSeconds: 60,
  };
  const provider = marketDataAdapters.tiingo.create(settings, world);
  const { signal } = new AbortController();
  const ask = async (symbol: string): Promise<number> => {
    const history = await provider.daily({ symbol }, '2015-01-01', '2025-01-01', signal);
    if (!history.ok) throw new Error(history.fault.detail);
    return history.value.bars.days.length;
  };
  title(`A provider on this machine, replies of ${days} days (${megabytes(body.length)})`);
  await ask('WARM');
  const long = await take(async () => {
    let rows = 0;
    for (let i = 0; i < replies; i++) rows += await ask(`T${i}`);
    return rows;
  });
  const perReply = long.cpuMs / replies;
  const parse = await take(() => {
    for (let i = 0; i < replies; i++) JSON.parse(body);
  });
  line('replies read', ` ${replies}`, `${ms(perReply)} CPU each`);
  line('rows', `${((long.result / long.cpuMs) * 1000).toFixed(0)}/s CPU`);
  line('JSON.parse of the same alone', `${ms(parse.cpuMs / replies)} CPU each`);
  line('distance from that limit', `${(long.cpuMs / parse.cpuMs).toFixed(1)}×`);

  title(`${small} small requests under one signal`);
  await many(ask, 500);
  const before = heap();
  const short = await take(() => many(ask, small));
  line(
    'requests',
    `${((small / short.wallMs) * 1000).toFixed(0)}/s`,
    `${ms(short.cpuMs / small)} CPU each`,
  );
  line('heap kept afterwards', megabytes(heap() - before));
  server.closeAllConnections();
  server.close();
}

async function many(ask: (symbol: string) => Promise<number>, count: number): Promise<void> {
  for (let i = 0; i < count; i += 20) {
    await Promise.all(Array.from({ length: 20 }, () => ask('SMALL')));
  }
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

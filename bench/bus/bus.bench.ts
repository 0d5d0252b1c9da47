import { spawnSync } from 'node:child_process';
import type { Bus, BusMessage } from '@plimsoll/ports';
import { busAdapters } from '../../packages/adapters/src/buses.gen.ts';
import { type OwnServer, ownServer } from '../../packages/testkit/src/index.ts';
import { line, ms, take, title } from '../report.ts';

const messages = 20_000;
const perPublish = 200;
const keys = 64;
/** One write and one read of loopback's socket, what a message cannot cost less than on its own. */
const roundTripMs = 0.03;

const world = { clock: { now: () => new Date().toISOString() }, random: Math.random };

const servers: Record<string, ((port: number, folder: string) => readonly string[]) | undefined> = {
  'redis-server': (port, folder) => [
    ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
    ...['--appendonly', 'yes', '--save', ''],
  ],
  'nats-server': (port, folder) => [
    ...['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', folder],
  ],
};

const made = (from: number): BusMessage[] =>
  Array.from({ length: perPublish }, (_, i) => ({
    id: `main/event-${from + i}`,
    topic: 'prices.changed',
    key: `key-${(from + i) % keys}`,
    workspaceId: 'main',
    at: world.clock.now(),
    payload: { instrumentIds: ['01a1ffb7-7060-71e2-83d3-835a575b50ef'] },
  }));

async function measure(name: string, bus: Bus): Promise<void> {
  let left = messages;
  const all = Promise.withResolvers<void>();
  const publish = await take(async () => {
    for (let from = 0; from < messages; from += perPublish) await bus.publish(made(from));
  });
  const consume = await take(async () => {
    await bus.subscribe({ topics: ['prices.changed'], group: 'bench' }, async () => {
      if (--left === 0) all.resolve();
    });
    await all.promise;
  });
  const rate = (wallMs: number): string => `${((messages / wallMs) * 1000).toFixed(0)}/s`;
  const times = (wallMs: number): string => (wallMs / messages / roundTripMs).toFixed(2);
  line(
    name,
    ...[ms(publish.wallMs), rate(publish.wallMs), times(publish.wallMs)],
    ...[ms(consume.wallMs), rate(consume.wallMs), times(consume.wallMs)],
    `${((publish.cpuMs + consume.cpuMs) / messages).toFixed(3)} ms`,
  );
}

async function onServer(program: string, run: (server: OwnServer) => Promise<void>): Promise<void> {
  const args = servers[program];
  if (args === undefined || spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) {
    line(program, 'not installed');
    return;
  }
  const server = await ownServer(program, args);
  try {
    await server.start();
    await run(server);
  } finally {
    await server.remove();
  }
}

/** Publishes and consumes small messages over each bus that can be had here, acknowledged both ways. */
export async function run(): Promise<void> {
  title(
    `${messages} messages of ~200 bytes, ${keys} keys, ${perPublish} a publication; × is to a round trip of ${roundTripMs} ms each`,
  );
  line('bus', 'publish', 'rate', '×', 'consume', 'rate', '×', 'CPU each');
  const within = await busAdapters['in-process'].open('', world);
  await measure('in-process', within);
  await within.close();
  for (const [program, id, scheme] of [
    ['redis-server', 'redis', 'redis'],
    ['nats-server', 'nats', 'nats'],
  ] as const) {
    await onServer(program, async ({ port }) => {
      const bus = await busAdapters[id].open(`${scheme}://127.0.0.1:${port}`, world);
      await measure(id, bus);
      await bus.close();
    });
  }
}

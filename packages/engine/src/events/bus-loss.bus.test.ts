import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '@plimsoll/ports';
import { type OwnServer, ownServer } from '@plimsoll/testkit';
import { afterEach, expect, it } from 'vitest';
import { type EventWorld, eventWorld, waitReally } from '../testing/event-world.ts';
import { consume } from './consume.ts';
import { startRelay } from './relay.ts';

const topics = ['prices.changed'];
const events = 250;
const patience = { timeout: 90_000, interval: 50 };

const servers = {
  redis: {
    scheme: 'redis',
    own: () =>
      ownServer('redis-server', (port, folder) => [
        ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
        ...['--appendonly', 'yes', '--save', ''],
      ]),
  },
  nats: {
    scheme: 'nats',
    own: () =>
      ownServer('nats-server', (port, folder) => [
        ...['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', folder],
      ]),
  },
} as const;

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

/** A record with a relay and a consumer on a server of its own. */
async function onServer(name: keyof typeof servers) {
  const { scheme, own } = servers[name];
  const server: OwnServer = await own();
  ended.push(() => server.remove());
  await server.start();
  const world: EventWorld = await eventWorld();
  ended.push(() => world.close());
  const bus = await world.bus(`${scheme}://127.0.0.1:${server.port}`);
  const { store } = world;
  const workspaceId = await world.workspace();
  const effects = new Map<string, number>();
  const act = async ({ id }: Delivery) => {
    effects.set(id, (effects.get(id) ?? 0) + 1);
  };
  const consumer = consume(
    { store, bus, wait: waitReally },
    { consumer: 'watcher', topics },
    (_, delivery) => act(delivery),
  );
  ended.push(() => consumer.stop());
  const relay = startRelay(
    {
      ...{ store, bus, holder: 'one', alone: true, wait: waitReally, random: Math.random },
      consumers: [{ consumer: 'watcher', topics }],
      onTrouble: () => undefined,
    },
    { sweepMs: 100, confirmAfterMs: 3_000, confirmAtMostMs: 6_000 },
  );
  ended.push(() => relay.stop());
  return { server, world, store, workspaceId, effects, relay };
}

it.each([
  ['redis', 'is killed', false],
  ['redis', 'is killed and loses its store', true],
  ['nats', 'is killed', false],
  ['nats', 'is killed and loses its store', true],
] as const)(
  'loses no effect and doubles none where %s %s in mid-load',
  async (name, _, forgets) => {
    const { server, world, store, workspaceId, effects, relay } = await onServer(name);
    const sending = (async () => {
      for (let n = 0; n < events; n++) {
        await world.send(workspaceId, 1, n);
        relay.nudge();
      }
    })();
    for (let kill = 0; kill < 3; kill++) {
      await wait(300);
      await server.kill();
      if (forgets) server.forget();
      await wait(200);
      await server.start();
    }
    await sending;
    await expect.poll(() => effects.size, patience).toBe(events);
    await expect.poll(() => store.backlog(), patience).toEqual([]);
    expect([...effects.values()].filter((times) => times !== 1)).toEqual([]);
    const letters = await store.read(workspaceId, ({ deadLetters }) => deadLetters.list(false, 9));
    expect(letters).toEqual([]);
    const { published, republished } = relay.metrics();
    process.stdout.write(
      `${JSON.stringify({ test: 'C16', bus: name, forgets, events, effects: effects.size, published, republished })}\n`,
    );
  },
);

async function flushAll(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write('FLUSHALL\r\nQUIT\r\n');
  socket.resume();
  await once(socket, 'close');
}

it('brings back at once what FLUSHALL took, though no connection broke', async () => {
  const { server, world, store, workspaceId, effects, relay } = await onServer('redis');
  for (let n = 0; n < events; n++) {
    await world.send(workspaceId, 1, n);
    relay.nudge();
    if (n % 100 === 50) await flushAll(server.port);
  }
  await expect.poll(() => effects.size, patience).toBe(events);
  await expect.poll(() => store.backlog(), patience).toEqual([]);
  expect([...effects.values()].filter((times) => times !== 1)).toEqual([]);
});

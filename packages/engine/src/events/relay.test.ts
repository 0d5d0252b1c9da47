import { type Bus, BusRefusal, type Delivery } from '@plimsoll/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EventWorld, eventWorld, waitReally } from '../testing/event-world.ts';
import { consume } from './consume.ts';
import { type RelayPace, startRelay } from './relay.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
}, 60_000);
afterAll(() => world.close());

const patience = { timeout: 20_000, interval: 5 };
const pace = { sweepMs: 15, confirmAfterMs: 60, confirmAtMostMs: 200 };

interface RelayTerms extends Partial<RelayPace> {
  readonly consumers?: readonly string[];
  readonly alone?: boolean;
  readonly holder?: string;
}

const troubles: string[] = [];
function relayOn(
  bus: Bus,
  { consumers = [], alone = true, holder = 'one', ...own }: RelayTerms = {},
) {
  const topics = ['prices.changed'];
  return startRelay(
    {
      ...{ store: world.store, bus, holder, alone, wait: waitReally, random: Math.random },
      consumers: consumers.map((consumer) => ({ consumer, topics })),
      onTrouble: (detail) => troubles.push(detail),
    },
    { ...pace, ...own },
  );
}

const consumerOn = (
  bus: Bus,
  consumer: string,
  act: (delivery: Delivery) => Promise<void>,
  attempts = 8,
) =>
  consume(
    { store: world.store, bus, wait: waitReally },
    { consumer, topics: ['prices.changed'], attempts, retryAfterMs: 5 },
    (_, delivery) => act(delivery),
  );

const backlogOf = async (workspaceId: string) =>
  (await world.store.backlog()).find((one) => one.workspaceId === workspaceId);
const atRest = (workspaceId: string) =>
  expect.poll(() => backlogOf(workspaceId), patience).toBeUndefined();
const countOf = (payload: Delivery['payload']): number => (payload as { n: number }).n;

it('publishes what is handed over, in its order, and says how far it is', async () => {
  const [workspaceId, bus] = [await world.workspace(), await world.bus()];
  const seen: Delivery[] = [];
  await bus.subscribe({ topics: ['prices.changed'], group: null }, async (delivery) => {
    seen.push(delivery);
  });
  await world.send(workspaceId, 5);
  // Nothing but a nudge wakes it after the first look.
  const relay = relayOn(bus, { sweepMs: 60_000 });
  await expect.poll(() => seen.length, patience).toBe(5);
  await world.send(workspaceId, 5, 5);
  await expect.poll(() => relay.metrics().state, patience).toBe('publishing');
  relay.nudge();
  await expect.poll(() => seen.length, patience).toBe(10);
  expect(seen.map(({ payload }) => countOf(payload))).toEqual([...Array(10).keys()]);
  expect(seen[0]).toMatchObject({ id: `${workspaceId}/e-0`, key: workspaceId, workspaceId });
  await atRest(workspaceId);
  await relay.stop();
  expect(relay.metrics()).toEqual({
    ...{ state: 'publishing', pending: 0, unsettled: 0, oldest: null },
    ...{ published: 10, republished: 0, refused: 0 },
  });
});

it('waits while the bus cannot be used, and then publishes all in order', async () => {
  const [workspaceId, inner] = [await world.workspace(), await world.bus()];
  let outages = 3;
  const down = new BusRefusal({ code: 'bus.unavailable', detail: 'The cable is out.' });
  const bus: Bus = {
    id: 'flaky',
    publish: async (messages) => {
      if (outages-- > 0) throw down;
      await inner.publish(messages);
    },
    subscribe: (subscription, handle) => inner.subscribe(subscription, handle),
    replay: (topics, since, handle) => inner.replay(topics, since, handle),
    health: () => inner.health(),
    close: () => inner.close(),
  };
  const seen: number[] = [];
  await inner.subscribe({ topics: ['prices.changed'], group: 'g' }, async ({ payload }) => {
    seen.push(countOf(payload));
  });
  await world.send(workspaceId, 4);
  const relay = relayOn(bus);
  await expect.poll(() => relay.metrics().state, patience).toBe('failing');
  expect(relay.metrics()).toMatchObject({ pending: 4, oldest: expect.any(String) });
  expect((await backlogOf(workspaceId))?.pending).toBe(4);
  await atRest(workspaceId);
  await relay.stop();
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(troubles).toContain('The cable is out.');
});

it('lets one process at a time publish, and another take over', async () => {
  const [workspaceId, bus] = [await world.workspace(), await world.bus()];
  const terms = { alone: false, leaseMs: 60_000 };
  const first = relayOn(bus, { ...terms, holder: 'first' });
  await expect.poll(() => first.metrics().state, patience).toBe('publishing');
  const second = relayOn(bus, { ...terms, holder: 'second' });
  await expect.poll(() => second.metrics().state, patience).toBe('standby');
  await world.send(workspaceId, 2);
  await atRest(workspaceId);
  await first.stop();
  await expect.poll(() => second.metrics().state, patience).toBe('publishing');
  await world.send(workspaceId, 2, 2);
  await atRest(workspaceId);
  await second.stop();
  expect([first.metrics().published, second.metrics().published]).toEqual([2, 2]);
});

it('acts once on an event that is delivered twice, together with the note of it', async () => {
  const [workspaceId, bus] = [await world.workspace(), await world.bus()];
  const acted: number[] = [];
  let failing = true;
  const consumer = consumerOn(bus, 'twice', async ({ payload }) => {
    acted.push(countOf(payload));
    if (failing) {
      failing = false;
      throw new RangeError('after the note in the inbox, before the commit');
    }
  });
  await world.send(workspaceId, 1);
  const relay = relayOn(bus, { consumers: ['twice', 'absent'] });
  // The second consumer never confirms, so that the event is published again and again.
  await expect.poll(() => relay.metrics().republished, patience).toBeGreaterThan(2);
  await relay.stop();
  await consumer.stop();
  expect(acted).toEqual([0, 0]);
  expect((await backlogOf(workspaceId))?.unsettled).toBe(1);
});

it('brings back what a bus lost with its process', async () => {
  const workspaceId = await world.workspace();
  await world.send(workspaceId, 3);
  const first = await world.bus();
  const relay = relayOn(first, { consumers: ['late'] });
  await expect.poll(async () => (await backlogOf(workspaceId))?.pending, patience).toBe(0);
  await relay.stop();
  await first.close();
  const second = await world.bus();
  const acted: number[] = [];
  const consumer = consumerOn(second, 'late', async (delivery) => {
    if (delivery.workspaceId === workspaceId) acted.push(countOf(delivery.payload));
  });
  // Far from due by its age: it comes because the bus is another.
  const again = relayOn(second, { consumers: ['late'], confirmAfterMs: 1e9, confirmAtMostMs: 1e9 });
  await atRest(workspaceId);
  await Promise.all([again.stop(), consumer.stop()]);
  expect(acted).toEqual([0, 1, 2]);
});

it('keeps what cannot be acted on as a dead letter, and sends it again when asked', async () => {
  const [workspaceId, bus] = [await world.workspace(), await world.bus()];
  const acted: number[] = [];
  let broken = true;
  const act = async ({ payload }: Delivery) => {
    if (broken && countOf(payload) === 1) throw new RangeError('indigestible');
    acted.push(countOf(payload));
  };
  const consumer = consumerOn(bus, 'picky', act, 3);
  await world.send(workspaceId, 3);
  const relay = relayOn(bus, { consumers: ['picky'], confirmAfterMs: 1e9, confirmAtMostMs: 1e9 });
  await atRest(workspaceId);
  expect(acted).toEqual([0, 2]);
  const letters = () =>
    world.store.read(workspaceId, ({ deadLetters }) => deadLetters.list(true, 9));
  const [letter, ...more] = await letters();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({
    ...{ consumer: 'picky', eventId: 'e-1', topic: 'prices.changed', payload: { n: 1 } },
    ...{ attempts: 3, reason: 'indigestible' },
  });
  broken = false;
  await world.store.write(workspaceId, ({ deadLetters }) =>
    deadLetters.replay(letter?.position ?? 0),
  );
  relay.nudge();
  await atRest(workspaceId);
  await Promise.all([relay.stop(), consumer.stop()]);
  expect(acted).toEqual([0, 2, 1]);
  expect(await letters()).toEqual([]);
});

it('lets no event that cannot be carried hold up the others', async () => {
  const [workspaceId, bus] = [await world.workspace(), await world.bus()];
  await world.send(workspaceId, 1);
  await world.store.write(workspaceId, ({ outbox }) =>
    outbox.add([{ id: 'huge', type: 'prices.changed', payload: 'x'.repeat(1_000_001) }]),
  );
  await world.send(workspaceId, 1, 1);
  const acted: number[] = [];
  const consumer = consumerOn(bus, 'all', async ({ payload }) => void acted.push(countOf(payload)));
  const relay = relayOn(bus, { consumers: ['all'] });
  await atRest(workspaceId);
  await Promise.all([relay.stop(), consumer.stop()]);
  expect(acted).toEqual([0, 1]);
  expect(relay.metrics().refused).toBe(1);
  const letters = await world.store.read(workspaceId, ({ deadLetters }) =>
    deadLetters.list(true, 9),
  );
  expect(letters.map(({ consumer: who, eventId }) => [who, eventId])).toEqual([
    ['all', 'huge'],
    ['bus', 'huge'],
  ]);
});

/** A record whose relay, consumer and bus come and go while events are sent. */
class Turmoil {
  readonly workspaceId: string;
  readonly acted = new Map<string, number>();
  #bus: Bus;
  #sent = 0;
  #failures = 0;
  #running: readonly { stop(): Promise<void> }[] = [];

  constructor(workspaceId: string, bus: Bus) {
    this.workspaceId = workspaceId;
    this.#bus = bus;
    this.begin();
  }

  begin(): void {
    const act = async ({ id }: Delivery) => {
      if (this.#failures-- > 0) throw new RangeError('on purpose');
      this.acted.set(id, (this.acted.get(id) ?? 0) + 1);
    };
    this.#running = [
      consumerOn(this.#bus, 'c', act, 1000),
      relayOn(this.#bus, { consumers: ['c'] }),
    ];
  }

  async end(): Promise<void> {
    await Promise.all(this.#running.map((one) => one.stop()));
  }

  readonly steps = {
    send: async () => {
      await world.send(this.workspaceId, 3, this.#sent);
      this.#sent += 3;
    },
    fail: async () => {
      this.#failures = 2;
    },
    restart: async () => {
      await this.end();
      this.begin();
    },
    forget: async () => {
      await this.end();
      await this.#bus.close();
      this.#bus = await world.bus();
      this.begin();
    },
  };

  get sent(): number {
    return this.#sent;
  }
}

it('has every effect once, however often consumers fail, relays end and buses forget', async () => {
  const step = fc.constantFrom('send', 'send', 'restart', 'forget', 'fail');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const turmoil = new Turmoil(await world.workspace(), await world.bus());
      for (const name of steps) await turmoil.steps[name]();
      await atRest(turmoil.workspaceId);
      await turmoil.end();
      const ours = [...turmoil.acted].filter(([id]) => id.startsWith(`${turmoil.workspaceId}/`));
      expect(ours.map(([, times]) => times)).toEqual(Array(turmoil.sent).fill(1));
    }),
    { numRuns: 8 },
  );
}, 60_000);

import type { BusSubscription, Delivery } from '@plimsoll/ports';
import type { Redis } from 'ioredis';
import { pause } from '../../bus-kit/pause.ts';
import { HeldStream, type Holder } from './held-stream.ts';
import { Leases } from './leases.ts';
import { entriesByStream, entriesOf, type RedisStreams } from './redis-streams.ts';

/** A member that is not heard of for so long has lost what it held. */
const leaseMs = 3_000;
const blockMs = 500;
const batch = 64;
/** Entries of one stream in hand before no more of it are read. */
const maxInHand = 256;
/** All members read under one name: whoever holds a stream has before it what its last holder left. */
const consumer = 'holder';

/** One member of a group: holds a fair share of the streams and handles what comes through them. */
export class GroupMember {
  readonly #streams: RedisStreams;
  readonly #group: string;
  readonly #names: readonly string[];
  readonly #holder: Holder;
  readonly #leases: Leases;
  readonly #reader: Redis;
  readonly #held = new Map<string, HeldStream>();
  readonly #stopping = new AbortController();
  #loops: Promise<unknown> = Promise.resolve();
  #reading: Promise<unknown> = Promise.resolve();

  constructor(
    streams: RedisStreams,
    subscription: BusSubscription & { readonly group: string },
    handle: (delivery: Delivery) => Promise<void>,
  ) {
    const { group, topics } = subscription;
    const { commands } = streams;
    this.#streams = streams;
    this.#group = group;
    this.#names = streams.streamsOf(topics);
    this.#holder = {
      subscription,
      handle,
      acknowledge: async (stream, id) => void (await commands.xack(stream, group, id)),
      trouble: (detail) => streams.trouble(detail),
    };
    const member = `${streams.world.clock.now()} ${streams.world.random()}`;
    const leaseOf = (stream: string): string => `${stream}:${group}:lease`;
    const names = { members: streams.name('members', group), member, leaseOf };
    this.#leases = new Leases(commands, names, leaseMs);
    this.#reader = streams.connection();
  }

  /** Gives the group its place, takes a first share and begins. */
  async start(): Promise<void> {
    try {
      await this.#streams.run(this.#streams.commands, async () => {
        await this.#makeGroups(this.#holder.subscription.from === 'new' ? '$' : '0');
        await this.#balance();
      });
    } catch (error) {
      this.#reader.disconnect();
      throw error;
    }
    this.#loops = Promise.all([
      this.#repeat(async () => {
        await pause(leaseMs / 3, this.#stopping.signal);
        if (!this.#stopping.signal.aborted) await this.#balance();
      }),
      this.#repeat(() => this.#read()),
    ]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const held = [...this.#held.values()];
    await Promise.all(held.map((stream) => stream.end()));
    this.#reader.disconnect();
    await this.#loops;
    // Where the server is away the leases run out by themselves.
    const leaving = [...held.map(({ name }) => this.#leases.give(name)), this.#leases.leave()];
    await Promise.allSettled(leaving);
  }

  /** Does it over and over; the server may go and come, and lose everything in between. */
  async #repeat(work: () => Promise<void>): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (String(error).includes('NOGROUP')) await this.#begun();
        else {
          this.#streams.trouble(error);
          await pause(200, this.#stopping.signal);
        }
      }
    }
  }

  /** The server has lost the groups: they begin anew with whatever there is. */
  async #begun(): Promise<void> {
    await this.#makeGroups('0').catch((error: unknown) => this.#streams.trouble(error));
  }

  async #makeGroups(from: '0' | '$'): Promise<void> {
    const { commands } = this.#streams;
    await Promise.all(
      this.#names.map(async (name) => {
        try {
          await commands.xgroup('CREATE', name, this.#group, from, 'MKSTREAM');
        } catch (error) {
          if (!String(error).includes('BUSYGROUP')) throw error; // it is there already
        }
      }),
    );
  }

  /** Keeps the leases of what is held, and takes or gives up streams until the share is fair. */
  async #balance(): Promise<void> {
    const fair = Math.ceil(this.#names.length / Math.max(1, await this.#leases.members()));
    for (const held of [...this.#held.values()]) {
      if (held.over) continue;
      if (await this.#lease(held)) await this.#claimLeftovers(held);
      else void this.#letGo(held, 'lost');
    }
    const surplus = [...this.#held.values()].filter(({ over }) => !over).slice(fair);
    for (const held of surplus) void this.#letGo(held, 'given');
    for (const name of this.#names) {
      if (this.#held.size >= fair || this.#stopping.signal.aborted) return;
      if (this.#held.has(name)) continue;
      const held = new HeldStream(name, this.#holder);
      if (await this.#lease(held)) this.#held.set(name, held);
    }
  }

  async #lease(held: HeldStream): Promise<boolean> {
    const asked = performance.now();
    const taken = await this.#leases.take(held.name);
    if (taken) held.validUntil = asked + leaseMs;
    return taken;
  }

  /** Not waited for: a message that takes long must not keep the other leases from being renewed. */
  async #letGo(held: HeldStream, how: 'given' | 'lost'): Promise<void> {
    await held.end();
    // A read that was under way may still bring something; it stays with the group for the next holder.
    await this.#reading;
    if (how === 'given') {
      await this.#leases.give(held.name).catch((error: unknown) => this.#streams.trouble(error));
    }
    this.#held.delete(held.name);
  }

  /** Takes up what was delivered long ago and is in nobody's hand: read too late, or not acknowledged. */
  async #claimLeftovers(held: HeldStream): Promise<void> {
    const { commands } = this.#streams;
    const found = await commands.xautoclaim(
      ...([held.name, this.#group, consumer, 2 * leaseMs, '0', 'COUNT', batch] as const),
    );
    const entries = entriesOf((found as unknown[])[1]);
    if (entries.length > 0) await this.#takeAgain(held, entries);
  }

  async #read(): Promise<void> {
    const open = [...this.#held.values()].filter((one) => !one.over && one.inHand < maxInHand);
    if (open.length === 0) return pause(50, this.#stopping.signal);
    const reading = this.#readFrom(open);
    this.#reading = reading.catch(() => undefined); // the loop tells of it
    await reading;
  }

  async #readFrom(open: readonly HeldStream[]): Promise<void> {
    for (const held of open) await this.#readHistory(held);
    const ready = open.filter(({ history, over }) => history === null && !over);
    if (ready.length === 0) return;
    const names = ready.map(({ name }) => name);
    const reply = await this.#reader.call(
      ...([
        'XREADGROUP',
        'GROUP',
        this.#group,
        consumer,
        'COUNT',
        batch,
        'BLOCK',
        blockMs,
      ] as const),
      ...['STREAMS', ...names, ...names.map(() => '>')],
    );
    const byName = new Map(ready.map((held) => [held.name, held]));
    for (const [name, entries] of entriesByStream(reply)) {
      const held = byName.get(name);
      if (held === undefined || performance.now() > held.validUntil) continue;
      for (const entry of entries) held.take(entry, 1);
    }
  }

  /** Once a stream is held: first what its last holder took and did not finish, in order. */
  async #readHistory(held: HeldStream): Promise<void> {
    while (held.history !== null && !held.over && held.inHand < maxInHand) {
      const reply = await this.#reader.call(
        ...(['XREADGROUP', 'GROUP', this.#group, consumer, 'COUNT', batch] as const),
        ...['STREAMS', held.name, held.history],
      );
      const [, entries = []] = entriesByStream(reply)[0] ?? [];
      held.history = entries.at(-1)?.id ?? null;
      if (performance.now() > held.validUntil) return;
      await this.#takeAgain(held, entries);
    }
  }

  async #takeAgain(held: HeldStream, entries: ReturnType<typeof entriesOf>): Promise<void> {
    const [first, last] = [entries[0]?.id, entries.at(-1)?.id];
    if (first === undefined || last === undefined) return;
    const told = await this.#streams.commands.xpending(
      ...([held.name, this.#group, first, last, 10 * batch] as const),
    );
    const deliveries = new Map(
      (told as [id: string, consumer: string, idleMs: number, deliveries: number][]).map(
        ([id, , , count]) => [id, count],
      ),
    );
    for (const entry of entries) held.take(entry, deliveries.get(entry.id) ?? 2);
  }
}

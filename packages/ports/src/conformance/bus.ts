import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '@plimsoll/kernel';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Bus, BusMessage, Delivery } from '../bus/bus.ts';

/** A member that took a message and will never finish it. */
export interface DoomedMember {
  /** Id of the message it has in hand. */
  readonly took: Promise<string>;
  /** Ends it without a chance to say good-bye. */
  kill(): Promise<void>;
}

/** What the kit needs of a bus. */
export interface BusSubject {
  /** Opens the bus; those of one prefix see each other's messages, those of two never do. */
  open(prefix: string): Promise<Bus>;
  /** Starts a member of the group elsewhere (a process, a thread) that hangs in its first message. */
  doomedMember(prefix: string, topic: string, group: string): Promise<DoomedMember>;
  /** Takes the bus away and brings it back; absent where it cannot go away. */
  readonly outage?: { begin(): Promise<void>; end(): Promise<void> };
  /** Whether attempts are counted across the death of a member. */
  readonly countsAcrossDeaths: boolean;
  readonly close: () => Promise<void>;
}

/** A member's death is noticed, partitions change hands: a busy machine takes its time. */
const patienceMs = 60_000;

async function until(holds: () => boolean, what: () => string): Promise<void> {
  const giveUpAt = performance.now() + patienceMs / 2;
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error(`Waited in vain: ${what()}`);
    await wait(10);
  }
}

/** Long enough for what should not come to have come. */
const quiet = () => wait(300);

const hour = 3_600_000;

/**
 * What every bus must do, whatever carries the messages. Each test has prefixes of its own. Run it
 * from the adapter's own test.
 */
export function busConformance(name: string, subject: BusSubject): void {
  describe(`bus conformance: ${name}`, { timeout: patienceMs }, () => {
    const opened: Bus[] = [];
    const prefixOf = () => `t${randomUUID().slice(0, 8)}`;
    const open = async (prefix: string): Promise<Bus> => {
      const bus = await subject.open(prefix);
      opened.push(bus);
      return bus;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((bus) => bus.close()));
    });
    afterAll(() => subject.close());

    const message = (id: string, key = 'k', more: Partial<BusMessage> = {}): BusMessage => ({
      id,
      topic: 'a.b',
      key,
      workspaceId: 'w',
      at: new Date().toISOString(),
      payload: { id },
      ...more,
    });
    const numbered = (count: number, keys: number, topic = 'a.b'): BusMessage[] =>
      Array.from({ length: count }, (_, i) =>
        message(`${topic}-${i}`, `key-${i % keys}`, { topic }),
      );
    /** A handler that remembers. */
    const taking = (seen: Delivery[]) => async (delivery: Delivery) => {
      seen.push(delivery);
    };
    const ids = (seen: readonly Delivery[]) => seen.map(({ id }) => id);
    const byKey = (seen: readonly { key: string; id: string }[]) => {
      const found = new Map<string, string[]>();
      for (const { key, id } of seen) found.set(key, [...(found.get(key) ?? []), id]);
      return new Map([...found].toSorted());
    };
    const all = (seen: readonly Delivery[], count: number) =>
      until(
        () => new Set(ids(seen)).size >= count,
        () => `${new Set(ids(seen)).size} of ${count} messages came`,
      );

    it('says what it is and how it is', async () => {
      const bus = await open(prefixOf());
      expect(bus.id).toMatch(/^[a-z][a-z0-9-]*$/);
      const health = await bus.health();
      expect(health.state).toBe('up');
      expect(health.detail).not.toBe('');
      expect((await bus.health()).epoch).toBe(health.epoch);
    });

    it('brings a message as it was published, odd text and all', async () => {
      const bus = await open(prefixOf());
      const payload: Json = {
        '': null,
        deep: [[[{ a: [true, -0.5, 1e-300, 9_007_199_254_740_991] }]]],
        text: 'ä\u0000\n"\\\'\u{1f6a2}\u2028 *> .$',
      };
      const sent = [
        message('odd id/\n*', ' key >.* \u{1f6a2}\r\n', { payload }),
        message('public', '', { workspaceId: null, payload: null, publication: 2 }),
      ];
      const seen: Delivery[] = [];
      await bus.subscribe({ topics: ['a.b'], group: 'g' }, taking(seen));
      await bus.publish(sent);
      await all(seen, 2);
      const expected = sent.map((one) => ({ ...one, attempt: 1 }));
      expect(seen.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(expected);
    });

    it('brings payloads of 1 MB and refuses larger ones, taking over nothing of theirs', async () => {
      const bus = await open(prefixOf());
      const seen: Delivery[] = [];
      await bus.subscribe({ topics: ['a.b'], group: 'g' }, taking(seen));
      const big = 'x'.repeat(999_990);
      await bus.publish([message('big', 'k', { payload: big })]);
      await all(seen, 1);
      expect(seen[0]?.payload === big).toBe(true);
      const refused = bus.publish([
        message('with it'),
        message('too big', 'k', { payload: 'ä'.repeat(500_001) }),
      ]);
      await expect(refused).rejects.toMatchObject({ fault: { code: 'bus.too-large' } });
      await bus.publish([message('after')]);
      await all(seen, 2);
      expect(ids(seen)).toEqual(['big', 'after']);
    });

    it('keeps the order of each key, one message of it at a time', async () => {
      const prefix = prefixOf();
      const [publisher, member] = [await open(prefix), await open(prefix)];
      const [running, overlaps, seen]: [Set<string>, string[], Delivery[]] = [new Set(), [], []];
      await member.subscribe({ topics: ['a.b'], group: 'g' }, async (delivery) => {
        if (running.has(delivery.key)) overlaps.push(delivery.id);
        running.add(delivery.key);
        await wait(seen.length % 3);
        seen.push(delivery);
        running.delete(delivery.key);
      });
      const sent = numbered(200, 7);
      for (let from = 0; from < sent.length; from += 50) {
        await publisher.publish(sent.slice(from, from + 50));
      }
      await all(seen, sent.length);
      expect(byKey(seen)).toEqual(byKey(sent));
      expect(overlaps).toEqual([]);
    });

    it('shares the messages of a group among its members, each taken once', async () => {
      const prefix = prefixOf();
      const [one, two] = [await open(prefix), await open(prefix)];
      const seen: Delivery[] = [];
      const shares = [0, 0];
      const member = (at: number) => async (delivery: Delivery) => {
        await wait(2);
        shares[at] = (shares[at] ?? 0) + 1;
        seen.push(delivery);
      };
      await one.subscribe({ topics: ['a.b'], group: 'g' }, member(0));
      await two.subscribe({ topics: ['a.b'], group: 'g' }, member(1));
      const sent: BusMessage[] = [];
      // The work is shared once the second member is known to the first, which may take a while.
      await until(
        () => {
          const next = message(`m-${sent.length}`, `key-${sent.length % 40}`);
          sent.push(next);
          void one.publish([next]);
          return Math.min(...shares) >= 10;
        },
        () => `both members to have a share: ${shares}`,
      );
      await all(seen, sent.length);
      await quiet();
      expect(ids(seen).toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
    });

    it('brings each message to every group, and to every broadcast subscriber', async () => {
      const prefix = prefixOf();
      const [one, two] = [await open(prefix), await open(prefix)];
      const seen: Delivery[][] = [[], [], [], []];
      await one.subscribe({ topics: ['a.b'], group: 'g' }, taking(seen[0] ?? []));
      await two.subscribe({ topics: ['a.b'], group: 'h' }, taking(seen[1] ?? []));
      await one.subscribe({ topics: ['a.b'], group: null }, taking(seen[2] ?? []));
      await two.subscribe({ topics: ['a.b'], group: null }, taking(seen[3] ?? []));
      const sent = numbered(30, 3);
      await two.publish(sent);
      for (const each of seen) {
        await all(each, 30);
        expect(byKey(each)).toEqual(byKey(sent));
      }
    });

    it('keeps for a group what comes while it has no member', async () => {
      const prefix = prefixOf();
      const bus = await open(prefix);
      const seen: Delivery[] = [];
      const first = await bus.subscribe({ topics: ['a.b'], group: 'g' }, taking(seen));
      await bus.publish([message('1')]);
      await all(seen, 1);
      await first.stop();
      await bus.publish([message('2'), message('3')]);
      await quiet();
      expect(ids(seen)).toEqual(['1']);
      const again = await open(prefix);
      await again.subscribe({ topics: ['a.b'], group: 'g' }, taking(seen));
      await all(seen, 3);
      await quiet();
      expect(ids(seen)).toEqual(['1', '2', '3']);
    });

    it('lets a new group begin with what is kept, or with what comes', async () => {
      const bus = await open(prefixOf());
      await bus.publish([message('1')]);
      const [early, late, none]: Delivery[][] = [[], [], []];
      await bus.subscribe({ topics: ['a.b'], group: 'g', from: 'earliest' }, taking(early ?? []));
      await bus.subscribe({ topics: ['a.b'], group: 'h', from: 'new' }, taking(late ?? []));
      await bus.subscribe({ topics: ['a.b'], group: null }, taking(none ?? []));
      await bus.publish([message('2')]);
      await all(early ?? [], 2);
      await all(late ?? [], 1);
      await all(none ?? [], 1);
      await quiet();
      expect([early, late, none].map((seen) => ids(seen ?? []))).toEqual([
        ['1', '2'],
        ['2'],
        ['2'],
      ]);
    });

    it('delivers again what was refused, later ones of its key after it', async () => {
      const bus = await open(prefixOf());
      const seen: Delivery[] = [];
      const tries: string[] = [];
      const subscription = { topics: ['a.b'], group: 'g', retryAfterMs: 20 };
      await bus.subscribe(subscription, async (delivery) => {
        tries.push(`${delivery.id}#${delivery.attempt}`);
        if (delivery.id === '2' && delivery.attempt < 3) throw new RangeError('not yet');
        seen.push(delivery);
      });
      await bus.publish([message('1'), message('2'), message('3')]);
      await all(seen, 3);
      expect(tries).toEqual(['1#1', '2#1', '2#2', '2#3', '3#1']);
    });

    it('gives up what always fails, and goes on with its key', async () => {
      const bus = await open(prefixOf());
      const seen: Delivery[] = [];
      const dead: string[] = [];
      let tries = 0;
      await bus.subscribe(
        {
          topics: ['a.b'],
          group: 'g',
          attempts: 3,
          retryAfterMs: 20,
          onDead: async ({ id, attempt }, reason) => {
            dead.push(`${id}#${attempt}: ${reason}`);
            if (dead.length === 1) throw new Error('the dead letter was not taken either');
          },
        },
        async (delivery) => {
          if (delivery.id === 'poison') {
            tries++;
            throw new RangeError('indigestible');
          }
          seen.push(delivery);
        },
      );
      const others = numbered(40, 8);
      await bus.publish([message('poison', 'key-0'), ...others]);
      await all(seen, 40);
      expect(byKey(seen)).toEqual(byKey(others));
      expect(tries).toBeGreaterThanOrEqual(3);
      expect(dead[0]).toBe('poison#3: indigestible');
      // Not taken the first time, so it was not done with.
      expect(dead.length).toBe(2);
    });

    it('hands on what a broadcast subscriber could not take', async () => {
      const bus = await open(prefixOf());
      const dead: string[] = [];
      const seen: Delivery[] = [];
      await bus.subscribe(
        {
          topics: ['a.b'],
          group: null,
          onDead: async ({ id }, reason) => void dead.push(id + reason),
        },
        async (delivery) => {
          if (delivery.id === '1') throw new RangeError('!');
          seen.push(delivery);
        },
      );
      await bus.publish([message('1'), message('2')]);
      await all(seen, 1);
      expect(dead).toEqual(['1!']);
    });

    it('gives what a killed member had in hand to another, in order', async () => {
      const prefix = prefixOf();
      const bus = await open(prefix);
      const doomed = await subject.doomedMember(prefix, 'a.b', 'g');
      await bus.publish([message('1'), message('2'), message('3')]);
      expect(await doomed.took).toBe('1');
      await doomed.kill();
      const seen: Delivery[] = [];
      await bus.subscribe({ topics: ['a.b'], group: 'g' }, taking(seen));
      await all(seen, 3);
      expect(ids(seen)).toEqual(['1', '2', '3']);
      if (subject.countsAcrossDeaths) expect(seen[0]?.attempt).toBeGreaterThan(1);
    });

    it('replays what is kept since an instant, in the order of each key', async () => {
      const bus = await open(prefixOf());
      const now = Date.now();
      const at = (back: number) => new Date(now - back).toISOString();
      await bus.publish([message('old', 'key-1', { at: at(hour) })]);
      const sent = numbered(40, 4).map((one) => ({ ...one, at: at(0) }));
      await bus.publish(sent);
      await bus.publish([message('other', 'k', { topic: 'c' })]);
      const [some, every]: Delivery[][] = [[], []];
      await bus.replay(['a.b'], at(1), taking(some ?? []));
      expect(byKey(some ?? [])).toEqual(byKey(sent));
      await bus.replay(['a.b', 'c'], at(2 * hour), taking(every ?? []));
      expect(every).toHaveLength(42);
      const nothing: Delivery[] = [];
      await bus.replay(['a.b', 'never.used'], at(-hour), taking(nothing));
      expect(nothing).toEqual([]);
    });

    it('keeps topics, and prefixes, apart', async () => {
      const [here, there] = [await open(prefixOf()), await open(prefixOf())];
      const seen: Delivery[] = [];
      await here.subscribe({ topics: ['a', 'a.b.c'], group: 'g' }, taking(seen));
      await here.subscribe({ topics: ['a'], group: null }, taking(seen));
      await here.publish([message('1'), message('2', 'k', { topic: 'b' })]);
      await there.publish([message('3', 'k', { topic: 'a' })]);
      await here.publish([message('4', 'k', { topic: 'a.b.c' })]);
      await all(seen, 1);
      await quiet();
      expect(ids(seen)).toEqual(['4']);
    });

    it.each([{ topics: ['A b'] }, { topics: [''] }, { topics: ['a.*'] }, { group: 'a b>' }])(
      'refuses the names %j',
      async (names) => {
        const bus = await open(prefixOf());
        const asked = bus.subscribe(
          { topics: ['a.b'], group: 'g', ...names },
          async () => undefined,
        );
        await expect(asked).rejects.toMatchObject({ fault: { code: 'bus.invalid-name' } });
      },
    );

    it('waits at the end of a subscription for what runs, and begins nothing after', async () => {
      const bus = await open(prefixOf());
      const [begun, ended]: [string[], string[]] = [[], []];
      const running = await bus.subscribe({ topics: ['a.b'], group: 'g' }, async ({ id }) => {
        begun.push(id);
        await wait(100);
        ended.push(id);
      });
      await bus.publish(numbered(6, 1));
      await until(
        () => begun.length > 0,
        () => 'the first message to be in hand',
      );
      await running.stop();
      const atStop = begun.length;
      expect(ended).toEqual(begun);
      await quiet();
      expect(begun).toHaveLength(atStop);
      expect(begun.length).toBeLessThan(6);
    });

    it('refuses work once it is closed, and closes twice', async () => {
      const bus = await open(prefixOf());
      await bus.subscribe({ topics: ['a.b'], group: 'g' }, async () => undefined);
      await bus.close();
      await bus.close();
      const closed = { fault: { code: 'bus.closed' } };
      await expect(bus.publish([message('1')])).rejects.toMatchObject(closed);
      await expect(
        bus.subscribe({ topics: ['a.b'], group: 'g' }, async () => undefined),
      ).rejects.toMatchObject(closed);
      expect((await bus.health()).state).toBe('down');
    });

    const { outage } = subject;
    if (outage !== undefined) {
      it('refuses to publish while it is down, and goes on afterwards', async () => {
        const prefix = prefixOf();
        const bus = await open(prefix);
        const seen: Delivery[] = [];
        await bus.subscribe({ topics: ['a.b'], group: 'g' }, taking(seen));
        await bus.publish([message('1')]);
        await all(seen, 1);
        await outage.begin();
        try {
          const refused = bus.publish([message('2'), message('3')]);
          await expect(refused).rejects.toMatchObject({ fault: { code: 'bus.unavailable' } });
          expect((await bus.health()).state).toBe('down');
          const late = await open(prefix);
          expect((await late.health()).state).toBe('down');
        } finally {
          await outage.end();
        }
        let up = false;
        await until(
          () => {
            void bus.health().then(({ state }) => {
              up = state === 'up';
            });
            return up;
          },
          () => 'the bus to be up again',
        );
        await bus.publish([message('2'), message('3'), message('4')]);
        await all(seen, 4);
        expect([...new Set(ids(seen))]).toEqual(['1', '2', '3', '4']);
      });
    }
  });
}

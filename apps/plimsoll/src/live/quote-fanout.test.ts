import { quoteMessage } from '@plimsoll/contracts';
import { fieldOf, type LiveNews, QuoteBoard, QuoteDesk, quoteFields } from '@plimsoll/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClientSink, fanoutLimits, QuoteFanout } from './quote-fanout.ts';

/** A client that builds its own picture of the quotes from what it is sent. */
class Listener implements ClientSink {
  bufferedAmount = 0;
  closed: number | null = null;
  readonly messages: string[] = [];
  readonly picture = new Map<string, Record<string, unknown>>();

  send(text: string): void {
    this.messages.push(text);
    const message = quoteMessage.parse(JSON.parse(text));
    if (message.type !== 'update') throw new Error(`An unexpected ${message.type}`);
    for (const { quoteId, ...change } of message.quotes) {
      this.picture.set(quoteId, { ...this.picture.get(quoteId), ...change });
    }
  }

  close(code: number): void {
    this.closed = code;
  }

  /** The values it knows of a quote, null where unknown, and whether it is stale. */
  shows(id: string): readonly unknown[] {
    const known = this.picture.get(id);
    return [...quoteFields.map((field) => known?.[field] ?? null), known?.['stale'] ?? false];
  }
}

interface Step {
  readonly act: 'set' | 'stale' | 'hand on' | 'round' | 'block';
  readonly of: number;
  readonly field: number;
  readonly value: number;
}

/** What a listener ought to show. */
const newest = (board: QuoteBoard, of: number): readonly unknown[] => [
  ...quoteFields.map((field) => {
    const value = board.get(of, fieldOf[field]);
    return Number.isNaN(value) ? null : value;
  }),
  board.isStale(of),
];
const nothing = [...quoteFields.map(() => null), false];

const ids = Array.from({ length: 5 }, (_, i) => `q${i}`);
const at = async () => undefined;

/** A desk that is told news of a pipeline's board, and a fan-out with a clock of its own. */
function stage() {
  const desk = new QuoteDesk();
  const from = new QuoteBoard();
  from.reach(ids.length - 1);
  const names: LiveNews = { kind: 'names', quoteIds: ids, providers: ['first', 'second'] };
  desk.hear(names);
  let now = 0;
  const fanout = new QuoteFanout(desk, () => now);
  const handOn = () => {
    const update = from.take();
    if (update) desk.hear({ kind: 'quotes', update });
    fanout.note();
  };
  const join = (...wanted: readonly number[]) => {
    const sink = new Listener();
    const client = fanout.add(sink);
    client?.want(new Set(wanted));
    return { sink, client };
  };
  return {
    from,
    desk,
    fanout,
    handOn,
    join,
    pass: async (ms: number) => {
      now += ms;
      await fanout.round(at);
    },
  };
}

describe('the fan-out of quotes', () => {
  it('leaves every client with the newest quotes, whatever order things happen in and however slow it is', async () => {
    const which = fc.nat({ max: 4 });
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({
        act: fc.constant('set' as const),
        of: which,
        field: fc.nat({ max: quoteFields.length - 1 }),
        value: fc.oneof(fc.nat({ max: 3 }), fc.constant(Number.NaN)),
      }),
      fc.record({
        act: fc.constantFrom('stale' as const, 'hand on', 'round', 'block'),
        of: which,
        field: fc.constant(0),
        value: fc.nat({ max: 1 }),
      }),
    );
    const set = fc.subarray([0, 1, 2, 3, 4]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.tuple(set, set, set),
        async (steps, sets) => {
          const here = stage();
          const clients = sets.map((wanted, index) => {
            const joined = here.join(...wanted);
            if (joined.client) joined.client.everyMs = 200 * (index + 1);
            return { ...joined, wanted };
          });
          const block = (index: number, blocked: boolean) => {
            const sink = clients[index % clients.length]?.sink;
            if (sink) sink.bufferedAmount = blocked ? fanoutLimits.bufferedBytes + 1 : 0;
          };
          const acts = {
            set: async ({ of, field, value }: Step) => here.from.set(of, field, value),
            stale: async ({ of, value }: Step) => here.from.setStale(of, value === 1),
            'hand on': async () => here.handOn(),
            round: () => here.pass(200),
            block: async ({ of, value }: Step) => block(of, value === 1),
          };
          for (const one of steps) await acts[one.act](one);
          here.handOn();
          for (const index of clients.keys()) block(index, false);
          await here.pass(1_000);
          for (const { sink, wanted } of clients) {
            expect(sink.closed).toBeNull();
            expect(ids.map((id) => sink.shows(id))).toEqual(
              ids.map((_, of) => (wanted.includes(of) ? newest(here.from, of) : nothing)),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('says only what changed, the newest of it, and nothing where nothing did', async () => {
    const { from, handOn, join, pass } = stage();
    const { sink } = join(0, 1);
    from.set(0, fieldOf.last, 10);
    handOn();
    from.set(0, fieldOf.last, 11);
    from.setSource(0, 1);
    handOn();
    await pass(200);
    await pass(200);
    expect(sink.messages).toEqual([
      '{"type":"update","quotes":[{"quoteId":"q0","last":11,"source":"second"}]}',
    ]);
  });

  it('keeps to the pace that a client asks for', async () => {
    const { from, handOn, join, pass } = stage();
    const { sink, client } = join(0);
    if (client) client.everyMs = 1_000;
    for (let i = 0; i < 10; i++) {
      from.set(0, fieldOf.last, i + 1);
      handOn();
      await pass(200);
    }
    expect(sink.messages).toHaveLength(2);
    expect(sink.picture.get('q0')?.['last']).toBe(6);
  });

  it('queues nothing for a client that takes nothing, and closes it in the end', async () => {
    const { from, fanout, handOn, join, pass } = stage();
    const { sink } = join(0);
    sink.bufferedAmount = fanoutLimits.bufferedBytes + 1;
    for (let i = 0; i < 160; i++) {
      from.set(0, fieldOf.last, i + 1);
      handOn();
      await pass(200);
    }
    expect([sink.messages.length, sink.closed, fanout.clients.size]).toEqual([0, 1013, 0]);
  });

  it('takes so many clients and no more', () => {
    const desk = new QuoteDesk();
    const fanout = new QuoteFanout(desk, () => 0, { ...fanoutLimits, clients: 2 });
    expect([1, 2, 3].map(() => fanout.add(new Listener()) !== null)).toEqual([true, true, false]);
  });

  it('shows as stale what a pipeline that died had told, and counts anew with the next', async () => {
    const { from, desk, fanout, handOn, join, pass } = stage();
    const { sink } = join(0, 1);
    from.set(1, fieldOf.last, 5);
    from.setSource(1, 0);
    handOn();
    desk.lose();
    fanout.note();
    await pass(200);
    expect(sink.picture.get('q1')).toMatchObject({ last: 5, stale: true, source: 'first' });
    const next = new QuoteBoard();
    next.reach(0);
    next.set(0, fieldOf.last, 6);
    next.setSource(0, 0);
    next.setStale(0, false);
    desk.hear({ kind: 'names', quoteIds: ['q1'], providers: ['second'] });
    const update = next.take();
    if (update) desk.hear({ kind: 'quotes', update });
    fanout.note();
    await pass(200);
    expect(sink.picture.get('q1')).toMatchObject({ last: 6, stale: false, source: 'second' });
  });
});

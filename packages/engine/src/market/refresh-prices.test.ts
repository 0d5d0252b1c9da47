import type { MarketDataProvider } from '@plimsoll/ports';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  calmCloses,
  historyOf,
  quickWorld,
  type ScriptedProvider,
  scriptedProvider,
  scriptedSources,
  split,
} from '../testing/scripted-market.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { JobDetailView } from './market-use-cases.ts';

const by = { actor: 'owner' };
let now = '2024-06-28T22:00:00.000Z';
let providers: MarketDataProvider[] = [];
let test: TestEngine;
beforeAll(async () => {
  const clock = { now: () => now };
  const marketData = scriptedSources(() => providers);
  test = await testEngine(now, { clock, marketData, world: quickWorld });
}, 60_000);
afterAll(async () => {
  await test.engine.endJobs();
  await test.close();
});

/** Instruments of tests that are over, which would be asked for again. */
const held: { readonly w: string; readonly id: string }[] = [];
afterEach(async () => {
  for (const { w, id } of held.splice(0)) had(await test.engine.unlinkInstrument(w, id, by));
});

let source: ScriptedProvider;
let symbols = 0;
/** A symbol of the test's own: listings are shared by all workspaces. */
let symbol = '';
beforeEach(() => {
  now = '2024-06-28T22:00:00.000Z';
  source = scriptedProvider('first');
  providers = [source];
  symbol = `SYM${symbols++}`;
});

/** A workspace that holds ten of the symbol, bought at 100 dollars. */
async function holding(): Promise<string> {
  const w = await test.workspace();
  const csv = `date,type,symbol,quantity,price,currency\n2024-01-02,buy,${symbol},10,100,USD\n`;
  had(
    await test.engine.importFiles(w, [file('a.csv', csv)], into('Broker', { currency: 'USD' }), by),
  );
  const [instrument] = had(await test.engine.instruments(w, symbol, 1));
  held.push({ w, id: instrument?.id ?? '' });
  return w;
}

async function run(
  w: string,
  kind: 'refresh' | 'backfill' = 'refresh',
  from?: string,
): Promise<JobDetailView> {
  const [instrument] = had(await test.engine.instruments(w, symbol, 1));
  // The first time, nothing is linked yet: the whole market is asked then.
  const linked = had(await test.engine.priceLinks(w)).some(({ listingId }) => listingId !== null);
  const instruments = linked && instrument ? [instrument.id] : [];
  const { value } = had(await test.engine.refreshPrices(w, { kind, instruments, from }, by));
  return ended(w, value.id);
}

async function ended(w: string, id: string): Promise<JobDetailView> {
  for (;;) {
    const job = had(await test.engine.job(w, id));
    if (job.error !== '') throw new Error(job.error);
    if (job.finishedAt !== null) return job;
    await new Promise((next) => setTimeout(next, 5));
  }
}

const worth = async (w: string, at = '2024-06-28') =>
  had(await test.engine.holdings(w, { portfolio: 'all', lots: false, at })).value;
const findings = async (w: string) =>
  had(await test.engine.quality(w, { limit: 100 })).map(({ kind, code, day, state }) =>
    [kind, code, day, state].join(' '),
  );
const statusOf = async (w: string) =>
  had(await test.engine.marketStatus(w)).prices.find(({ label }) => label === symbol);

describe('a first refresh', () => {
  it('links what is held, fetches its history and values by it', async () => {
    source.script.set(symbol, { ...calmCloses('2024-01-02', '2024-06-28'), '2024-06-28': 120 });
    const w = await holding();
    const job = await run(w);
    expect(job).toMatchObject({ state: 'done', failed: 0 });
    expect(await worth(w)).toBe('1200');
    expect(await statusOf(w)).toMatchObject({
      state: 'fresh',
      last: '2024-06-28',
      source: 'first',
      note: '',
    });
    expect(had(await test.engine.priceLinks(w))).toMatchObject([
      { label: symbol, linkedBy: 'rule', evidence: expect.stringContaining(symbol) },
    ]);
  });

  it('is one listing for two workspaces that hold the same', async () => {
    source.script.set(symbol, calmCloses('2024-01-02', '2024-06-28'));
    const [one, two] = [await holding(), await holding()];
    await run(one);
    const ids = await Promise.all(
      [one, two].map(async (w) => had(await test.engine.priceLinks(w))[0]?.listingId),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(await worth(two)).toBe(await worth(one));
  });

  it('is refused where no provider is turned on', async () => {
    providers = [];
    const w = await holding();
    const answer = await test.engine.refreshPrices(w, { kind: 'refresh', instruments: [] }, by);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'market.refused' } });
  });
});

describe('a later refresh', () => {
  const june = calmCloses('2024-01-02', '2024-06-28');

  it('asks for what is new and ten trading days before', async () => {
    source.script.set(symbol, june);
    const w = await holding();
    await run(w);
    source.asked.length = 0;
    now = '2024-07-01T22:00:00.000Z';
    source.script.set(symbol, { ...june, '2024-07-01': 101 });
    await run(w);
    expect(source.asked).toEqual([`${symbol} 2024-06-13 2024-07-03`]);
    expect(await worth(w, '2024-07-01')).toBe('1010');
  });

  it.each([
    ['nothing', () => historyOf({})],
    ['no day but an old one', () => historyOf({ '2024-06-20': 100.5 })],
  ])('that answers %s keeps all that is known', async (_, answer) => {
    source.script.set(symbol, june);
    const w = await holding();
    await run(w);
    const before = await worth(w);
    source.script.set(symbol, () => ({ ok: true, value: answer() }));
    await run(w);
    expect(await worth(w)).toBe(before);
  });

  it('takes a restated day, and knows what was known before', async () => {
    source.script.set(symbol, june);
    const w = await holding();
    await run(w);
    const before = now;
    now = '2024-06-29T22:00:00.000Z';
    source.script.set(symbol, { ...june, '2024-06-28': 103 });
    await run(w);
    expect(await worth(w)).toBe('1030');
    const [link] = had(await test.engine.priceLinks(w));
    const [then] = await test.store.read('market', ({ prices }) =>
      prices.closes([link?.listingId ?? ''], before),
    );
    expect(then?.close.at(-1)).toBe(june['2024-06-28']);
  });

  it.each([
    ['all by one factor', (close: number) => close * 4],
    ['all by a factor near one, as an adjusted series has', (close: number) => close * 0.998],
    ['most of them', (close: number, i: number) => close * (1 + (i % 3) / 10)],
  ])('does not take a history that changes %s', async (_, change) => {
    source.script.set(symbol, june);
    const w = await holding();
    await run(w);
    const before = await worth(w);
    const other = Object.fromEntries(
      Object.entries(june).map(([day, close], i) => [day, change(close, i)]),
    );
    source.script.set(symbol, other);
    const job = await run(w);
    expect(job).toMatchObject({ state: 'done', failed: 1 });
    expect(await worth(w)).toBe(before);
    expect(await findings(w)).toContain('note history-rewritten 2024-06-28 open');
    // Asked again, it is the same note; wanted after all, it is taken.
    await run(w);
    const notes = had(await test.engine.quality(w, { kind: 'note', limit: 10 }));
    expect(notes).toHaveLength(1);
    const wanted = { decision: 'released', reason: 'The share was exchanged.' } as const;
    had(await test.engine.decideQuality(w, notes[0]?.id ?? '', wanted, by));
    expect(await run(w)).toMatchObject({ failed: 0 });
    expect(Number(await worth(w))).toBeCloseTo((other['2024-06-28'] ?? 0) * 10, 6);
  });

  it('keeps back a jump that nothing explains, and takes it when somebody says so', async () => {
    source.script.set(symbol, june);
    const w = await holding();
    await run(w);
    const before = await worth(w);
    now = '2024-07-01T22:00:00.000Z';
    source.script.set(symbol, { ...june, '2024-07-01': 2000 });
    await run(w);
    expect(await worth(w, '2024-07-01')).toBe(before);
    const [row] = had(await test.engine.quality(w, { kind: 'row', limit: 10 }));
    expect(row).toMatchObject({ day: '2024-07-01', state: 'open', evidence: { close: 2000 } });
    const wanted = { decision: 'released', reason: 'It was taken over.' } as const;
    had(await test.engine.decideQuality(w, row?.id ?? '', wanted, by));
    expect(await worth(w, '2024-07-01')).toBe('20000');
    now = '2024-07-02T22:00:00.000Z';
    source.script.set(symbol, { ...june, '2024-07-01': 2000, '2024-07-02': 2010 });
    await run(w);
    expect(await worth(w, '2024-07-02')).toBe('20100');
  });

  it('keeps out for good what somebody has rejected', async () => {
    source.script.set(symbol, june);
    const w = await holding();
    await run(w);
    now = '2024-07-01T22:00:00.000Z';
    source.script.set(symbol, { ...june, '2024-07-01': 2000 });
    await run(w);
    const [row] = had(await test.engine.quality(w, { kind: 'row', limit: 10 }));
    const wanted = { decision: 'rejected', reason: 'A slip.' } as const;
    had(await test.engine.decideQuality(w, row?.id ?? '', wanted, by));
    await run(w);
    const rows = had(await test.engine.quality(w, { kind: 'row', limit: 10 }));
    expect(rows.map(({ state }) => state)).toEqual(['rejected']);
  });
});

describe('a split', () => {
  const before = calmCloses('2024-01-02', '2024-06-20', 400);
  const after = calmCloses('2024-06-21', '2024-06-28', 100);

  it('is undone by some providers: prices are kept as traded', async () => {
    const undone = Object.fromEntries(
      Object.entries(before).map(([day, close]) => [day, close / 4]),
    );
    source.script.set(symbol, () => ({
      ok: true,
      value: historyOf(
        { ...undone, ...after },
        { prices: 'split-adjusted', actions: [split('2024-06-21', 4)] },
      ),
    }));
    const w = await holding();
    await run(w);
    expect(await worth(w, '2024-06-20')).toBe(String((before['2024-06-20'] ?? 0) * 10));
    const [link] = had(await test.engine.priceLinks(w));
    const actions = await test.store.read('market', (unit) =>
      unit.actions.actions([link?.listingId ?? '']),
    );
    expect(actions).toMatchObject([{ kind: 'split', day: '2024-06-21', value: '4:1' }]);
    // Who holds it is asked whether to record the split.
    const proposals = had(await test.engine.proposals(w, false));
    expect(proposals).toMatchObject([{ kind: 'split', day: '2024-06-21', state: 'open' }]);
    const events = await test.store.read(w, ({ outbox }) => outbox.pending(100));
    expect(events.map(({ type }) => type)).toContain('actions.proposed');
    // A later answer, all on the new basis, is the same history.
    now = '2024-06-29T22:00:00.000Z';
    expect(await run(w)).toMatchObject({ failed: 0 });
    expect(await worth(w, '2024-06-20')).toBe(String((before['2024-06-20'] ?? 0) * 10));
  });
});

describe('a split that comes while prices are followed', () => {
  const before = calmCloses('2024-01-02', '2024-06-28', 400);
  const quarter = Object.fromEntries(
    Object.entries(before).map(([day, close]) => [day, close / 4]),
  );
  const next: Readonly<Record<string, number>> = { '2024-07-01': 100, '2024-07-02': 101 };
  const begun = async (): Promise<string> => {
    source.script.set(symbol, before);
    const w = await holding();
    await run(w);
    now = '2024-07-02T22:00:00.000Z';
    return w;
  };

  it('and is told changes no day before it', async () => {
    const w = await begun();
    source.script.set(symbol, () => ({
      ok: true,
      value: historyOf(
        { ...quarter, ...next },
        { prices: 'split-adjusted', actions: [split('2024-07-01', 4)] },
      ),
    }));
    expect(await run(w)).toMatchObject({ failed: 0 });
    expect(await worth(w)).toBe(String((before['2024-06-28'] ?? 0) * 10));
    // Valued by what the record holds: the split is proposed, and not recorded yet.
    expect(await worth(w, '2024-07-02')).toBe('1010');
    expect(await findings(w)).toEqual([]);
  });

  it.each([
    ['in prices that undo it', { ...quarter, ...next }],
    ['in prices as they are traded', { ...before, ...next }],
  ])('and is not told keeps the last price, %s, until it is entered', async (_, answer) => {
    const w = await begun();
    source.script.set(symbol, answer);
    await run(w);
    expect(await worth(w, '2024-07-02')).toBe(String((before['2024-06-28'] ?? 0) * 10));
    expect((await findings(w)).length).toBeGreaterThan(0);
    if (answer['2024-06-28'] !== before['2024-06-28']) return;
    const instrument = had(await test.engine.instruments(w, symbol, 1))[0]?.id ?? '';
    const entered = { instrument, kind: 'split', day: '2024-07-01', value: '4:1' } as const;
    had(await test.engine.addAction(w, entered, by));
    expect(await run(w)).toMatchObject({ failed: 0 });
    expect(await worth(w, '2024-07-02')).toBe('1010');
    // What was kept back is confirmed by the action.
    const open = had(await test.engine.quality(w, { kind: 'row', state: 'open', limit: 10 }));
    expect(open).toEqual([]);
  });
});

describe('several providers', () => {
  const closes = calmCloses('2024-01-02', '2024-06-28');
  const down = () => ({
    ok: false as const,
    fault: { code: 'market-data.unavailable' as const, detail: 'first does not answer.' },
  });

  it('are asked in their order until one answers', async () => {
    const second = scriptedProvider('second', { [symbol]: closes });
    source.script.set(symbol, down);
    providers = [source, second];
    const w = await holding();
    expect(await run(w)).toMatchObject({ state: 'done', failed: 0 });
    expect(await statusOf(w)).toMatchObject({ state: 'fresh', source: 'second' });
  });

  it('that are all down are tried again, then given up; the rest goes on', async () => {
    source.script.set(symbol, down);
    const w = await holding();
    const job = await run(w);
    expect(job).toMatchObject({ state: 'done', failed: 1 });
    expect(job.items).toMatchObject([
      { state: 'failed', attempts: 5, note: 'first does not answer.' },
    ]);
    expect(await statusOf(w)).toMatchObject({ state: 'never', note: 'first does not answer.' });
    const { datasets } = await test.engine.marketHealth();
    expect(datasets.find(({ listing }) => listing === symbol)?.detail).toContain('does not answer');
  });

  it('that disagree are reported', async () => {
    const other = Object.fromEntries(
      Object.entries(closes).map(([day, close]) => [day, close * 2]),
    );
    source.script.set(symbol, closes);
    providers = [source, scriptedProvider('second', { [symbol]: other })];
    const w = await holding();
    await run(w);
    expect(await findings(w)).toEqual(['note sources-disagree 2024-05-01 open']);
  });

  it('another than before adds days and restates none', async () => {
    source.script.set(symbol, closes);
    const w = await holding();
    await run(w);
    const near = Object.fromEntries(
      Object.entries(closes).map(([day, close], i) => [day, close * (1 + (i % 2) / 500)]),
    );
    providers = [scriptedProvider('second', { [symbol]: { ...near, '2024-07-01': 100 } })];
    now = '2024-07-01T22:00:00.000Z';
    await run(w);
    expect(await worth(w)).toBe(String((closes['2024-06-28'] ?? 0) * 10));
    expect(await worth(w, '2024-07-01')).toBe('1000');
  });
});

describe('a repair', () => {
  it('can be undone: the provider is believed, now and later', async () => {
    const slipped = { ...calmCloses('2024-01-02', '2024-06-28'), '2024-04-10': 10_050 };
    source.script.set(symbol, slipped);
    const w = await holding();
    await run(w);
    expect(Number(await worth(w, '2024-04-10'))).toBeLessThan(1100);
    const [repair] = had(await test.engine.quality(w, { kind: 'repair', limit: 10 }));
    expect(repair).toMatchObject({ code: 'unit-slip-100x', day: '2024-04-10', state: 'open' });
    const undo = { decision: 'undone', reason: 'It really traded there.' } as const;
    had(await test.engine.decideQuality(w, repair?.id ?? '', undo, by));
    expect(await worth(w, '2024-04-10')).toBe('100500');
    await run(w, 'backfill');
    expect(await worth(w, '2024-04-10')).toBe('100500');
  });

  it('takes only decisions that go with it', async () => {
    source.script.set(symbol, calmCloses('2024-01-02', '2024-06-28'));
    const w = await holding();
    await run(w);
    now = '2024-07-01T22:00:00.000Z';
    source.script.set(symbol, { ...calmCloses('2024-01-02', '2024-06-28'), '2024-07-01': 2000 });
    await run(w);
    const [row] = had(await test.engine.quality(w, { kind: 'row', limit: 1 }));
    const decide = (decision: 'undone' | 'released' | 'rejected') =>
      test.engine.decideQuality(w, row?.id ?? '', { decision, reason: 'x' }, by);
    expect(await decide('undone')).toMatchObject({ fault: { code: 'market.refused' } });
    had(await decide('released'));
    expect(await decide('rejected')).toMatchObject({ fault: { code: 'market.refused' } });
    const stranger = await test.workspace();
    const theirs = await test.engine.decideQuality(
      stranger,
      row?.id ?? '',
      { decision: 'reopened', reason: 'x' },
      by,
    );
    expect(theirs).toMatchObject({ fault: { code: 'quality.unknown' } });
  });
});

describe('a job', () => {
  it('that is cancelled lets go of its provider and keeps what is done', async () => {
    source.script.set(symbol, calmCloses('2024-01-02', '2024-06-28'));
    const w = await holding();
    await run(w);
    const before = await worth(w);
    const begun = Promise.withResolvers<void>();
    let signalled = false;
    providers = [
      {
        ...source,
        daily: (_symbol, _from, _until, signal) => {
          begun.resolve();
          return new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              signalled = true;
              reject(signal.reason);
            });
          });
        },
      },
    ];
    const { value } = had(
      await test.engine.refreshPrices(w, { kind: 'refresh', instruments: [] }, by),
    );
    await begun.promise;
    const cancelled = had(await test.engine.cancelJob(w, value.id, by)).value;
    expect(cancelled.state).toBe('cancelled');
    expect(signalled).toBe(true);
    expect(await worth(w)).toBe(before);
    providers = [source];
    expect(await run(w)).toMatchObject({ state: 'done' });
  });

  it('is asked for once under one key', async () => {
    source.script.set(symbol, calmCloses('2024-01-02', '2024-06-28'));
    const w = await holding();
    const idempotency = { key: symbol, operation: 'POST /v1/market/refresh', request: '{}' };
    const ask = () =>
      test.engine.refreshPrices(w, { kind: 'refresh', instruments: [] }, { ...by, idempotency });
    const [first, second] = [had(await ask()), had(await ask())];
    expect([second.replayed, second.value.id]).toEqual([true, first.value.id]);
    await ended(w, first.value.id);
  });

  it('that is not known is refused', async () => {
    const w = await test.workspace();
    expect(await test.engine.job(w, 'none')).toMatchObject({ fault: { code: 'job.unknown' } });
  });
});

describe('an instrument that only a provider can name', () => {
  it('is found by its ISIN where that is one thing, and remembered', async () => {
    const isin = 'DE0007164600';
    source.found.push({ symbol: `F${symbol}`, isin, currency: 'EUR' });
    source.script.set(`F${symbol}`, calmCloses('2024-01-02', '2024-06-28'));
    const w = await test.workspace();
    const csv = `date,type,symbol,quantity,price,currency\n2024-01-02,buy,${isin},10,100,EUR\n`;
    had(await test.engine.importFiles(w, [file('a.csv', csv)], into('Broker'), by));
    const [made] = had(await test.engine.instruments(w, isin, 1));
    const id = made?.id ?? '';
    held.push({ w, id });
    if (made?.isin === null) {
      had(await test.engine.changeInstrument(w, id, { isin, symbol: undefined }, by));
    }
    symbol = isin;
    expect((await run(w)).items).toEqual([]);
    expect(had(await test.engine.priceLinks(w))[0]?.symbols).toEqual([
      { provider: 'first', symbol: expect.stringMatching(/^FSYM/) },
    ]);
  });

  it('is named by hand', async () => {
    source.script.set(`H${symbol}`, calmCloses('2024-01-02', '2024-06-28'));
    const w = await test.workspace();
    const csv = `date,type,symbol,quantity,price,currency\n2024-01-02,buy,${symbol},10,100,EUR\n`;
    had(await test.engine.importFiles(w, [file('a.csv', csv)], into('Broker'), by));
    const id = had(await test.engine.instruments(w, symbol, 1))[0]?.id ?? '';
    held.push({ w, id });
    await run(w);
    expect(had(await test.engine.priceLinks(w))[0]).toMatchObject({
      listingId: null,
      evidence: expect.stringContaining('Needs a symbol'),
    });
    const wanted = { instrument: id, provider: 'first', symbol: `H${symbol}` };
    had(await test.engine.linkInstrument(w, wanted, by));
    expect(await run(w)).toMatchObject({ failed: 0 });
    expect(await statusOf(w)).toMatchObject({ state: 'fresh' });
    const nobody = await test.engine.linkInstrument(w, { ...wanted, provider: 'nobody' }, by);
    expect(nobody).toMatchObject({ fault: { code: 'market.refused' } });
  });
});

describe('rows of a file that were kept back', () => {
  it('are listed with their figures and count when they are released', async () => {
    const w = await holding();
    const rows = Object.entries({ ...calmCloses('2024-05-01', '2024-06-28'), '2024-06-05': 1000 });
    const csv = `date,close\n${rows.map(([day, close]) => `${day},${close}`).join('\n')}\n`;
    had(await test.engine.importPrices(w, [file(`${symbol}.csv`, csv)], {}, by));
    const [row] = had(await test.engine.quality(w, { kind: 'row', limit: 10 }));
    expect(row).toMatchObject({ day: '2024-06-05', shared: false, evidence: { close: 1000 } });
    expect(Number(await worth(w, '2024-06-05'))).toBeLessThan(1100);
    const release = { decision: 'released', reason: 'A squeeze.' } as const;
    had(await test.engine.decideQuality(w, row?.id ?? '', release, by));
    expect(await worth(w, '2024-06-05')).toBe('10000');
    had(await test.engine.importPrices(w, [file(`${symbol}.csv`, csv)], {}, by));
    expect(await worth(w, '2024-06-05')).toBe('10000');
  });
});

describe('an alarm', () => {
  it('tells which listings are late when all has been asked', async () => {
    source.script.set(symbol, calmCloses('2024-01-02', '2024-06-21'));
    const w = await holding();
    await run(w);
    const [link] = had(await test.engine.priceLinks(w));
    const events = await test.store.read('market', ({ outbox }) => outbox.pending(10_000));
    expect(
      events.some(
        ({ type, payload }) =>
          type === 'quality.found' &&
          JSON.stringify(payload).includes('"late"') &&
          JSON.stringify(payload).includes(`${link?.listingId}`),
      ),
    ).toBe(true);
  });
});

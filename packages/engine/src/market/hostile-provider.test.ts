import { marketDataAdapters } from '@plimsoll/adapters/registry';
import { dayFromNumber } from '@plimsoll/kernel';
import type { MarketDataProvider, ProviderWorld } from '@plimsoll/ports';
import { type FakeProvider, fakeProvider, transportPathologies } from '@plimsoll/ports/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calmCloses, scriptedSources, worldOf } from '../testing/scripted-market.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';

// The whole way: a server that does its worst → an adapter for the network → refresh → valuation.

const by = { actor: 'owner' };
let now = '2024-06-29T06:00:00.000Z';
const quick = worldOf(2000);

const known = calmCloses('2024-01-02', '2024-06-28');
const last = known['2024-06-28'] ?? Number.NaN;
/** What is true of the two days that are asked for: the same close, so that taking it changes no value. */
const fresh = ['2024-07-01', '2024-07-02'] as const;

type Row = Record<string, unknown>;
const rowOf = (day: string, close: number): Row => ({
  date: `${day}T00:00:00.000Z`,
  open: close,
  high: close * 1.01,
  low: close * 0.99,
  close,
  volume: 1000,
  adjClose: close,
  divCash: 0,
  splitFactor: 1,
});
const knownRows = (): Row[] => Object.entries(known).map(([day, close]) => rowOf(day, close));
const freshRows = (): Row[] => fresh.map((day) => rowOf(day, last));

let provider: MarketDataProvider;
let server: FakeProvider;
let test: TestEngine;
let w = '';
let instrument = '';

/** Waiting takes hardly any time, and moves the provider's clock as if it had. */
function waitingWorld(): ProviderWorld {
  let waitedMs = 0;
  return {
    random: quick.random,
    nowMs: () => Date.parse(now) + waitedMs,
    wait: async (ms, signal) => {
      await quick.wait(Math.min(ms, 10_000), signal);
      waitedMs += ms;
    },
  };
}

const anew = (): MarketDataProvider =>
  marketDataAdapters.tiingo.create(
    {
      baseUrl: server.baseUrl,
      key: 'secret-key',
      requestsPerMinute: 100_000,
      requestsPerHour: 100_000,
      timeoutSeconds: 0.15,
    },
    waitingWorld(),
  );

beforeAll(async () => {
  server = await fakeProvider(
    () => ({ json: [] }),
    () => Date.parse(now),
  );
  const marketData = scriptedSources(() => [provider]);
  test = await testEngine(now, { clock: { now: () => now }, marketData, world: quick });
  w = await test.workspace();
  const csv = 'date,type,symbol,quantity,price,currency\n2024-01-02,buy,ACME,10,100,USD\n';
  const broker = into('Broker', { currency: 'USD' });
  had(await test.engine.importFiles(w, [file('a.csv', csv)], broker, by));
  instrument = had(await test.engine.instruments(w, 'ACME', 1))[0]?.id ?? '';
  provider = anew();
  server.answer = () => ({ json: knownRows() });
  await refresh();
  now = '2024-07-03T06:00:00.000Z';
}, 60_000);
afterAll(async () => {
  await test.engine.endJobs();
  await test.close();
  await server.close();
});

async function refresh() {
  const isLinked = had(await test.engine.priceLinks(w)).some(({ listingId }) => listingId !== null);
  const instruments = isLinked ? [instrument] : [];
  const { value } = had(await test.engine.refreshPrices(w, { kind: 'refresh', instruments }, by));
  for (;;) {
    const job = had(await test.engine.job(w, value.id));
    if (job.finishedAt !== null) return job;
    await new Promise((next) => setTimeout(next, 5));
  }
}

const worth = async () =>
  had(await test.engine.holdings(w, { portfolio: 'all', lots: false, at: '2024-07-03' })).value;

/** What is stored: every close, by day. */
async function stored(): Promise<Record<string, number>> {
  const [series] = await test.store.read(w, ({ prices }) => prices.closes([instrument]));
  const days = [...(series?.days ?? [])];
  return Object.fromEntries(days.map((day, row) => [dayFromNumber(day), series?.close[row] ?? 0]));
}

const before = String(last * 10);
const truth: Record<string, number> = { ...known, [fresh[0]]: last, [fresh[1]]: last };

/** Nothing is lost, nothing but the truth is there, and the value is what it was. */
async function expectUnharmed(): Promise<void> {
  const closes = await stored();
  expect(closes).toMatchObject(known);
  for (const [day, close] of Object.entries(closes))
    expect([day, close]).toEqual([day, truth[day]]);
  expect(await worth()).toBe(before);
}

it('begins with a sound history', async () => {
  await expectUnharmed();
  expect(Object.keys(await stored())).toHaveLength(Object.keys(known).length);
});

describe('on the way here', () => {
  // Unpacking what is far too much over and over takes long; each provider's own suite has it.
  const quickOnes = transportPathologies.filter(({ name }) => !name.startsWith('66 megabytes'));
  it.each(quickOnes.map((one) => [one.name, one] as const))(
    '%s changes no value, and the health names it',
    { timeout: 60_000 },
    async (_, { make, harmless }) => {
      provider = anew();
      server.answer = () => make({ json: [...knownRows().slice(-12), ...freshRows()] });
      const job = await refresh();
      await expectUnharmed();
      const { providers, datasets } = await test.engine.marketHealth();
      expect(JSON.stringify([job, providers, datasets])).not.toContain('secret-key');
      if (harmless !== true) {
        expect(job.items[0]?.note ?? '').not.toBe('');
        expect(datasets[0]).toMatchObject({ listing: 'ACME', state: 'late' });
        expect(datasets[0]?.detail).toContain(job.items[0]?.note);
      } else {
        expect(providers.map(({ id }) => id)).toEqual(['tiingo']);
      }
    },
  );
});

/** Each does something to the new rows, or to all. */
const lies: Readonly<Record<string, (rows: Row[], old: Row[]) => Row[]>> = {
  'a close that is null': (rows) => rows.slice(0, 1).map((row) => ({ ...row, close: null })),
  'a close that is the text NaN': (rows) => rows.map((row) => ({ ...row, close: 'NaN' })),
  'a close that is not there': (rows) => rows.slice(1).map(({ close: _, ...row }) => row),
  'a close below zero': (rows) => rows.map((row) => ({ ...row, close: -5, low: -6 })),
  'a close of zero': (rows) => rows.map((row) => ({ ...row, close: 0 })),
  'a close of 1e308': (rows) => rows.map((row) => ({ ...row, close: 1e308, high: 1e308 })),
  'a close of 1e-300': (rows) => rows.map((row) => ({ ...row, close: 1e-300, low: 1e-301 })),
  'a close beyond numbers': (rows) => rows.map((row) => ({ ...row, close: '1e999' })),
  'a close that is an object': (rows) => rows.map((row) => ({ ...row, close: { value: 1 } })),
  'a close far outside the range of its day': (rows) => rows.map((row) => ({ ...row, close: 180 })),
  'a price twenty times as high': (rows) => rows.map(({ date }) => rowOf(dayIn(date), last * 20)),
  'a price in another unit': (rows) => rows.map(({ date }) => rowOf(dayIn(date), last * 100)),
  'a price ten times as low': (rows) => rows.map(({ date }) => rowOf(dayIn(date), last / 10)),
  'days that lie ahead': () => [rowOf('2024-08-15', 500), rowOf('2031-01-02', 900)],
  'days that are none': (rows) => rows.map((row) => ({ ...row, date: '2024-13-45' })),
  'days that are missing': (rows) => rows.map(({ date: _, ...row }) => row),
  'days that are numbers': (rows) => rows.map((row) => ({ ...row, date: 45_000 })),
  'a negative volume': (rows) => rows.map((row) => ({ ...row, close: 130, volume: -1 })),
  'a whole history four times as high': (rows, old) =>
    [...old, ...rows].map(({ date, close }) => rowOf(dayIn(date), Number(close) * 4)),
  'a whole history adjusted for dividends': (rows, old) =>
    [...old, ...rows].map(({ date, close }) => rowOf(dayIn(date), Number(close) * 0.97)),
  'the history of another share': (rows, old) =>
    [...old, ...rows].map(({ date }, i) => rowOf(dayIn(date), 37 + ((i * 13) % 17))),
  'a split that never was': (rows) =>
    rows.map((row, i) => (i === 0 ? { ...row, splitFactor: 1e9, close: 0.5, low: 0.4 } : row)),
  'rows that are no rows': () => [null as unknown as Row, 'x' as unknown as Row],
};

const dayIn = (date: unknown): string => String(date).slice(0, 10);

describe('in what it says', () => {
  it.each(Object.entries(lies))(
    '%s is not stored unless it is flagged, and changes no value',
    { timeout: 60_000 },
    async (_, lie) => {
      provider = anew();
      const told = lie(freshRows(), knownRows().slice(-12));
      server.answer = () => ({ json: told });
      const flagged = async () => had(await test.engine.quality(w, { limit: 1000 }));
      const before = (await flagged()).length;
      const job = await refresh();
      await expectUnharmed();
      const notes = job.items.filter(({ note }) => note !== '').length;
      const after = await flagged();
      // What an earlier lie said of the same day in the same words is one finding with it.
      const isKnown = told.every((row: Row | null) =>
        after.some(({ day }) => day === dayIn(row?.['date'])),
      );
      expect(after.length - before + notes > 0 || isKnown).toBe(true);
    },
  );

  it('the truth twice over, in disorder, is the truth', async () => {
    provider = anew();
    const all = [...knownRows().slice(-12), ...freshRows()];
    server.answer = () => ({ json: [...all.toReversed(), ...all] });
    await refresh();
    await expectUnharmed();
    expect((await stored())[fresh[1]]).toBe(last);
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parquet from '@plimsoll/adapters/bars';
import folder from '@plimsoll/adapters/objects-folder';
import type { TimedBars } from '@plimsoll/domain';
import { dayNumber, present } from '@plimsoll/kernel';
import { type BarStore, marketWorkspace, type Store } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { BarsQuery } from './bar-use-cases.ts';

const by = { actor: 'test' };
const objects = mkdtempSync(join(tmpdir(), 'plimsoll-objects-'));
const reader = parquet.openReader();
let test: TestEngine;
let bars: BarStore;

beforeAll(async () => {
  const clock = { now: () => '2026-06-30T12:00:00.000Z' };
  // The engine opens its store itself; the bars stand on the same one.
  const store: Pick<Store, 'read' | 'write'> = {
    read: (workspace, work) => test.store.read(workspace, work),
    write: (workspace, work) => test.store.write(workspace, work),
  };
  let ids = 0;
  bars = parquet.open({
    store,
    objects: await folder.open(objects),
    clock,
    newId: () => `b${ids++}`,
  });
  test = await testEngine(clock.now(), { clock, bars, barReader: reader });
}, 60_000);
afterAll(async () => {
  await Promise.all([bars.close(), reader.close()]);
  await test.close();
  rmSync(objects, { recursive: true, force: true });
});

const minute = 60_000;
/** 9:30 in New York on Monday 2024-03-04. */
const open = Date.parse('2024-03-04T14:30:00Z');

const flat = (from: readonly number[], price: (i: number) => number): TimedBars => {
  const column = Float64Array.from(from, (_, i) => price(i));
  return {
    from: Float64Array.from(from),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: Float64Array.from(from, () => 10),
  };
};

async function instrument(w: string, fields: object = {}): Promise<string> {
  const wanted = {
    kind: 'equity',
    name: 'Acme',
    currency: 'USD',
    symbol: 'ACME',
    ...fields,
  } as const;
  return had(await test.engine.createInstrument(w, wanted, by)).value.id;
}

const asked = async (w: string, id: string, query: Partial<BarsQuery> = {}) =>
  had(
    await test.engine.bars(w, {
      instrument: id,
      timeframe: '1m',
      adjust: 'none',
      limit: 1_000,
      ...query,
    }),
  );

const days = (...closes: readonly (readonly [string, number])[]) =>
  `date,close\n${closes.map(([day, close]) => `${day},${close}`).join('\n')}\n`;
const at = (day: string): number => dayNumber(day) * 86_400_000;

describe('intraday bars', () => {
  it('come as they were written, the newest so many, with unknown fields empty', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    const times = [0, 1, 2, 3].map((i) => open + i * minute);
    const written = { ...flat(times, (i) => 10 + i), volume: Float64Array.of(1, 2, Number.NaN, 4) };
    await bars.write(w, id, { timeframe: '1m', bars: written, source: 'a' });
    const all = await asked(w, id);
    expect(all).toMatchObject({ label: 'ACME', from: times, close: [10, 11, 12, 13] });
    expect(all).toMatchObject({ volume: [1, 2, null, 4], more: false, source: 'a', notes: [] });
    const two = await asked(w, id, {
      limit: 2,
      until: times[3] as number,
      from: times[0] as number,
    });
    expect([two.from, two.more]).toEqual([times.slice(1, 3), true]);
    expect(await asked(w, id, { from: open + 600 * minute })).toMatchObject({
      from: [],
      more: false,
    });
  });

  it('are made from finer ones by the sessions of the exchange where there are none', async () => {
    const w = await test.workspace();
    const id = await instrument(w, { mic: 'XNYS' });
    const times = [-30, 0, 59, 60, 389, 390].map((i) => open + i * minute);
    await bars.write(w, id, { timeframe: '1m', bars: flat(times, (i) => i + 1), source: 'a' });
    const hours = await asked(w, id, { timeframe: '1h' });
    const starts = [-30, 0, 60, 360, 390].map((i) => open + i * minute);
    expect([hours.from, hours.close, hours.notes]).toEqual([
      starts,
      [1, 3, 4, 5, 6],
      ['Made from bars of 1m.'],
    ]);
    const daily = await asked(w, id, { timeframe: '1d' });
    expect([daily.from, daily.open, daily.close]).toEqual([[at('2024-03-04')], [2], [5]]);
    expect(daily.notes[1]).toMatch(/^2 bars of 1m lie outside the sessions of /);
    expect((await asked(w, id, { timeframe: '1s' })).notes).toEqual(['There are no bars.']);
  });

  it('are those of the listing that an instrument is, unless it has its own', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    const listing = `listing-${w}`;
    const [own] = await test.store.read(w, ({ catalogue }) => catalogue.instruments());
    await test.store.write(marketWorkspace, ({ catalogue }) =>
      catalogue.saveInstruments([{ ...present(own, 'The instrument'), id: listing }]),
    );
    await test.store.write(w, ({ links }) =>
      links.link({ instrumentId: id, listingId: listing, linkedBy: 'test', evidence: 'Said so.' }),
    );
    const shared = flat([open], () => 7);
    await bars.write(marketWorkspace, listing, { timeframe: '1m', bars: shared, source: 'market' });
    expect(await asked(w, id)).toMatchObject({ close: [7], source: 'market' });
    await bars.write(w, id, { timeframe: '1m', bars: flat([open], () => 8), source: 'own' });
    expect(await asked(w, id)).toMatchObject({ close: [8], source: 'own' });
  });
});

describe('daily bars', () => {
  it('are the daily prices, unadjusted, split-adjusted or with what was paid reinvested', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    const prices = days(
      ['2024-03-01', 200],
      ['2024-03-04', 101],
      ['2024-03-05', 50],
      ['2024-03-06', 49],
    );
    had(await test.engine.importPrices(w, [file('ACME.csv', prices)], {}, by));
    const action = { instrument: id, day: '2024-03-04', kind: 'split', value: '2:1' } as const;
    had(await test.engine.addAction(w, action, by));
    const again = { instrument: id, day: '2024-03-05', kind: 'split', value: '2:1' } as const;
    had(await test.engine.addAction(w, again, by));
    const paid = {
      instrument: id,
      day: '2024-03-06',
      kind: 'dividend',
      value: '1',
      currency: 'USD',
    } as const;
    had(await test.engine.addAction(w, paid, by));

    const as = async (adjust: BarsQuery['adjust'], over: Partial<BarsQuery> = {}) =>
      (await asked(w, id, { timeframe: '1d', adjust, ...over })).close;
    expect(await as('none')).toEqual([200, 101, 50, 49]);
    expect(await as('split')).toEqual([50, 50.5, 50, 49]);
    const factor = 49 / 50;
    const total = await as('total-return');
    for (const [i, close] of [50 * factor, 50.5 * factor, 50 * factor, 49].entries()) {
      expect(total[i]).toBeCloseTo(close, 12);
    }
    // What comes after the range still counts.
    const until = at('2024-03-05');
    expect(await as('split', { until })).toEqual([50, 50.5]);
    expect(await as('total-return', { until, from: at('2024-03-04') })).toEqual([total[1]]);
  });

  it('adjust intraday bars by their day, and count volumes in the newest units', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    const prices = days(['2024-03-04', 200], ['2024-03-05', 100]);
    had(await test.engine.importPrices(w, [file('ACME.csv', prices)], {}, by));
    const split = { instrument: id, day: '2024-03-05', kind: 'split', value: '2:1' } as const;
    had(await test.engine.addAction(w, split, by));
    const times = [open, open + 1_440 * minute];
    const written = flat(times, (i) => (i === 0 ? 200 : 100));
    await bars.write(w, id, { timeframe: '1m', bars: written, source: 'a' });
    const adjusted = await asked(w, id, { adjust: 'split' });
    expect([adjusted.close, adjusted.volume]).toEqual([
      [100, 100],
      [20, 10],
    ]);
  });
});

describe('files of bars', () => {
  const minutes = `ts_utc,open,high,low,close,volume\n2024-03-04T14:30:00Z,1,1,1,1,5\nnever,1,1,1,1,5\n`;
  const ticks = 'ts,price,size\n2024-03-04T14:30:01Z,10,1\n2024-03-04T14:30:59Z,12,2\n';
  const take = (w: string, id: string, name: string, text: string) =>
    test.engine.importBars(w, [file(name, text)], { instrument: id, timeframe: '1m' }, by);

  it('are taken as far as they are sound, again without effect, and told', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    const { value } = had(await take(w, id, 'a.csv', minutes));
    expect(value.files).toEqual([
      { file: 'a.csv', rows: 2, bars: 1, notes: ['1 rows were refused.'] },
    ]);
    expect(value.refused).toEqual([{ file: 'a.csv', line: 3, reason: 'The time cannot be read.' }]);
    had(await take(w, id, 'a.csv', minutes));
    expect(await asked(w, id)).toMatchObject({ close: [1], source: 'file:a.csv' });
    expect(had(await test.engine.compactBars(w))).toEqual({ before: 2, after: 1 });
    expect(had(await test.engine.barCoverage(w))).toMatchObject([
      { label: 'ACME', timeframe: '1m', count: 1, files: 1 },
    ]);
  });

  it('of trades are rolled up', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    const { value } = had(await take(w, id, 'trades.csv', ticks));
    expect(value.files[0]?.notes).toEqual(['2 ticks were rolled up to bars of 1m.']);
    expect(await asked(w, id)).toMatchObject({ open: [10], high: [12], close: [12], volume: [3] });
  });

  it.each([
    ['of nothing', 'x\n', 'bars.refused'],
    ['without a sound row', 'ts,price\nnever,1\n', 'bars.refused'],
  ])('%s are refused, and nothing is written', async (_, text, code) => {
    const w = await test.workspace();
    const id = await instrument(w);
    expect(await take(w, id, 'a.csv', text)).toMatchObject({ ok: false, fault: { code } });
    expect(had(await test.engine.barCoverage(w))).toEqual([]);
  });

  it('of an unknown instrument or workspace are refused', async () => {
    const w = await test.workspace();
    expect(await take(w, 'nobody', 'a.csv', minutes)).toMatchObject({
      fault: { code: 'instrument.unknown' },
    });
    expect(await take('nowhere', 'x', 'a.csv', minutes)).toMatchObject({
      fault: { code: 'workspace.unknown' },
    });
  });

  it('that are damaged are a refusal that names them, and the check of the record does too', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    had(await take(w, id, 'a.csv', minutes));
    const path = join(objects, 'bars', w, '1m', id);
    const [name = ''] = readdirSync(path);
    writeFileSync(join(path, name), 'damaged');
    const answer = await test.engine.bars(w, {
      instrument: id,
      timeframe: '1m',
      adjust: 'none',
      limit: 10,
    });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'bars.unavailable' } });
    expect(answer.ok ? '' : answer.fault.detail).toContain(name);
    const { checks, findings } = await test.engine.verify();
    expect(checks).toContain('bar-files');
    expect(findings.filter(({ check }) => check === 'bar-files')).toMatchObject([
      { workspaceId: w, detail: expect.stringContaining(name) },
    ]);
  });
});

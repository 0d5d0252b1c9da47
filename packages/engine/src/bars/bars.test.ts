import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parquet from '@plimsoll/adapters/bars';
import folder from '@plimsoll/adapters/objects-folder';
import type { TimedBars } from '@plimsoll/domain';
import { dayNumber, present, seededRandom } from '@plimsoll/kernel';
import { type BarStore, marketWorkspace, type Store } from '@plimsoll/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { BarsQuery, BarsView } from './bar-use-cases.ts';

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

  it('of a range are whole at both ends of it', async () => {
    const w = await test.workspace();
    const id = await instrument(w, { mic: 'XASX' });
    // 10:00, 11:00 and 15:59 in Sydney on the 11th and 12th of January.
    const times = ['10T23:00', '11T00:00', '11T04:59', '11T23:00', '12T00:00', '12T04:59'].map(
      (time) => Date.parse(`2024-01-${time}Z`),
    );
    await bars.write(w, id, { timeframe: '1m', bars: flat(times, (i) => i + 1), source: 'a' });
    const both = [at('2024-01-11'), at('2024-01-12')];
    const all = await asked(w, id, { timeframe: '1d' });
    expect([all.from, all.open, all.volume]).toEqual([both, [1, 4], [30, 30]]);
    expect(await asked(w, id, { timeframe: '1d', from: both[0] })).toEqual(all);
    const second = { from: [both[1]], open: [4], close: [6], volume: [30], more: false };
    expect(await asked(w, id, { timeframe: '1d', from: both[1] })).toMatchObject(second);
    const first = { from: [both[0]], open: [1], close: [3], volume: [30] };
    const until = both[1] as number;
    expect(await asked(w, id, { timeframe: '1d', until })).toMatchObject(first);
    // A day that starts before the end is whole, though its session goes on after it.
    const within = await asked(w, id, { timeframe: '1d', until: until + minute });
    expect(within).toMatchObject({ from: both, volume: [30, 30] });
    expect(await asked(w, id, { timeframe: '1d', limit: 1 })).toMatchObject({
      ...second,
      more: true,
    });
  });

  it('of a range are those of everything that start in it, the newest so many', async () => {
    const w = await test.workspace();
    const id = await instrument(w, { mic: 'XASX' });
    const random = seededRandom(4);
    const steps = Array.from({ length: 150 }, () => Math.floor(random.next() ** 4 * 6_000) + 1);
    let time = at('2024-01-08');
    const times = steps.map((step) => (time += step * minute));
    await bars.write(w, id, { timeframe: '1m', bars: flat(times, (i) => i + 1), source: 'a' });
    const [from, until] = [at('2024-01-07'), time + 1_440 * minute];
    const anyEnd = fc.oneof(
      fc.integer({ min: from, max: until }),
      fc.integer({ min: 0, max: 200 }).map((day) => from + day * 1_440 * minute),
    );
    const anyQuery = fc.record({
      timeframe: fc.constantFrom('1m' as const, '5m' as const, '1h' as const, '1d' as const),
      from: fc.option(anyEnd, { nil: undefined }),
      until: fc.option(anyEnd, { nil: undefined }),
      limit: fc.constantFrom(1, 2, 20, 1_000),
    });
    const rowsOf = ({ from: starts, close, volume }: BarsView) =>
      starts.map((start, i) => [start, close[i], volume[i]] as const);
    await fc.assert(
      fc.asyncProperty(anyQuery, async (query) => {
        fc.pre((query.from ?? from) < (query.until ?? until));
        const all = rowsOf(await asked(w, id, { timeframe: query.timeframe }));
        const inRange = all.filter(
          ([start]) => start >= (query.from ?? from) && start < (query.until ?? until),
        );
        const found = await asked(w, id, query);
        expect(rowsOf(found)).toEqual(inRange.slice(-query.limit));
        expect(found.more).toBe(inRange.length > query.limit);
      }),
      { numRuns: 25 },
    );
  });

  it('of an hour that the end of the range cuts are of all of it', async () => {
    const w = await test.workspace();
    const id = await instrument(w, { kind: 'crypto' });
    const times = [0, 20, 40, 60].map((i) => at('2024-03-04') + i * minute);
    await bars.write(w, id, { timeframe: '1m', bars: flat(times, (i) => i + 1), source: 'a' });
    const hour = await asked(w, id, { timeframe: '1h', until: (times[1] as number) + 1 });
    expect(hour).toMatchObject({ from: [times[0]], close: [3], volume: [30] });
  });

  it('of which the newest are asked are found behind a gap of any length', async () => {
    const w = await test.workspace();
    const id = await instrument(w, { kind: 'crypto' });
    const starts = ['2015-06-01', '2017-12-17', '2017-12-18', '2024-03-04'].flatMap((day) => [
      at(day),
      at(day) + 5 * minute,
    ]);
    const times = starts.flatMap((start) => [start, start + minute]);
    await bars.write(w, id, { timeframe: '1m', bars: flat(times, (i) => i), source: 'a' });
    const newest = (limit: number, from?: number) =>
      asked(w, id, { timeframe: '5m', limit, from, until: at('2018-01-01') });
    expect(await newest(3)).toMatchObject({ from: starts.slice(3, 6), more: true });
    expect(await newest(6)).toMatchObject({ from: starts.slice(0, 6), more: false });
    expect(await newest(9)).toMatchObject({ from: starts.slice(0, 6), more: false });
    const from = starts[2] as number;
    expect(await newest(4, from)).toMatchObject({ from: starts.slice(2, 6), more: false });
    expect(await newest(3, from)).toMatchObject({ from: starts.slice(3, 6), more: true });
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

describe('adjusted intraday bars', () => {
  it('have the factor of the session, which may begin the day before in UTC', async () => {
    const w = await test.workspace();
    const id = await instrument(w, { mic: 'XASX' });
    const split = { instrument: id, day: '2024-01-12', kind: 'split', value: '2:1' } as const;
    had(await test.engine.addAction(w, split, by));
    const times = ['2024-01-11T04:59Z', '2024-01-11T23:00Z'].map((time) => Date.parse(time));
    const written = flat(times, (i) => (i === 0 ? 102 : 51.5));
    await bars.write(w, id, { timeframe: '1m', bars: written, source: 'a' });
    for (const timeframe of ['1m', '1h', '1d'] as const) {
      const adjusted = await asked(w, id, { timeframe, adjust: 'split' });
      expect([adjusted.close, adjusted.volume]).toEqual([
        [51, 51.5],
        [20, 10],
      ]);
    }
  });

  it('after hours, when UTC has the next day already, have what is paid on it taken off', async () => {
    const w = await test.workspace();
    const id = await instrument(w, { mic: 'XNYS' });
    const prices = days(['2024-03-04', 100], ['2024-03-05', 95]);
    had(await test.engine.importPrices(w, [file('ACME.csv', prices)], {}, by));
    const paid = { instrument: id, day: '2024-03-05', kind: 'dividend' } as const;
    had(await test.engine.addAction(w, { ...paid, value: '5', currency: 'USD' }, by));
    const late = Date.parse('2024-03-05T00:30Z');
    await bars.write(w, id, { timeframe: '1m', bars: flat([late], () => 100), source: 'a' });
    expect((await asked(w, id, { adjust: 'total-return' })).close).toEqual([95]);
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
    expect(had(await test.engine.barCoverage(w))).toMatchObject([
      { label: 'ACME', timeframe: '1m', count: 1, files: 1 },
    ]);
  });

  it('write what is new or other in them, and no file where nothing is', async () => {
    const w = await test.workspace();
    const id = await instrument(w);
    const row = (time: string, close: number, volume = '5') =>
      `2024-03-04T${time}:00Z,1,2,1,${close},${volume}\n`;
    const head = 'ts_utc,open,high,low,close,volume\n';
    const first = head + row('14:30', 1) + row('14:31', 1, '');
    had(await take(w, id, 'a.csv', first));
    const again = had(await take(w, id, 'b.csv', first)).value.files[0];
    expect(again).toMatchObject({ bars: 2, notes: ['2 bars were there already.'] });
    const status = async () => had(await test.engine.barCoverage(w));
    expect(await status()).toMatchObject([{ count: 2, files: 1, source: 'file:a.csv' }]);
    const more = first + row('14:32', 1);
    had(await take(w, id, 'c.csv', more.replace(row('14:30', 1), row('14:30', 2))));
    expect(await asked(w, id)).toMatchObject({ close: [2, 1, 1], volume: [5, null, 5] });
    expect(await status()).toMatchObject([
      { count: 4, files: 2, source: 'file:a.csv, file:c.csv' },
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

import { type Fundamental, type InstrumentName, plainInstrument } from '@plimsoll/domain';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock/clock.ts';
import type { Constituent } from '../store/reference-store.ts';
import { marketWorkspace, type Store } from '../store/store.ts';

interface UnderTest {
  readonly store: () => Store;
  readonly clock: Clock & { at: string };
  /** A new workspace with the sample instruments. */
  readonly workspace: () => Promise<string>;
}

let count = 0;
const unique = (name: string): string => `${name}-${Date.now().toString(36)}-${count++}`;

const called = (
  instrumentId: string,
  symbol: string,
  from: string | null,
  until: string | null,
): InstrumentName => ({
  instrumentId,
  symbol,
  mic: 'XNAS',
  from,
  until,
  endedBy: until === null ? null : 'symbol-change',
  source: 'test',
});

const revenue = (instrumentId: string, more: Partial<Fundamental> = {}): Fundamental => ({
  instrumentId,
  metric: 'revenue',
  periodEnd: '2023-12-31',
  period: 'year',
  value: '100.5',
  unit: 'money',
  currency: 'USD',
  publishedOn: '2024-02-01',
  source: 'test',
  ...more,
});

const apple: Constituent = {
  isin: 'US0378331005',
  symbol: 'AAPL',
  mic: null,
  label: 'Apple Inc',
  weight: '0.07',
  sector: 'Information Technology',
  country: 'US',
  currency: 'USD',
  assetClass: 'equity',
};

/** What is known about instruments beside their prices. */
export function referenceConformance({ store, clock, workspace }: UnderTest): void {
  const instruments = async (id: string, ...names: string[]) => {
    const made = names.map((name) =>
      plainInstrument({ id: unique(name), kind: 'equity', name, currency: 'USD' }),
    );
    await store().write(id, ({ catalogue }) => catalogue.saveInstruments(made));
    return made.map((one) => one.id) as [string, ...string[]];
  };

  describe('reference data', () => {
    it('keeps the classification of an instrument', async () => {
      const id = await workspace();
      const classified = plainInstrument({
        id: unique('etf'),
        kind: 'etf',
        name: 'Bonds',
        currency: 'EUR',
        sector: 'Financials',
        industryGroup: 'Banks',
        industry: 'Diversified Banks',
        industryCode: '40101010',
        assetClass: 'fixed-income',
        subClass: 'government bonds',
      });
      await store().write(id, ({ catalogue }) => catalogue.saveInstruments([classified]));
      const all = await store().read(id, ({ catalogue }) => catalogue.instruments());
      expect(all.find((one) => one.id === classified.id)).toEqual(classified);
    });

    it('keeps what instruments were called, and refuses a symbol of two on a day', async () => {
      const id = await workspace();
      const [meta, other = ''] = await instruments(id, 'meta', 'other');
      const names = [
        called(meta, 'FB', null, '2022-06-09'),
        called(meta, 'META', '2022-06-09', null),
        called(other, 'FB', '2023-01-01', null),
      ];
      const known = () => store().read(id, ({ reference }) => reference.names());
      const replace = (wanted: readonly InstrumentName[]) =>
        store().write(id, ({ reference }) => reference.replaceNames(wanted));
      await replace(names);
      expect(new Set(await known())).toEqual(new Set(names));
      const shared = [...names, called(other, 'META', '2024-01-01', null)];
      await expect(replace(shared)).rejects.toThrow('names two instruments');
      await replace(names.slice(1));
      expect(new Set(await known())).toEqual(new Set(names.slice(1)));
    });

    it('knows who was in an index on a day', async () => {
      const id = await workspace();
      const index = unique('^INDEX');
      const member = (symbol: string, from: string, until: string | null) => ({
        index,
        symbol,
        from,
        until,
        source: 'test',
      });
      const save = (...members: ReturnType<typeof member>[]) =>
        store().write(id, ({ reference }) => reference.saveMembers(members));
      const all = [member('A', '2000-06-05', null), member('B', '1999-12-08', '2017-06-19')];
      expect(await save(...all)).toEqual({ added: 2, changed: 0 });
      expect(await save(...all)).toEqual({ added: 0, changed: 0 });
      expect(await save(member('A', '2000-06-05', '2020-01-01'))).toEqual({ added: 0, changed: 1 });
      const on = (day: string) =>
        store().read(id, async ({ reference }) =>
          (await reference.members(index, day)).map(({ symbol }) => symbol),
        );
      expect(await on('2017-06-18')).toEqual(['A', 'B']);
      expect(await on('2017-06-19')).toEqual(['A']);
      expect(await on('2020-01-01')).toEqual([]);
      expect(await store().read(id, ({ reference }) => reference.indices())).toContain(index);
    });

    it('keeps what a fund held, as of a day', async () => {
      const id = await workspace();
      const [fundId] = await instruments(id, 'fund');
      const save = (asOf: string, weight: string) =>
        store().write(id, ({ reference }) =>
          reference.saveHoldings({
            fundId,
            asOf,
            constituents: [{ ...apple, weight }],
            source: 'test',
          }),
        );
      expect(await save('2024-03-31', '0.07')).toBe(true);
      expect(await save('2024-03-31', '0.07')).toBe(false);
      expect(await save('2024-06-30', '0.08')).toBe(true);
      expect(await save('2024-03-31', '0.071')).toBe(true);
      const on = (day: string) =>
        store().read(id, async ({ reference }) =>
          (await reference.holdings([fundId], day)).map(
            ({ asOf, constituents }) => `${asOf} ${constituents[0]?.weight}`,
          ),
        );
      expect(await on('2024-03-30')).toEqual([]);
      expect(await on('2024-05-01')).toEqual(['2024-03-31 0.071']);
      expect(await on('2024-12-31')).toEqual(['2024-06-30 0.08']);
    });

    it('shows no figure before it was published', async () => {
      const id = await workspace();
      const [instrumentId] = await instruments(id, 'company');
      const save = (...figures: Fundamental[]) =>
        store().write(id, ({ reference }) => reference.saveFundamentals(figures));
      const first = revenue(instrumentId);
      const restated = revenue(instrumentId, { value: '99', publishedOn: '2024-05-01' });
      expect(await save(first, restated)).toEqual({ added: 2, changed: 0 });
      expect(await save(first, restated)).toEqual({ added: 0, changed: 0 });
      const knownAt = (day?: string) =>
        store().read(id, async ({ reference }) => {
          const filter = { instrumentIds: [instrumentId], ...(day ? { knownAt: day } : {}) };
          return (await reference.fundamentals(filter)).map(({ value }) => value);
        });
      expect(await knownAt('2024-01-31')).toEqual([]);
      expect(await knownAt('2024-02-01')).toEqual(['100.5']);
      expect(await knownAt('2024-05-01')).toEqual(['99']);
      clock.at = '2026-08-01T00:00:00.000Z';
      expect(await save(revenue(instrumentId, { value: '101' }))).toEqual({ added: 0, changed: 1 });
      expect(await knownAt('2024-02-01')).toEqual(['101']);
      expect(await knownAt()).toEqual(['99']);
    });

    it('shows what the market knows to all, and what a workspace knows to nobody else', async () => {
      const [mine, other] = [await workspace(), await workspace()];
      const [listing] = await instruments(marketWorkspace, 'listing');
      const [own] = await instruments(mine, 'own');
      const seen = (id: string, instrumentId: string) =>
        store().read(id, async ({ reference }) => {
          const figures = await reference.fundamentals({ instrumentIds: [instrumentId] });
          return figures.length;
        });
      for (const [id, instrumentId] of [
        [marketWorkspace, listing],
        [mine, own],
      ] as const) {
        await store().write(id, ({ reference }) =>
          reference.saveFundamentals([revenue(instrumentId)]),
        );
      }
      expect([await seen(mine, listing), await seen(other, listing)]).toEqual([1, 1]);
      expect([await seen(mine, own), await seen(other, own)]).toEqual([1, 0]);
    });
  });

  describe('loads of files', () => {
    it('are kept with what came of them, and so are mappings', async () => {
      const id = await workspace();
      const run = { kind: 'prices', digest: 'x', actor: 'test' };
      await store().write(id, async ({ etl }) => {
        await etl.save({ ...run, id: 'a', report: { read: 1 } });
        await etl.save({ ...run, id: 'b', report: { read: 2 } });
        await etl.saveMapping({ name: 'mine', kind: 'prices', columns: { Tag: 'date' } });
        await etl.saveMapping({ name: 'mine', kind: 'prices', columns: { Kurs: 'close' } });
      });
      await store().read(id, async ({ etl }) => {
        expect((await etl.runs(5)).map((one) => one.id)).toEqual(['b', 'a']);
        expect(await etl.run('a')).toMatchObject({ report: { read: 1 }, actor: 'test' });
        expect(await etl.run('c')).toBeNull();
        expect(await etl.mappings()).toEqual([
          { name: 'mine', kind: 'prices', columns: { Kurs: 'close' } },
        ]);
      });
    });
  });
}

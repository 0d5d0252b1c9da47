import { type CorporateAction, plainInstrument } from '@plimsoll/domain';
import { price } from '@plimsoll/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../clock/clock.ts';
import { marketWorkspace, type Store } from '../store/store.ts';
import { barsOf } from './store-samples.ts';

interface UnderTest {
  readonly store: () => Store;
  readonly clock: Clock & { at: string };
  /** A new workspace with the sample instruments. */
  readonly workspace: () => Promise<string>;
}

let count = 0;
/** Ids in the market are seen by all, so each test has its own. */
const unique = (name: string): string => `${name}-${Date.now().toString(36)}-${count++}`;

/** Public market data: kept once, read by all, joined where a workspace links it. */
export function marketConformance({ store, clock, workspace }: UnderTest): void {
  const listed = async (fields: Partial<Parameters<typeof plainInstrument>[0]> = {}) => {
    const id = unique('listing');
    const listing = { id, kind: 'equity', name: 'Acme', currency: 'EUR', ...fields } as const;
    await store().write(marketWorkspace, ({ catalogue }) =>
      catalogue.saveInstruments([plainInstrument(listing)]),
    );
    return id;
  };
  const link = (id: string, instrumentId: string, listingId: string | null) =>
    store().write(id, ({ links }) =>
      links.link({ instrumentId, listingId, linkedBy: 'rule', evidence: 'same symbol' }),
    );
  const closes = (id: string, instrumentId: string, knownAt?: string) =>
    store().read(id, async ({ prices }) => {
      const [series] = await prices.closes([instrumentId], knownAt);
      return series
        ? Object.fromEntries([...series.days].map((day, i) => [day, series.close[i]]))
        : {};
    });
  const merge = (id: string, instrumentId: string, bars: Record<number, number>) =>
    store().write(id, ({ prices }) => prices.merge(instrumentId, barsOf(bars), 'test'));

  const usual = clock.at;
  const setBack = () => {
    clock.at = usual;
  };

  describe('market data', () => {
    afterEach(setBack);

    it('has a home that is no user’s workspace', async () => {
      expect((await store().workspaces()).map(({ id }) => id)).not.toContain(marketWorkspace);
      await store().read(marketWorkspace, async (unit) => {
        expect(unit.workspaceId).toBe(marketWorkspace);
      });
    });

    it('is what a linked instrument is worth on the days that have no price of its own', async () => {
      const [id, listing] = [await workspace(), await listed()];
      await merge(marketWorkspace, listing, { 20000: 10, 20001: 11, 20002: 12 });
      await merge(id, 'acme', { 20001: 99, 20005: 98 });
      expect(await closes(id, 'acme')).toEqual({ 20001: 99, 20005: 98 });
      await link(id, 'acme', listing);
      expect(await closes(id, 'acme')).toEqual({ 20000: 10, 20001: 99, 20002: 12, 20005: 98 });
      const { bars, coverage } = await store().read(id, async ({ prices }) => ({
        bars: await prices.bars('acme', '2024-01-01', '2025-01-01'),
        coverage: await prices.coverage(),
      }));
      expect([...bars.close]).toEqual([10, 99, 12, 98]);
      expect(coverage).toMatchObject([{ instrumentId: 'acme', count: 4 }]);
      await store().write(id, ({ links }) => links.unlink('acme'));
      expect(await closes(id, 'acme')).toEqual({ 20001: 99, 20005: 98 });
    });

    it('counts in the price unit of the instrument, and not at all in another currency', async () => {
      const id = await workspace();
      const pounds = await listed({ currency: 'GBP', priceFactor: price('1') });
      const dollars = await listed({ currency: 'USD' });
      await merge(marketWorkspace, pounds, { 20000: 1.25 });
      await merge(marketWorkspace, dollars, { 20000: 7 });
      await link(id, 'pence', pounds);
      expect(await closes(id, 'pence')).toEqual({ 20000: 125 });
      await link(id, 'pence', dollars);
      expect(await closes(id, 'pence')).toEqual({});
    });

    it('is seen by others only through links, and changed by none of them', async () => {
      const [one, other, listing] = [await workspace(), await workspace(), await listed()];
      await merge(marketWorkspace, listing, { 20000: 10 });
      await link(one, 'acme', listing);
      expect(await closes(other, 'acme')).toEqual({});
      const smuggle = store().write(one, (unit) =>
        unit.prices.merge(listing, barsOf({ 1: 1 }), 'x'),
      );
      await expect(smuggle).rejects.toThrow();
    });

    it('moves the version that figures are kept by, wherever the change was', async () => {
      const [id, listing] = [await workspace(), await listed()];
      const version = () => store().read(id, ({ prices }) => prices.version());
      const steps = [await version()];
      await link(id, 'acme', listing);
      steps.push(await version());
      await merge(marketWorkspace, listing, { 20000: 10 });
      steps.push(await version());
      await merge(id, 'acme', { 20000: 9 });
      steps.push(await version());
      for (let i = 1; i < steps.length; i++) {
        expect(steps[i]).toBeGreaterThan(steps[i - 1] ?? Number.NaN);
      }
    });

    it('says what was known when', async () => {
      const [id, listing] = [await workspace(), await listed()];
      await link(id, 'acme', listing);
      clock.at = '2030-01-01T00:00:00.000Z';
      await merge(marketWorkspace, listing, { 20000: 10, 20001: 11 });
      clock.at = '2030-01-02T00:00:00.000Z';
      await merge(marketWorkspace, listing, { 20001: 12 });
      expect(await closes(id, 'acme')).toEqual({ 20000: 10, 20001: 12 });
      expect(await closes(id, 'acme', '2030-01-01T12:00:00.000Z')).toEqual({
        20000: 10,
        20001: 11,
      });
      expect(await closes(id, 'acme', '2029-12-31T00:00:00.000Z')).toEqual({});
    });

    it('knows who holds a listing', async () => {
      const [one, other, listing] = [await workspace(), await workspace(), await listed()];
      await link(one, 'acme', listing);
      await link(other, 'tencent', listing);
      await link(other, 'acme', null);
      const holders = await store().read(marketWorkspace, ({ links }) => links.holders(listing));
      expect(holders.toSorted()).toEqual([one, other].toSorted());
      const listings = await store().read(other, ({ links }) =>
        Promise.all(['acme', 'tencent', 'pence'].map((id) => links.listingOf(id))),
      );
      expect(listings).toEqual([null, listing, null]);
      const links = await store().read(other, (unit) => unit.links.links());
      expect(links.map((each) => [each.instrumentId, each.listingId])).toEqual([
        ['acme', null],
        ['tencent', listing],
      ]);
    });

    it('keeps what providers call an instrument', async () => {
      const [id, listing] = [await workspace(), await listed()];
      const symbols = () =>
        store().read(id, ({ links }) => links.providerSymbols(['acme', listing]));
      await store().write(marketWorkspace, ({ links }) =>
        links.setProviderSymbol(listing, 'yahoo', 'ACM.DE'),
      );
      await store().write(id, ({ links }) => links.setProviderSymbol('acme', 'stooq', 'acm.de'));
      expect(await symbols()).toHaveLength(2);
      await store().write(id, ({ links }) => links.setProviderSymbol('acme', 'stooq', null));
      expect(await symbols()).toEqual([
        { instrumentId: listing, provider: 'yahoo', symbol: 'ACM.DE' },
      ]);
    });
  });

  describe('corporate actions', () => {
    afterEach(setBack);

    const split = (instrumentId: string, fields: Partial<CorporateAction> = {}) => ({
      id: `${instrumentId}:split`,
      instrumentId,
      kind: 'split' as const,
      day: '2024-06-10',
      payDay: null,
      value: '10:1',
      currency: null,
      other: null,
      second: null,
      source: 'yahoo',
      withdrawn: false,
      ...fields,
    });
    const known = (id: string, instrumentId: string, knownAt?: string) =>
      store().read(id, ({ actions }) => actions.actions([instrumentId], knownAt));

    it('are kept once, corrected by a version, and withdrawn without being forgotten', async () => {
      const [id, listing] = [await workspace(), await listed()];
      const save = (fields: object = {}) =>
        store().write(marketWorkspace, ({ actions }) => actions.save([split(listing, fields)]));
      clock.at = '2031-01-01T00:00:00.000Z';
      expect(await save()).toMatchObject([{ version: 1 }]);
      expect(await save({ source: 'tiingo' })).toEqual([]);
      expect(await known(id, listing)).toMatchObject([
        { value: '10:1', version: 1, source: 'yahoo' },
      ]);
      clock.at = '2031-01-02T00:00:00.000Z';
      expect(await save({ value: '20:1' })).toMatchObject([{ version: 2 }]);
      expect(await known(id, listing, '2031-01-01T12:00:00.000Z')).toMatchObject([
        { value: '10:1' },
      ]);
      clock.at = '2031-01-03T00:00:00.000Z';
      expect(await save({ value: '20:1', withdrawn: true })).toHaveLength(1);
      expect(await known(id, listing)).toEqual([]);
      const history = await store().read(id, ({ actions }) => actions.history(split(listing).id));
      expect(history.map(({ version, withdrawn }) => [version, withdrawn])).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
    });

    it('of a workspace’s own instruments are nobody else’s', async () => {
      const [one, other] = [await workspace(), await workspace()];
      await store().write(one, ({ actions }) => actions.save([split('acme')]));
      expect(await known(one, 'acme')).toHaveLength(1);
      expect(await known(other, 'acme')).toEqual([]);
    });

    it('are decided by account, and the newest decision holds', async () => {
      const id = await workspace();
      const decide = (decision: 'confirmed' | 'declined' | 'reopened', transactionIds: string[]) =>
        store().write(id, ({ actions }) =>
          actions.decide([
            {
              actionId: 'a',
              actionVersion: 1,
              accountId: 'broker',
              decision,
              transactionIds,
              reason: '',
              decidedBy: 'owner',
            },
          ]),
        );
      await decide('declined', []);
      await decide('reopened', []);
      await decide('confirmed', ['t1']);
      const decisions = await store().read(id, ({ actions }) => actions.decisions());
      expect(decisions).toMatchObject([{ decision: 'confirmed', transactionIds: ['t1'] }]);
    });

    it('are taken by rule where the workspace says so', async () => {
      const id = await workspace();
      const rule = (confirm: boolean) =>
        store().write(id, ({ actions }) => actions.saveRule({ kind: 'split', confirm }, 'owner'));
      await rule(true);
      await rule(false);
      await rule(true);
      const rules = await store().read(id, ({ actions }) => actions.rules());
      expect(rules).toEqual([{ kind: 'split', confirm: true }]);
    });
  });
}

import { randomUUID } from 'node:crypto';
import { type Transaction, transactionTypes } from '@plimsoll/domain';
import { dayNumber } from '@plimsoll/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../clock/clock.ts';
import type {
  ImportRecord,
  LedgerEntry,
  Store,
  TransactionFilter,
  UnitOfWork,
} from '../store/store.ts';
import { barFileConformance } from './store-bar-files.ts';
import { jobConformance, qualityConformance } from './store-jobs.ts';
import { marketConformance } from './store-market.ts';
import { modelConformance } from './store-models.ts';
import { referenceConformance } from './store-reference.ts';
import { runConformance } from './store-runs.ts';
import {
  account,
  barsOf,
  entry,
  instruments,
  oneOfEach,
  otherAccount,
  purchase,
  reversalOf,
} from './store-samples.ts';

/** A clock that the tests set. */
interface SetClock extends Clock {
  at: string;
}

/** A busy machine may take its time to make a database. */
const patienceMs = 60_000;

const start = '2026-04-01T08:00:00.000Z';

const importRecord = (id: string, fields: Partial<ImportRecord> = {}): ImportRecord => ({
  id,
  accountId: account.id,
  format: 'native-csv',
  files: [{ name: 'ä "b".csv', sha256: 'ab'.repeat(32), size: 12 }],
  added: 0,
  skipped: 2,
  refused: 1,
  importedAt: start,
  undoneAt: null,
  ...fields,
});

/**
 * What every system of record must do, whatever database is beneath. `open` is asked once; the store
 * may hold other workspaces already. Run it from the adapter's own test.
 */
export function storeConformance(name: string, open: (clock: Clock) => Promise<Store>): void {
  describe(`store conformance: ${name}`, { timeout: patienceMs }, () => {
    const clock: SetClock = { at: start, now: () => clock.at };
    let store: Store;
    beforeAll(async () => {
      store = await open(clock);
    }, patienceMs);
    afterAll(() => store.close());

    /** A workspace of the test's own, with accounts and instruments. */
    const workspace = async (demo = false): Promise<string> => {
      const id = `conformance-${randomUUID()}`;
      await store.createWorkspace({ id, name: 'Conformance', demo, createdAt: start });
      await store.write(id, async ({ catalogue }) => {
        await catalogue.saveAccount(account);
        await catalogue.saveAccount(otherAccount);
        await catalogue.saveInstruments(instruments);
      });
      return id;
    };
    const append = (
      id: string,
      ...entries: Parameters<UnitOfWork['ledger']['append']>[0][number][]
    ) => store.write(id, ({ ledger }) => ledger.append(entries));
    const all = (id: string): Promise<readonly LedgerEntry[]> =>
      store.read(id, ({ ledger }) => ledger.since(0, 1000));
    const listed = (id: string, filter: TransactionFilter = {}): Promise<readonly string[]> =>
      store.read(id, async ({ ledger }) => {
        const { items } = await ledger.page(filter, null, 1000);
        expect(await ledger.count(filter)).toBe(items.length);
        return items.map(({ transaction }) => transaction.id);
      });
    const refusal = (code: string) =>
      expect.objectContaining({ fault: expect.objectContaining({ code }) });

    const underTest = { store: () => store, clock, workspace: () => workspace() };
    barFileConformance(underTest);
    jobConformance(underTest);
    qualityConformance(underTest);
    marketConformance(underTest);
    referenceConformance(underTest);
    runConformance(underTest);
    modelConformance(underTest);

    describe('workspaces', () => {
      it('says what it is and that a commit is safe', async () => {
        const said = await store.describe();
        expect(said).toMatchObject({ durable: true });
        expect(said.version).toMatch(/^\d+/);
      });

      it('lists what was made', async () => {
        const id = await workspace(true);
        const made = (await store.workspaces()).find((one) => one.id === id);
        expect(made).toEqual({ id, name: 'Conformance', demo: true, createdAt: start });
      });

      it('refuses a workspace that is not there, naming it', async () => {
        const nothing = async () => undefined;
        await expect(store.read('nowhere', nothing)).rejects.toEqual(
          refusal('store.unknown-workspace'),
        );
        await expect(store.write('nowhere', nothing)).rejects.toThrow('nowhere');
      });

      it('keeps equal ids of two workspaces apart', async () => {
        const [one, two] = [await workspace(), await workspace()];
        await append(one, entry(purchase('same', { note: 'of one' })));
        await append(two, entry(purchase('same', { note: 'of two' })), entry(purchase('more')));
        expect(await listed(one)).toEqual(['same']);
        expect(await listed(two)).toEqual(['more', 'same']);
        expect(await listed(one, { text: 'of two' })).toEqual([]);
        expect((await all(one))[0]?.hash).not.toBe((await all(two))[0]?.hash);
      });

      it('removes a demo whole and nothing else', async () => {
        const [demo, real] = [await workspace(true), await workspace()];
        await store.write(demo, async (unit) => {
          await unit.imports.save(importRecord('i', { added: 1 }));
          await unit.ledger.append([entry(purchase('a'), { importId: 'i' }), reversalOf('a', 'r')]);
          await unit.prices.merge('acme', barsOf({ 20000: 1 }), 'test');
          await unit.prices.quarantine([
            { instrumentId: 'acme', day: 'x', source: 's', reason: 'r', row: null },
          ]);
          await unit.catalogue.saveAliases([{ key: 'symbol:ACM', instrumentId: 'acme' }]);
          await unit.idempotency.save({
            key: 'k',
            operation: 'o',
            requestHash: 'a'.repeat(64),
            status: 200,
            body: 1,
          });
        });
        await append(real, entry(purchase('a')));
        await store.removeDemoWorkspace(demo);
        await expect(store.removeDemoWorkspace(real)).rejects.toThrow('not a demo');
        const ids = (await store.workspaces()).map(({ id }) => id);
        expect(ids).not.toContain(demo);
        expect(await listed(real)).toEqual(['a']);
      });
    });

    describe('ledger', () => {
      it('gives back every type of transaction as it was recorded', async () => {
        const id = await workspace();
        const transactions = transactionTypes.map((type) => oneOfEach[type]);
        await append(id, ...transactions.map((transaction) => entry(transaction)));
        const read = (await all(id)).map(
          ({ fact }) => fact.kind === 'transaction' && fact.transaction,
        );
        expect(read).toEqual(transactions);
      });

      it('numbers and chains entries from 1, and answers what it recorded', async () => {
        const id = await workspace();
        const first = await append(id, entry(purchase('a')), entry(purchase('b')));
        const second = await append(id, entry(purchase('c')));
        const recorded = await all(id);
        expect(recorded).toEqual([...first, ...second]);
        expect(recorded.map(({ seq }) => seq)).toEqual([1, 2, 3]);
        expect(new Set(recorded.map(({ hash }) => hash)).size).toBe(3);
        const head = await store.read(id, ({ ledger }) => ledger.head());
        expect(head).toEqual({ seq: 3, hash: second[0]?.hash });
      });

      it('pages through entries in order', async () => {
        const id = await workspace();
        await append(id, ...['a', 'b', 'c', 'd', 'e'].map((each) => entry(purchase(each))));
        const seqs = await store.read(id, async ({ ledger }) =>
          (await ledger.since(1, 3)).map(({ seq }) => seq),
        );
        expect(seqs).toEqual([2, 3, 4]);
      });

      it('knows what it knew when, even where the clock is set back', async () => {
        const id = await workspace();
        clock.at = '2026-04-01T10:00:00.000Z';
        await append(id, entry(purchase('a')));
        clock.at = '2026-04-01T09:00:00.000Z';
        await append(id, entry(purchase('b')));
        clock.at = '2026-04-01T11:00:00.500Z';
        await append(id, entry(purchase('c')));
        clock.at = start;
        const known = (at: string) =>
          store.read(id, async ({ ledger }) =>
            (await ledger.since(0, 10, at)).map(({ seq }) => seq),
          );
        expect((await all(id)).map(({ recordedAt }) => recordedAt.slice(11))).toEqual([
          '10:00:00.000Z',
          '10:00:00.000Z',
          '11:00:00.500Z',
        ]);
        expect(await known('2026-04-01T09:59:59.999Z')).toEqual([]);
        expect(await known('2026-04-01T10:00:00.000Z')).toEqual([1, 2]);
        expect(await known('2026-04-01T11:00:00.500Z')).toEqual([1, 2, 3]);
      });

      it('lets twenty writers at once leave no gap', async () => {
        const id = await workspace();
        await Promise.all(
          Array.from({ length: 20 }, (_, writer) =>
            append(id, entry(purchase(`${writer}-a`)), entry(purchase(`${writer}-b`))),
          ),
        );
        const recorded = await all(id);
        expect(recorded.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
      });

      it('refuses a second entry of the same id', async () => {
        const id = await workspace();
        await append(id, entry(purchase('a')));
        await expect(append(id, entry(purchase('a')))).rejects.toThrow();
        expect(await listed(id)).toEqual(['a']);
      });
    });

    describe('reversals', () => {
      it('annul an entry, and a reversal of the reversal brings it back', async () => {
        const id = await workspace();
        await append(id, entry(purchase('a')), entry(purchase('b')));
        const shown = async () =>
          store.read(id, async ({ ledger }) => {
            const { items } = await ledger.page({ includeReversed: true }, null, 10);
            return items.map(({ transaction, reversedBy }) => [transaction.id, reversedBy]);
          });
        await append(id, reversalOf('a', 'r1'));
        expect(await listed(id)).toEqual(['b']);
        expect(await shown()).toEqual([
          ['b', null],
          ['a', 'r1'],
        ]);
        await append(id, reversalOf('r1', 'r2'));
        expect(await listed(id)).toEqual(['b', 'a']);
        expect(await shown()).toEqual([
          ['b', null],
          ['a', null],
        ]);
        await append(id, reversalOf('r2', 'r3'));
        expect(await listed(id)).toEqual(['b']);
      });

      it('may stand in one append with what they reverse', async () => {
        const id = await workspace();
        await append(
          id,
          entry(purchase('a')),
          reversalOf('a', 'r1'),
          reversalOf('r1', 'r2'),
          reversalOf('r2', 'r3'),
        );
        expect(await listed(id)).toEqual([]);
      });

      it('are refused for an entry that is reversed already, comes later or is not there', async () => {
        const id = await workspace();
        await append(id, entry(purchase('a')), reversalOf('a', 'r1'));
        await expect(append(id, reversalOf('a', 'r2'))).rejects.toThrow('already reversed by r1');
        await expect(append(id, reversalOf('b', 'r2'))).rejects.toThrow('does not have');
        await expect(append(id, reversalOf('b', 'r2'), entry(purchase('b')))).rejects.toThrow(
          'before',
        );
        expect(await all(id)).toHaveLength(2);
      });
    });

    describe('fingerprints', () => {
      const print = (transaction: Transaction, fingerprint: string) =>
        entry(transaction, { fingerprint });
      const known = (id: string, accountId = account.id) =>
        store.read(id, async ({ ledger }) => [
          ...(await ledger.knownFingerprints(accountId, ['f', 'g', 'h'])),
        ]);

      it('are known to their account while the entry is in force', async () => {
        const id = await workspace();
        await append(
          id,
          print(purchase('a'), 'f'),
          print(purchase('b'), 'g'),
          reversalOf('b', 'r'),
        );
        expect(await known(id)).toEqual(['f']);
        expect(await known(id, otherAccount.id)).toEqual([]);
        await append(id, reversalOf('r', 'rr'));
        expect((await known(id)).toSorted()).toEqual(['f', 'g']);
      });

      it('count one event once in an account, unless the earlier was reversed', async () => {
        const id = await workspace();
        await append(id, print(purchase('a'), 'f'));
        await expect(append(id, print(purchase('b'), 'f'))).rejects.toThrow('fingerprint f');
        await expect(
          append(id, print(purchase('c'), 'g'), print(purchase('d'), 'g')),
        ).rejects.toThrow();
        await append(id, print(purchase('e', { accountId: otherAccount.id }), 'f'));
        await append(id, reversalOf('a', 'r'), print(purchase('f'), 'f'));
        expect((await listed(id)).toSorted()).toEqual(['e', 'f']);
      });
    });

    describe('list of transactions', () => {
      let id: string;
      beforeAll(async () => {
        id = await workspace();
        await store.write(id, async ({ ledger, imports }) => {
          await imports.save(importRecord('i', { added: 1 }));
          await ledger.append([
            entry(purchase('march', { note: 'Größe_50%' })),
            entry(purchase('sale', { type: 'sell', effectiveAt: '2026-04-01' }), { importId: 'i' }),
            entry(oneOfEach.transfer),
            entry(oneOfEach.merger),
            entry(oneOfEach.dividend),
            entry(purchase('reversed', { effectiveAt: '2026-04-02' })),
            reversalOf('reversed', 'r'),
          ]);
        });
      });

      it('has the newest day first and within a day the last recorded first', async () => {
        await append(id, entry(purchase('same day')));
        expect(await listed(id)).toEqual([
          'sale',
          'same day',
          'march',
          't-merger',
          't-dividend',
          't-transfer',
        ]);
      });

      it.each<[string, TransactionFilter, string[]]>([
        ['accounts, the receiving one too', { accountIds: [otherAccount.id] }, ['t-transfer']],
        ['no account', { accountIds: [] }, []],
        ['instrument', { instrumentId: 'tencent' }, ['t-merger', 't-dividend', 't-transfer']],
        ['types', { types: ['sell', 'merger'] }, ['sale', 't-merger']],
        ['first day', { from: '2026-03-31', types: ['buy'], text: '50' }, ['march']],
        ['last day', { to: '2026-02-01' }, ['t-dividend', 't-transfer']],
        ['import', { importId: 'i' }, ['sale']],
        ['ids', { ids: ['march', 'none', 'reversed'] }, ['march']],
        ['reversed ones', { ids: ['reversed'], includeReversed: true }, ['reversed']],
        ['part of a note in any case', { text: 'GRÖSSE_50%'.replace('SS', 'ß') }, ['march']],
        ['no pattern', { text: 'gr_ße' }, []],
        ['symbol', { text: '0700' }, ['t-merger', 't-dividend', 't-transfer']],
        ['part of a name', { text: 'TENC', types: ['merger'] }, ['t-merger']],
        ['nothing known', { text: "o'hara \\ %" }, []],
      ])('can be filtered by %s', async (_, filter, ids) => {
        expect(await listed(id, filter)).toEqual(ids);
      });

      it('can be paged through without loss or repetition', async () => {
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<UnitOfWork['ledger']['page']>> = await store.read(
            id,
            ({ ledger }) => ledger.page({}, cursor, 2),
          );
          expect(page.items.length).toBeLessThanOrEqual(2);
          paged.push(...page.items.map(({ transaction }) => transaction.id));
          cursor = page.next;
        } while (cursor !== null);
        expect(paged).toEqual(await listed(id));
      });

      it.each(['', 'nonsense', '2026-03-31/1', "' OR 1=1"])(
        'refuses the cursor %j',
        async (cursor) => {
          const asked = store.read(id, ({ ledger }) => ledger.page({}, cursor, 2));
          await expect(asked).rejects.toEqual(refusal('store.invalid-cursor'));
        },
      );
    });

    describe('catalogue', () => {
      it('gives back what was saved last, in the order of ids', async () => {
        const id = await workspace();
        const changed = { ...account, name: "O'Hara \\ Söhne", allowShort: true };
        const [first, ...others] = instruments.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const renamed = { ...first, name: 'Renamed' } as typeof first & object;
        await store.write(id, async ({ catalogue }) => {
          await catalogue.saveAccount(changed);
          await catalogue.saveInstruments([renamed]);
          await catalogue.saveAliases([{ key: 'isin:X', instrumentId: 'acme' }]);
          await catalogue.saveAliases([
            { key: 'isin:X', instrumentId: 'tencent' },
            { key: 'name:acme', instrumentId: 'acme' },
          ]);
        });
        await store.read(id, async ({ catalogue }) => {
          expect(await catalogue.accounts()).toEqual([otherAccount, changed]);
          expect(await catalogue.instruments()).toEqual([renamed, ...others]);
          expect(await catalogue.aliases()).toEqual([
            { key: 'isin:X', instrumentId: 'tencent' },
            { key: 'name:acme', instrumentId: 'acme' },
          ]);
        });
      });

      it('keeps portfolios until they are removed', async () => {
        const id = await workspace();
        const one = {
          id: 'p',
          name: 'P',
          currency: 'EUR',
          accountIds: ['broker', 'a,"b"'],
          benchmarkId: 'acme',
        };
        const two = { id: 'q', name: 'Q', currency: 'USD', accountIds: [] };
        await store.write(id, async ({ catalogue }) => {
          await catalogue.savePortfolio(two);
          await catalogue.savePortfolio(one);
        });
        const portfolios = () => store.read(id, ({ catalogue }) => catalogue.portfolios());
        expect(await portfolios()).toEqual([one, two]);
        await store.write(id, ({ catalogue }) => catalogue.removePortfolio('p'));
        expect(await portfolios()).toEqual([two]);
      });

      it('remembers column mappings by name', async () => {
        const id = await workspace();
        const mapping = {
          name: 'My bank',
          columns: { date: 'Datum' },
          types: { Kauf: 'buy' },
          dateFormat: 'dmy',
          decimal: ',',
        } as const;
        await store.write(id, ({ catalogue }) =>
          catalogue.saveMapping({ ...mapping, decimal: '.' }),
        );
        await store.write(id, ({ catalogue }) => catalogue.saveMapping(mapping));
        expect(await store.read(id, ({ catalogue }) => catalogue.mappings())).toEqual([mapping]);
      });

      it('has a version that grows with each change and not without', async () => {
        const id = await workspace();
        const version = () => store.read(id, ({ catalogue }) => catalogue.version());
        const before = await version();
        expect(await version()).toBe(before);
        await store.write(id, ({ catalogue }) => catalogue.saveAccount(account));
        expect(await version()).toBeGreaterThan(before);
      });
    });

    describe('imports', () => {
      it('are listed newest first and undone once', async () => {
        const id = await workspace();
        const late = importRecord('late', { importedAt: '2026-04-01T09:00:00.000Z' });
        await store.write(id, async ({ imports }) => {
          await imports.save(importRecord('early'));
          await imports.save(late);
          await imports.markUndone('early', '2026-04-02T08:00:00.000Z');
        });
        const undone = importRecord('early', { undoneAt: '2026-04-02T08:00:00.000Z' });
        expect(await store.read(id, ({ imports }) => imports.list())).toEqual([late, undone]);
        const again = store.write(id, ({ imports }) => imports.markUndone('early', start));
        await expect(again).rejects.toThrow('early');
      });

      it('must be on file for the entries that name them', async () => {
        const id = await workspace();
        await expect(append(id, entry(purchase('a'), { importId: 'unknown' }))).rejects.toThrow();
        expect(await all(id)).toEqual([]);
      });
    });

    describe('prices', () => {
      const newYear = dayNumber('2026-01-01');
      const merge = (id: string, closes: Record<number, number>, source: string) =>
        store.write(id, ({ prices }) => prices.merge('acme', barsOf(closes), source));

      it('merge by day, the later import winning on the days it has', async () => {
        const id = await workspace();
        const [last, first, second] = [newYear - 1, newYear, newYear + 1];
        expect(await merge(id, { [last]: 1, [first]: 2 }, 'csv:a.csv')).toEqual({
          added: 2,
          changed: 0,
        });
        expect(await merge(id, { [first]: 5, [second]: 6 }, 'by hand')).toEqual({
          added: 1,
          changed: 1,
        });
        const [series] = await store.read(id, ({ prices }) => prices.closes(['acme', 'tencent']));
        expect(series).toEqual({
          instrumentId: 'acme',
          days: Int32Array.of(last, first, second),
          close: Float64Array.of(1, 5, 6),
          source: 'csv:a.csv, by hand',
        });
      });

      it('change nothing when the same is merged again', async () => {
        const id = await workspace();
        await merge(id, { [newYear]: 2 }, 'a');
        const version = () => store.read(id, ({ prices }) => prices.version());
        const before = await version();
        expect(await merge(id, { [newYear]: 2 }, 'b')).toEqual({ added: 0, changed: 0 });
        expect(await version()).toBe(before);
        await merge(id, { [newYear]: 3 }, 'b');
        expect(await version()).toBeGreaterThan(before);
      });

      it('come back as whole bars of a half-open range over the turn of years', async () => {
        const id = await workspace();
        const bars = barsOf({
          [newYear - 400]: 1,
          [newYear - 1]: 2,
          [newYear]: 3,
          [newYear + 9]: 4,
        });
        bars.high[2] = 3.5;
        await store.write(id, ({ prices }) => prices.merge('acme', bars, 's'));
        const read = (from: string, until: string) =>
          store.read(id, ({ prices }) => prices.bars('acme', from, until));
        expect(await read('2000-01-01', '2100-01-01')).toEqual(bars);
        const middle = await read('2025-12-31', '2026-01-10');
        expect(middle.days).toEqual(Int32Array.of(newYear - 1, newYear));
        expect(middle.high).toEqual(Float64Array.of(Number.NaN, 3.5));
        expect((await read('2026-02-01', '2026-03-01')).days).toHaveLength(0);
      });

      it('say what they cover', async () => {
        const id = await workspace();
        await merge(id, { [newYear - 1]: 1, [newYear]: 2 }, 'a');
        await merge(id, { [newYear + 4]: 2 }, 'a');
        expect(await store.read(id, ({ prices }) => prices.coverage())).toEqual([
          { instrumentId: 'acme', first: '2025-12-31', last: '2026-01-05', count: 3, source: 'a' },
        ]);
      });

      it('are refused where days do not rise', async () => {
        const id = await workspace();
        const bars = { ...barsOf({ 1: 1, 2: 2 }), days: Int32Array.of(2, 1) };
        await expect(
          store.write(id, ({ prices }) => prices.merge('acme', bars, 's')),
        ).rejects.toThrow();
      });

      it('go to quarantine once each, with row and reason', async () => {
        const id = await workspace();
        const bad = {
          instrumentId: 'acme',
          day: '2026-02-30',
          source: 'csv:a.csv',
          reason: 'There is no such day.',
          row: { date: '2026-02-30', close: '-1' },
        };
        await store.write(id, ({ prices }) => prices.quarantine([bad, { ...bad, day: 'x' }]));
        await store.write(id, ({ prices }) => prices.quarantine([bad]));
        const kept = await store.read(id, ({ prices }) => prices.quarantined());
        expect(kept).toEqual([bad, { ...bad, day: 'x' }]);
      });
    });

    describe('answers and events', () => {
      const answer = {
        key: 'k-1',
        operation: 'POST /v1/transactions',
        requestHash: 'ab'.repeat(32),
        status: 201,
        body: { id: 'a', note: 'ä' },
      };

      const letter = {
        consumer: 'two',
        eventId: 'e',
        topic: 't',
        payload: { of: 'ä' },
        attempts: 8,
        reason: 'no \u{1f6a2}',
      };
      const send = (id: string, ids: readonly string[]) =>
        store.write(id, ({ outbox }) =>
          outbox.add(ids.map((event) => ({ id: event, type: 't', payload: { of: 'ä' } }))),
        );
      const backlogOf = async (id: string) =>
        (await store.backlog()).find(({ workspaceId }) => workspaceId === id);

      it('gives the answer kept under a key, and keeps the first', async () => {
        const id = await workspace();
        await store.write(id, ({ idempotency }) => idempotency.save(answer));
        const find = (operation: string) =>
          store.read(id, ({ idempotency }) => idempotency.find(operation, 'k-1'));
        expect(await find(answer.operation)).toEqual(answer);
        expect(await find('POST /v1/accounts')).toBeNull();
        const again = store.write(id, ({ idempotency }) =>
          idempotency.save({ ...answer, status: 200 }),
        );
        await expect(again).rejects.toThrow();
      });

      it('announces each append, and keeps events until they are published', async () => {
        const id = await workspace();
        const recorded = await append(id, entry(purchase('a')), entry(purchase('b')));
        await store.write(id, ({ outbox }) =>
          outbox.add([{ id: 'e', type: 'prices.changed', payload: { instrumentId: 'acme' } }]),
        );
        const pending = () => store.read(id, ({ outbox }) => outbox.pending(10));
        const [first, second] = await pending();
        expect(first).toMatchObject({
          type: 'ledger.recorded',
          payload: { first: 1, last: 2, hash: recorded[1]?.hash },
          workspaceId: id,
        });
        expect(second).toMatchObject({ id: 'e', payload: { instrumentId: 'acme' } });
        await store.write(id, ({ outbox }) => outbox.markPublished([first?.id ?? '']));
        expect((await pending()).map((event) => event.id)).toEqual(['e']);
      });

      it('publishes once what nobody must act on, and lays it to rest', async () => {
        const id = await workspace();
        await send(id, ['e', 'f']);
        await store.write(id, async ({ outbox }) => {
          await outbox.markPublished(['e']);
          await outbox.settle([{ consumer: 'c', topics: ['another'] }]);
        });
        expect(await backlogOf(id)).toEqual({
          workspaceId: id,
          pending: 1,
          unsettled: 0,
          oldest: clock.at,
        });
        await store.write(id, async ({ outbox }) => {
          await outbox.markPublished(['f']);
          await outbox.settle([]);
        });
        expect(await backlogOf(id)).toBeUndefined();
      });

      it('keeps what was published until every consumer has it in the inbox or as a dead letter', async () => {
        const id = await workspace();
        const consumers = ['one', 'two'].map((consumer) => ({ consumer, topics: ['t', 'x'] }));
        await send(id, ['e', 'f']);
        const settle = () => store.write(id, ({ outbox }) => outbox.settle(consumers));
        const open = (afterMs = 0, atMostMs = 1e12) =>
          store.read(id, async ({ outbox }) => {
            const events = await outbox.unsettled({ afterMs, atMostMs }, 0, 10);
            return events.map((event) => event.id + event.publications);
          });
        await store.write(id, ({ outbox }) => outbox.markPublished(['e', 'f']));
        await settle();
        expect(await open()).toEqual(['e1', 'f1']);
        expect(await open(1000)).toEqual([]);
        const late = await store.read(id, async ({ outbox }) => {
          const due = { afterMs: 0, atMostMs: 0 };
          const [first] = await outbox.unsettled(due, 0, 1);
          return outbox.unsettled(due, first?.position ?? 0, 10);
        });
        expect(late.map((event) => event.id)).toEqual(['f']);
        clock.at = '2026-04-01T08:00:01.000Z';
        expect(await open(1000)).toEqual(['e1', 'f1']);
        await store.write(id, ({ outbox }) => outbox.markPublished(['f']));
        clock.at = '2026-04-01T08:00:02.500Z';
        expect(await open(1000)).toEqual(['e1']);
        expect(await open(1000, 1500)).toEqual(['e1', 'f2']);
        await store.write(id, async ({ inbox, deadLetters }) => {
          await inbox.take('one', 'e');
          await inbox.take('one', 'f');
          await inbox.take('two', 'f');
          await deadLetters.add(letter);
        });
        await settle();
        expect(await open()).toEqual([]);
        expect(await backlogOf(id)).toBeUndefined();
        clock.at = start;
      });

      it('takes an event once for each consumer, and not where the effect did not commit', async () => {
        const id = await workspace();
        const take = (consumer: string, event: string) =>
          store.write(id, ({ inbox }) => inbox.take(consumer, event));
        expect(await take('c', 'e')).toBe(true);
        expect(await take('c', 'e')).toBe(false);
        expect(await take('d', 'e')).toBe(true);
        const broken = store.write(id, async ({ inbox }) => {
          await inbox.take('c', 'f');
          throw new RangeError('on purpose');
        });
        await expect(broken).rejects.toThrow('on purpose');
        expect(await take('c', 'f')).toBe(true);
        expect(await store.write(await workspace(), ({ inbox }) => inbox.take('c', 'e'))).toBe(
          true,
        );
      });

      it('keeps a dead letter once, and sends it out again when asked', async () => {
        const id = await workspace();
        await send(id, ['e']);
        const letters = (waiting: boolean) =>
          store.read(id, ({ deadLetters }) => deadLetters.list(waiting, 10));
        await store.write(id, async ({ outbox, deadLetters }) => {
          await outbox.markPublished(['e']);
          await deadLetters.add(letter);
          await deadLetters.add({ ...letter, reason: 'again' });
          await deadLetters.add({ ...letter, eventId: 'not of the outbox' });
          await outbox.settle([]);
        });
        const [foreign, ours] = await letters(true);
        expect(ours).toEqual({
          ...letter,
          reason: 'no \u{1f6a2}',
          position: ours?.position,
          recordedAt: start,
          replayedAt: null,
        });
        const replay = (position = 0) =>
          store.write(id, ({ deadLetters }) => deadLetters.replay(position));
        expect(await replay(foreign?.position)).toBe(false);
        expect(await replay(ours?.position)).toBe(true);
        expect(await replay(ours?.position)).toBe(false);
        expect(await letters(true)).toEqual([foreign]);
        expect((await letters(false)).map(({ replayedAt }) => replayedAt)).toEqual([null, start]);
        const [again] = await store.read(id, ({ outbox }) => outbox.pending(10));
        expect(again).toMatchObject({ id: 'e', publications: 1, recordedAt: start });
        await store.write(id, ({ deadLetters }) => deadLetters.add(letter));
        expect(await letters(true)).toHaveLength(2);
      });

      it('gives a lease to one at a time', async () => {
        const name = `lease-${randomUUID()}`;
        expect(await store.takeLease(name, 'one', 60_000)).toBe(true);
        expect(await store.takeLease(name, 'two', 60_000)).toBe(false);
        expect(await store.takeLease(name, 'one', 1)).toBe(true);
        await expect
          .poll(() => store.takeLease(name, 'two', 60_000), { timeout: patienceMs })
          .toBe(true);
        await store.giveLease(name, 'one');
        expect(await store.takeLease(name, 'one', 60_000)).toBe(false);
        await store.giveLease(name, 'two');
        expect(await store.takeLease(name, 'one', 60_000)).toBe(true);
        await store.giveLease(name, 'one');
      });

      it('commits fact, answer and event together or not at all', async () => {
        const id = await workspace();
        const broken = store.write(id, async ({ ledger, idempotency, outbox, prices, imports }) => {
          await imports.save(importRecord('i', { added: 1 }));
          await ledger.append([entry(purchase('a'), { importId: 'i' })]);
          await prices.merge('acme', barsOf({ 1: 1 }), 's');
          await idempotency.save(answer);
          await outbox.add([{ id: 'e', type: 'x', payload: null }]);
          throw new RangeError('on purpose');
        });
        await expect(broken).rejects.toThrow(new RangeError('on purpose'));
        await store.read(id, async ({ ledger, idempotency, outbox, prices, imports }) => {
          expect((await ledger.head()).seq).toBe(0);
          expect(await ledger.since(0, 10)).toEqual([]);
          expect(await imports.list()).toEqual([]);
          expect(await prices.coverage()).toEqual([]);
          expect(await idempotency.find(answer.operation, answer.key)).toBeNull();
          expect(await outbox.pending(10)).toEqual([]);
        });
        const [next] = await append(id, entry(purchase('a')));
        expect(next?.seq).toBe(1);
      });
    });

    describe('units of work', () => {
      it('that read cannot write', async () => {
        const id = await workspace();
        const attempt = store.read(id, ({ catalogue }) => catalogue.saveAccount(account));
        await expect(attempt).rejects.toThrow('read-only');
      });

      it('are not begun within one another', async () => {
        const id = await workspace();
        const nested = store.read(id, () => store.read(id, async () => 1));
        await expect(nested).rejects.toThrow('within another');
        expect(await store.read(id, async () => 2)).toBe(2);
      });
    });

    it('passes its own ledger check after all of this', async () => {
      const { findings, checks } = await store.verify();
      expect(findings.filter(({ workspaceId }) => workspaceId.startsWith('conformance-'))).toEqual(
        [],
      );
      expect(checks.length).toBeGreaterThan(10);
    });
  });
}

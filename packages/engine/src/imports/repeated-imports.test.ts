import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../engine.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { UploadedFile } from '../use-case.ts';

const by = { actor: 'test' };
const header = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note';
const csv = (...rows: string[]): string => [header, ...rows].join('\n');
const withIds = (...rows: string[]): string => [`${header},id`, ...rows].join('\n');

const january = [
  '2024-01-02,buy,X,1,100,,0,0,EUR,,',
  '2024-01-02,buy,X,1,100,,0,0,EUR,,',
  '2024-01-15,buy,Y,2,50,,1,0,EUR,,',
];
const february = ['2024-02-01,sell,X,1,110,,0,0,EUR,,', '2024-02-01,buy,X,1,100,,0,0,EUR,,'];

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(async () => {
  expect((await test.engine.verify()).findings).toEqual([]);
  await test.close();
});

const take = async (
  workspace: string,
  files: readonly UploadedFile[],
  request: ImportRequest = into('Broker'),
) => had(await test.engine.importFiles(workspace, files, request, by)).value;

const unitsOf = async (workspace: string): Promise<Record<string, string>> => {
  const { holdings } = had(
    await test.engine.holdings(workspace, { portfolio: 'all', lots: false }),
  );
  return Object.fromEntries(
    holdings.map(({ account, instrument, quantity }) => [`${account}/${instrument}`, quantity]),
  );
};

describe('what was imported before', () => {
  it('is added once where exports overlap, whatever the files are called', async () => {
    const w = await test.workspace();
    const first = file('export.csv', csv(...january));
    const second = file('export.csv', csv(...january.slice(1), ...february));
    const third = file('other.csv', csv(...january, ...february));
    expect(await take(w, [first])).toMatchObject({ added: 3, skipped: 0 });
    // Of the two fills that say the same, the second export shows one: nothing new.
    expect(await take(w, [second])).toMatchObject({ added: 2, skipped: 2 });
    expect(await take(w, [third])).toMatchObject({ added: 0, skipped: 5 });
    expect(await unitsOf(w)).toEqual({ 'Broker/X': '2', 'Broker/Y': '2' });
  });

  it('is added once where overlapping files of one name come together', async () => {
    const w = await test.workspace();
    const files = [
      file('Transactions.csv', csv(...january)),
      file('Transactions.csv', csv(...january, ...february)),
    ];
    expect(await take(w, files)).toMatchObject({ added: 5, skipped: 3 });
    expect(await unitsOf(w)).toEqual({ 'Broker/X': '2', 'Broker/Y': '2' });
  });

  it.each([
    ['the older first', [0, 1]],
    ['the newer first', [1, 0]],
  ])('gives the same from files of two years, %s', async (_, order) => {
    const w = await test.workspace();
    const years = [
      file('2023.csv', csv('2023-05-02,buy,X,10,100,,0,0,EUR,,')),
      file('2024.csv', csv('2024-05-02,sell,X,4,120,,0,0,EUR,,')),
    ];
    const files = order.flatMap((at) => years[at] ?? []);
    expect(await take(w, files)).toMatchObject({ added: 2, refused: [] });
    expect(await unitsOf(w)).toEqual({ 'Broker/X': '6' });
    expect(had(await test.engine.performance(w, { portfolio: 'all' })).realised).toBe('80');
  });

  it('is known when numbers are written in another way', async () => {
    const w = await test.workspace();
    await take(w, [file('a.csv', csv('2024-01-02,buy,X,1.5,100,,0,0,EUR,,'))]);
    const same = csv('2024-01-02,BUY,X,1.50,100.000,150.00,0.0,,eur,,a note');
    expect(await take(w, [file('b.csv', same)])).toMatchObject({ added: 0, skipped: 1 });
  });

  it('is known after its instrument was renamed', async () => {
    const w = await test.workspace();
    const export1 = file('a.csv', csv('2024-01-02,buy,FB,1,100,,0,0,USD,,'));
    await take(w, [export1]);
    const [facebook] = had(await test.engine.instruments(w, 'FB', 5));
    const change = { symbol: 'META', name: 'Meta Platforms' };
    had(await test.engine.changeInstrument(w, facebook?.id ?? '', change, by));
    expect(await take(w, [export1])).toMatchObject({ added: 0, skipped: 1 });
    await take(w, [file('b.csv', csv('2024-03-01,sell,META,1,120,,0,0,USD,,'))]);
    expect(await unitsOf(w)).toEqual({});
  });

  it('is known after its instrument was mapped to another', async () => {
    const w = await test.workspace();
    await take(w, [file('hk.csv', csv('2024-01-02,buy,0700,1,300,,0,0,HKD,,'))]);
    await take(w, [file('a.csv', csv('2024-01-03,buy,TCEHY,1,300,,0,0,HKD,,'))]);
    const [tencent] = had(await test.engine.instruments(w, '0700', 5));
    const longer = file(
      'b.csv',
      csv('2024-01-03,buy,TCEHY,1,300,,0,0,HKD,,', '2024-01-04,buy,TCEHY,1,300,,0,0,HKD,,'),
    );
    const mapped = into('Broker', { instruments: { 'symbol:TCEHY': tencent?.id ?? '' } });
    expect(await take(w, [longer], mapped)).toMatchObject({ added: 1, skipped: 1 });
    expect(await unitsOf(w)).toEqual({ 'Broker/0700': '2', 'Broker/TCEHY': '1' });
  });

  it('is kept apart for two people who traded the same', async () => {
    const w = await test.workspace();
    const same = file('a.csv', csv(...january));
    expect(await take(w, [same], into('Ann'))).toMatchObject({ added: 3 });
    expect(await take(w, [same], into('Bob'))).toMatchObject({ added: 3, skipped: 0 });
    expect(await take(w, [same], into('bob'))).toMatchObject({ added: 0, skipped: 3 });
  });

  it('is known when its id is no longer given', async () => {
    const plain = csv('2024-01-02,buy,X,1,100,,0,0,EUR,,');
    const named = withIds('2024-01-02,buy,X,1,100,,0,0,EUR,,,T-1');
    const v = await test.workspace();
    await take(v, [file('named.csv', named)]);
    expect(await take(v, [file('plain.csv', plain)])).toMatchObject({ added: 0, skipped: 1 });
  });

  it('is another fill where the broker gave another id', async () => {
    const w = await test.workspace();
    const fill = (id: string) => withIds(`2024-01-02,buy,X,1,100,,0,0,EUR,,,${id}`);
    await take(w, [file('a.csv', fill('T-1'))]);
    expect(await take(w, [file('b.csv', fill('T-2'))])).toMatchObject({ added: 1, skipped: 0 });
    expect(await unitsOf(w)).toEqual({ 'Broker/X': '2' });
  });
});

describe('lots that a closing names', () => {
  const opened = withIds(
    '2024-01-02,buy,X,1,100,,0,0,EUR,,,T-1',
    '2024-01-03,buy,X,1,200,,0,0,EUR,,,T-2',
  );
  const closed = (lots: string) =>
    `${header},id,lots\n2024-02-01,sell,X,1,250,,0,0,EUR,,,T-3,${lots}`;

  it('are found in an earlier import', async () => {
    const w = await test.workspace();
    await take(w, [file('opened.csv', opened)]);
    expect(await take(w, [file('closed.csv', closed('T-2:1'))])).toMatchObject({ refused: [] });
    const { realised } = had(await test.engine.performance(w, { portfolio: 'all' }));
    expect(realised).toBe('50');
  });

  it('survive export and import, and add nothing to their own record', async () => {
    const w = await test.workspace();
    await take(w, [file('opened.csv', opened), file('closed.csv', closed('T-2:1'))]);
    const exported = file('plimsoll.csv', had(await test.engine.exportCsv(w)));
    expect(await take(w, [exported])).toMatchObject({ added: 0, skipped: 3 });
    const copy = await test.workspace();
    expect(await take(copy, [exported])).toMatchObject({ added: 3 });
    expect(had(await test.engine.performance(copy, { portfolio: 'all' })).realised).toBe('50');
    expect(await take(copy, [exported])).toMatchObject({ added: 0, skipped: 3 });
  });
});

describe('rows that an earlier record cannot bear', () => {
  const recorded = csv('2024-01-02,buy,X,10,100,,0,0,EUR,,', '2024-06-03,sell,X,10,120,,0,0,EUR,,');
  const backDated = file(
    'late.csv',
    csv(
      '2024-02-01,deposit,,,,500,,,EUR,,',
      '2024-03-01,buy,Y,1,10,,0,0,EUR,,',
      '2024-04-02,sell,X,5,110,,0,0,EUR,,',
      '2024-07-01,interest,,,,3,,,EUR,,',
    ),
  );

  it('are named themselves, with the transaction that they would make impossible', async () => {
    const w = await test.workspace();
    await take(w, [file('a.csv', recorded)]);
    const preview = had(await test.engine.previewImport(w, [backDated], into('Broker')));
    expect(preview.refused).toEqual([
      expect.objectContaining({ line: 4, code: 'ledger.not-held' }),
    ]);
    expect(preview.refused[0]?.reason).toContain('2024-06-03');
    expect(preview.refused[0]?.value).toContain('2024-04-02');
  });

  it('are left out with accept-valid, and the record stays whole', async () => {
    const w = await test.workspace();
    await take(w, [file('a.csv', recorded)]);
    const taken = await take(w, [backDated], into('Broker', { acceptValid: true }));
    expect(taken).toMatchObject({ added: 3 });
    expect(await unitsOf(w)).toMatchObject({ 'Broker/Y': '1' });
    const again = await take(w, [backDated], into('Broker', { acceptValid: true }));
    expect(again).toMatchObject({ added: 0, skipped: 3 });
  });

  it('are the ones that take away, also where several do', async () => {
    const w = await test.workspace();
    await take(w, [file('a.csv', recorded)]);
    const several = csv(
      '2024-01-03,buy,X,2,100,,0,0,EUR,,',
      '2024-03-01,sell,X,1,110,,0,0,EUR,,',
      '2024-04-01,sell,X,1,110,,0,0,EUR,,',
      '2024-05-01,sell,X,1,110,,0,0,EUR,,',
      '2024-05-02,buy,Z,1,110,,0,0,EUR,,',
    );
    const taken = await take(w, [file('b.csv', several)], into('Broker', { acceptValid: true }));
    expect(taken.refused.map(({ line }) => line)).toEqual([5]);
    expect(await unitsOf(w)).toEqual({ 'Broker/Z': '1' });
  });
});

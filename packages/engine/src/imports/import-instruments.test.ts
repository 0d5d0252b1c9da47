import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../engine.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';

const by = { actor: 'test' };
const header =
  'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note,isin,name,kind,mic,instrument-currency';
const csv = (...rows: string[]): string => [header, ...rows].join('\n');
const row = (
  day: string,
  type: string,
  { symbol = '', currency = 'EUR', isin = '', name = '', kind = '', mic = '', listed = '' },
  quantity = '1',
) =>
  `${day},${type},${symbol},${quantity},100,,0,0,${currency},,,${isin},${name},${kind},${mic},${listed}`;

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

const take = async (workspace: string, content: string, request: ImportRequest = into('Broker')) =>
  had(await test.engine.importFiles(workspace, [file('a.csv', content)], request, by)).value;

const instrumentsOf = async (workspace: string) =>
  had(await test.engine.instruments(workspace, '', 50));
const heldIn = async (workspace: string) =>
  had(await test.engine.holdings(workspace, { portfolio: 'all', lots: false })).holdings.map(
    ({ name, quantity, currency }) => `${quantity} ${name} ${currency}`,
  );

describe('which instrument a row means', () => {
  it('is the same by ISIN, then by its symbol, then by its name', async () => {
    const w = await test.workspace();
    const sap = { symbol: 'SAP', isin: 'DE0007164600', name: 'SAP SE' };
    await take(w, csv(row('2024-01-02', 'buy', sap)));
    await take(w, csv(row('2024-01-03', 'buy', { isin: 'de0007164600' })));
    await take(w, csv(row('2024-01-04', 'buy', { symbol: 'SAP' })));
    await take(w, csv(row('2024-01-05', 'buy', { name: 'sap se' })));
    expect(await heldIn(w)).toEqual(['4 SAP SE EUR']);
  });

  it('learns its ISIN from a later file', async () => {
    const w = await test.workspace();
    await take(w, csv(row('2024-01-02', 'buy', { symbol: 'SAP' })));
    await take(w, csv(row('2024-01-03', 'buy', { symbol: 'SAP', isin: 'DE0007164600' })));
    await take(w, csv(row('2024-01-04', 'buy', { isin: 'DE0007164600' })));
    expect(await heldIn(w)).toEqual(['3 SAP EUR']);
  });

  it('is another where the ISINs differ, whatever else agrees', async () => {
    const w = await test.workspace();
    await take(
      w,
      csv(row('2024-01-02', 'buy', { symbol: 'ABC', isin: 'US0000000001', name: 'Abc' })),
    );
    await take(
      w,
      csv(row('2024-01-03', 'buy', { symbol: 'ABC', isin: 'GB0000000002', name: 'Abc' })),
    );
    expect(await instrumentsOf(w)).toHaveLength(2);
  });

  it('is another where a coin and a share have one symbol', async () => {
    const w = await test.workspace();
    await take(w, csv(row('2024-01-02', 'buy', { symbol: 'BTC', currency: 'USD', kind: 'etf' })));
    await take(
      w,
      csv(row('2024-01-03', 'buy', { symbol: 'BTC', currency: 'USD', kind: 'crypto' })),
    );
    await take(
      w,
      csv(row('2024-01-04', 'buy', { symbol: 'BTC', currency: 'USD', kind: 'crypto' })),
    );
    const kinds = (await instrumentsOf(w)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['crypto', 'etf']);
    expect((await heldIn(w)).sort()).toEqual(['1 BTC USD', '2 BTC USD']);
  });

  it('is another where one symbol is listed at two places in two currencies', async () => {
    const w = await test.workspace();
    const london = { symbol: 'VUSA', mic: 'XLON', currency: 'GBP', listed: 'GBP' };
    const milan = { symbol: 'VUSA', mic: 'XMIL', currency: 'EUR', listed: 'EUR' };
    await take(w, csv(row('2024-01-02', 'buy', london), row('2024-01-02', 'buy', milan, '3')));
    await take(w, csv(row('2024-01-03', 'buy', milan)));
    expect((await heldIn(w)).sort()).toEqual(['1 VUSA GBP', '4 VUSA EUR']);
  });

  it('stays one where it is paid for in another currency', async () => {
    const w = await test.workspace();
    await take(
      w,
      csv(row('2024-01-02', 'buy', { symbol: 'MSFT', currency: 'USD', listed: 'USD' })),
    );
    await take(w, csv(row('2024-01-03', 'sell', { symbol: 'MSFT', currency: 'EUR' })));
    expect(await heldIn(w)).toEqual([]);
    expect(await instrumentsOf(w)).toHaveLength(1);
  });

  it('gets its currency from the first row that shows one', async () => {
    const w = await test.workspace();
    const spun = `${header},to,cost-share\n${[
      row('2024-01-02', 'buy', { symbol: 'OLD', currency: 'USD' }, '10'),
      '2024-02-01,spin-off,OLD,5,,,,,,,,,,,,,NEW,0.2',
      row('2024-03-01', 'sell', { symbol: 'NEW', currency: 'USD' }, '2'),
      row('2024-03-02', 'buy', { symbol: 'EU1' }),
      row('2024-03-02', 'buy', { symbol: 'EU2' }),
      row('2024-03-02', 'buy', { symbol: 'EU3' }),
    ]
      .map((line, at) => (at === 1 ? line : `${line},,`))
      .join('\n')}`;
    await take(w, spun);
    const currencies = (await instrumentsOf(w)).map(
      ({ label, currency }) => `${label} ${currency}`,
    );
    expect(currencies).toEqual(['EU1 EUR', 'EU2 EUR', 'EU3 EUR', 'NEW USD', 'OLD USD']);
  });

  it('gets its currency from what it came from where no row shows one', async () => {
    const w = await test.workspace();
    const header = 'date,type,symbol,quantity,price,amount,currency,to,cost-share';
    const rows = [
      '2024-01-02,buy,7203,10,2000,,JPY,,',
      '2024-01-03,spin-off,7203,10,,,,NEW,0.2',
      '2024-01-04,symbol-change,NEW,,,,,NEWER,',
    ];
    await take(w, [header, ...rows].join('\n'), into('Broker', { currency: 'EUR' }));
    expect(await heldIn(w)).toEqual(['10 7203 JPY', '10 NEWER JPY']);
  });

  it('keeps what an option is on, and how many units a contract is', async () => {
    const w = await test.workspace();
    const option = `${header},multiplier,underlying,right,strike,expiry\n2024-01-02,buy,AAPL 240621C190,1,5,,0,0,USD,,,,,option,,,100,AAPL,call,190,2024-06-21`;
    await take(w, option);
    await take(w, csv(row('2024-01-03', 'buy', { symbol: 'AAPL', currency: 'USD' }, '7')));
    const [share, call] = await instrumentsOf(w);
    expect([call?.kind, call?.multiplier, share?.kind]).toEqual(['option', '100', 'equity']);
    const { holdings } = had(await test.engine.holdings(w, { portfolio: 'all', lots: false }));
    expect(holdings.find(({ kind }) => kind === 'option')).toMatchObject({ value: '500' });
    const copy = await test.workspace();
    await take(copy, had(await test.engine.exportCsv(w)));
    expect(await instrumentsOf(copy)).toMatchObject([
      { kind: 'equity', symbol: 'AAPL' },
      { kind: 'option', multiplier: '100' },
    ]);
  });

  it('is what the user chose, by whichever name, from then on', async () => {
    const w = await test.workspace();
    await take(w, csv(row('2024-01-02', 'buy', { symbol: '0700', isin: 'KYG875721634' })));
    const [tencent] = await instrumentsOf(w);
    const adr = { symbol: 'TCEHY', isin: 'US88032Q1094', name: 'Tencent ADR' };
    const instruments = { 'isin:US88032Q1094': tencent?.id ?? '' };
    await take(w, csv(row('2024-01-03', 'buy', adr)), into('Broker', { instruments }));
    await take(w, csv(row('2024-01-04', 'buy', adr)));
    await take(w, csv(row('2024-01-05', 'buy', { symbol: 'TCEHY' })));
    expect(await heldIn(w)).toEqual(['4 0700 EUR']);
  });

  it('cannot be one that there is not', async () => {
    const w = await test.workspace();
    const content = csv(row('2024-01-02', 'buy', { symbol: 'SAP' }));
    const answer = await test.engine.importFiles(
      w,
      [file('a.csv', content)],
      into('Broker', { instruments: { 'symbol:SAP': 'nothing' } }),
      by,
    );
    expect(answer).toMatchObject({ ok: false, fault: { code: 'instrument.unknown' } });
    expect(await instrumentsOf(w)).toEqual([]);
  });
});

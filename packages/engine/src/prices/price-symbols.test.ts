import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';

const by = { actor: 'test' };
const closes = 'date,close\n2024-01-03,120\n';
const inDollars = 'date,close,currency\n2024-01-03,120,USD\n';
const header = 'date,type,symbol,quantity,price,currency,isin,kind';

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

const price = async (w: string, name: string, content = closes) =>
  had(await test.engine.importPrices(w, [file(name, content)], {}, by)).value;

/** Bought at 100 each: `AAPL`, or with an ISIN and a kind `AAPL,US0378331005,equity`. */
const buy = async (w: string, ...said: string[]) => {
  const rows = said.map((one) => {
    const [symbol = '', isin = '', kind = ''] = one.split(',');
    return `2024-01-02,buy,${symbol},1,100,USD,${isin},${kind}`;
  });
  const csv = file('a.csv', [header, ...rows].join('\n'));
  had(await test.engine.importFiles(w, [csv], into('Broker'), by));
};

const instruments = async (w: string) =>
  had(await test.engine.instruments(w, '', 50))
    .map(({ symbol }) => symbol)
    .sort();

const held = async (w: string) =>
  had(
    await test.engine.holdings(w, { portfolio: 'all', lots: false, at: '2024-01-03' }),
  ).holdings.map(({ instrument, value }) => `${instrument} ${value}`);

describe('a price file that comes before the trades', () => {
  it.each([
    ['aapl.csv', 'AAPL', closes],
    ['aapl.csv', 'AAPL', inDollars],
    ['AAPL.csv', 'aapl', closes],
    ['brk.b.csv', 'BRK.B', closes],
    ['BRK.b.csv', 'BRK.B', closes],
    ['vod.l.csv', 'VOD.L', inDollars],
  ])(
    'is of the one instrument whose symbol differs in case: %s of %s',
    async (name, symbol, csv) => {
      const w = await test.workspace();
      await price(w, name, csv);
      await buy(w, symbol);
      expect(await instruments(w)).toEqual([symbol.toUpperCase()]);
      expect(await held(w)).toEqual([`${symbol.toUpperCase()} 120`]);
    },
  );

  it('is so for a coin', async () => {
    const w = await test.workspace();
    await price(w, 'btc.csv');
    await buy(w, 'BTC,,crypto');
    expect(await held(w)).toEqual(['BTC 120']);
  });

  it('is found again, by the file and by trades of either case', async () => {
    const w = await test.workspace();
    await price(w, 'aapl.csv');
    await buy(w, 'AAPL');
    await price(w, 'aapl.csv', 'date,close\n2024-01-03,120\n2024-01-04,130\n');
    await buy(w, 'aapl,US0378331005');
    expect(await instruments(w)).toEqual(['AAPL']);
  });

  it('is not of another that only looks alike', async () => {
    const w = await test.workspace();
    await price(w, 'ABCA.csv');
    await buy(w, 'ABCa');
    expect(await instruments(w)).toEqual(['ABCA', 'ABCa']);
  });

  it('is not of one that is priced in another currency, or of another kind', async () => {
    const w = await test.workspace();
    await price(w, 'xyz.csv', 'date,close,currency\n2024-01-03,120,EUR\n');
    await buy(w, 'XYZ');
    expect(await instruments(w)).toEqual(['XYZ', 'xyz']);
    await price(w, 'eth.csv', inDollars);
    await buy(w, 'ETH,,crypto');
    expect(await instruments(w)).toEqual(['ETH', 'XYZ', 'eth', 'xyz']);
  });

  it('is not of one where two are as like', async () => {
    const w = await test.workspace();
    await buy(w, 'AAPL,US0378331005');
    await price(w, 'aapl.csv');
    await buy(w, 'aapl,DE0007164600');
    expect(await instruments(w)).toEqual(['AAPL', 'aapl']);
    await price(w, 'Aapl.csv');
    expect(await instruments(w)).toEqual(['AAPL', 'Aapl', 'aapl']);
  });
});

describe('trades whose symbols differ in case', () => {
  it('stay apart, whatever prices came for one of them', async () => {
    const w = await test.workspace();
    await buy(w, 'ABC', 'abc');
    await price(w, 'abc.csv');
    await price(w, 'ABC.csv', 'date,close\n2024-01-03,130\n');
    expect((await held(w)).sort()).toEqual(['ABC 130', 'abc 120']);
  });
});

describe('a symbol that no instrument has yet', () => {
  it('is in capitals where the workspace writes its symbols so', async () => {
    const w = await test.workspace();
    await buy(w, 'AAPL', 'BRK.B');
    await price(w, 'msft.csv');
    expect(await instruments(w)).toEqual(['AAPL', 'BRK.B', 'MSFT']);
  });

  it('is as the file is named where the workspace has others or none', async () => {
    const empty = await test.workspace();
    await price(empty, 'msft.csv');
    expect(await instruments(empty)).toEqual(['msft']);
    const mixed = await test.workspace();
    await buy(mixed, 'AAPL', 'bitcoin');
    await price(mixed, 'ethereum.csv');
    expect(await instruments(mixed)).toEqual(['AAPL', 'bitcoin', 'ethereum']);
  });

  it('is as it is written in a column, or where more than letters are in it', async () => {
    const w = await test.workspace();
    await buy(w, 'AAPL');
    await price(w, 'prices.csv', 'date,symbol,close\n2024-01-03,msft,120\n');
    await price(w, 'brk.b.csv');
    expect(await instruments(w)).toEqual(['AAPL', 'brk.b', 'msft']);
  });

  it('is never written like one that is another instrument', async () => {
    const w = await test.workspace();
    await buy(w, 'ABCA', 'ABCa');
    await price(w, 'abca.csv');
    expect(await instruments(w)).toEqual(['ABCA', 'ABCa', 'abca']);
  });

  it('is one for two files of one import', async () => {
    const w = await test.workspace();
    const files = [file('AAPL.csv', closes), file('aapl_daily.csv', closes)];
    had(await test.engine.importPrices(w, files, {}, by));
    expect(await instruments(w)).toEqual(['AAPL']);
  });
});

describe('a file name in small letters', () => {
  it('is of the instrument that differs in case alone, before one that differs in signs', async () => {
    const w = await test.workspace();
    await buy(w, 'BRK/B', 'BRK.B');
    const { series } = await price(w, 'brk.b.csv');
    expect(series.map(({ label }) => label)).toEqual(['BRK.B']);
  });
});

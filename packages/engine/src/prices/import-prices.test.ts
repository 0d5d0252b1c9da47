import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';

const by = { actor: 'test' };
const closes = 'date,close\n2024-01-03,120\n';

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

/** What a file of this name gives prices to, where these symbols are held. */
async function pricedBy(name: string, ...symbols: string[]): Promise<string[]> {
  const w = await test.workspace();
  const rows = symbols.map((symbol) => `2024-01-02,buy,${symbol},1,100,EUR`);
  const csv = ['date,type,symbol,quantity,price,currency', ...rows].join('\n');
  had(await test.engine.importFiles(w, [file('a.csv', csv)], into('Broker'), by));
  const { series } = had(await test.engine.importPrices(w, [file(name, closes)], {}, by)).value;
  return series.map(({ label }) => label);
}

describe('whose prices a file holds', () => {
  it.each([
    ['AAPL.csv', 'AAPL'],
    ['aapl.csv', 'AAPL'],
    ['BRK-B.csv', 'BRK.B'],
    ['RDS_A.csv', 'RDS/A'],
    ['0700.csv', '0700'],
  ])('is told by its name: %s is of %s', async (name, symbol) => {
    expect(await pricedBy(name, symbol, 'OTHER')).toEqual([symbol]);
  });

  it('is the very symbol where there is one, and a new one where two are as like', async () => {
    expect(await pricedBy('BRK.B.csv', 'BRK/B', 'BRK.B')).toEqual(['BRK.B']);
    expect(await pricedBy('BRK-B.csv', 'BRK/B', 'BRK.B')).toEqual(['BRK-B']);
    expect(await pricedBy('700.csv', '0700')).toEqual(['700']);
  });
});

describe('a file of exchange rates', () => {
  it.each(['EURUSD.csv', 'EUR-USD.csv', 'eurusd.csv', 'EURUSD=X.csv'])(
    'is known by the pair in its name: %s',
    async (name) => {
      const w = await test.workspace();
      const csv = 'date,type,symbol,quantity,price,currency\n2024-01-03,buy,X,10,100,USD';
      had(await test.engine.importFiles(w, [file('a.csv', csv)], into('Broker'), by));
      const rates = 'date,close\n2024-01-03,1.25\n';
      had(await test.engine.importPrices(w, [file(name, rates)], {}, by));
      const query = { portfolio: 'all', base: 'EUR', at: '2024-01-03', lots: false } as const;
      expect(had(await test.engine.holdings(w, query)).value).toBe('800');
    },
  );
});

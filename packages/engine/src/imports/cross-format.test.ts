import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../engine.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { UploadedFile } from '../use-case.ts';

const by = { actor: 'test' };

/** One history in the words of several formats: two buys, a sale, a dividend with tax withheld. */
const histories: Readonly<Record<string, UploadedFile>> = {
  'plimsoll-csv': file(
    'native.csv',
    `date,type,symbol,quantity,price,amount,fee,tax,currency,account,note,isin
2024-01-03,buy,,10,100,1000,1.5,0,EUR,,,DE0007164600
2024-02-05,buy,,5,120,600,1.5,0,EUR,,,DE0007164600
2024-03-06,sell,,8,130,1040,1.5,20,EUR,,,DE0007164600
2024-05-20,dividend,,,,15.4,0,4.06,EUR,,,DE0007164600
`,
  ),
  'portfolio-performance-csv': file(
    'pp.csv',
    `Date;Type;Value;Transaction Currency;Gross Amount;Currency Gross Amount;Exchange Rate;Fees;Taxes;Shares;ISIN;WKN;Ticker Symbol;Security Name;Note
2024-01-03T00:00;Buy;1,001.50;EUR;;;;1.50;0.00;10;DE0007164600;;;SAP SE;
2024-02-05T00:00;Buy;601.50;EUR;;;;1.50;0.00;5;DE0007164600;;;SAP SE;
2024-03-06T00:00;Sell;1,018.50;EUR;;;;1.50;20.00;8;DE0007164600;;;SAP SE;
2024-05-20T00:00;Dividend;11.34;EUR;;;;0.00;4.06;7;DE0007164600;;;SAP SE;
`,
  ),
  'mapped-csv': file(
    'bank.csv',
    `Tag;Vorgang;ISIN;Stück;Kurs;Betrag;Gebühr;Steuer;Währung
03.01.2024;Kauf;DE0007164600;10;100,00;1.000,00;1,50;0,00;EUR
05.02.2024;Kauf;DE0007164600;5;120,00;600,00;1,50;0,00;EUR
06.03.2024;Verkauf;DE0007164600;8;130,00;1.040,00;1,50;20,00;EUR
20.05.2024;Dividende;DE0007164600;;;15,40;0,00;4,06;EUR
`,
  ),
};

const mapping = {
  name: 'My bank',
  columns: {
    date: 'Tag',
    type: 'Vorgang',
    isin: 'ISIN',
    quantity: 'Stück',
    price: 'Kurs',
    amount: 'Betrag',
    fee: 'Gebühr',
    tax: 'Steuer',
    currency: 'Währung',
  },
  types: { Kauf: 'buy', Verkauf: 'sell', Dividende: 'dividend' },
  dateFormat: 'dmy',
  decimal: ',',
} as const;

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(async () => {
  expect((await test.engine.verify()).findings).toEqual([]);
  await test.close();
});

async function workspace(): Promise<string> {
  const w = await test.workspace();
  had(await test.engine.saveMapping(w, mapping, by));
  return w;
}

const take = async (w: string, files: readonly UploadedFile[], request: ImportRequest) =>
  had(await test.engine.importFiles(w, files, request, by)).value;

const figuresOf = async (w: string) => {
  const { holdings } = had(await test.engine.holdings(w, { portfolio: 'all', lots: true }));
  const { gain, realised, income, fees, taxes, value, paidIn } = had(
    await test.engine.performance(w, { portfolio: 'all' }),
  );
  return {
    performance: { gain, realised, income, fees, taxes, value, paidIn },
    holdings: holdings.map(({ isin, kind, quantity, cost, currency }) => [
      isin,
      kind,
      quantity,
      cost,
      currency,
    ]),
  };
};

describe('one history in several formats', () => {
  const names = Object.keys(histories);

  it.each(names)('comes out the same from %s', async (format) => {
    const w = await workspace();
    const given = histories[format];
    const taken = await take(w, given ? [given] : [], into('Depot', { currency: 'EUR' }));
    expect(taken).toMatchObject({ format, added: 4, refused: [] });
    const { performance, holdings } = await figuresOf(w);
    expect(holdings).toEqual([['DE0007164600', 'equity', '7', '801.8', 'EUR']]);
    expect(performance).toMatchObject({ income: '15.4', taxes: '4.06' });
    // 1018.5 for 8 of the first lot, which cost 801.2.
    expect(performance.realised).toBe('217.3');
  });

  const pairs = names.flatMap((first) =>
    names.filter((second) => second !== first).map((second) => [first, second] as const),
  );

  it.each(pairs)('is added once by %s and then %s', async (first, second) => {
    const w = await workspace();
    const [one, two] = [histories[first], histories[second]];
    if (!one || !two) throw new Error('unknown format');
    const request = into('Depot', { currency: 'EUR' });
    await take(w, [one], request);
    expect(await take(w, [two], request)).toMatchObject({ added: 0, skipped: 4 });
    const together = await workspace();
    expect(await take(together, [one, two], request)).toMatchObject({ added: 4, skipped: 4 });
  });
});

describe('one fill with an id in one format and none in the other', () => {
  const native = file(
    'native.csv',
    'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note,isin\n2024-01-03,buy,,2,180,360,1,0,USD,,,US0378331005\n',
  );
  const flex = file(
    'flex.xml',
    `<FlexQueryResponse queryName="all" type="AF"><FlexStatements count="1"><FlexStatement accountId="U1" fromDate="20240101" toDate="20240331">
<Trades><Trade accountId="U1" currency="USD" assetCategory="STK" symbol="AAPL" description="APPLE INC" isin="US0378331005" tradeID="1" tradeDate="20240103" dateTime="20240103;100000" quantity="2" tradePrice="180" tradeMoney="360" proceeds="-360" taxes="0" ibCommission="-1" ibCommissionCurrency="USD" netCash="-361" buySell="BUY" levelOfDetail="EXECUTION" transactionType="ExchTrade" /></Trades>
</FlexStatement></FlexStatements></FlexQueryResponse>`,
  );

  it.each([
    ['with the id last', [native, flex]],
    ['with the id first', [flex, native]],
  ])('is added once, %s', async (_, files) => {
    const w = await test.workspace();
    const [first, second] = files;
    if (!first || !second) throw new Error('two files');
    expect(await take(w, [first], into('IB'))).toMatchObject({ added: 1, refused: [] });
    expect(await take(w, [second], into('IB'))).toMatchObject({ added: 0, skipped: 1 });
    const together = await test.workspace();
    expect(await take(together, files, into('IB'))).toMatchObject({ added: 1, skipped: 1 });
  });
});

describe('a table of no known format', () => {
  const bank = histories['mapped-csv'];

  it('is read by a mapping given with it, and by a saved one that fits its columns', async () => {
    if (!bank) throw new Error('no table');
    const w = await test.workspace();
    const asked = had(await test.engine.previewImport(w, [bank], into('Depot')));
    expect(asked).toMatchObject({
      added: 0,
      refused: [{ code: 'import.no-mapping' }],
      columns: Object.values(mapping.columns),
    });
    const given = into('Depot', { mapping });
    expect(had(await test.engine.previewImport(w, [bank], given))).toMatchObject({ added: 4 });
    const other = { ...mapping, name: 'Other', columns: { ...mapping.columns, note: 'Notiz' } };
    had(await test.engine.saveMapping(w, other, by));
    expect(had(await test.engine.previewImport(w, [bank], into('Depot'))).added).toBe(0);
    had(await test.engine.saveMapping(w, mapping, by));
    expect(await take(w, [bank], into('Depot'))).toMatchObject({ added: 4, refused: [] });
    expect(await take(w, [bank], given)).toMatchObject({ added: 0, skipped: 4 });
  });

  it('shows no columns where there is no table', async () => {
    const w = await test.workspace();
    for (const content of ['', 'hello', 'PK\u0003\u0004 rest']) {
      const preview = had(
        await test.engine.previewImport(w, [file('x.bin', content)], into('Depot')),
      );
      expect(preview).toMatchObject({ columns: [], suggestedMapping: null, added: 0 });
      expect(preview.refused[0]?.fix).toBeTruthy();
    }
  });

  it('names a format that is none', async () => {
    const w = await test.workspace();
    const answer = await test.engine.previewImport(
      w,
      [file('x.csv', 'a,b\n1,2\n')],
      into('Depot', { format: 'degrio' }),
    );
    expect(answer).toMatchObject({ ok: false, fault: { code: 'import.format-unknown' } });
    if (!answer.ok) expect(answer.fault.detail).toContain('degiro');
  });
});

import { dayFromNumber } from '@plimsoll/kernel';
import type { EtlReadOptions } from '@plimsoll/ports';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../market-data-kit/testing/shared-data.ts';
import { etlReader } from './etl-reader.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function reading(name: string, content: string | Uint8Array, options: EtlReadOptions = {}) {
  const file = { name, bytes: typeof content === 'string' ? bytes(content) : content };
  const read = await etlReader.read([file], options);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
}

async function refusal(name: string, content: string | Uint8Array): Promise<string> {
  const file = { name, bytes: typeof content === 'string' ? bytes(content) : content };
  const read = await etlReader.read([file], {});
  return read.ok ? JSON.stringify(read.value.refused) : read.fault.detail;
}

const closes = async (name: string, content: string | Uint8Array) =>
  Object.fromEntries(
    (await reading(name, content)).prices.map(({ instrument, bars }) => [
      instrument.symbol,
      [...bars.days].map((day, at) => `${dayFromNumber(day)} ${bars.close[at]}`),
    ]),
  );

const two = { AAPL: ['2024-01-02 185.64', '2024-01-03 184.25'] };

describe('JSON', () => {
  it.each([
    [
      'rows',
      [
        { symbol: 'AAPL', date: '2024-01-02', close: 185.64 },
        { symbol: 'AAPL', date: '2024-01-03', close: '184.25' },
      ],
    ],
    [
      'an envelope',
      {
        symbol: 'AAPL',
        data: [
          { date: '2024-01-02', close: 185.64 },
          { date: '2024-01-03', close: 184.25 },
        ],
      },
    ],
    [
      'columns',
      { symbol: ['AAPL', 'AAPL'], date: [1704153600, 1704240000], close: [185.64, 184.25] },
    ],
    [
      'a series a symbol',
      {
        AAPL: [
          { t: '2024-01-02', c: 185.64, o: 1, h: 2, l: 1 },
          { t: '2024-01-03', c: 184.25, o: 1, h: 2, l: 1, timestamp: 5 },
        ],
      },
    ],
    [
      'split',
      { columns: ['AAPL'], index: ['2024-01-02', '2024-01-03'], data: [[185.64], [184.25]] },
    ],
    ['days', { AAPL: { '2024-01-02': 185.64, '2024-01-03': 184.25 } }],
    [
      'Alpha Vantage',
      {
        'Meta Data': { '2. Symbol': 'AAPL' },
        AAPL: {
          '2024-01-02': { '1. open': '1', '4. close': '185.64' },
          '2024-01-03': { '1. open': '1', '4. close': '184.25' },
        },
      },
    ],
  ])('is read as %s', async (_, value) => {
    const read = await closes('prices.json', JSON.stringify(value).replaceAll('"t":', '"date":'));
    expect(read).toEqual(two);
  });

  it('is read line by line', async () => {
    const lines = '{"date":"2024-01-02","AAPL":185.64}\n{"date":"2024-01-03","AAPL":184.25}\n';
    expect(await closes('prices.jsonl', lines)).toEqual(two);
    expect(await refusal('prices.jsonl', `${lines}{"date"\n`)).toContain('line 3');
  });
});

const sheet = (rows: string) =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    ),
    'xl/workbook.xml': strToU8(
      '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="AAPL" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(
      '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
    ),
  });
const words = (at: number, ...cells: string[]) =>
  `<row r="${at}">${cells.map((cell, i) => `<c r="${'ABC'[i]}${at}" t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;

it('a workbook is read sheet by sheet, its days by their number', async () => {
  const row = (at: number, day: number, close: number) =>
    `<row r="${at}"><c r="A${at}" s="1"><v>${day}</v></c><c r="B${at}"><v>${close}</v></c></row>`;
  const workbook = sheet(words(1, 'Date', 'Close') + row(2, 45293, 185.64) + row(3, 45294, 184.25));
  expect(await closes('book.xlsx', workbook)).toEqual(two);
});

describe('what a fund holds', () => {
  const ishares = `iShares Core S&P 500 ETF
Fund Holdings as of,"Sep 30, 2024"
Inception Date,"May 15, 2000"
Shares Outstanding,"922,850,000.00"
\u00a0
Ticker,Name,Sector,Asset Class,Market Value,Weight (%),Notional Value,Quantity,Price,Location,Exchange,Currency,FX Rate,Market Currency,Accrual Date
"AAPL","APPLE INC","Information Technology","Equity","38,611,107,540.00","7.25","38,611,107,540.00","165,713,766.00","233.00","United States","NASDAQ","USD","1.00","USD","-"
"MSFT","MICROSOFT CORP","Information Technology","Equity","34,923,126,650.00","6.55","34,923,126,650.00","81,160,880.00","430.30","United States","NASDAQ","USD","1.00","USD","-"
"XTSLA","BLK CSH FND TREASURY SL AGENCY","Cash and/or Derivatives","Money Market","1,064,921,340.00","0.20","1,064,921,340.00","1,064,921,340.00","1.00","United States","-","USD","1.00","USD","-"
"ESZ4","S&P500 EMINI DEC 24","Cash and/or Derivatives","Futures","0.00","0.00","881,000.00","2,930.00","5,814.25","-","Index And Options Market","USD","1.00","USD","-"
\u00a0
"The content contained herein is owned or licensed by BlackRock."`;

  it('is read from iShares, header lines and remarks aside', async () => {
    const { kind, funds, refused } = await reading('IVV_holdings.csv', ishares);
    expect([kind, refused]).toEqual(['constituents', []]);
    expect(funds).toMatchObject([
      { fund: { symbol: 'IVV' }, asOf: '2024-09-30', constituents: [{}, {}, {}, {}] },
    ]);
    expect(funds[0]?.constituents[0]).toEqual({
      isin: null,
      symbol: 'AAPL',
      mic: null,
      label: 'APPLE INC',
      weight: '0.0725',
      sector: 'Information Technology',
      country: 'United States',
      currency: 'USD',
      assetClass: 'equity',
    });
    expect(funds[0]?.constituents[2]).toMatchObject({ weight: '0.002', assetClass: 'cash' });
  });

  it.each([
    [
      'iShares in German',
      'Fondsposition per,"30.Sep.2024"\n\nEmittententicker;Name;Sektor;Anlageklasse;Marktwert;Gewichtung (%);Nominalwert;Standort;Börse;Marktwährung\nAAPL;APPLE INC;IT;Aktien;"1.000,00";"5,20";"1.000,00";Vereinigte Staaten;NASDAQ;USD\nNESN;NESTLE SA;Nichtzyklische Konsumgüter;Aktien;"900,00";"4,80";"1";Schweiz;SIX;CHF\n',
      '2024-09-30',
      ['AAPL 0.052 USD', 'NESN 0.048 CHF'],
    ],
    [
      'SPDR',
      'Fund Name:,SPDR S&P 500 ETF Trust\nTicker Symbol:,SPY\nHoldings:,As of 30-Sep-2024\n\nName,Ticker,Identifier,SEDOL,Weight,Sector,Shares Held,Local Currency\nAPPLE INC,AAPL,037833100,2046251,7.253101,-,178410300,USD\nNVIDIA CORP,NVDA,67066G104,2379504,6.12,-,294,USD\n',
      '2024-09-30',
      ['AAPL 0.07253101 USD', 'NVDA 0.0612 USD'],
    ],
    [
      'Xtrackers',
      'XDWD\n30-09-2024\n\n,Name,ISIN,Country,Currency,Exchange,Type of Security,Rating,Primary Listing,Industry Classification,Weighting\n1,APPLE,US0378331005,United States,USD,NASDAQ,Equity,-,XNAS,Information Technology,0.0491\n2,NVIDIA,US67066G1040,United States,USD,NASDAQ,Equity,-,XNAS,Information Technology,0.0437\n',
      null,
      ['US0378331005 0.0491 USD', 'US67066G1040 0.0437 USD'],
    ],
    [
      'Vanguard',
      'Vanguard FTSE All-World UCITS ETF\nHolding details as at 30 Sep 2024\n\nTicker,Holdings,% of market value,Sector,Country,Market value,Shares\nAAPL,Apple Inc.,3.9712%,Technology,US,"$1,234,567.00","5,299"\nMSFT,Microsoft Corp.,3.5421%,Technology,US,"$1,101,000.00","2,558"\n',
      '2024-09-30',
      ['AAPL 0.039712 null', 'MSFT 0.035421 null'],
    ],
    [
      'Amundi',
      'ISIN code,Name,Asset class,Currency,Weight,Sector,Country\nUS0378331005,APPLE INC,EQUITY,USD,4.95%,Information Technology,United States\nUS5949181045,MICROSOFT CORP,EQUITY,USD,4.1%,Information Technology,United States\n',
      null,
      ['US0378331005 0.0495 USD', 'US5949181045 0.041 USD'],
    ],
  ])('is read from %s', async (_, text, asOf, expected) => {
    const { funds, refused } = await reading('fund.csv', text);
    expect(refused).toEqual([]);
    expect(funds[0]?.asOf).toBe(asOf);
    expect(
      funds[0]?.constituents.map(
        (one) => `${one.isin ?? one.symbol} ${one.weight} ${one.currency}`,
      ),
    ).toEqual(expected);
  });
});

describe('figures', () => {
  const shown = async (name: string, text: string, options: EtlReadOptions = {}) =>
    (await reading(name, text, options)).figures.map(
      (one) =>
        `${one.instrument.symbol} ${one.metric} ${one.periodEnd} ${one.period} ${one.value} ${one.unit} ${one.currency} ${one.publishedOn}`,
    );

  it('are read one a row', async () => {
    const text =
      'symbol,metric,period end,period,value,currency,published\nAAPL,Revenue,2023-09-30,FY,383285000000,USD,2023-11-02\nAAPL,EPS,2023-09-30,FY,6.16,USD,2023-11-02\n';
    expect(await shown('f.csv', text)).toEqual([
      'AAPL revenue 2023-09-30 year 383285000000 money USD 2023-11-02',
      'AAPL eps 2023-09-30 year 6.16 money-per-share USD 2023-11-02',
    ]);
  });

  it('are read a column a metric, quarters told by their distance', async () => {
    const text =
      'ticker;fiscalDateEnding;reportedDate;totalRevenue;netIncome;reportedCurrency\nIBM;30.06.2024;24.07.2024;15,77B;(1.830,5);USD\nIBM;31.03.2024;24.04.2024;14,46B;n/a;USD\n';
    expect(await shown('f.csv', text)).toEqual([
      'IBM revenue 2024-06-30 quarter 15770000000 money USD 2024-07-24',
      'IBM net-income 2024-06-30 quarter -1830.5 money USD 2024-07-24',
      'IBM revenue 2024-03-31 quarter 14460000000 money USD 2024-04-24',
    ]);
  });

  it('are read from a statement with its years across', async () => {
    const text = 'Item,FY2022,FY2023\nRevenue,100,110.5\nGross Margin,40%,41.5%\n';
    expect(await shown('SAP.csv', text, { kind: 'fundamentals' })).toEqual([
      'SAP revenue 2022-12-31 year 100 money null null',
      'SAP revenue 2023-12-31 year 110.5 money null null',
      'SAP gross-margin 2022-12-31 year 0.4 ratio null null',
      'SAP gross-margin 2023-12-31 year 0.415 ratio null null',
    ]);
  });
});

describe('other files', () => {
  it('say what instruments are, or are refused with the words that can be', async () => {
    const { references, refused } = await reading(
      'list.csv',
      'Symbol,Security,Sector,Country\nAAPL,Apple,Technology,US\nXYZ,Acme,Gadgets,US\n',
    );
    expect(references).toMatchObject([
      { instrument: { symbol: 'AAPL' }, sector: 'Information Technology' },
    ]);
    expect(refused).toMatchObject([{ line: 3, reason: '"Gadgets" is no sector.' }]);
  });

  it('say who was in an index', async () => {
    const text =
      'ticker,start_date,end_date\nA,2000-06-05,\nB,1999-12-08,2017-06-19\nC,2020-01-01,2019-01-01\n';
    const { members, refused } = await reading('sp500_ticker_start_end.csv', text);
    expect(members.map(({ index, symbol, until }) => `${index} ${symbol} ${until}`)).toEqual([
      '^GSPC A null',
      '^GSPC B 2017-06-19',
    ]);
    expect(refused).toMatchObject([{ line: 4 }]);
    expect(await refusal('mine.csv', text)).toContain('--index');
  });

  it('say what befell instruments', async () => {
    const text =
      'symbol,date,action,value,other\nFB,2022-06-09,ticker change,,META\nAAPL,2020-08-31,split,4:1,\nKO,2012-08-13,Stock Split,2,\nIBM,2012-02-08,Cash Dividend,0.75,\n';
    const { actions } = await reading('actions.csv', text);
    expect(actions.map(({ kind, value, other }) => `${kind} ${value} ${other}`)).toEqual([
      'symbol-change 1 META',
      'split 4:1 null',
      'split 2:1 null',
      'dividend 0.75 null',
    ]);
  });

  it('take titles as they are said to mean', async () => {
    const text = 'Tag der Notiz,Papier,Endstand\n2024-01-02,AAPL,185.64\n2024-01-03,AAPL,184.25\n';
    const columns = { 'tag der notiz': 'date', Papier: 'symbol', Endstand: 'close' };
    const { prices } = await reading('x.csv', text, { columns });
    expect(prices).toMatchObject([{ instrument: { symbol: 'AAPL' } }]);
  });

  it('with a bad row give up that row alone', async () => {
    const text =
      'symbol,date,close\nAAPL,2024-01-02,185.64\nAAPL,someday,1\n,2024-01-03,2\nAAPL,2024-01-04,abc\n';
    const { prices, refused } = await reading('x.csv', text);
    expect(prices[0]?.bars.days).toHaveLength(1);
    expect(refused.map(({ line }) => line)).toEqual([3, 4, 5]);
  });

  it.each([
    ['empty.csv', ''],
    ['page.csv', '<!DOCTYPE html><html><body>Too many requests</body></html>'],
    ['model.json', '{"learner":{"attributes":{"a":"1"},"names":[]}}'],
    ['broken.zip', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3])],
    ['broken.csv.gz', new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2])],
    ['picture.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1])],
    ['times.csv', 'symbol,timestamp,close\nA,2024-01-02 09:30,1\nA,2024-01-02 09:31,2\n'],
    ['mixed.csv', 'date,close\n13/01/2024,1\n01/14/2024,2\n'],
  ])('that hold nothing of use are refused by name: %s', async (name, content) => {
    expect(await refusal(name, content)).toContain(name);
  });
});

describe.skipIf(!sharedData.there)('real files (skipped where ../shared/data is absent)', () => {
  it.each([
    ['reference/fja05680__sp500/sp500.csv.gz', 'references', 503],
    ['reference/fja05680__sp500/sp500_ticker_start_end.csv.gz', 'members', 1230],
    ['quant/pypfopt_stock_prices.csv', 'prices', 20],
    ['quant/ffn_test_data.csv', 'prices', 3],
    ['macro/us_treasury_cmt_daily.csv.gz', 'prices', 9],
  ] as const)('%s', async (name, part, count) => {
    const read = await reading(name.split('/').at(-1) ?? name, sharedData.read(name));
    expect([read[part].length, read.refused]).toEqual([count, []]);
  });
});

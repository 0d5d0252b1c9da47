import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { UploadedFile } from '../use-case.ts';

const by = { actor: 'test' };

/** One share in one broker's words: a dividend of 5 pounds, and 100 bought for 250 pounds in either unit. */
interface Broker {
  readonly dividend: UploadedFile;
  readonly inPence: UploadedFile;
  readonly inPounds: UploadedFile;
  readonly both: UploadedFile;
  /** What a price file of the share is called. */
  readonly prices: string;
}

function broker(
  header: string,
  prices: string,
  dividend: string,
  bought: (day: string, price: string, unit: string) => string,
): Broker {
  const csv = (...rows: string[]) => file('a.csv', [header, ...rows, ''].join('\n'));
  const pence = bought('2024-01-03', '250', 'GBX');
  return {
    dividend: csv(dividend),
    inPence: csv(pence),
    inPounds: csv(bought('2024-01-04', '2.5', 'GBP')),
    both: csv(dividend, pence),
    prices,
  };
}

const european = (day: string) => day.split('-').reverse().join('-');

const brokers: Readonly<Record<string, Broker>> = {
  freetrade: broker(
    'Title,Type,Timestamp,Account Currency,Total Amount,Buy / Sell,Ticker,ISIN,Price per Share in Account Currency,Stamp Duty,Quantity,Venue,Order ID,Order Type,Instrument Currency,Total Shares Amount,Price per Share,FX Rate,Base FX Rate,FX Fee (BPS),FX Fee Amount,Dividend Ex Date,Dividend Pay Date,Dividend Eligible Quantity,Dividend Amount Per Share,Dividend Gross Distribution Amount,Dividend Net Distribution Amount,Dividend Withheld Tax Percentage,Dividend Withheld Tax Amount',
    'VOD',
    'Vodafone,DIVIDEND,2024-01-02T11:01:19.356Z,GBP,5.00,,VOD,GB00BH4HKS39,,,,,,,GBP,,,,,,,,,,,,,,',
    (day, price, unit) =>
      `Vodafone,ORDER,${day}T11:01:19.356Z,GBP,250.00,BUY,VOD,GB00BH4HKS39,,0,100,,O-${day},MARKET,${unit},${Number(price) * 100},${price},,,,,,,,,,,,`,
  ),
  'trading-212': broker(
    'Action,Time (UTC),ISIN,Ticker,Name,ID,No. of shares,Price / share,Currency (Price / share),Total,Currency (Total)',
    'VOD',
    'Dividend (Dividend),2024-01-02 10:11:12+00:00,GB00BH4HKS39,VOD,Vodafone,,100,5,GBX,5.00,GBP',
    (day, price, unit) =>
      `Market buy,${day} 10:11:12+00:00,GB00BH4HKS39,VOD,Vodafone,EOF${day},100,${price},${unit},250.00,GBP`,
  ),
  degiro: broker(
    'Date,Time,Value date,Product,ISIN,Description,FX,Change,,Balance,,Order Id',
    'GB00BH4HKS39',
    '02-01-2024,07:10,02-01-2024,VODAFONE,GB00BH4HKS39,Dividend,,GBP,5.00,GBP,5.00,',
    (day, price, unit) =>
      `${european(day)},09:00,${european(day)},VODAFONE,GB00BH4HKS39,Buy 100 VODAFONE@${price} ${unit} (GB00BH4HKS39),,GBP,-250.00,GBP,-245.00,o-${day}`,
  ),
  generic: broker(
    'ActivityType,Symbol,Date,Currency,Quantity,UnitPrice,Fee,Tax',
    'VOD',
    'Dividend,VOD,2024-01-02,GBP,100,0.05,,',
    (day, price, unit) => `Buy,VOD,${day},${unit},100,${price},0,0`,
  ),
  revolut: broker(
    'Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate',
    'VOD',
    '2024-01-02T14:30:10Z,VOD,DIVIDEND,,,5,GBP,1',
    (day, price, unit) =>
      `${day}T14:30:10Z,VOD,BUY - MARKET,100,${price},${Number(price) * 100},${unit},1`,
  ),
};

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

const take = async (w: string, ...files: readonly UploadedFile[]) => {
  for (const one of files) {
    had(await test.engine.importFiles(w, [one], into('Broker', { currency: 'GBP' }), by));
  }
};
const priced = async (w: string, name: string, content: string) =>
  had(await test.engine.importPrices(w, [file(`${name}.csv`, content)], {}, by));
const held = async (w: string) =>
  had(
    await test.engine.holdings(w, { portfolio: 'all', lots: false, at: '2024-01-05' }),
  ).holdings.map((h) => `${h.quantity} at ${h.price} is ${h.value} ${h.currency}`);
const instruments = async (w: string) =>
  had(await test.engine.instruments(w, '', 10)).map((one) => `${one.currency} ${one.priceFactor}`);

const plain = 'date,close\n2024-01-05,255.3\n';
const inUnit = (unit: string, close: string) =>
  `date,close,currency\n2024-01-05,${close},${unit}\n`;

describe.each(Object.entries(brokers))('a share bought in pence at %s', (_, of) => {
  it.each([
    ['without a unit', plain],
    ['in pence', inUnit('GBX', '255.3')],
    ['in pounds', inUnit('GBP', '2.553')],
  ])('is worth pounds by prices %s', async (__, closes) => {
    const w = await test.workspace();
    await take(w, of.inPence);
    expect(await held(w)).toEqual(['100 at 2.5 is 250 GBP']);
    await priced(w, of.prices, closes);
    expect(await held(w)).toEqual(['100 at 2.553 is 255.3 GBP']);
  });

  it.each([
    ['before it', [of.dividend, of.inPence]],
    ['after it', [of.inPence, of.dividend]],
    ['before it in one file', [of.both]],
  ])('is one instrument in pence with a dividend in pounds %s', async (__, files) => {
    const w = await test.workspace();
    await take(w, ...files);
    await priced(w, of.prices, plain);
    expect(await instruments(w)).toEqual(['GBP 0.01']);
    expect(await held(w)).toEqual(['100 at 2.553 is 255.3 GBP']);
  });

  it.each([
    ['later', [of.inPence, of.inPounds]],
    ['earlier', [of.inPounds, of.inPence]],
  ])('stays so when some were bought in pounds %s', async (__, files) => {
    const w = await test.workspace();
    await take(w, ...files);
    expect(await held(w)).toEqual(['200 at 2.5 is 500 GBP']);
    await priced(w, of.prices, plain);
    expect(await instruments(w)).toEqual(['GBP 0.01']);
    expect(await held(w)).toEqual(['200 at 2.553 is 510.6 GBP']);
  });

  it('keeps the unit of prices that were there before', async () => {
    const w = await test.workspace();
    await take(w, of.inPounds);
    await priced(w, of.prices, 'date,close\n2024-01-05,2.553\n');
    await take(w, of.inPence);
    expect(await instruments(w)).toEqual(['GBP 1']);
    expect(await held(w)).toEqual(['200 at 2.553 is 510.6 GBP']);
  });

  it('is still in pence when its record was exported and read again', async () => {
    const from = await test.workspace();
    await take(from, of.both);
    const again = await test.workspace();
    await take(again, file('export.csv', had(await test.engine.exportCsv(from))));
    await priced(again, of.prices, plain);
    expect(await held(again)).toEqual(['100 at 2.553 is 255.3 GBP']);
  });
});

describe('prices that came before any row said what they count in', () => {
  const { generic } = brokers;
  it('count in pence where the trades do, whatever its dividends were paid in', async () => {
    const w = await test.workspace();
    await priced(w, 'VOD', plain);
    if (generic) await take(w, generic.both);
    expect(await instruments(w)).toEqual(['GBP 0.01']);
    expect(await held(w)).toEqual(['100 at 2.553 is 255.3 GBP']);
  });
});

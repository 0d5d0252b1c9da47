import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inspectBars } from '@plimsoll/domain';
import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import type { DailyHistory, PriceFileSeries } from '@plimsoll/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symbolOfFile } from '../../market-data-kit/symbol-of-file.ts';
import { sharedData } from '../../market-data-kit/testing/shared-data.ts';
import { unpackText } from '../../market-data-kit/unpack-text.ts';
import { priceCsvReader } from './price-csv-reader.ts';
import { isPriceCsv, readPriceCsv } from './read-price-csv.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function all(text: string, name = 'ACME.csv'): readonly PriceFileSeries[] {
  const read = readPriceCsv(text, name);
  if (!read.ok) expect.fail(read.fault.detail);
  return read.value;
}

function one(text: string): DailyHistory {
  const [series, ...others] = all(text);
  expect(others).toEqual([]);
  if (!series) expect.fail('no series');
  return series.history;
}

function refusal(text: string): string {
  const read = readPriceCsv(text, 'ACME.csv');
  if (read.ok) expect.fail('was read');
  expect(read.fault.code).toBe('market-data.unreadable');
  return read.fault.detail;
}

const closes = (history: DailyHistory): Record<string, number> =>
  Object.fromEntries(
    [...history.bars.days].map((d, i) => [dayFromNumber(d), history.bars.close[i] ?? 0]),
  );

describe('columns', () => {
  it('are found by their titles in any order and case', () => {
    const history = one(
      'Volume;CLOSE;Adj. Close;Low;high;Open;Date\n7;10.5;9.5;10;11;10.2;2024-01-02\n',
    );
    expect(history.bars.days).toEqual(Int32Array.of(dayNumber('2024-01-02')));
    const { open, high, low, close, adjustedClose, volume } = history.bars;
    expect([open, high, low, close, adjustedClose, volume].map((column) => column[0])).toEqual([
      10.2, 11, 10, 10.5, 9.5, 7,
    ]);
  });

  it.each([
    [
      'Date,Close/Last,Volume,Open,High,Low\n12/29/2023,$192.53,"42,672,150",$193.90,$194.40,$191.73',
      192.53,
    ],
    [
      'timestamp,open,high,low,close,adjusted_close,volume\n2023-12-29,1,200,1,192.53,190,5',
      192.53,
    ],
    [
      '"Date","Price","Open","High","Low","Vol.","Change %"\n"12/29/2023","192.53","193.90","194.40","191.73","42.67M","-0.5%"',
      192.53,
    ],
    [
      '<TICKER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\nX,20231229,000000,1,200,1,192.53,5',
      192.53,
    ],
    ['Date;Close\n29.12.2023;192,53', 192.53],
    ['Prices of ACME\n\ndate\tclose\n29 Dec 2023\t192.53', 192.53],
  ])('are understood as sites write them: %s', (text, close) => {
    expect(all(text).map(({ history }) => closes(history))).toEqual([{ '2023-12-29': close }]);
    expect(isPriceCsv(text)).toBe(true);
  });

  it('shortened volumes are spelt out', () => {
    expect(one('date,close,vol.\n2024-01-02,5,1.5M\n').bars.volume[0]).toBe(1_500_000);
  });

  it.each([
    ['', 'is empty'],
    ['date,close\n', 'no rows'],
    ['date,equity\n2024-01-02,5\n', 'no column for the close: it has date, equity'],
    ['close,volume\n5,5\n', 'no column for the date'],
    ['date,adj close\n2024-01-02,5\n', 'adjusted closes only'],
    ['date,close,Close\n2024-01-02,5,6\n', 'two columns'],
  ])('a file without them is refused by name: %j', (text, why) => {
    expect(refusal(text)).toMatch(/^ACME\.csv: /);
    expect(refusal(text)).toContain(why);
  });
});

describe('days', () => {
  it('are sorted, whatever the order of the file', () => {
    const history = one('date,close\n2024-01-03,3\n2024-01-01,1\n2024-01-02,2\n');
    expect(closes(history)).toEqual({ '2024-01-01': 1, '2024-01-02': 2, '2024-01-03': 3 });
  });

  it('with slashes are read by what the whole file tells', () => {
    expect(closes(one('date,close\n03/04/2024,1\n13/04/2024,2\n'))).toHaveProperty('2024-04-03');
    expect(closes(one('date,close\n03/04/2024,1\n03/13/2024,2\n'))).toHaveProperty('2024-03-04');
  });

  it('that could be either are not guessed at', () => {
    expect(refusal('date,close\n03/04/2024,1\n05/06/2024,2\n')).toContain('03/04/2024');
    expect(refusal('date,close\n13/04/2024,1\n04/13/2024,2\n')).toContain('04/13/2024');
  });

  it('keep the day that the clock of the exchange shows', () => {
    expect(closes(one('date,close\n2024-01-02 00:00:00+09:00,5\n'))).toEqual({ '2024-01-02': 5 });
  });

  it.each(['2024-02-30', 'yesterday', '', '1/2/24', '2024-13-01'])('%j is rejected', (day) => {
    const history = one(`date,close\n${day},5\n2024-01-02,6\n`);
    expect(history.rejected).toMatchObject([
      { line: 2, day, reason: expect.stringContaining('not a day') },
    ]);
    expect(closes(history)).toEqual({ '2024-01-02': 6 });
  });

  it('of several times are no daily prices', () => {
    const text = 'datetime,close\n2024-01-02 09:00,5\n2024-01-02 10:00,6\n';
    expect(refusal(text)).toContain('several times of day for ACME on 2024-01-02 (line 3)');
  });
});

describe('rows', () => {
  it('that say the same are one', () => {
    const history = one('date,close\n2024-01-02,5\n2024-01-02,5.0\n');
    expect(history).toMatchObject({ rejected: [] });
    expect(closes(history)).toEqual({ '2024-01-02': 5 });
  });

  it('of one day that contradict are all rejected', () => {
    const history = one('date,close\n2024-01-02,5\n2024-01-03,5\n2024-01-02,6\n');
    expect(history.rejected.map(({ line }) => line)).toEqual([2, 4]);
    expect(history.rejected[0]?.reason).toContain('Lines 2 and 4');
    expect(closes(history)).toEqual({ '2024-01-03': 5 });
  });

  it.each([
    ['2024-01-02,0,,', 'The close is 0'],
    ['2024-01-02,-3,,', 'The close is -3'],
    ['2024-01-02,nan,,', 'no close'],
    ['2024-01-02,,,', 'no close'],
    ['2024-01-02,null,,', 'no close'],
    ['2024-01-02,1e999,,', 'Infinity'],
    ['2024-01-02,12abc,,', '"12abc" is not a number'],
    ['2024-01-02,5,6,4,9', '5 cells where the header has 4'],
    ['2024-01-02,"5', 'never closed'],
  ])('%s is rejected with its line and reason', (row, reason) => {
    const history = one(`date,close,high,low\n2024-01-01,5,6,4\n${row}\n`);
    expect(history.rejected).toMatchObject([{ line: 3, reason: expect.stringContaining(reason) }]);
    expect(closes(history)).toEqual({ '2024-01-01': 5 });
  });

  it.each([
    ['a close a little outside the range', '5.1,5,4'],
    ['a high below the low', '5,4,6'],
    ['a close in another unit', '500,6,4'],
    ['a 0 for an unknown high', '5,0,4'],
  ])('pass on %s as it is written, for the quality gate to judge', (_, cells) => {
    const history = one(`date,close,high,low\n2024-01-01,${cells}\n`);
    expect(history.rejected).toEqual([]);
    const { close, high, low } = history.bars;
    expect([close[0], high[0], low[0]].join()).toBe(cells);
  });

  it('may be of several instruments', () => {
    const text =
      'symbol,date,close,currency\n0700,2024-01-02,5,HKD\nB,2024-01-02,6,USD\n0700,2024-01-03,7,HKD\n,2024-01-03,7,HKD\n';
    const read = all(text);
    expect(read.map(({ symbol, history }) => [symbol, history.currency])).toEqual([
      ['0700', 'HKD'],
      ['B', 'USD'],
      ['ACME', null],
    ]);
    expect(read[0] && closes(read[0].history)).toEqual({ '2024-01-02': 5, '2024-01-03': 7 });
    expect(read[2]?.history.rejected).toMatchObject([
      { line: 5, reason: 'The row has no symbol.' },
    ]);
  });

  it('of one symbol in two currencies are refused', () => {
    expect(refusal('date,close,currency\n2024-01-02,5,GBP\n2024-01-03,5,GBX\n')).toContain(
      'GBP and GBX',
    );
  });
});

describe('numbers', () => {
  it('may have a decimal comma and thousands', () => {
    expect(closes(one('date;close\n2024-01-02;1.234,5\n2024-01-03;1.234.567\n'))).toEqual({
      '2024-01-02': 1234.5,
      '2024-01-03': 1_234_567,
    });
  });

  it('that could be thousands or decimals are not guessed at', () => {
    expect(refusal('date;close\n2024-01-02;1,234\n2024-01-03;2,345\n')).toContain('"1,234"');
    expect(closes(one('date;close\n2024-01-02;1,234\n2024-01-03;2,34\n'))).toHaveProperty(
      '2024-01-02',
      1.234,
    );
    expect(closes(one('date;close\n2024-01-02;"1,234"\n2024-01-03;2.34\n'))).toHaveProperty(
      '2024-01-02',
      1234,
    );
  });

  it('of both kinds in one file are refused', () => {
    expect(refusal('date;close\n2024-01-02;1,5\n2024-01-03;1.5\n')).toContain('"1.5"');
  });
});

describe('corporate actions beside the prices', () => {
  it('are taken, and 0 or a split of 1 mean none', () => {
    const history = one(
      'Date,Close,Dividends,Stock Splits\n2024-01-02,40,0.5,0\n2024-01-03,10,0,4\n2024-01-04,10,0,1\n',
    );
    expect(history.actions).toEqual([
      { day: '2024-01-02', kind: 'dividend', value: 0.5 },
      { day: '2024-01-03', kind: 'split', value: 4 },
    ]);
    expect(history.notes).toEqual([]);
  });

  it('tell when the closes were adjusted for a split', () => {
    const history = one('Date,Close,Stock Splits\n2024-01-02,10.1,0\n2024-01-03,10,4\n');
    expect(history.notes).toEqual([
      expect.stringContaining('look adjusted for the split of 4 for 1'),
    ]);
  });
});

describe('files', () => {
  it('packed with gzip are unpacked, up to a limit', () => {
    const packed = gzipSync(`date,close\n2024-01-02,5\n`);
    expect(priceCsvReader.read('ACME.csv.gz', packed)).toMatchObject({
      ok: true,
      value: [{ symbol: 'ACME' }],
    });
    expect(unpackText('big.csv.gz', gzipSync(new Uint8Array(9000)), 8000)).toMatchObject({
      ok: false,
      fault: { detail: 'big.csv.gz: unpacks to more than 8000 bytes.' },
    });
    expect(priceCsvReader.read('cut.csv.gz', packed.subarray(0, 20))).toMatchObject({
      ok: false,
      fault: { detail: expect.stringContaining('cut.csv.gz: is damaged') },
    });
  });

  it('that are not text are refused by name', () => {
    expect(priceCsvReader.read('book.csv', bytes('PK\u0003\u0004 not text'))).toMatchObject({
      ok: false,
      fault: { detail: expect.stringMatching(/^book\.csv: is not text/) },
    });
  });

  it.each([
    ['AAPL.csv', 'AAPL'],
    ['prices/aapl_daily.csv.gz', 'aapl'],
    ['0700.csv', '0700'],
    ['BRK_A.csv', 'BRK_A'],
    ['BRK.B-1d.CSV', 'BRK.B'],
    ['Apple Historical Data.csv', 'Apple'],
    ['_GSPC.csv', '_GSPC'],
    ['daily.csv', 'daily'],
  ])('%s holds %s', (file, symbol) => expect(symbolOfFile(file)).toBe(symbol));

  const piece = fc.constantFrom(
    'date',
    'close',
    'high',
    ',',
    ';',
    '\n',
    '"',
    '2024-01-02',
    '1/2/2024',
    '5',
    '1,234',
    '-',
    'é',
    '\u0000',
    '\r',
    'symbol',
  );

  it('of any kind give rows and reasons or a refusal, never a crash, and lose no line', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, headed) => {
        const text = `${headed ? 'date,close,high\n' : ''}${pieces.join('')}`;
        const read = priceCsvReader.read('any.csv', bytes(text));
        if (!read.ok) {
          expect(read.fault.detail).toContain('any.csv');
          return;
        }
        const taken = read.value.reduce((sum, { history }) => sum + history.bars.days.length, 0);
        const refused = read.value.reduce((sum, { history }) => sum + history.rejected.length, 0);
        expect(taken + refused).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

const files = (folder: string): string[] =>
  readdirSync(join(sharedData.folder, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.csv(\.gz)?$/.test(path))
    .map((path) => `${folder}/${path}`)
    .sort();

/** Each real file: bars taken, rows rejected, and what the check at the door quarantines. */
function outcome(path: string): string {
  const read = priceCsvReader.read(path, sharedData.read(path));
  if (!read.ok) return read.fault.detail.replace(`${path}: `, '').slice(0, 32);
  return read.value
    .map(({ history }) => {
      const days = new Set(history.actions.map(({ day }) => dayNumber(day)));
      const { quarantined, notes } = inspectBars(history.bars, days);
      return `${history.bars.days.length} ${history.rejected.length} ${quarantined.length} ${notes.length}`;
    })
    .join();
}

const outcomes = (folder: string): Record<string, string> =>
  Object.fromEntries(files(folder).map((path) => [path.slice(folder.length + 1), outcome(path)]));

describe.skipIf(!sharedData.there)('real files (skipped where ../shared/data is absent)', () => {
  it('of daily prices are taken whole; only unexplained splits are noted', () => {
    const found = outcomes('prices_daily');
    expect(found).toMatchInlineSnapshot(`
      {
        "arch_index/_GSPC.csv.gz": "5031 0 0 0",
        "arch_index/_IXIC.csv.gz": "5031 0 0 0",
        "fang_tidyquant/AMZN.csv.gz": "1008 0 0 0",
        "fang_tidyquant/FB.csv.gz": "1008 0 0 0",
        "fang_tidyquant/GOOG.csv.gz": "1008 0 0 1",
        "fang_tidyquant/NFLX.csv.gz": "1008 0 0 1",
        "lean_fx_crypto/BTCUSD.csv.gz": "1318 0 0 1",
        "lean_fx_crypto/EURGBP.csv.gz": "3738 0 0 0",
        "lean_fx_crypto/EURUSD.csv.gz": "3738 0 0 0",
        "lean_fx_crypto/GBPUSD.csv.gz": "3738 0 0 0",
        "lean_fx_crypto/XAUUSD.csv.gz": "3949 0 0 0",
        "observable/AAPL.csv.gz": "1260 0 0 0",
        "quandl_wiki_2014/AAPL.csv.gz": "252 0 0 0",
        "quandl_wiki_2014/BRK_A.csv.gz": "252 0 0 0",
        "quandl_wiki_2014/MSFT.csv.gz": "252 0 0 0",
        "quandl_wiki_2014/ZEN.csv.gz": "160 0 0 0",
        "vega/_GSPC.csv.gz": "5105 0 0 0",
        "yahoo_mplfinance/AAPL.csv.gz": "3379 0 0 0",
        "yahoo_mplfinance/GOOG.csv.gz": "3379 0 0 0",
        "yahoo_mplfinance/INTC.csv.gz": "2335 0 0 0",
        "yahoo_mplfinance/SPY.csv.gz": "2519 0 0 0",
      }
    `);
  });

  it('behind the engine cases are taken whole; curves and actions are refused by name', () => {
    expect(outcomes('engines')).toMatchInlineSnapshot(`
      {
        "aapl_actions.csv": "has no column for the close: it ",
        "aapl_daily.csv": "754 0 0 0",
        "equity/bb_breakout_lo__sp500.csv": "has no column for the close: it ",
        "equity/monthly_ew__aapl_ibm_ko_msft.csv": "has no column for the close: it ",
        "equity/rsi_mr__sp500.csv": "has no column for the close: it ",
        "equity/sma_cross__sp500.csv": "has no column for the close: it ",
        "ibm_actions.csv": "has no column for the close: it ",
        "ibm_daily.csv": "754 0 0 0",
        "ko_actions.csv": "has no column for the close: it ",
        "ko_daily.csv": "754 0 0 0",
        "msft_actions.csv": "has no column for the close: it ",
        "msft_daily.csv": "754 0 0 0",
        "sp500_daily.csv": "5105 0 0 0",
      }
    `);
  });

  it('with known faults lose the faulty rows only', () => {
    expect(outcomes('price_repair')).toMatchInlineSnapshot(`
      {
        "1398-HK-1d-bad-div-fixed.csv.gz": "647 1 0 0",
        "1398-HK-1d-bad-div.csv.gz": "647 1 0 0",
        "3988-HK-1d-bad-div-fixed.csv.gz": "647 1 0 0",
        "3988-HK-1d-bad-div.csv.gz": "647 1 0 0",
        "4063-T-1d-bad-div-fixed.csv.gz": "667 0 0 0",
        "4063-T-1d-bad-div.csv.gz": "667 0 0 0",
        "4063-T-1d-bad-stock-split-fixed.csv": "22 0 0 0",
        "4063-T-1d-bad-stock-split.csv": "22 0 0 1",
        "ABDP-L-1d-bad-div-fixed.csv.gz": "665 0 0 0",
        "ABDP-L-1d-bad-div.csv.gz": "665 0 0 0",
        "ADIG-L-1d-bad-div-fixed.csv.gz": "665 0 0 0",
        "ADIG-L-1d-bad-div.csv.gz": "665 0 0 0",
        "CALM-1d-no-bad-divs.csv.gz": "662 0 0 0",
        "CLC-L-1d-bad-div-fixed.csv.gz": "664 1 6 0",
        "CLC-L-1d-bad-div.csv.gz": "664 1 6 0",
        "CNE-L-1d-bad-stock-split-fixed.csv": "10 0 0 0",
        "CNE-L-1d-bad-stock-split.csv": "10 0 1 0",
        "DEX-AX-1d-bad-stock-split-fixed.csv": "23 0 0 0",
        "DEX-AX-1d-bad-stock-split.csv": "23 0 0 1",
        "EA-15m-no-bad-divs.csv.gz": "has several times of day for EA-",
        "ELCO-L-1d-bad-div-fixed.csv.gz": "665 0 0 0",
        "ELCO-L-1d-bad-div.csv.gz": "665 0 0 0",
        "EWG-1d-no-bad-divs.csv.gz": "662 0 0 0",
        "HSBK-IL-1d-no-bad-divs.csv.gz": "665 0 0 0",
        "IBE-MC-1d-no-bad-divs.csv.gz": "677 0 0 0",
        "KEN-TA-1d-bad-div-fixed.csv.gz": "650 1 0 0",
        "KEN-TA-1d-bad-div.csv.gz": "650 1 0 0",
        "KME-MI-1d-bad-div-fixed.csv.gz": "674 0 0 0",
        "KME-MI-1d-bad-div.csv.gz": "674 0 0 0",
        "KMR-L-1d-no-bad-divs.csv.gz": "665 0 0 0",
        "LA-V-1d-bad-stock-split-fixed.csv": "41 0 0 0",
        "LA-V-1d-bad-stock-split.csv": "41 0 0 1",
        "LSC-L-1d-bad-div-fixed.csv.gz": "670 0 110 0",
        "LSC-L-1d-bad-div.csv.gz": "670 0 110 0",
        "MOB-ST-1d-bad-stock-split-fixed.csv": "16 0 0 0",
        "MOB-ST-1d-bad-stock-split.csv": "16 0 1 0",
        "NVT-L-1d-bad-div-fixed.csv.gz": "725 0 35 0",
        "NVT-L-1d-bad-div.csv.gz": "725 0 35 0",
        "PSH-L-1d-bad-div-fixed.csv.gz": "663 2 0 0",
        "PSH-L-1d-bad-div.csv.gz": "663 2 0 0",
        "REL-L-1d-bad-div-fixed.csv.gz": "664 1 0 0",
        "REL-L-1d-bad-div.csv.gz": "664 1 0 0",
        "RGL-L-1d-bad-div-fixed.csv.gz": "665 0 0 0",
        "RGL-L-1d-bad-div.csv.gz": "665 0 0 0",
        "SAND-1d-bad-div-fixed.csv.gz": "662 0 0 0",
        "SAND-1d-bad-div.csv.gz": "662 0 0 0",
        "SERE-L-1d-bad-div-fixed.csv.gz": "665 0 0 0",
        "SERE-L-1d-bad-div.csv.gz": "665 0 0 0",
        "SPM-MI-1d-bad-stock-split-fixed.csv": "22 0 0 0",
        "SPM-MI-1d-bad-stock-split.csv": "22 0 0 1",
        "SSW-JO-1d-100x-error-fixed.csv": "29 0 0 0",
        "SSW-JO-1d-100x-error.csv": "29 0 0 1",
        "TEM-L-1d-bad-div-fixed.csv.gz": "665 0 0 0",
        "TEM-L-1d-bad-div.csv.gz": "665 0 0 0",
        "TENT-L-1d-bad-div-fixed.csv.gz": "685 0 0 0",
        "TENT-L-1d-bad-div.csv.gz": "685 0 0 0",
        "TEP-PA-1d-bad-div-fixed.csv.gz": "677 0 0 0",
        "TEP-PA-1d-bad-div.csv.gz": "677 0 0 0",
        "TISG-MI-1d-no-bad-divs.csv.gz": "583 0 0 0",
      }
    `);
  });
});

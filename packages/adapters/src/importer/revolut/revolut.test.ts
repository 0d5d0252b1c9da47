import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import revolut from './index.ts';

const header = 'Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate';
const statement = (...lines: string[]) => [header, ...lines].join('\n');
const parse = (...lines: string[]) => revolut.parse(textFile(statement(...lines)), {});

describe('reading the statement', () => {
  test('a buy, with what was paid as its amount', () => {
    expect(
      parse('2026-03-02T14:30:10.514Z,O,BUY - MARKET,1.63453043,$52.07,$85.12,USD,1.0665').rows,
    ).toMatchObject([
      {
        line: 2,
        transaction: {
          type: 'buy',
          effectiveAt: '2026-03-02',
          time: '14:30:10.514',
          instrument: { symbol: 'O', currency: 'USD' },
          quantity: decimal('1.63453043'),
          price: price('52.07'),
          amount: decimal('85.12'),
          currency: 'USD',
          fee: 0n,
          tax: 0n,
        },
      },
    ]);
  });

  test.each`
    line                                                                                                      | expected
    ${'2026-03-02T14:30:10Z,MA,SELL - LIMIT,2,"USD 1,749.45","USD 3,498.90",USD,1'}                           | ${{ type: 'sell', amount: decimal('3498.9'), price: price('1749.45') }}
    ${'2026-03-02T14:30:10Z,MSFT,BUY - MARKET,"0,76672417",€26.09,€20,EUR,1'}                                 | ${{ type: 'buy', quantity: decimal('0.76672417') }}
    ${'2026-03-02T14:30:10Z,MSFT,BUY - MARKET,"1,234",€10,"€12,34",EUR,1'}                                    | ${{ type: 'buy', quantity: decimal('1.234'), amount: decimal('12.34') }}
    ${'2026-03-02T14:30:10Z,MSFT,BUY - MARKET,"1,234",€10,"€12,340.00",EUR,1'}                                | ${{ type: 'buy', quantity: decimal('1234') }}
    ${'2026-03-02T14:30:10Z,VOD,BUY - MARKET,10,75.5,755,GBX,1'}                                              | ${{ type: 'buy', instrument: { currency: 'GBP', priceFactor: price('0.01') }, amount: decimal('7.55'), price: price('0.755'), currency: 'GBP' }}
    ${'2026-03-02T14:30:10Z,MSFT,DIVIDEND,,,$0.08,USD,1'}                                                     | ${{ type: 'dividend', amount: decimal('0.08') }}
    ${'2026-03-02T14:30:10Z,MSFT,DIVIDEND TAX (CORRECTION),,,USD -0.25,USD,1'}                                | ${{ type: 'tax', amount: decimal('0.25'), instrument: { symbol: 'MSFT' } }}
    ${'2026-03-02T14:30:10Z,,CUSTODY FEE,,,-$0.01,USD,1'}                                                     | ${{ type: 'fee', amount: decimal('0.01') }}
    ${'2026-03-02T14:30:10Z,,CASH TOP-UP,,,$5.22,USD,1'}                                                      | ${{ type: 'deposit', amount: decimal('5.22') }}
    ${'2026-03-02T14:30:10Z,,CASH WITHDRAWAL,,,-$30.93,USD,1'}                                                | ${{ type: 'withdrawal', amount: decimal('30.93') }}
    ${'2026-03-02T14:30:10Z,TSLA,STOCK SPLIT,0.5,,$0,USD,1'}                                                  | ${{ type: 'split', added: decimal('0.5') }}
    ${'2026-03-02T14:30:10Z,O,RETURN OF CAPITAL,,,$1,USD,1'}                                                  | ${{ type: 'return-of-capital', amount: decimal('1') }}
    ${'2026-03-02T14:30:10Z,,TRANSFER FROM REVOLUT BANK UAB TO REVOLUT SECURITIES EUROPE UAB,,,-$0.01,USD,1'} | ${{ type: 'withdrawal', amount: decimal('0.01') }}
  `('$line', ({ line, expected }) => {
    const parsed = parse(line);
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([{ transaction: expected }]);
  });

  test('a move between companies of Revolut changes nothing', () => {
    expect(
      parse(
        '2026-03-02T14:30:10Z,TSLA,TRANSFER FROM REVOLUT TRADING LTD TO REVOLUT SECURITIES EUROPE UAB,0.2,,$0,USD,1',
      ),
    ).toMatchObject({ rows: [], refused: [], ignored: [{ line: 2 }] });
  });
});

describe('refusals', () => {
  test.each`
    title                              | line                                                      | column
    ${'an unknown type'}               | ${'2026-03-02T14:30:10Z,X,MERGER - STOCK,1,,$0,USD,1'}    | ${'Type'}
    ${'no ticker'}                     | ${'2026-03-02T14:30:10Z,,BUY - MARKET,1,$1,$1,USD,1'}     | ${'Ticker'}
    ${'no quantity'}                   | ${'2026-03-02T14:30:10Z,X,BUY - MARKET,,$1,$1,USD,1'}     | ${'Quantity'}
    ${'a quantity that may be either'} | ${'2026-03-02T14:30:10Z,X,STOCK SPLIT,"1,234",,$0,USD,1'} | ${'Quantity'}
    ${'text for an amount'}            | ${'2026-03-02T14:30:10Z,X,DIVIDEND,,,some,USD,1'}         | ${'Total Amount'}
    ${'no currency'}                   | ${'2026-03-02T14:30:10Z,X,DIVIDEND,,,$1,,1'}              | ${'Currency'}
  `('$title', ({ line, column }) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = statement(
      '2026-03-02T14:30:10.514Z,O,BUY - MARKET,1.63453043,$52.07,$85.12,USD,1.0665',
      '2026-03-02T14:30:10Z,MSFT,BUY - MARKET,"0,76672417",€26.09,€20,EUR,1',
      '2026-03-02T14:30:10Z,TSLA,STOCK SPLIT,0.5,,$0,USD,1',
    );
    expect(
      faultsUnderDamage(revolut, text, { shape: { delimiter: ',', headerHas: header.split(',') } }),
    ).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('a real statement', () => {
  test('every row is read, moves between entities passed over', () => {
    const file = sample('export-samples/revolut-invest-export.csv');
    const parsed = revolut.parse(file, {});
    expect(parsed.refused).toEqual([]);
    expect(parsed.ignored.map((row) => row.line)).toEqual([8, 11]);
    expect(parsed.rows.map((row) => [row.line, row.transaction.type])).toEqual([
      [3, 'deposit'],
      [2, 'withdrawal'],
      [6, 'dividend'],
      [7, 'fee'],
      [9, 'split'],
      [5, 'sell'],
      [10, 'withdrawal'],
      [4, 'buy'],
      [12, 'buy'],
      [13, 'buy'],
    ]);
    expect(parsed.rows.at(-1)?.transaction).toMatchObject({
      quantity: decimal('0.76672417'),
      amount: decimal('20'),
    });
    expect(accountingFaults(file.text, parsed)).toEqual([]);
  });

  test('is recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, revolut.detect(sample(path))]).toEqual([path, /revolut/.test(path) ? 1 : 0]);
    }
  });
});

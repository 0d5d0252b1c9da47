import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import parqet from './index.ts';

const header =
  '"datetime";"date";"time";"price";"shares";"amount";"tax";"fee";"realizedgains";"type";"broker";"assettype";"identifier";"wkn";"originalcurrency";"currency";"fxrate";"holding";"holdingname";"holdingnickname";"exchange";"avgholdingperiod"; ';
const row = (
  type: string,
  figures: string,
  { broker = '', asset = 'Security', code = 'DE0008404005' } = {},
) =>
  `"2026-01-04T23:30:00.000Z";"05.01.2026";"00:30:00";${figures};;"${type}";"${broker}";"${asset}";"${code}";"";;"EUR";;;"Allianz";;;`;
const parse = (...lines: string[]) => parqet.parse(textFile([header, ...lines].join('\n')), {});

describe('reading activities', () => {
  test('a sale with fee and tax, on the day that the account shows', () => {
    expect(parse(row('Sell', '263,5;6;1581;14,83;1')).rows).toMatchObject([
      {
        line: 2,
        transaction: {
          type: 'sell',
          effectiveAt: '2026-01-05',
          time: '00:30:00',
          instrument: { isin: 'DE0008404005', name: 'Allianz', currency: 'EUR' },
          quantity: decimal('6'),
          price: price('263.5'),
          amount: decimal('1581'),
          fee: decimal('1'),
          tax: decimal('14.83'),
          currency: 'EUR',
        },
      },
    ]);
  });

  test.each`
    line                                                                   | expected
    ${row('Dividend', '0,24;40;9,66;2,48;0')}                              | ${{ type: 'dividend', amount: decimal('9.66'), tax: decimal('2.48') }}
    ${row('Buy', '100.5;10;1005;0;1')}                                     | ${{ type: 'buy', amount: decimal('1005'), price: price('100.5') }}
    ${row('TransferIn', '10;2;20;0;0')}                                    | ${{ type: 'delivery-in', quantity: decimal('2') }}
    ${row('Buy', '40000;0,05;2000;0;2', { asset: 'Crypto', code: 'BTC' })} | ${{ type: 'buy', instrument: { symbol: 'BTC', kind: 'crypto' } }}
    ${row('TransferOut', '1;50;50;0;0', { asset: 'Cash' })}                | ${{ type: 'withdrawal', amount: decimal('50') }}
    ${row('Interest', ';;3,10;0,8;0', { asset: 'Cash' })}                  | ${{ type: 'interest', amount: decimal('3.1'), tax: decimal('0.8') }}
  `('$line', ({ line, expected }) => {
    const parsed = parse(line);
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([{ transaction: expected }]);
  });

  test('several brokers are several accounts, one is none', () => {
    const both = parse(
      row('Buy', '1;1;1;0;0', { broker: 'scalable' }),
      row('Buy', '1;1;1;0;0', { broker: 'comdirect' }),
    );
    expect(both.rows.map((one) => one.account).toSorted()).toEqual(['comdirect', 'scalable']);
    expect(parse(row('Buy', '1;1;1;0;0', { broker: 'scalable' })).rows[0]?.account).toBeUndefined();
  });
});

describe('refusals', () => {
  test.each`
    title                 | line                                             | column
    ${'an unknown type'}  | ${row('Staking', '1;1;1;0;0')}                   | ${'type'}
    ${'no shares'}        | ${row('Buy', '1;;1;0;0')}                        | ${'shares'}
    ${'text as a number'} | ${row('Buy', '1;1;eins;0;0')}                    | ${'amount'}
    ${'a fee on cash'}    | ${row('Deposit', ';;10;0;1', { asset: 'Cash' })} | ${'fee'}
  `('$title', ({ line, column }) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = [
      header,
      row('Sell', '263;6;1578;14,83;1'),
      row('Dividend', '0,24;40;9,66;2,48;0'),
      row('Buy', '28,03;17,83803;500;0;0'),
    ].join('\n');
    const shape = {
      delimiter: ';',
      headerHas: [
        'datetime',
        'date',
        'time',
        'price',
        'shares',
        'amount',
        'type',
        'holdingname',
        'identifier',
      ],
    } as const;
    expect(faultsUnderDamage(parqet, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('a real export', () => {
  test('every row is read, oldest first, and amounts add up to those of the column', () => {
    const file = sample('export-samples/parqet-export.csv');
    const parsed = parqet.parse(file, {});
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toHaveLength(27);
    expect(parsed.rows[0]?.transaction).toMatchObject({
      type: 'dividend',
      effectiveAt: '2024-05-11',
      amount: decimal('82.8'),
      tax: decimal('11.46'),
    });
    const sums = { buy: 0n, sell: 0n, dividend: 0n };
    for (const { transaction } of parsed.rows) {
      if (
        transaction.type === 'buy' ||
        transaction.type === 'sell' ||
        transaction.type === 'dividend'
      ) {
        sums[transaction.type] += transaction.amount;
      }
    }
    expect(sums).toEqual({
      buy: decimal('3299.64'),
      sell: decimal('1898.32'),
      dividend: decimal('140.94'),
    });
    expect(accountingFaults(file.text, parsed, { delimiter: ';' })).toEqual([]);
  });

  test('is recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, parqet.detect(sample(path))]).toEqual([path, /parqet/.test(path) ? 1 : 0]);
    }
  });
});

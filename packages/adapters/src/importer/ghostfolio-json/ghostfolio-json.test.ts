import { decimal, formatDecimal, price, seededRandom } from '@plimsoll/kernel';
import type { ParsedFile } from '@plimsoll/ports';
import { describe, expect, test } from 'vitest';
import { textFile } from '../../importer-kit/testing/shared-sample.ts';
import importer from './index.ts';
import { readJson } from './read-json.ts';

const parse = (text: string): ParsedFile => importer.parse(textFile(text, 'export.json'), {});

const transactions = (parsed: ParsedFile) => parsed.rows.map((row) => row.transaction);

const activity = (fields: string) =>
  `{"accountId":"A1","comment":null,"fee":0,"currency":"USD","dataSource":"YAHOO","tags":[],${fields}}`;

const list = (...activities: readonly string[]) => `{
"meta":{"date":"2024-06-01T00:00:00.000Z","version":"2.90.0"},
"accounts":[{"id":"A1","name":"Broker","currency":"EUR"},{"id":"A2","name":"Bank","currency":"CHF"}],
"assetProfiles":[{"dataSource":"MANUAL","symbol":"7e91b7d4-1430-4212-8380-289a06c9bbc1","name":"Flat","currency":"USD","assetSubClass":null},{"dataSource":"YAHOO","symbol":"AAA","name":"Alpha","isin":"US0000000001","currency":"USD","assetSubClass":"ETF"}],
"activities":[
${activities.join(',\n')}
]}`;

const bought = activity(
  '"id":"1","type":"BUY","symbol":"AAA","quantity":0.1,"unitPrice":19.99,"date":"2024-01-10T14:30:03.000Z"',
);

describe('Ghostfolio activities', () => {
  test('are read to the digit, with what the file says of the instrument', () => {
    const parsed = parse(list(bought.replace('"fee":0', '"fee":0.30')));
    expect(parsed.refused).toEqual([]);
    expect(parsed.currency).toBe('EUR');
    expect(parsed.rows).toEqual([
      {
        line: 6,
        externalId: '1',
        transaction: {
          type: 'buy',
          effectiveAt: '2024-01-10',
          time: '14:30:03',
          currency: 'USD',
          instrument: {
            symbol: 'AAA',
            isin: 'US0000000001',
            name: 'Alpha',
            kind: 'etf',
            currency: 'USD',
          },
          quantity: decimal('0.1'),
          price: price('19.99'),
          amount: decimal('1.999'),
          fee: decimal('0.3'),
          tax: 0n,
        },
      },
    ]);
  });

  test.each`
    type           | fields                                            | booked
    ${'SELL'}      | ${'"symbol":"AAA","quantity":2,"unitPrice":5'}    | ${['sell', '10']}
    ${'DIVIDEND'}  | ${'"symbol":"AAA","quantity":4,"unitPrice":0.62'} | ${['dividend', '2.48']}
    ${'INTEREST'}  | ${'"symbol":"x","quantity":1,"unitPrice":3.5'}    | ${['interest', '3.5']}
    ${'ITEM'}      | ${'"symbol":"y","quantity":1,"unitPrice":500000'} | ${['buy', '500000']}
    ${'LIABILITY'} | ${'"symbol":"z","quantity":1,"unitPrice":1000'}   | ${['adjustment', '-1000']}
  `('$type becomes $booked', ({ type, fields, booked }) => {
    const [each] = transactions(
      parse(list(activity(`"type":"${type}",${fields},"date":"2024-01-10"`))),
    );
    const figure =
      each?.type === 'adjustment'
        ? each.quantity
        : each && 'amount' in each
          ? each.amount
          : undefined;
    expect([each?.type, formatDecimal(figure ?? 0n)]).toEqual(booked);
  });

  test('a fee is its fee, and is called by its instrument’s name', () => {
    const fee = activity(
      '"type":"FEE","quantity":0,"unitPrice":0,"symbol":"7e91b7d4-1430-4212-8380-289a06c9bbc1","date":"2024-01-10"',
    )
      .replace('"fee":0', '"fee":49')
      .replace('YAHOO', 'MANUAL');
    expect(transactions(parse(list(fee)))).toMatchObject([
      { type: 'fee', amount: decimal('49'), note: 'Flat' },
    ]);
  });

  test('hand-made instruments go by their name, not by their random symbol', () => {
    const flat = activity(
      '"type":"BUY","quantity":1,"unitPrice":500000,"symbol":"7e91b7d4-1430-4212-8380-289a06c9bbc1","date":"2022-01-01"',
    ).replace('YAHOO', 'MANUAL');
    expect(transactions(parse(list(flat)))[0]).toMatchObject({ instrument: { name: 'Flat' } });
    expect(transactions(parse(list(flat)))[0]).not.toHaveProperty('instrument.symbol');
  });

  test('pence are brought to pounds, fees as well', () => {
    const pence = bought.replace('USD', 'GBp').replace('"fee":0', '"fee":150');
    expect(transactions(parse(list(pence)))).toMatchObject([
      { currency: 'GBP', price: price('0.1999'), amount: decimal('0.01999'), fee: decimal('1.5') },
    ]);
  });

  test('an instrument is priced in pence, by its description or else by its trades', () => {
    const pence = bought.replace('USD', 'GBp').replace('AAA', 'VOD.L');
    const described = pence.replace('"id"', '"SymbolProfile":{"currency":"GBp"},"id"');
    for (const one of [pence, described]) {
      expect(transactions(parse(list(one)))).toMatchObject([
        { instrument: { symbol: 'VOD.L', currency: 'GBP', priceFactor: price('0.01') } },
      ]);
    }
  });

  test('several accounts are told apart by name, and rows come oldest first', () => {
    const other = bought
      .replace('"A1"', '"A2"')
      .replace('2024-01-10', '2023-05-05')
      .replace('"id":"1"', '"id":"2"');
    expect(parse(list(bought, other)).rows.map((row) => [row.account, row.externalId])).toEqual([
      ['Bank', '2'],
      ['Broker', '1'],
    ]);
  });

  test('the noise of small floats is rounded to the eighteenth digit, and nothing else', () => {
    const coin = bought.replace('"quantity":0.1', '"quantity":1.2345678901234567e-8');
    expect(transactions(parse(list(coin)))).toMatchObject([
      { quantity: decimal('0.000000012345678901') },
    ]);
  });

  test('oldest exports and answers of the API are read as well', () => {
    const old =
      '{"meta":{},"orders":[{"currency":"CHF","date":"2021-09-15T00:00:00.000Z","fee":1,"quantity":2,"type":"BUY","unitPrice":3,"SymbolProfile":{"symbol":"NOVN.SW","name":"Novartis","dataSource":"YAHOO"},"Account":{"id":"q"}}]}';
    expect(transactions(parse(old))).toMatchObject([
      { type: 'buy', currency: 'CHF', instrument: { symbol: 'NOVN.SW', name: 'Novartis' } },
    ]);
  });

  test('drafts and activities that move nothing are left out', () => {
    const draft = bought.replace('"tags":[]', '"isDraft":true');
    const empty = activity(
      '"type":"BUY","symbol":"AAA","quantity":0,"unitPrice":0,"date":"2024-01-10"',
    );
    expect(parse(list(draft, empty))).toMatchObject({
      rows: [],
      refused: [],
      ignored: [{ line: 6 }, { line: 7 }],
    });
  });

  test.each`
    what                     | from                     | to                       | column         | code
    ${'an unknown type'}     | ${'"BUY"'}               | ${'"GIFT"'}              | ${'type'}      | ${'import.unknown-kind'}
    ${'a broken day'}        | ${'2024-01-10T14:30:03'} | ${'2024-13-10T14:30:03'} | ${'date'}      | ${'import.not-a-day'}
    ${'a negative quantity'} | ${'"quantity":0.1'}      | ${'"quantity":-1'}       | ${'quantity'}  | ${'import.wrong-sign'}
    ${'a text as price'}     | ${'"unitPrice":19.99'}   | ${'"unitPrice":"12abc"'} | ${'unitPrice'} | ${'import.not-a-number'}
    ${'no currency'}         | ${'"USD"'}               | ${'"dollars"'}           | ${'currency'}  | ${'import.not-a-currency'}
    ${'no instrument'}       | ${'"symbol":"AAA",'}     | ${''}                    | ${'symbol'}    | ${'import.missing-instrument'}
  `('$what is refused by line and field', ({ from, to, column, code }) => {
    expect(parse(list(bought.replace(from, to)))).toMatchObject({
      rows: [],
      refused: [{ line: 6, column, code }],
    });
  });
});

describe('what cannot be read', () => {
  test.each`
    what              | text                                      | code
    ${'a cut file'}   | ${list(bought).slice(0, -20)}             | ${'import.broken-json'}
    ${'another list'} | ${'{"a":[1]}'}                            | ${'import.no-activities'}
    ${'deep nesting'} | ${`{"activities":${'['.repeat(100_000)}`} | ${'import.broken-json'}
  `('$what is refused as a whole', ({ text, code }) => {
    expect(parse(text)).toMatchObject({ rows: [], refused: [{ line: 1, code }] });
  });

  test('the reader agrees with JSON.parse on what is JSON', () => {
    const random = seededRandom(9);
    const whole = list(bought);
    const junk = ['', '"', ',', ':', '{', ']', '\n', '\\', '0', 'null', 'e', '\u0001'];
    for (let run = 0; run < 300; run++) {
      const at = Math.floor(random.next() * whole.length);
      const until = at + Math.floor(random.next() * 6);
      const text = `${whole.slice(0, at)}${junk[Math.floor(random.next() * junk.length)]}${whole.slice(until)}`;
      const isJson = (() => {
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      })();
      expect([text, readJson(text).ok]).toEqual([text, isJson]);
      const parsed = parse(text);
      const list = readJson(text);
      if (!list.ok) expect(parsed.refused[0]?.code).toBe('import.broken-json');
      else expect(parsed.rows.length + parsed.refused.length + parsed.ignored.length).toBe(1);
    }
  });

  test('a name such as __proto__ is a name like any other', () => {
    parse('{"__proto__":{"polluted":1},"activities":[]}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

test('detection asks for a list of activities', () => {
  expect(importer.detect(textFile(list(bought)))).toBe(1);
  expect(importer.detect(textFile('{"quotes":[]}'))).toBe(0);
  expect(importer.detect(textFile('date,type\n'))).toBe(0);
});

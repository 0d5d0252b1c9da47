import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import tradeRepublic from './index.ts';

const columns = [
  'datetime',
  'date',
  'account_type',
  'category',
  'type',
  'asset_class',
  'name',
  'symbol',
  'shares',
  'price',
  'amount',
  'fee',
  'tax',
  'currency',
  'original_amount',
  'original_currency',
  'fx_rate',
  'description',
  'transaction_id',
  'counterparty_name',
  'counterparty_iban',
  'payment_reference',
  'mcc_code',
] as const;
type Cells = Partial<Record<(typeof columns)[number], string>>;

const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell}"`).join(',');
const row = (cells: Cells) => {
  const filled: Cells = {
    datetime: '2026-03-02T10:00:00.5Z',
    date: '2026-03-02',
    account_type: 'DEFAULT',
    currency: 'EUR',
    ...cells,
  };
  return quoted(columns.map((column) => filled[column] ?? ''));
};
const exported = (...rows: readonly Cells[]) => [quoted(columns), ...rows.map(row)].join('\n');
const parse = (...rows: readonly Cells[]) => tradeRepublic.parse(textFile(exported(...rows)), {});
const stock: Cells = {
  category: 'TRADING',
  asset_class: 'STOCK',
  name: 'Walt Disney',
  symbol: 'US2546871060',
};
const cash: Cells = { category: 'CASH' };

describe('the transaction export', () => {
  test('a buy, gross with the fee beside it', () => {
    expect(
      parse({
        ...stock,
        type: 'BUY',
        shares: '2.0',
        price: '85.00',
        amount: '-170.00',
        fee: '-1.00',
        tax: '-0.34',
        transaction_id: 't1',
      }).rows,
    ).toMatchObject([
      {
        line: 2,
        externalId: 't1',
        transaction: {
          type: 'buy',
          effectiveAt: '2026-03-02',
          time: '10:00:00.5',
          instrument: {
            isin: 'US2546871060',
            name: 'Walt Disney',
            kind: 'equity',
            currency: 'EUR',
          },
          quantity: decimal('2'),
          price: price('85'),
          amount: decimal('170'),
          fee: decimal('1'),
          tax: decimal('0.34'),
          currency: 'EUR',
        },
      },
    ]);
  });

  test.each`
    title                           | cells                                                                                                              | expected
    ${'a sale'}                     | ${{ ...stock, type: 'SELL', shares: '-1', price: '85', amount: '85', fee: '-1' }}                                  | ${{ type: 'sell', quantity: decimal('1'), amount: decimal('85'), fee: decimal('1') }}
    ${'a sale whose amount is net'} | ${{ ...stock, type: 'SELL', shares: '-1', price: '85', amount: '84', fee: '-1' }}                                  | ${{ type: 'sell', amount: decimal('85'), fee: decimal('1') }}
    ${'a bond, quoted in percent'}  | ${{ ...stock, asset_class: 'BOND', type: 'BUY', shares: '1000', price: '98.5', amount: '-985' }}                   | ${{ type: 'buy', amount: decimal('985'), instrument: { kind: 'bond' } }}
    ${'crypto by its symbol'}       | ${{ ...stock, asset_class: 'CRYPTO', symbol: 'BTC', type: 'BUY', shares: '0.01', price: '50000', amount: '-500' }} | ${{ instrument: { symbol: 'BTC', kind: 'crypto' } }}
    ${'a dividend with tax'}        | ${{ ...stock, category: 'CASH', type: 'DIVIDEND', shares: '4', amount: '1.00', tax: '-0.26' }}                     | ${{ type: 'dividend', amount: decimal('1'), tax: decimal('0.26'), instrument: { isin: 'US2546871060' } }}
    ${'interest'}                   | ${{ ...cash, type: 'INTEREST_PAYMENT', amount: '30.73', tax: '0.00' }}                                             | ${{ type: 'interest', amount: decimal('30.73') }}
    ${'a payment in'}               | ${{ ...cash, type: 'CUSTOMER_INPAYMENT', amount: '250.000000' }}                                                   | ${{ type: 'deposit', amount: decimal('250') }}
    ${'a card payment'}             | ${{ ...cash, type: 'CARD_TRANSACTION', amount: '-6.40' }}                                                          | ${{ type: 'withdrawal', amount: decimal('6.4') }}
    ${'a card payment given back'}  | ${{ ...cash, type: 'CARD_TRANSACTION', amount: '6.40' }}                                                           | ${{ type: 'deposit', amount: decimal('6.4') }}
    ${'Saveback'}                   | ${{ ...cash, type: 'BENEFITS_SAVEBACK', symbol: 'IE0032895942', amount: '4.31' }}                                  | ${{ type: 'other-income', amount: decimal('4.31') }}
    ${'a fee in its own column'}    | ${{ ...cash, type: 'CARD_ORDERING_FEE', amount: '0.000000', fee: '-5.00' }}                                        | ${{ type: 'fee', amount: decimal('5') }}
    ${'tax given back'}             | ${{ ...cash, type: 'TAX_OPTIMIZATION', tax: '12.50' }}                                                             | ${{ type: 'tax', amount: decimal('-12.5') }}
    ${'units received'}             | ${{ ...stock, category: 'DELIVERY', type: 'FREE_RECEIPT', shares: '3', price: '85' }}                              | ${{ type: 'delivery-in', quantity: decimal('3') }}
  `('$title', ({ cells, expected }) => {
    const parsed = parse(cells);
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([{ transaction: expected }]);
  });

  test('the day is the one the app shows, even where the instant is still on the day before', () => {
    const { transaction } =
      parse({ ...cash, type: 'CUSTOMER_INPAYMENT', amount: '1', datetime: '2026-03-01T23:30:00Z' })
        .rows[0] ?? {};
    expect(transaction).toMatchObject({ effectiveAt: '2026-03-02' });
    expect(transaction?.time).toBeUndefined();
  });

  test('a fee on a payment is an expense of its own', () => {
    expect(
      parse({
        ...cash,
        type: 'CUSTOMER_INPAYMENT',
        amount: '100',
        fee: '-0.70',
        transaction_id: 'p',
      }).rows,
    ).toMatchObject([
      { externalId: 'p', transaction: { type: 'deposit', amount: decimal('100') } },
      { externalId: 'p/2', transaction: { type: 'fee', amount: decimal('0.7') } },
    ]);
  });

  test('a migration under the same code is nothing, under another one a change of symbol', () => {
    const move: Cells = { ...stock, category: 'DELIVERY', type: 'MIGRATION' };
    expect(parse({ ...move, shares: '-8.5' }, { ...move, shares: '8.5' })).toMatchObject({
      rows: [],
      refused: [],
      ignored: [{ line: 2 }, { line: 3 }],
    });
    expect(
      parse({ ...move, shares: '-8.5' }, { ...move, shares: '8.5', symbol: 'US0378331005' }).rows,
    ).toMatchObject([
      {
        line: 2,
        lines: [2, 3],
        transaction: {
          type: 'symbol-change',
          instrument: { isin: 'US2546871060' },
          into: { isin: 'US0378331005' },
        },
      },
    ]);
    expect(parse({ ...move, shares: '-8.5' }).refused).toMatchObject([
      { line: 2, code: 'import.half-missing' },
    ]);
  });

  test('a redemption joins the row of units and the row of cash', () => {
    const bond: Cells = { asset_class: 'BOND', symbol: 'DE0001102309', name: 'Bund' };
    const parsed = parse(
      { ...bond, category: 'CASH', type: 'FINAL_MATURITY', amount: '1000.00', tax: '-5.00' },
      { ...bond, category: 'TRADING', type: 'REDEMPTION', shares: '-1000', price: '1' },
    );
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([
      {
        line: 2,
        lines: [2, 3],
        transaction: {
          type: 'redemption',
          quantity: decimal('1000'),
          amount: decimal('1000'),
          tax: decimal('5'),
        },
      },
    ]);
  });

  test('several account types are several accounts', () => {
    const one: Cells = { ...cash, type: 'CUSTOMER_INPAYMENT', amount: '1' };
    expect(parse(one, { ...one, account_type: 'JUNIOR' }).rows.map((read) => read.account)).toEqual(
      ['DEFAULT', 'JUNIOR'],
    );
  });

  test.each`
    title                      | cells                                                                              | column
    ${'an unknown type'}       | ${{ ...cash, type: 'TILG', amount: '1' }}                                          | ${'type'}
    ${'amounts that disagree'} | ${{ ...stock, type: 'BUY', shares: '2', price: '85', amount: '-200' }}             | ${'amount'}
    ${'no shares'}             | ${{ ...stock, type: 'BUY', price: '85', amount: '-200' }}                          | ${'shares'}
    ${'no code'}               | ${{ ...stock, symbol: '', type: 'BUY', shares: '2', price: '85', amount: '-170' }} | ${'symbol'}
    ${'a redemption by half'}  | ${{ ...stock, type: 'REDEMPTION', shares: '-2', price: '1' }}                      | ${'type'}
  `('refuses $title', ({ cells, column }) => {
    expect(parse(cells)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });
});

const movements = (...lines: string[]) =>
  ['Datum;Transactietype;Waarde (netto);Opmerking;ISIN;Aantal;Kosten;Belasting', ...lines].join(
    '\n',
  );

describe('the list of movements', () => {
  test.each`
    line                                                               | expected
    ${'2026-03-02;Storting;100,00;Ann;;;;'}                            | ${{ type: 'deposit', amount: decimal('100') }}
    ${'2026-03-02;Onttrekking;-10,84;Ann;;;;'}                         | ${{ type: 'withdrawal', amount: decimal('10.84') }}
    ${'2026-03-02T11:30:27;Buy;-690.25;Krka;SI0031102120;5.0;-1.0;'}   | ${{ type: 'buy', time: '11:30:27', amount: decimal('689.25'), fee: decimal('1') }}
    ${'2026-03-02;Verkoop;1.086,71;Tesla;US88160R1014;3,5;-1,0;-2,29'} | ${{ type: 'sell', amount: decimal('1090'), fee: decimal('1'), tax: decimal('2.29') }}
    ${'2026-03-02;Dividend;0,74;Disney;US2546871060;;;-0,26'}          | ${{ type: 'dividend', amount: decimal('1'), tax: decimal('0.26') }}
  `('$line', ({ line, expected }) => {
    const parsed = tradeRepublic.parse(textFile(movements(line)), {});
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toMatchObject([{ transaction: { currency: 'EUR', ...expected } }]);
  });

  test('a number that can be read two ways is refused', () => {
    const parsed = tradeRepublic.parse(
      textFile(movements('2026-03-02;Storting;1.234;Ann;;;;', '2026-03-03;Storting;1,50;Ann;;;;')),
      {},
    );
    expect(parsed.refused).toMatchObject([
      { line: 2, column: 'Waarde (netto)', code: 'import.ambiguous-number' },
    ]);
  });

  test.each`
    line                                                | column
    ${'2026-03-02;Splitsing;1,00;X;IE00BKX55T58;1,0;;'} | ${'Transactietype'}
    ${'2026-03-02;Aankoop;-5,00;X;IE00BKX55T58;;;'}     | ${'Aantal'}
    ${'2026-03-02;Aankoop;5,00;X;IE00BKX55T58;1,0;;'}   | ${'Waarde (netto)'}
    ${'2026-03-02;Aankoop;-5,00;X;;1,0;;'}              | ${'ISIN'}
  `('refuses $line', ({ line, column }) => {
    expect(tradeRepublic.parse(textFile(movements(line)), {})).toMatchObject({
      rows: [],
      refused: [{ line: 2, column }],
    });
  });
});

describe('damage', () => {
  test('leaves every line of the export accounted for', () => {
    const move: Cells = { ...stock, category: 'DELIVERY', type: 'MIGRATION' };
    const text = exported(
      { ...stock, type: 'BUY', shares: '2', price: '85', amount: '-170', fee: '-1' },
      { ...cash, type: 'CUSTOMER_INPAYMENT', amount: '100', fee: '-0.70', transaction_id: 'p' },
      { ...move, shares: '-8.5' },
      { ...move, shares: '8.5' },
      { symbol: 'X', category: 'CASH', type: 'FINAL_MATURITY', amount: '1000.00' },
      { symbol: 'X', category: 'TRADING', type: 'REDEMPTION', shares: '-1000', price: '1' },
    );
    const shape = {
      delimiter: ',',
      headerHas: [
        'datetime',
        'date',
        'account_type',
        'category',
        'type',
        'symbol',
        'shares',
        'amount',
        'transaction_id',
      ],
    } as const;
    expect(faultsUnderDamage(tradeRepublic, text, { shape })).toEqual([]);
  });

  test('and every line of the list', () => {
    const text = movements(
      '2026-03-02;Storting;100,00;Ann;;;;',
      '2026-03-02;Verkoop;86,71;Tesla;US88160R1014;3,5;-1,0;',
    );
    const shape = {
      delimiter: ';',
      headerHas: [
        'Datum',
        'Transactietype',
        'Waarde (netto)',
        'Opmerking',
        'ISIN',
        'Aantal',
        'Kosten',
        'Belasting',
      ],
    } as const;
    expect(faultsUnderDamage(tradeRepublic, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('real files', () => {
  test('the list of movements: net values are brought to gross ones', () => {
    const file = sample('export-samples/traderepublic-export.csv');
    const parsed = tradeRepublic.parse(file, {});
    expect(parsed.refused).toEqual([]);
    expect(parsed.rows).toHaveLength(9);
    // 0.2625 × 334.15, the price of the sale, is what was received with the fee added again.
    expect(parsed.rows.find((one) => one.line === 9)?.transaction).toMatchObject({
      type: 'sell',
      amount: decimal('87.714375'),
      fee: decimal('1'),
    });
    expect(accountingFaults(file.text, parsed, { delimiter: ';' })).toEqual([]);
  });

  test('the single transactions are read, none refused', () => {
    const paths = samplePaths().filter((path) => path.includes('TradeRepublic_CSV'));
    expect(paths).toHaveLength(11);
    for (const path of paths) {
      const parsed = tradeRepublic.parse(sample(path), {});
      expect([path, parsed.refused, parsed.rows.length + parsed.ignored.length / 2]).toEqual([
        path,
        [],
        1,
      ]);
    }
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, tradeRepublic.detect(sample(path)) > 0]).toEqual([
        path,
        /traderepublic/i.test(path),
      ]);
    }
  });
});

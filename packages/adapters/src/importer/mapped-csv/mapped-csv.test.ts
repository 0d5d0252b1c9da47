import { decimal, price } from '@plimsoll/kernel';
import type { ColumnMapping } from '@plimsoll/ports';
import { describe, expect, test } from 'vitest';
import { importFile } from '../../importer-kit/index.ts';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import { haveSamples, sample, textFile } from '../../importer-kit/testing/shared-sample.ts';
import mappedCsv from './index.ts';
import { suggestMapping } from './suggest-mapping.ts';

const german = [
  'Depotumsätze 2026;;;;;;',
  'Buchungstag;Vorgang;ISIN;Bezeichnung;Stück;Kurs;Betrag (EUR)',
  '05.01.2026;Kauf;IE00BK5BQT80;FTSE All-World;12,5;112,40;1.405,00',
  '16.02.2026;Ausschüttung;IE00BK5BQT80;FTSE All-World;;;23,10',
  '17.02.2026;Umtausch;IE00BK5BQT80;FTSE All-World;;;1,00',
].join('\n');

const mapping: ColumnMapping = {
  name: 'Hausbank',
  columns: {
    date: 'Buchungstag',
    type: 'Vorgang',
    isin: 'ISIN',
    name: 'Bezeichnung',
    quantity: 'Stück',
    price: 'Kurs',
    amount: 'Betrag (EUR)',
  },
  types: { Kauf: 'buy', Ausschüttung: 'dividend' },
  dateFormat: 'dmy',
  decimal: ',',
  constants: { currency: 'EUR' },
};

describe('reading through a mapping', () => {
  const parsed = mappedCsv.parse(textFile(german), { mapping });

  test('finds the header, reads its words, days and numbers', () => {
    expect(parsed.rows.map((row) => [row.line, row.transaction])).toEqual([
      [
        3,
        {
          effectiveAt: '2026-01-05',
          type: 'buy',
          instrument: { isin: 'IE00BK5BQT80', name: 'FTSE All-World', currency: 'EUR' },
          quantity: decimal('12.5'),
          price: price('112.4'),
          amount: decimal('1405'),
          currency: 'EUR',
          fee: 0n,
          tax: 0n,
        },
      ],
      [
        4,
        {
          effectiveAt: '2026-02-16',
          type: 'dividend',
          instrument: { isin: 'IE00BK5BQT80', name: 'FTSE All-World' },
          amount: decimal('23.1'),
          currency: 'EUR',
          fee: 0n,
          tax: 0n,
        },
      ],
    ]);
  });

  test('refuses a word that the mapping does not know by the column it stands in', () => {
    expect(parsed.refused).toMatchObject([
      { line: 5, column: 'Vorgang', value: 'Umtausch', code: 'import.unknown-type' },
    ]);
  });
});

describe('what is wrong with a mapping', () => {
  const refusalOf = (changed: Partial<ColumnMapping> | undefined) =>
    mappedCsv.parse(
      textFile(german),
      changed === undefined ? {} : { mapping: { ...mapping, ...changed } },
    );

  test.each`
    title                      | changed                                                              | code                           | says
    ${'there is none'}         | ${undefined}                                                         | ${'import.no-mapping'}         | ${'Depotumsätze 2026'}
    ${'a field that is none'}  | ${{ columns: { date: 'Buchungstag', type: 'Vorgang', wkn: 'WKN' } }} | ${'import.unknown-field'}      | ${'wkn'}
    ${'no date'}               | ${{ columns: { type: 'Vorgang' } }}                                  | ${'import.incomplete-mapping'} | ${'the date'}
    ${'a column that is gone'} | ${{ columns: { ...mapping.columns, fee: 'Entgelt' } }}               | ${'import.no-header'}          | ${'Entgelt'}
  `('$title', ({ changed, code, says }) => {
    const parsed = refusalOf(changed);
    expect(parsed).toMatchObject({ rows: [], refused: [{ line: 1, code }] });
    expect(parsed.refused[0]?.reason).toContain(says);
  });
});

describe('suggesting a mapping', () => {
  test('German titles, words, days and decimal commas', () => {
    const [, header = '', ...rows] = german.split('\n');
    expect(
      suggestMapping(
        header.split(';'),
        rows.map((row) => row.split(';')),
        ';',
      ),
    ).toEqual({
      ...mapping,
      name: 'Suggested',
      delimiter: ';',
    });
  });

  test.each`
    header                                                                         | row                                                              | columns
    ${'Date,Action,Ticker,No. of shares,Price / share,Total,Currency,Fees & Comm'} | ${'01/31/2026,Market buy,AAPL,10,150.25,1502.50,USD,1.00'}       | ${{ date: 'Date', type: 'Action', symbol: 'Ticker', quantity: 'No. of shares', amount: 'Total', currency: 'Currency', fee: 'Fees & Comm' }}
    ${'Fecha,Operación,Títulos,Precio,Importe,Divisa,Comisión'}                    | ${'31/01/2026,Compra,10,150.25,1502.50,EUR,1.00'}                | ${{ date: 'Fecha', type: 'Operación', quantity: 'Títulos', price: 'Precio', amount: 'Importe', currency: 'Divisa', fee: 'Comisión' }}
    ${'Datum,Transactietype,ISIN,Aantal,Koers,Bedrag,Kosten,Belasting'}            | ${'2026-01-31,Aankoop,IE00BK5BQT80,10,150.25,1502.50,1.00,0.00'} | ${{ date: 'Datum', type: 'Transactietype', isin: 'ISIN', quantity: 'Aantal', price: 'Koers', amount: 'Bedrag', fee: 'Kosten', tax: 'Belasting' }}
  `('$header', ({ header, row, columns }) => {
    const suggested = suggestMapping(header.split(','), [row.split(',')]);
    expect(suggested?.columns).toEqual(columns);
    expect(Object.values(suggested?.types ?? {})).toEqual(['buy']);
  });

  test.each`
    cell                   | format
    ${'01/31/2026'}        | ${'mdy'}
    ${'31/01/2026'}        | ${'dmy'}
    ${'2026-01-31'}        | ${'iso'}
    ${'2026-01-31T10:00Z'} | ${'iso'}
  `('$cell is $format', ({ cell, format }) => {
    expect(suggestMapping(['Date'], [[cell]])?.dateFormat).toBe(format);
  });

  test('no date, no suggestion', () => {
    expect(suggestMapping(['foo', 'bar'], [['1', '2']])).toBeNull();
  });

  test('what is suggested reads the file it was suggested for', () => {
    const text =
      'Trade Date;Side;Symbol;Quantity;Price;Currency\n31.01.2026;Kauf;SAP;10;150,25;EUR';
    const suggested = mappedCsv.suggest?.(textFile(text));
    expect(suggested).toBeTruthy();
    if (!suggested) return;
    expect(
      mappedCsv.parse(textFile(text), { mapping: suggested }).rows[0]?.transaction,
    ).toMatchObject({
      type: 'buy',
      amount: decimal('1502.5'),
    });
  });
});

describe('the last resort', () => {
  test('is offered for any table, and for nothing else', () => {
    expect(mappedCsv.detect(textFile('a,b\n1,2'))).toBe(0.05);
    expect(mappedCsv.detect(textFile('just a line of prose'))).toBe(0);
    expect(
      mappedCsv.detect(importFile('x.pdf', new TextEncoder().encode('%PDF-1.7 a,b\n1,2'))),
    ).toBe(0);
  });

  test('survives damage, with every line accounted for', () => {
    const reader = {
      ...mappedCsv,
      parse: (file: Parameters<typeof mappedCsv.parse>[0]) => mappedCsv.parse(file, { mapping }),
    };
    const shape = { headerHas: Object.values(mapping.columns) };
    expect(accountingFaults(german, reader.parse(textFile(german)), shape)).toEqual([]);
    expect(faultsUnderDamage(reader, german, { shape })).toEqual([]);
  });

  test.skipIf(!haveSamples)('reads a real export of Freetrade through a mapping', () => {
    const file = sample('export-samples/freetrade-export.csv');
    expect(mappedCsv.suggest?.(file)).not.toBeNull();
  });
});

import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, test } from 'vitest';
import { faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import centraalBeheer from './index.ts';

const header =
  'Boekdatum;Soort;Fondsnaam;Transactiedatum;Aantal stukken;Koers;Aankoopkosten;Dividendbelasting;Af Bij;Bruto bedrag (EUR);Netto bedrag (EUR);Naam;Rekeningnummer;Omschrijving';
const parse = (...lines: string[]) =>
  centraalBeheer.parse(textFile([header, ...lines].join('\n')), {});
const end = 'A;NL1;';

describe('reading the list', () => {
  test.each`
    line                                                                                 | expected
    ${`03/03/2026;Aankoop;Mixfonds;02/03/2026;2;50,00;0,30;;Bij;100,30;100,00;${end}`}   | ${{ type: 'buy', instrument: { name: 'Centraal Beheer Mixfonds' }, quantity: decimal('2'), price: price('50'), amount: decimal('100'), fee: decimal('0.3') }}
    ${`02/03/2026;Verkoop;Mixfonds;02/03/2026;2;50,00;;;Af;100,00;100,00;${end}`}        | ${{ type: 'sell', amount: decimal('100') }}
    ${`02/03/2026;Overboeking;;02/03/2026;;;;;Bij;150,00;;${end}`}                       | ${{ type: 'deposit', amount: decimal('150') }}
    ${`02/03/2026;Overboeking;;02/03/2026;;;;;Af;1.150,00;;${end}`}                      | ${{ type: 'withdrawal', amount: decimal('1150') }}
    ${`02/03/2026;Dividend uitkering;Mixfonds;02/03/2026;;;;1,50;Bij;10,00;8,50;${end}`} | ${{ type: 'dividend', amount: decimal('10'), tax: decimal('1.5') }}
  `('$line', ({ line, expected }) => {
    expect(parse(line)).toMatchObject({
      refused: [],
      rows: [{ transaction: { effectiveAt: '2026-03-02', currency: 'EUR', ...expected } }],
    });
  });

  test.each`
    line                                                                         | column
    ${`02/03/2026;Dividend reservering;Mixfonds;;;;;;Bij;1,00;;${end}`}          | ${'Soort'}
    ${`02/03/2026;Aankoop;Mixfonds;02/03/2026;2;50,00;0,30;;Bij;200,00;;${end}`} | ${'Bruto bedrag (EUR)'}
    ${`02/03/2026;Aankoop;;02/03/2026;2;50,00;0,30;;Bij;100,30;;${end}`}         | ${'Fondsnaam'}
    ${`02/03/2026;Overboeking;;02/03/2026;;;;;;150,00;;${end}`}                  | ${'Af Bij'}
  `('refuses $line', ({ line, column }) => {
    expect(parse(line)).toMatchObject({ rows: [], refused: [{ line: 2, column }] });
  });

  test('survives damage, with every line accounted for', () => {
    const text = [
      header,
      `02/03/2026;Aankoop;Mixfonds;02/03/2026;2;50,00;0,30;;Bij;100,30;;${end}`,
      `02/03/2026;Overboeking;;02/03/2026;;;;;Bij;150,00;;${end}`,
    ].join('\n');
    const shape = {
      delimiter: ';',
      headerHas: [
        'Boekdatum',
        'Soort',
        'Fondsnaam',
        'Aantal stukken',
        'Koers',
        'Aankoopkosten',
        'Af Bij',
        'Bruto bedrag (EUR)',
      ],
    } as const;
    expect(faultsUnderDamage(centraalBeheer, text, { shape })).toEqual([]);
  });
});

describe.skipIf(!haveSamples)('the samples', () => {
  test('a deposit, and a purchase whose costs are taken out of the gross amount', () => {
    const read = (name: string) =>
      centraalBeheer.parse(sample(`single-transaction/CentraalBeheer/${name}.csv`), {}).rows;
    expect(read('single_deposit')).toMatchObject([
      { transaction: { type: 'deposit', amount: decimal('150') } },
    ]);
    expect(read('single_purchase')).toMatchObject([
      {
        transaction: {
          type: 'buy',
          quantity: decimal('1.6597'),
          amount: decimal('74.77'),
          fee: decimal('0.23'),
        },
      },
    ]);
  });

  test('are recognised, and nothing else is', () => {
    for (const path of samplePaths()) {
      expect([path, centraalBeheer.detect(sample(path))]).toEqual([
        path,
        /CentraalBeheer/.test(path) ? 1 : 0,
      ]);
    }
  });
});

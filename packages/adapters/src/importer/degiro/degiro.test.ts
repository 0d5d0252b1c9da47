import { decimal, price } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import { cashEffects } from '../../importer-kit/testing/cash-effects.ts';
import {
  haveSamples,
  sample,
  samplePaths,
  textFile,
} from '../../importer-kit/testing/shared-sample.ts';
import degiro from './index.ts';

const dutch = 'Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id';
const english = 'Date,Time,Value date,Product,ISIN,Description,FX,Change,,Balance,,Order Id';
const german = 'Datum,Uhrzeit,Valutadatum,Produkt,ISIN,Beschreibung,FX,Änderung,,Saldo,,Order-ID';

const parse = (...lines: string[]) => degiro.parse(textFile(lines.join('\n')), {});
const transactions = (...lines: string[]) => parse(...lines).rows.map((row) => row.transaction);

/** A made-up month with a balance that starts at nothing, newest first. */
const month = [
  dutch,
  '31-01-2024,07:00,31-01-2024,,,DEGIRO Aansluitingskosten 2024 (Xetra - XET),,EUR,"-2,50",EUR,"436,32",',
  '20-01-2024,08:00,19-01-2024,,,Valuta Creditering,,EUR,"1,60",EUR,"438,82",',
  '20-01-2024,08:00,19-01-2024,,,Valuta Debitering,"1,0625",USD,"-1,70",USD,"0,00",',
  '19-01-2024,07:10,18-01-2024,ACME CORP,US0000000019,Dividendbelasting,,USD,"-0,30",USD,"1,70",',
  '19-01-2024,07:10,18-01-2024,ACME CORP,US0000000019,Dividend,,USD,"2,00",USD,"2,00",',
  '10-01-2024,16:01,10-01-2024,,,"Overboeking naar uw geldrekening bij flatexDEGIRO Bank: 437,22 EUR",,,,EUR,"437,22",',
  '10-01-2024,16:01,10-01-2024,FLATEX EURO BANKACCOUNT,NLFLATEXACNT,Degiro Cash Sweep Transfer,,EUR,"-437,22",EUR,"0,00",',
  '10-01-2024,15:55,10-01-2024,ACME CORP,US0000000019,Valuta Creditering,"1,0900",USD,"1.090,00",USD,"0,00",aaaa-1',
  '10-01-2024,15:55,10-01-2024,ACME CORP,US0000000019,Valuta Debitering,,EUR,"-1.000,00",EUR,"437,22",aaaa-1',
  '10-01-2024,15:55,10-01-2024,ACME CORP,US0000000019,DEGIRO Transactiekosten en/of kosten van derden,,EUR,"-2,00",EUR,"1.437,22",aaaa-',
  ',,,,,,,,,,,1',
  '10-01-2024,15:55,10-01-2024,ACME CORP,US0000000019,"Koop 4 @ 109 USD",,USD,"-436,00",USD,"-1.090,00",aaaa-1',
  '10-01-2024,15:54,10-01-2024,ACME CORP,US0000000019,"Koop 6 @ 109 USD",,USD,"-654,00",USD,"-654,00",aaaa-1',
  '05-01-2024,09:30,05-01-2024,FONDS,NL0000000018,"Verkoop 5 @ 5,416 EUR",,EUR,"27,08",EUR,"1.439,22",bbbb-2',
  '04-01-2024,09:30,04-01-2024,FONDS,NL0000000018,Transactiebelasting Frankrijk,,EUR,"-0,26",EUR,"1.412,14",bbbb-1',
  '04-01-2024,09:30,04-01-2024,FONDS,NL0000000018,"Koop 16 @ 5,475 EUR",,EUR,"-87,60",EUR,"1.412,40",bbbb-1',
  '03-01-2024,09:51,02-01-2024,,,iDEAL Deposit,,EUR,"1.500,00",EUR,"1.500,00",',
  '03-01-2024,09:51,02-01-2024,,,Reservation iDEAL / Sofort Deposit,,EUR,"-1.500,00",EUR,"0,00",',
  '02-01-2024,16:49,02-01-2024,,,Reservation iDEAL / Sofort Deposit,,EUR,"1.500,00",EUR,"1.500,00",',
];

describe('DEGIRO account statement', () => {
  it('joins fills, fee and conversion of one order into one trade settled in euros', () => {
    const bought = parse(...month).rows.find((row) => row.lines?.includes(12));
    expect(bought).toEqual({
      line: 9,
      lines: [9, 10, 11, 12, 13, 14],
      transaction: {
        type: 'buy',
        effectiveAt: '2024-01-10',
        time: '15:54:00',
        instrument: { isin: 'US0000000019', name: 'ACME CORP', currency: 'USD' },
        quantity: decimal('10'),
        price: price('109'),
        amount: decimal('1090'),
        currency: 'USD',
        fee: decimal('2'),
        feeCurrency: 'EUR',
        tax: 0n,
        settlement: { currency: 'EUR', amount: decimal('1002') },
      },
    });
  });

  it('moves cash by just what the balance column moves, and states the balance', () => {
    const parsed = parse(...month);
    expect(parsed.refused).toEqual([]);
    expect(cashEffects(parsed.rows)).toEqual({ EUR: '436.32', USD: '0' });
    expect(parsed.totals).toEqual({ cash: { EUR: decimal('436.32'), USD: 0n } });
  });

  it('tells what the rows are, oldest first, and ignores sweeps and reservations by name', () => {
    const parsed = parse(...month);
    expect(parsed.rows.map(({ transaction }) => transaction.type)).toEqual([
      'deposit',
      'buy',
      'sell',
      'buy',
      'dividend',
      'fx',
      'fee',
    ]);
    expect(parsed.ignored.map((row) => row.line)).toEqual([7, 8, 19, 20]);
  });

  it('reads 5,416 by the money that moved, not as five thousand', () => {
    const [buy, sell] = transactions(...month).slice(1, 3);
    expect(buy).toMatchObject({ price: price('5.475'), tax: decimal('0.26') });
    expect(sell).toMatchObject({ price: price('5.416'), amount: decimal('27.08') });
  });

  it('keeps a conversion of part of the money apart, and the trade in its own currency', () => {
    const rows = transactions(
      english,
      '10-01-2024,15:55,10-01-2024,ACME,US0000000019,FX Credit,1.1,USD,55.00,USD,0.00,o1',
      '10-01-2024,15:55,10-01-2024,ACME,US0000000019,FX Debit,,EUR,-50.00,EUR,0.00,o1',
      '10-01-2024,15:55,10-01-2024,ACME,US0000000019,Buy 1 ACME@100 USD (US0000000019),,USD,-100.00,USD,-55.00,o1',
    );
    expect(rows.map((row) => row.type).toSorted()).toEqual(['buy', 'fx']);
    expect(rows.find((row) => row.type === 'buy')).not.toHaveProperty('settlement');
    expect(
      cashEffects(
        parse(
          english,
          '10-01-2024,15:55,10-01-2024,,,FX Credit,1.1,USD,55.00,USD,0.00,o1',
          '10-01-2024,15:55,10-01-2024,,,FX Debit,,EUR,-50.00,EUR,0.00,o1',
        ).rows,
      ),
    ).toEqual({ EUR: '-50', USD: '55' });
  });

  it('turns pence into pounds', () => {
    expect(
      transactions(
        english,
        '02-04-2024,09:00,02-04-2024,AVIVA,GB00BPQY8M80,Sell 4 AVIVA@496 GBX (GB00BPQY8M80),,GBP,19.84,GBP,114.31,o',
      ),
    ).toMatchObject([
      {
        type: 'sell',
        instrument: { isin: 'GB00BPQY8M80', currency: 'GBP', priceFactor: price('0.01') },
        price: price('4.96'),
        amount: decimal('19.84'),
        currency: 'GBP',
      },
    ]);
  });

  it.each([
    ['Einzahlung', '100.00', { type: 'deposit', amount: decimal('100') }],
    ['flatex Auszahlung', '-100.00', { type: 'withdrawal', amount: decimal('100') }],
    ['Flatex Interest Income', '1.25', { type: 'interest', amount: decimal('1.25') }],
    ['Flatex Interest', '-1.25', { type: 'margin-interest', amount: decimal('1.25') }],
    ['Gebühr für Realtimekurse', '-3.00', { type: 'fee', amount: decimal('3') }],
    ['ADR/GDR Pass-Through Gebühr', '-0.04', { type: 'fee', amount: decimal('0.04') }],
    [
      'Variation Fonds Monétaires (EUR)',
      '-0.25',
      { type: 'other-income', amount: decimal('-0.25') },
    ],
    ['Kapitalrückzahlung', '4.00', { type: 'return-of-capital', amount: decimal('4') }],
    ['London/Dublin Stamp Duty', '-0.50', { type: 'tax', amount: decimal('0.5') }],
  ])('reads "%s" of %s', (words, change, expected) => {
    expect(
      transactions(
        german,
        `02-04-2024,09:00,02-04-2024,ACME,US0000000019,${words},,EUR,${change},EUR,1.00,`,
      ),
    ).toMatchObject([expected]);
  });

  it('books a withdrawal once though it is shown three times', () => {
    const parsed = parse(
      dutch,
      '03-01-2024,13:30,03-01-2024,,,Processed Flatex Withdrawal,,EUR,"50,00",EUR,"0,00",',
      '03-01-2024,13:30,03-01-2024,,,flatex terugstorting,,EUR,"-50,00",EUR,"-50,00",',
      '02-01-2024,13:30,02-01-2024,,,Processed Flatex Withdrawal,,EUR,"-50,00",EUR,"0,00",',
    );
    expect(cashEffects(parsed.rows)).toEqual({ EUR: '-50' });
    expect(parsed.ignored).toHaveLength(2);
  });

  it('reads corporate actions from their pairs of rows', () => {
    const at = '02-04-2024,09:00,02-04-2024';
    expect(
      transactions(
        english,
        `${at},ACME,US0000000019,STOCK SPLIT: Sell 3 ACME@100 USD (US0000000019),,USD,300.00,USD,0.00,`,
        `${at},ACME,US0000000019,STOCK SPLIT: Buy 30 ACME@10 USD (US0000000019),,USD,-300.00,USD,0.00,`,
        `${at},OLD,US0000000027,ISIN CHANGE: Sell 7 OLD@1 USD (US0000000027),,USD,7.00,USD,0.00,`,
        `${at},NEW,US0000000035,ISIN CHANGE: Buy 7 NEW@1 USD (US0000000035),,USD,-7.00,USD,0.00,`,
        `${at},GONE,US0000000043,DELISTING: Sell 9 GONE@0 USD (US0000000043),,USD,0.00,USD,0.00,`,
        `${at},BONUS,US0000000050,STOCK DIVIDEND: Buy 2 BONUS@0 USD (US0000000050),,USD,0.00,USD,0.00,`,
      ).toSorted((a, b) => (a.type < b.type ? -1 : 1)),
    ).toMatchObject([
      { type: 'delisting', amount: 0n },
      { type: 'split', ratio: { new: decimal('30'), old: decimal('3') } },
      { type: 'stock-dividend', added: decimal('2') },
      {
        type: 'symbol-change',
        instrument: { isin: 'US0000000027' },
        into: { isin: 'US0000000035' },
      },
    ]);
  });

  it.each([
    ['02-04-2024', 'Sternensteuerung', '1.00', ['Description', 'import.unknown-kind']],
    ['02-04-2024', '', '1.00', ['Description', 'import.missing']],
    ['32-04-2024', 'Dividend', '1.00', ['Date', 'import.not-a-day']],
    ['02-04-2024', 'Dividend', '1.0x', ['Change (amount)', 'import.not-a-number']],
    ['02-04-2024', 'FX Credit', '1.00', [null, 'import.other-half-missing']],
    ['02-04-2024', 'Buy 1 AH C30.00 19MAR25@0.5 EUR', '-50.00', [null, 'import.order-unclear']],
    [
      '02-04-2024',
      'SPIN-OFF: Buy 1 KID@5 EUR (US0000000019)',
      '0',
      [null, 'import.corporate-action'],
    ],
  ] as const)('refuses %s "%s" %s by name', (day, words, change, [column, code]) => {
    const cells = `${day},09:00,02-04-2024,ACME,US0000000019,${words},,EUR,${change},EUR,1.00,`;
    const parsed = parse(english, cells);
    expect(parsed.rows).toEqual([]);
    expect(parsed.refused).toMatchObject([{ line: 2, column, code }]);
    expect(parsed.refused[0]?.fix).not.toBe('');
  });

  it('refuses a file that is something else, and knows it', () => {
    const file = textFile('a,b\n1,2\n');
    expect(degiro.detect(file)).toBe(0);
    expect(degiro.parse(file, {}).refused).toMatchObject([{ line: 1, code: 'import.no-header' }]);
  });

  it('accounts for every line of damaged files and never throws', () => {
    expect(
      faultsUnderDamage(degiro, month.join('\n'), {
        shape: { delimiter: ',', headerHas: ['ISIN', 'Saldo'] },
      }),
    ).toEqual([]);
  });

  it('takes time in proportion to the length', { timeout: 30_000 }, () => {
    const body = month.slice(1).join('\n');
    const millisecondsFor = (repeats: number): number => {
      const from = performance.now();
      const parsed = parse(dutch, ...Array.from({ length: repeats }, () => body));
      expect(parsed.rows.length + parsed.refused.length).toBeGreaterThan(repeats);
      return performance.now() - from;
    };
    millisecondsFor(100);
    expect(millisecondsFor(1000)).toBeLessThan(100 * Math.max(20, millisecondsFor(100)));
  });
});

describe.skipIf(!haveSamples)(
  'DEGIRO sample exports (skipped where the samples are absent)',
  () => {
    const parsed = () => degiro.parse(sample('export-samples/degiro-export.csv'), {});

    it('takes every row of the sample', () => {
      const file = sample('export-samples/degiro-export.csv');
      expect(accountingFaults(file.text, parsed())).toEqual([]);
      expect(parsed().refused).toEqual([]);
      expect(parsed().rows).toHaveLength(38);
      expect(parsed().ignored).toHaveLength(13);
    });

    it('settles the sale of Bank of Nova Scotia in euros', () => {
      expect(parsed().rows.find((row) => row.line === 26)?.transaction).toMatchObject({
        type: 'sell',
        amount: decimal('63.97'),
        currency: 'USD',
        fee: decimal('0.5'),
        feeCurrency: 'EUR',
        settlement: { currency: 'EUR', amount: decimal('54.07') },
      });
    });

    it('moves cash as the balance column does where the sample is one piece', () => {
      const piece = sample('export-samples/degiro-export.csv')
        .text.split('\n')
        .slice(0, 23)
        .join('\n');
      const effects = cashEffects(degiro.parse(textFile(piece), {}).rows);
      // The balance stood at 5.18 EUR and nothing in USD before line 23; the reservation of 27.80 is undone.
      expect(effects).toEqual({ EUR: '-3.83', USD: '0' });
    });

    it('reads the single transactions, and refuses the one without a description', () => {
      const paths = samplePaths().filter((path) => path.startsWith('single-transaction/DeGiro_'));
      for (const path of paths) {
        const file = sample(path);
        expect([path, degiro.detect(file)]).toEqual([path, 1]);
        expect([path, degiro.parse(file, {}).refused.length]).toEqual([
          path,
          path.includes('Invalid') ? 1 : 0,
        ]);
      }
      expect(paths).toHaveLength(12);
    });

    it('claims no other sample', () => {
      const others = samplePaths().filter((path) => !/degiro/i.test(path));
      expect(others.filter((path) => degiro.detect(sample(path)) > 0)).toEqual([]);
    });
  },
);

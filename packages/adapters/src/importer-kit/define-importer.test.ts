import { decimal, price } from '@plimsoll/kernel';
import type { ParsedFile } from '@plimsoll/ports';
import { describe, expect, it } from 'vitest';
import { importFile, maxImportBytes } from './decode-text.ts';
import { defineImporter } from './define-importer.ts';
import { inPounds, priceInPounds, quotedIn, wholeCurrency } from './pence.ts';
import { accountingFaults } from './testing/accounting.ts';

const nothing: ParsedFile = { rows: [], refused: [], ignored: [] };
const importer = defineImporter({ id: 'x', title: 'X', detect: () => 1, parse: () => nothing });

describe('defineImporter', () => {
  it.each([
    ['too large', new Uint8Array(maxImportBytes + 1).fill(65), 'import.too-large'],
    ['binary', new TextEncoder().encode('PK\u0003\u0004 a workbook'), 'import.not-text'],
    ['empty', new Uint8Array(), 'import.empty'],
    ['blank', new TextEncoder().encode(' \r\n\n'), 'import.empty'],
  ])('refuses a file that is %s before its own code sees it', (_name, bytes, code) => {
    const file = {
      name: 'f',
      bytes,
      text: bytes.length > maxImportBytes ? '' : importFile('f', bytes).text,
    };
    expect(importer.detect(file)).toBe(0);
    expect(importer.parse(file, {}).refused).toMatchObject([{ line: 1, code }]);
  });

  it('passes text on', () => {
    const file = importFile('f', new TextEncoder().encode('a,b\n'));
    expect(importer.detect(file)).toBe(1);
    expect(importer.parse(file, {})).toBe(nothing);
  });
});

describe('accountingFaults', () => {
  const text = 'a,b\n1,2\n3,4\n5,6\n';

  it('names lines that are lost and lines that are counted twice', () => {
    const parsed: ParsedFile = {
      ...nothing,
      ignored: [
        { line: 2, reason: 'x' },
        { line: 3, reason: 'x' },
        { line: 3, reason: 'y' },
      ],
    };
    expect(accountingFaults(text, parsed)).toEqual([
      'line 4 is not accounted for',
      'line 3 is accounted for more than once',
    ]);
  });
});

describe('pence', () => {
  it('become pounds exactly, other currencies stay', () => {
    expect(wholeCurrency('GBX')).toBe('GBP');
    expect(inPounds(decimal('496'), 'GBp')).toBe(decimal('4.96'));
    expect(priceInPounds(price('4947.5'), 'GBX')).toBe(price('49.475'));
    expect(inPounds(decimal('496'), 'USD')).toBe(decimal('496'));
  });

  it('stay the unit in which the instrument is priced', () => {
    const inPence = { currency: 'GBP', priceFactor: price('0.01') };
    expect([quotedIn('GBX'), quotedIn('GBp')]).toEqual([inPence, inPence]);
    expect(quotedIn('GBP')).toEqual({ currency: 'GBP' });
  });
});

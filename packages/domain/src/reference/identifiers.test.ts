import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { identifierKinds, mistypedIsin, nationalCode } from './identifiers.ts';

describe('what a text may be', () => {
  // Published numbers of Apple, Vodafone, BAE Systems, Allianz, SAP, and Apple's composite FIGI.
  it.each([
    ['US0378331005', ['isin']],
    ['GB00BH4HKS39', ['isin']],
    ['DE0008404005', ['isin']],
    ['US0378331006', []],
    ['037833100', ['cusip']],
    ['037833101', []],
    ['BH4HKS3', ['sedol']],
    ['0263494', ['sedol']],
    ['0263495', []],
    ['BBG000B9XRY4', ['figi']],
    ['BBG000B9XRY5', []],
    ['840400', ['wkn']],
    ['716460', ['wkn']],
    ['AAPL', []],
    ['apple inc', []],
  ])('%s: %s', (text, kinds) => {
    expect(identifierKinds(text)).toEqual(kinds);
  });

  it('names the ISIN that was meant', () => {
    expect(mistypedIsin('US0378331006')).toBe('US0378331005');
    expect(mistypedIsin('US0378331005')).toBeUndefined();
    expect(mistypedIsin('AAPL')).toBeUndefined();
  });

  it('finds the national number within an ISIN', () => {
    expect(nationalCode('US0378331005')).toEqual({ kind: 'cusip', code: '037833100' });
    expect(nationalCode('GB00BH4HKS39')).toEqual({ kind: 'sedol', code: 'BH4HKS3' });
    expect(nationalCode('DE0008404005')).toEqual({ kind: 'wkn', code: '840400' });
    expect(nationalCode('NL0010273215')).toBeUndefined();
  });
});

const signs = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const body = (length: number) =>
  fc
    .array(fc.constantFrom(...signs), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

test('of ten check digits one makes an ISIN, and a wrong one names the right one', () => {
  fc.assert(
    fc.property(body(9), (text) => {
      // What begins so may be a FIGI as well.
      fc.pre(!text.startsWith('G'));
      const all = [...'0123456789'].map((digit) => `NL${text}${digit}`);
      const right = all.filter((isin) => identifierKinds(isin).includes('isin'));
      expect(right).toHaveLength(1);
      for (const isin of all) {
        if (isin !== right[0]) expect(mistypedIsin(isin)).toBe(right[0]);
      }
    }),
  );
});

test('one mistyped digit is always noticed', () => {
  fc.assert(
    fc.property(body(9), fc.nat(8), fc.integer({ min: 1, max: 9 }), (text, at, add) => {
      const digit = text[at] ?? '';
      fc.pre(/\d/.test(digit));
      const isin = [...'0123456789']
        .map((check) => `NL${text}${check}`)
        .find((one) => identifierKinds(one).includes('isin'));
      const wrong = `NL${text.slice(0, at)}${(Number(digit) + add) % 10}${text.slice(at + 1)}`;
      expect(identifierKinds(`${wrong}${isin?.at(-1)}`)).not.toContain('isin');
    }),
  );
});

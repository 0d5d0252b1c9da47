import { describe, expect, it } from 'vitest';
import { money, percent, rounded, short } from './numbers.ts';
import { plain, table } from './table.ts';

describe('numbers for people', () => {
  it.each([
    ['1234.5', 'EUR', '1234.50'],
    ['0.125', 'EUR', '0.12'],
    ['0.135', 'EUR', '0.14'],
    ['-0.005', 'EUR', '0.00'],
    ['-1.999', 'USD', '-2.00'],
    ['1234.5', 'JPY', '1234'],
    ['1.2345', 'KWD', '1.234'],
    ['0.123456789', 'BTC', '0.12345679'],
    ['9007199254740993.015', 'EUR', '9007199254740993.02'],
  ])('%s %s is %s', (exact, currency, shown) => expect(money(exact, currency)).toBe(shown));

  it('what is not known is a dash', () => {
    expect([money(null, 'EUR'), short(null), percent(null)]).toEqual(['–', '–', '–']);
  });

  it('units keep eight digits at most, rates are percent', () => {
    expect(short('10')).toBe('10');
    expect(short('0.333333333333333333')).toBe('0.33333333');
    expect(short('1.000000000000000001')).toBe('1');
    expect(percent(0.12345)).toBe('12.35 %');
    expect(rounded('0.999999999999999999999999', 2)).toBe('1.00');
  });
});

describe('tables', () => {
  it('align words to the left and numbers to the right, and leave empty columns out', () => {
    const text = table(
      [{ title: 'Name' }, { title: 'Empty' }, { title: 'Value', right: true }],
      [
        ['A', '', '1.00'],
        ['腾讯', '', '10.00'],
      ],
    );
    expect(text.split('\n')).toEqual(['Name  Value', '────  ─────', 'A      1.00', '腾讯  10.00']);
  });

  it('no text from a file can command the terminal', () => {
    expect(plain('\u001b[31mred\u0007')).toBe('�[31mred�');
  });
});

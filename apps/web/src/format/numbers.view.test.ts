import { expect, test } from 'vitest';
import {
  formatCompact,
  formatMoney,
  formatPercent,
  formatPrice,
  formatQuantity,
  splitMoney,
} from './numbers.ts';

const euro = { locale: 'en-IE', currency: 'EUR' };

test('an exact amount beyond what a float holds keeps its digits', () => {
  expect(formatMoney('9007199254740993.01', euro)).toBe('€9,007,199,254,740,993.01');
});

test('minus is a true minus and comes before the currency', () => {
  expect(formatMoney('-12', euro)).toBe('−€12.00');
  expect(formatPercent(-0.034, 'en-IE', 'plus')).toBe('−3.4%');
});

test('a gain shows its plus, nothing shows none, and rounding to zero shows no minus', () => {
  expect(formatMoney('8.5', { ...euro, sign: 'plus' })).toBe('+€8.50');
  expect(formatMoney('0', { ...euro, sign: 'plus' })).toBe('€0.00');
  expect(formatMoney('-0.001', euro)).toBe('€0.00');
});

test('codes that Intl does not know are written behind the number', () => {
  expect(formatMoney('0.01234567', { locale: 'en-IE', currency: 'BTC' })).toBe(
    '0.01234567\u00a0BTC',
  );
  expect(formatMoney('5', { locale: 'en-IE', currency: 'USDT' })).toBe('5\u00a0USDT');
});

test('yen have no cents', () => {
  expect(formatMoney('1234', { locale: 'en-IE', currency: 'JPY' })).toBe('¥1,234');
});

test('the cents split off where the locale writes them', () => {
  expect(splitMoney('482900.46', euro)).toEqual({ main: '€482,900', cents: '.46' });
  expect(splitMoney('482900.46', { locale: 'de-DE', currency: 'EUR' })).toEqual({
    main: '482.900',
    cents: ',46\u00a0€',
  });
});

test('a price keeps its quoted digits', () => {
  expect(formatPrice('4.9325', euro)).toBe('€4.9325');
  expect(formatPrice('158.4', euro)).toBe('€158.40');
});

test('units drop zeros only', () => {
  expect(formatQuantity('1.25384411', 'en-IE')).toBe('1.25384411');
  expect(formatQuantity('11350', 'en-IE')).toBe('11,350');
});

test('line ends are short', () => {
  expect(formatCompact(482_900, 'en-IE', 'EUR')).toBe('€483k');
  expect(formatCompact(-1_250_000, 'en-IE', 'EUR')).toBe('−€1.25M');
});

import type { Derivation } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import { placeBeside, searchOfQuery, showValue, splitTerms } from './derivation-view.ts';

test('a term is read by its unit', () => {
  expect(showValue('1234.5', 'EUR', 'en-IE')).toBe('€1,234.50');
  expect(showValue('0.100312', 'rate', 'en-IE')).toBe('10.0312%');
  expect(showValue('12', 'days', 'en-IE')).toBe('12 days');
  expect(showValue('2026-11-20', '', 'en-IE')).toBe('20 Nov 2026');
  expect(showValue(null, 'EUR', 'en-IE')).toBe('not known');
});

test('money is shown to the cent, and with every digit where that is asked for', () => {
  expect(showValue('1.234567', 'EUR', 'en-IE')).toBe('€1.23');
  expect(showValue('0.0000012', 'EUR', 'en-IE')).toBe('0.0000012\u00a0EUR');
  expect(showValue('1.234567', 'EUR', 'en-IE', true)).toBe('1.234567\u00a0EUR');
  expect(showValue('1.2300', 'EUR', 'en-IE', true)).toBe('€1.23');
});

test('the figure has a line of its own, once, and a check is told apart from it', () => {
  const term = (label: string, sign: string, value: string) => ({ label, sign, value });
  const of = (...terms: object[]) =>
    splitTerms({ title: 'Gain', value: '3', terms } as unknown as Derivation);
  const checked = of(term('Realised', '+', '3'), term('Check: value − paid in', '=', '3'));
  expect(checked.total).toBe(true);
  expect(checked.checks.map(({ label }) => label)).toEqual(['Check: value − paid in']);
  const plain = of(term('Realised', '+', '3'), term('Gain', '=', '3'));
  expect(plain.total).toBe(false);
  expect(plain.parts).toHaveLength(2);
});

test('the list behind a figure becomes filters of the transactions page', () => {
  expect(searchOfQuery('account=acc-1&limit=50&to=2026-11-20')).toEqual({
    account: 'acc-1',
    to: '2026-11-20',
  });
  expect(searchOfQuery('/v1/transactions?instrument=x')).toEqual({ instrument: 'x' });
});

test('stands under the number, above it, or inside the window', () => {
  const panel = { width: 400, height: 300 };
  const view = { width: 1000, height: 700 };
  expect(placeBeside({ top: 100, bottom: 120, left: 200 }, panel, view)).toEqual({
    left: 184,
    top: 128,
  });
  expect(placeBeside({ top: 600, bottom: 620, left: 980 }, panel, view)).toEqual({
    left: 588,
    top: 292,
  });
  expect(placeBeside({ top: 280, bottom: 560, left: 0 }, panel, view).top).toBe(388);
});

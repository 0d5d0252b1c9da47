import type { ImportPreview, Problem } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import {
  brokerOf,
  looksLikePrices,
  mappingFault,
  outcomeOf,
  suggestAccount,
  summaryOfProblem,
  verdictOf,
  withColumn,
} from './import-view.ts';

const preview = (more: Partial<ImportPreview>): ImportPreview => ({
  importId: null,
  account: 'A',
  format: 'degiro',
  added: 0,
  skipped: 0,
  ignored: 0,
  refused: [],
  checks: [],
  rows: [],
  instruments: [],
  suggestedMapping: null,
  columns: [],
  ...more,
});
const refused = { file: 'a', line: 2, column: null, value: '', code: 'x', reason: 'x', fix: 'x' };
const mapping = {
  name: 'Mine',
  columns: { date: 'Datum', type: 'Art' },
  types: {},
  dateFormat: 'dmy',
  decimal: ',',
} as const;

test('price files are told apart by their first line', () => {
  expect(looksLikePrices('AAPL.csv', 'date,open,high,low,close,adj_close,volume\n2026')).toBe(true);
  expect(looksLikePrices('x.csv', '\uFEFF"Date";"Close"\r\n')).toBe(true);
  expect(looksLikePrices('native.csv', 'date,type,symbol,close\n')).toBe(false);
  expect(looksLikePrices('trades.csv', 'Datum,Tijd,Product\n')).toBe(false);
});

test('the one button says what it does', () => {
  expect(verdictOf(preview({ added: 3 }))).toEqual({ kind: 'all' });
  expect(verdictOf(preview({ added: 3, refused: [refused] }))).toEqual({
    kind: 'valid',
    refused: 1,
  });
  expect(verdictOf(preview({ refused: [refused] }))).toEqual({ kind: 'none-valid' });
  expect(verdictOf(preview({ skipped: 9 }))).toEqual({ kind: 'known' });
  expect(verdictOf(preview({ suggestedMapping: mapping, refused: [refused] }))).toEqual({
    kind: 'map',
  });
});

test('the outcome is a sentence', () => {
  expect(outcomeOf(preview({ added: 1 }))).toBe('1 transaction was added.');
  expect(outcomeOf(preview({ added: 40, skipped: 2, refused: [refused] }))).toBe(
    '40 transactions were added, 2 known already, 1 row left out.',
  );
});

test('a refusal brings its rows along', () => {
  const summary = preview({ refused: [refused] });
  expect(summaryOfProblem({ summary } as unknown as Problem)).toEqual(summary);
  expect(summaryOfProblem({ detail: 'x' } as Problem)).toBeNull();
});

test('the account is named after the broker', () => {
  const formats = [
    { id: 'degiro', title: 'DEGIRO account statement (CSV)' },
    { id: 'trading-212', title: 'Trading 212 history (CSV)' },
    { id: 'plimsoll-csv', title: 'Plimsoll CSV' },
  ];
  expect(brokerOf('degiro', formats)).toBe('DEGIRO');
  expect(brokerOf('trading-212', formats)).toBe('Trading 212');
  expect(brokerOf('plimsoll-csv', formats)).toBe('My account');
  expect(suggestAccount([{ name: 'Home' }], 'DEGIRO')).toBe('Home');
  expect(suggestAccount([{ name: 'Home' }, { name: 'degiro' }], 'DEGIRO')).toBe('degiro');
  expect(suggestAccount([], 'DEGIRO')).toBe('DEGIRO');
});

test('a mapping needs a date and a type', () => {
  expect(mappingFault(mapping)).toBeNull();
  expect(mappingFault(withColumn(mapping, 'date', ''))).toBe('Say which column is the date');
  expect(
    mappingFault({ ...mapping, columns: { date: 'Datum' }, constants: { type: 'buy' } }),
  ).toBeNull();
  expect(withColumn(mapping, 'price', 'Kurs').columns).toEqual({
    date: 'Datum',
    type: 'Art',
    price: 'Kurs',
  });
});

import { expect, test } from 'vitest';
import { filterPrices, freshText, needsLook, type PriceStatus, statusText } from './price-words.ts';

const fresh: PriceStatus = {
  instrumentId: 'a',
  label: 'ASML',
  listingId: 'l',
  state: 'fresh',
  last: '2026-03-31',
  expected: '2026-03-31',
  missing: 0,
  gaps: 0,
  source: 'yahoo',
  note: '',
};
const late: PriceStatus = {
  ...fresh,
  instrumentId: 'b',
  label: 'BMW',
  state: 'late',
  last: '2026-03-30',
  missing: 1,
};
const never: PriceStatus = {
  ...fresh,
  instrumentId: 'c',
  label: 'Zed',
  state: 'never',
  last: null,
  listingId: null,
  source: '',
};
const same = (day: string) => day;

test('the worst come first, and names decide among equals', () => {
  expect(filterPrices([fresh, late, never], {}).map(({ label }) => label)).toEqual([
    'Zed',
    'BMW',
    'ASML',
  ]);
});

test('what wants a look is what is not fresh, has gaps or a note', () => {
  expect([fresh, late, { ...fresh, gaps: 2 }, { ...fresh, note: 'x' }].map(needsLook)).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(filterPrices([fresh, late], { show: 'attention' })).toEqual([late]);
  expect(filterPrices([fresh, late], { q: ' bm' })).toEqual([late]);
});

test('how many are fresh is told in words', () => {
  expect(freshText([fresh, late])).toBe('1 of 2 fresh');
  expect(freshText([fresh])).toBe('All 1 fresh');
  expect(freshText([])).toBe('');
});

test('a late price says what is missing and what mends it', () => {
  expect(statusText(late, same)).toBe(
    'Prices end on 2026-03-30; they should reach 2026-03-31, 1 trading day more. A refresh asks for what is missing.',
  );
  expect(statusText(never, same)).toContain('Link it to a listing');
  expect(statusText({ ...fresh, gaps: 1 }, same)).toBe(
    'Prices end on 2026-03-31. 1 trading day in between has no price.',
  );
});

test('what the last try came to stands in place of advice', () => {
  expect(statusText({ ...late, note: 'Yahoo does not know it.' }, same)).toMatch(
    /Yahoo does not know it\.$/,
  );
});

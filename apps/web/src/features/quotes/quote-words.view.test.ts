import type { Quote } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import { ageText, liveMark } from './quote-words.ts';

const now = Date.parse('2026-03-31T12:00:00Z');
const quote: Quote = {
  instrumentId: 'a',
  quoteId: 'q',
  symbol: 'ASML',
  name: 'ASML',
  currency: 'EUR',
  priceFactor: 1,
  bid: 611,
  ask: 613,
  last: 612.4,
  size: 3,
  previousClose: 600,
  at: '2026-03-31T11:59:58Z',
  receivedAt: '2026-03-31T11:59:58Z',
  age: 0,
  source: 'finnhub',
  state: 'live',
  delayed: false,
  simulated: false,
  heldBack: null,
  note: '',
};

test('a close is no live price, nor is nothing', () => {
  expect(liveMark(undefined, now)).toBeNull();
  expect(liveMark({ ...quote, state: 'close' }, now)).toBeNull();
  expect(liveMark({ ...quote, state: 'none', last: null, bid: null }, now)).toBeNull();
  expect(liveMark({ ...quote, last: null, bid: null }, now)).toBeNull();
});

test('a live price of this moment needs no words', () => {
  const mark = liveMark(quote, now);
  expect(mark).toMatchObject({ price: '612.4', currency: 'EUR', tone: 'live', words: [] });
  expect(mark?.change).toBeCloseTo(0.020667, 6);
});

test('simulated, delayed and stale are always said, the age where it matters', () => {
  expect(liveMark({ ...quote, simulated: true }, now)?.words).toEqual(['simulated']);
  const late = { ...quote, delayed: true, at: '2026-03-31T11:45:00Z' };
  expect(liveMark(late, now)?.words).toEqual(['delayed', '15 min']);
  expect(liveMark({ ...quote, state: 'stale' }, now)).toMatchObject({
    tone: 'stale',
    words: ['stale', 'now'],
  });
  expect(liveMark({ ...quote, at: '2026-03-31T11:50:00Z' }, now)?.words).toEqual(['10 min']);
});

test('pence are shown as pounds, and the middle where nothing traded', () => {
  const pence = { ...quote, currency: 'GBP', priceFactor: 0.01, last: null, bid: 71.2, ask: 71.3 };
  expect(liveMark({ ...pence, previousClose: 71.25 }, now)).toMatchObject({
    price: '0.7125',
    change: 0,
  });
});

test('what is odd about a quote is told to who points at it', () => {
  expect(liveMark({ ...quote, note: 'A price was held back.' }, now)?.title).toContain('held back');
});

test('ages grow in steps that can be read', () => {
  expect([3, 47, 200, 7_500, 200_000].map(ageText)).toEqual([
    'now',
    '40 s',
    '3 min',
    '2 h',
    '2 days',
  ]);
});

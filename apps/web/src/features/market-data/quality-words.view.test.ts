import { expect, test } from 'vitest';
import {
  choicesOf,
  codeWords,
  decisionWords,
  oddClose,
  repairFigures,
  rowFigures,
} from './quality-words.ts';

const item = (kind: 'row' | 'repair' | 'note', code: string, state = 'open') =>
  ({ kind, code, state }) as Parameters<typeof choicesOf>[0];

test('each kind offers the decisions that the server takes for it', () => {
  expect(choicesOf(item('row', 'quarantined'))).toEqual(['released', 'rejected']);
  expect(choicesOf(item('repair', 'unit-slip'))).toEqual(['undone', 'seen']);
  expect(choicesOf(item('note', 'provider-note'))).toEqual(['seen']);
  expect(choicesOf(item('note', 'history-rewritten'))).toEqual(['seen', 'released']);
});

test('a decision can be reopened, but not a row that is in force', () => {
  expect(choicesOf(item('row', 'quarantined', 'rejected'))).toEqual(['reopened']);
  expect(choicesOf(item('row', 'quarantined', 'released'))).toEqual([]);
});

test('whatever changes prices asks first', () => {
  expect(decisionWords('row', 'released').ask).not.toBeNull();
  expect(decisionWords('row', 'rejected').ask).not.toBeNull();
  expect(decisionWords('repair', 'undone').ask).not.toBeNull();
  expect(decisionWords('note', 'seen').ask).toBeNull();
});

test('a code that is not known is read as words', () => {
  expect(codeWords('ticker-reuse')).toBe('Ticker reuse');
  expect(codeWords('unit-slip')).toBe('Another unit');
});

test('the figures of a row stand in the order of a price list, also those that are no numbers', () => {
  expect(rowFigures({ close: 10, open: 'Infinity', extra: 1, high: null })).toEqual([
    { name: 'Open', value: 'Infinity' },
    { name: 'Close', value: '10' },
    { name: 'extra', value: '1' },
  ]);
  expect(rowFigures(null)).toEqual([]);
  expect(rowFigures('2026-03-02,1,,x')).toEqual([{ name: 'As it came', value: '2026-03-02,1,,x' }]);
});

test('a repair shows what was, what is, and how sure it is', () => {
  const evidence = {
    from: '2026-03-02',
    until: '2026-03-03',
    rows: 2,
    fields: ['close'],
    before: 1234,
    after: 12.34,
    factor: 0.01,
    certainty: 21,
    given: { '2026-03-02': { close: 1234 } },
  };
  expect(repairFigures(evidence)).toMatchObject({
    before: 1234,
    after: 12.34,
    fields: 'close',
    rows: 2,
  });
  expect(oddClose({ kind: 'repair', evidence, day: '2026-03-02' })).toBe(1234);
  expect(oddClose({ kind: 'repair', evidence, day: '2026-03-09' })).toBeNull();
  expect(repairFigures({ note: 'x' })).toBeNull();
});

test('only a close that can be drawn is drawn', () => {
  expect(oddClose({ kind: 'row', evidence: { close: -1 }, day: '2026-03-02' })).toBeNull();
  expect(oddClose({ kind: 'row', evidence: { close: 'Infinity' }, day: '2026-03-02' })).toBeNull();
  expect(oddClose({ kind: 'row', evidence: { close: 5 }, day: '2026-03-02' })).toBe(5);
});

import type { ActionProposal, CorporateActionReply } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import {
  actionKinds,
  countByKind,
  entryFields,
  filterProposals,
  isReady,
  ownFigures,
  transactionText,
  valueText,
} from './action-words.ts';
import { openText } from './open-text.ts';

const words = {
  type: (type: string) => type,
  day: (day: string) => day,
  number: (value: string) => value,
};

test('a transaction is told with the figures that it records', () => {
  const dividend = {
    type: 'dividend',
    effectiveAt: '2026-03-31',
    amount: '18.24',
    currency: 'EUR',
    fee: '0',
    tax: '2.5',
  };
  expect(transactionText(dividend, words)).toBe('dividend, 2026-03-31: 18.24 EUR, tax 2.5 EUR');
  const split = { type: 'split', effectiveAt: '2026-03-31', ratio: { new: '4', old: '1' } };
  expect(transactionText(split, words)).toBe('split, 2026-03-31: 4 for 1');
  const merger = {
    type: 'merger',
    effectiveAt: '2026-03-31',
    ratio: { new: '0.5', old: '1' },
    boot: { amount: '3', currency: 'USD' },
  };
  expect(transactionText(merger, words)).toBe('merger, 2026-03-31: 0.5 for 1, 3 USD in cash');
  expect(transactionText({ type: 'symbol-change', effectiveAt: '2026-03-31' }, words)).toBe(
    'symbol-change, 2026-03-31',
  );
});

test('a merger for cash takes an amount, one for units the other instrument', () => {
  expect(ownFigures({ kind: 'merger', transactions: [{ type: 'delisting' }] })).toEqual([
    'amount',
    'on',
  ]);
  expect(ownFigures({ kind: 'merger', transactions: [] })).toEqual(['successor']);
  expect(ownFigures({ kind: 'split', transactions: [{ type: 'split' }] })).toEqual([]);
});

test('only what is open and needs no answer is ready', () => {
  expect(isReady({ state: 'open', needs: [] })).toBe(true);
  expect(isReady({ state: 'open', needs: ['costShare'] })).toBe(false);
  expect(isReady({ state: 'declined', needs: [] })).toBe(false);
});

test('many are counted by kind, the most first', () => {
  const of = (kind: ActionProposal['kind']) => ({ kind });
  expect(countByKind([of('split'), of('dividend'), of('dividend')])).toBe('2 dividends, 1 split');
  expect(countByKind([of('return-of-capital'), of('return-of-capital')])).toBe(
    '2 returns of capital',
  );
  expect(openText(1)).toBe('1 corporate action to confirm');
});

test('proposals are chosen by instrument and kind', () => {
  const one = { instrumentId: 'a', kind: 'split' } as ActionProposal;
  const two = { instrumentId: 'b', kind: 'dividend' } as ActionProposal;
  expect(filterProposals([one, two], { instrument: 'b' })).toEqual([two]);
  expect(filterProposals([one, two], { kind: 'split' })).toEqual([one]);
  expect(filterProposals([one, two], {})).toEqual([one, two]);
});

test('the value of each kind is told with its unit', () => {
  const action = {
    kind: 'dividend',
    value: '0.24',
    currency: 'USD',
    other: null,
    second: null,
  } as CorporateActionReply;
  expect(valueText(action)).toBe('0.24 USD per unit');
  expect(valueText({ ...action, kind: 'split', value: '4:1' })).toBe('4:1');
  expect(valueText({ ...action, kind: 'merger', value: '0', other: 'XYZ', second: '30' })).toBe(
    '30 USD in cash per unit',
  );
  expect(valueText({ ...action, kind: 'spin-off', value: '0.25', other: 'KID' })).toBe(
    '0.25 KID per unit',
  );
});

test('every kind has a form', () => {
  for (const kind of actionKinds) {
    const { value, other } = entryFields(kind);
    expect(value !== null || other !== null).toBe(true);
  }
});

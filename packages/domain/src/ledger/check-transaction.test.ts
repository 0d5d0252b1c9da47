import { handTransactions } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { checkTransaction } from './check-transaction.ts';

const faultsOf = (row: Parameters<typeof handTransactions>[0][number]) =>
  handTransactions([row]).flatMap(checkTransaction);
const sale = {
  type: 'sell',
  effectiveAt: '2024-01-02',
  instrumentId: 'S',
  quantity: '5',
  amount: '1',
};

describe('checking a transaction', () => {
  it.each([
    [[{ openedBy: 'x', quantity: '0' }]],
    [[{ openedBy: 'x', quantity: '-1' }]],
    [
      [
        { openedBy: 'x', quantity: '3' },
        { openedBy: 'y', quantity: '2.5' },
      ],
    ],
  ])('refuses to name lots of %j for five units', (lots) => {
    expect(faultsOf({ ...sale, lots })).toMatchObject([{ member: 'lots' }]);
  });

  it.each([
    ['quantity', { ...sale, quantity: '0' }],
    ['amount', { ...sale, amount: '-1' }],
    ['effectiveAt', { ...sale, effectiveAt: '2024-02-30' }],
    ['effectiveAt', { ...sale, effectiveAt: '1024-01-02' }],
  ])('names the %s at fault', (member, row) => {
    expect(faultsOf(row)).toMatchObject([{ code: 'transaction.invalid', member }]);
  });

  it('takes fewer lots than units', () => {
    expect(faultsOf({ ...sale, lots: [{ openedBy: 'x', quantity: '5' }] })).toEqual([]);
  });
});

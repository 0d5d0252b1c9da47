import { foldByHand, handAccount, handTransactions } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { orderDay } from './day-order.ts';

const accounts = [
  handAccount({ allowShort: true }),
  handAccount({ id: 'b', name: 'b' }),
  handAccount({ id: 'c', name: 'c' }),
];
const row = (type: string, more: object = {}) => ({
  type,
  effectiveAt: '2024-01-02',
  instrumentId: 'S',
  quantity: '10',
  amount: '1000',
  ...more,
});
const inFile = (line: number) => ({ source: { importId: 'i', file: 'f.csv', line } });
const types = (rows: Parameters<typeof handTransactions>[0]) =>
  orderDay(handTransactions(rows)).map(({ type }) => type);

describe('the order within a day', () => {
  it('is by time of day, else of the file, else buys before sells; corporate actions first', () => {
    expect(
      types([row('short', { time: '09:00' }), row('cover', { time: '08:00' }), row('split')]),
    ).toEqual(['split', 'cover', 'short']);
    expect(types([row('short', inFile(2)), row('cover', inFile(3))])).toEqual(['short', 'cover']);
    expect(types([row('sell'), row('transfer'), row('buy')])).toEqual(['buy', 'transfer', 'sell']);
  });

  it('of one account is not changed by what another account records', () => {
    const { faults } = foldByHand(
      [
        row('short', inFile(2)),
        row('cover', inFile(3)),
        row('deposit', { accountId: 'b', amount: '5' }),
      ],
      { accounts },
    );
    expect(faults).toEqual([]);
  });

  it('lets transfers arrive before what they are needed for, around a circle', () => {
    const move = (accountId: string, toAccountId: string, instrumentId: string) =>
      row('transfer', { accountId, toAccountId, instrumentId });
    const sale = (accountId: string, instrumentId: string) =>
      row('sell', { accountId, instrumentId });
    const { faults } = foldByHand(
      [
        row('buy', { accountId: 'b', instrumentId: 'P', effectiveAt: '2024-01-01' }),
        row('buy', { accountId: 'c', instrumentId: 'Q', effectiveAt: '2024-01-01' }),
        sale('c', 'P'),
        sale('b', 'Q'),
        move('b', 'c', 'P'),
        { ...move('c', 'b', 'Q'), time: '10:00' },
      ],
      { accounts },
    );
    expect(faults).toEqual([]);
  });
});

import { ok } from '@plimsoll/kernel';
import { all, type Outcome, type Read, whenFields } from '../../importer-kit/index.ts';
import { type BuxRow, instrumentOf } from './transaction.ts';

/** Whether the row is one side of a split: old units redeemed, or new ones deposited. */
export const isSplitSide = ({ category, row }: BuxRow): boolean =>
  category === 'corporate_actions' &&
  /split/i.test(row.text('Transaction Description')) &&
  /^ASSET_(REDEEM|DEPOSIT)$/.test(row.text('Transfer Type'));

export const isRedeemed = ({ row }: BuxRow): boolean =>
  row.text('Transfer Type') === 'ASSET_REDEEM';

/** A split from its two rows. The worth they state moves no cash. */
export function split(redeemed: BuxRow, deposited: BuxRow): Read<Outcome> {
  const read = all({
    old: redeemed.row.positive('Asset Quantity'),
    new: deposited.row.positive('Asset Quantity'),
    instrument: instrumentOf(deposited),
  });
  if (!read.ok) return read;
  const { instrument, ...ratio } = read.value;
  return ok({
    row: {
      line: Math.min(redeemed.line, deposited.line),
      lines: [redeemed.line, deposited.line].toSorted((a, b) => a - b),
      transaction: { type: 'split', ...whenFields(deposited.when), instrument, ratio },
    },
  });
}

/** The refusal of one row of a split without the other. */
export const splitHalf = ({ row }: BuxRow): Read<never> =>
  row.refuseCell('Transfer Type', {
    code: 'import.other-half-missing',
    reason: 'The other row of this split is not in the file.',
    fix: 'Export a period that holds both rows of the split.',
  });

import { type Decimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Read, type Row, readNumber, whenFields } from '../../importer-kit/index.ts';
import { assetOf } from './asset.ts';

/** How the statement calls a split. */
export const splitType = 'corp action: Split';

const ratioAtEnd = /\s(\d[\d.]*):(\d[\d.]*)$/;

/** Reads `NVDA/USD 10:1`, new units for old ones. */
export function readSplit(row: Row): Read<ImportedTransaction> {
  const read = all({ when: row.when('Date'), instrument: assetOf(row), ratio: ratioOf(row) });
  if (!read.ok) return read;
  const { when, instrument, ratio } = read.value;
  return ok({ ...whenFields({ day: when.day }), type: 'split', instrument, ratio });
}

function ratioOf(row: Row): Read<{ readonly new: Decimal; readonly old: Decimal }> {
  const [, added = '', replaced = ''] = ratioAtEnd.exec(row.text('Details')) ?? [];
  const many = readNumber(added, { decimal: '.' });
  const few = readNumber(replaced, { decimal: '.' });
  if (many.ok && few.ok && many.value > 0n && few.value > 0n) {
    return ok({ new: many.value, old: few.value });
  }
  return row.refuseCell('Details', {
    code: 'import.bad-ratio',
    reason: 'The details do not end in the ratio of the split.',
    fix: 'They should read like NVDA/USD 10:1.',
  });
}

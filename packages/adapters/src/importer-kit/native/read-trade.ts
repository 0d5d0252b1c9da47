import type { Trade } from '@plimsoll/domain';
import { absolute, formatDecimal, one, type Price, zero } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { NativeRow } from './native-row.ts';
import { readCharges, readLots, readSettlement } from './read-amounts.ts';
import { needInstrument, withoutGaps } from './read-instrument.ts';
import type { RowHead } from './row-head.ts';
import { grossAmount } from './trade-amount.ts';

/** Reads a buy, sale, short sale or cover. */
export function readTrade(row: NativeRow, head: RowHead, type: Trade['type']): ImportedTransaction {
  const outwards = type === 'buy' || type === 'cover';
  const why = `A ${type} has a quantity`;
  const quantity = row.required('quantity', row.decimal('quantity'), one, why);
  row.notZero('quantity', quantity, why);
  const currency = row.currency();
  const instrument = needInstrument(row, '', `A ${type} is of an instrument`);
  const accrued = row.money('accrued');
  return withoutGaps({
    ...head,
    type,
    instrument: withoutGaps({ ...instrument, currency: instrument.currency ?? currency }),
    quantity: row.unsigned(
      'quantity',
      quantity,
      outwards ? 'positive' : 'either',
      `A ${type} ${outwards ? 'adds' : 'takes away'} units`,
    ),
    price: row.price('price'),
    amount: readGross(row, { type, outwards, instrument }),
    currency,
    accrued,
    ...readCharges(row),
    settlement: readSettlement(row),
    lots: readLots(row),
  });
}

interface TradeFacts {
  readonly type: Trade['type'];
  readonly outwards: boolean;
  readonly instrument: InstrumentHint;
}

function readGross(row: NativeRow, { type, outwards, instrument }: TradeFacts) {
  const amount = row.money('amount');
  const price = row.price('price');
  refuseNegativePrice(row, price);
  const quantity = row.decimal('quantity') ?? one;
  const gross = grossAmount({
    side: outwards ? 1n : -1n,
    quantity: absolute(quantity),
    price,
    amount:
      amount === undefined
        ? undefined
        : row.unsigned(
            'amount',
            amount,
            outwards ? 'either' : 'positive',
            `A ${type} brings cash in`,
          ),
    fee: row.money('fee') ?? zero,
    tax: row.money('tax') ?? zero,
    accrued: row.money('accrued') ?? zero,
    multiplier: instrument.multiplier ?? one,
    amountIs: amountIs(row),
  });
  if (amount === undefined && needsMultiplier(instrument)) refuseMultiplier(row, instrument);
  if (typeof gross === 'bigint' && gross >= zero) return gross;
  refuseAmounts(row, typeof gross === 'bigint' ? 'negative' : gross);
  return zero;
}

function refuseNegativePrice(row: NativeRow, price: Price | undefined): void {
  if (price === undefined || price >= 0n) return;
  row.refuse({
    field: 'price',
    code: 'import.wrong-sign',
    reason: 'A price cannot be negative.',
    fix: 'Write it without the minus sign.',
  });
}

const needsMultiplier = (instrument: InstrumentHint): boolean =>
  (instrument.kind === 'option' ||
    instrument.kind === 'future' ||
    instrument.option !== undefined) &&
  instrument.multiplier === undefined;

function refuseMultiplier(row: NativeRow, instrument: InstrumentHint): void {
  row.refuse({
    field: 'multiplier',
    code: 'import.missing-multiplier',
    reason: `The worth of a contract of ${instrument.symbol ?? instrument.name ?? 'this kind'} is its price times a multiplier, which is not given.`,
    fix: 'Fill in multiplier (100 for most equity options), or the amount.',
  });
}

function refuseAmounts(row: NativeRow, why: 'disagree' | 'missing' | 'negative'): void {
  if (why === 'negative') {
    row.refuse({
      field: 'amount',
      code: 'import.negative-worth',
      reason: 'Without the fee, tax and accrued interest, the amount is below zero.',
      fix: 'Correct the amount or the charges.',
    });
    return;
  }
  if (why === 'missing') {
    row.refuse({
      field: 'amount',
      code: 'import.missing-value',
      reason: 'The row has neither a price nor an amount.',
      fix: 'Fill in one of them; 0 where nothing was paid.',
    });
    return;
  }
  const multiplier = row.decimal('multiplier');
  const times = multiplier === undefined ? '' : ` × ${formatDecimal(multiplier)}`;
  row.refuse({
    field: 'amount',
    code: 'import.amounts-disagree',
    reason: `The amount ${row.word('amount')} is more than 1 % away from quantity × price, ${row.word('quantity')} × ${row.word('price')}${times}.`,
    fix: 'Correct one of the three, leave the price empty, or give the multiplier of the contract.',
  });
}

/** What the file says its amounts are: `gross`, `net`, or nothing. */
export function amountIs(row: NativeRow): 'gross' | 'net' | undefined {
  const text = row.word('amount-is')?.toLowerCase();
  if (text === undefined || text === 'gross' || text === 'net') return text;
  row.refuse({
    field: 'amount-is',
    code: 'import.unknown-word',
    reason: `"${text}" is neither gross nor net.`,
    fix: 'Write gross or net, or leave it empty.',
  });
  return undefined;
}

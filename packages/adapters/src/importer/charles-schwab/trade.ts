import { absolute, atPrice, type Decimal, multiply, ok, one, type Price } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Read } from '../../importer-kit/index.ts';
import {
  currency,
  requiredAmount,
  requiredInstrument,
  requiredUnits,
  type SchwabRow,
} from './schwab-row.ts';

/** What trading actions do. */
export type Side = 'buy' | 'sell' | 'short' | 'cover';

export const sides: ReadonlyMap<string, Side> = new Map([
  ['buy', 'buy'],
  ['sell', 'sell'],
  ['sell short', 'short'],
  ['buy to cover', 'cover'],
  ['buy to open', 'buy'],
  ['sell to open', 'short'],
  ['buy to close', 'cover'],
  ['sell to close', 'sell'],
  ['reinvest shares', 'buy'],
]);

/** A stated price that is not one of a unit (bonds are quoted per hundred) is left out. */
function unitPriceOf(price: Price | undefined, units: Decimal, gross: Decimal): Price | undefined {
  if (price === undefined) return undefined;
  const off = absolute(atPrice(units, price) - gross);
  return off * 20n <= gross || off <= one / 100n ? price : undefined;
}

/** A trade; `Amount` is net, so the gross amount follows from it and the fees. */
export function trade(of: SchwabRow, side: Side): Read<ImportedTransaction> {
  const read = all({
    instrument: requiredInstrument(of),
    quantity: requiredUnits(of),
    price: of.row.optionalPrice('Price'),
    amount: requiredAmount(of),
  });
  if (!read.ok) return read;
  const { instrument, quantity, amount } = read.value;
  const pays = side === 'buy' || side === 'cover';
  const gross = pays ? -amount - of.fee : amount + of.fee;
  if (gross < 0n) {
    return of.row.refuseCell('Amount', {
      code: 'import.wrong-sign',
      reason: `A "${of.row.text('Action')}" ${pays ? 'costs' : 'brings'} money, but Amount says the opposite.`,
      fix: 'Correct the sign of Amount, or record this trade by hand.',
    });
  }
  const units = multiply(quantity, instrument.multiplier ?? one);
  const price = unitPriceOf(read.value.price, units, gross);
  return ok({
    type: side,
    effectiveAt: of.asOf,
    instrument,
    quantity,
    ...(price === undefined ? {} : { price }),
    amount: gross,
    currency,
    fee: of.fee,
    tax: 0n,
  });
}

import { priceToFloat } from '@plimsoll/kernel';
import { priceUnit } from '../prices/price-unit.ts';
import type { LiveInstrument } from './live-instrument.ts';

/**
 * What brings a provider's prices into the instrument's unit: 100 where it counts in pounds and the
 * instrument in pence. Null where its prices are in another currency; 1 where it does not say.
 */
export function priceScale(
  { currency, priceFactor }: Pick<LiveInstrument, 'currency' | 'priceFactor'>,
  code: string | undefined,
): number | null {
  if (code === undefined || code === '') return 1;
  const unit = priceUnit(code);
  if (unit.currency !== currency) return null;
  return priceToFloat(unit.priceFactor) / priceFactor;
}

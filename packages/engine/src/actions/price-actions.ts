import type { CorporateAction, Instrument, PriceAction } from '@plimsoll/domain';
import { parseRatio } from '@plimsoll/domain';
import { dayNumber, decimal, priceToFloat, toFloat } from '@plimsoll/kernel';
import { priceUnit } from '../prices/price-unit.ts';

/**
 * Actions as prices show them: splits by their ratio, cash in the instrument's price unit, as paid
 * per unit of that day. Cash in another currency, and what prices do not show, is left out.
 *
 * @returns In the order of what was given.
 */
export function priceActionsOf(
  instrument: Instrument,
  actions: readonly CorporateAction[],
): readonly PriceAction[] {
  return actions.flatMap((action) => priceActionOf(instrument, action) ?? []);
}

function priceActionOf(instrument: Instrument, action: CorporateAction): PriceAction | null {
  const day = dayNumber(action.day);
  switch (action.kind) {
    case 'split': {
      const ratio = parseRatio(action.value);
      return ratio ? { kind: 'split', day, ratio: toFloat(ratio.new) / toFloat(ratio.old) } : null;
    }
    case 'stock-dividend':
      return { kind: 'split', day, ratio: 1 + Number(action.value) };
    case 'dividend':
    case 'special-dividend':
    case 'return-of-capital':
      return cashAction(instrument, action, day);
    default:
      return null;
  }
}

function cashAction(
  instrument: Instrument,
  { value, currency }: CorporateAction,
  day: number,
): PriceAction | null {
  const unit = priceUnit(currency ?? instrument.currency);
  if (unit.currency !== instrument.currency) return null;
  const factor = priceToFloat(unit.priceFactor) / priceToFloat(instrument.priceFactor);
  return { kind: 'dividend', day, amount: toFloat(decimal(value)) * factor };
}

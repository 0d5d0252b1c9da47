import type { InstrumentEvent } from '@plimsoll/analytics/backtest';
import type { ExchangeCalendar, Instrument, PriceAction } from '@plimsoll/domain';
import { type DayNumber, dayNumber, priceToFloat } from '@plimsoll/kernel';
import type { MarketAction } from '@plimsoll/ports';
import { priceUnit } from '../prices/price-unit.ts';
import { hoursOf } from './load-bars.ts';

const dayMs = 86_400_000;

/**
 * Splits and cash as prices show them, and the end of an instrument, each at the open of its day.
 *
 * @param shown On the split basis of the bars, in the instrument's price unit.
 * @param factor Currency per quoted price unit.
 */
export function eventsOf(
  instrument: Instrument,
  known: readonly MarketAction[],
  shown: readonly PriceAction[],
  {
    calendar,
    factor,
    until,
  }: {
    readonly calendar: ExchangeCalendar;
    readonly factor: number;
    /** What happens from this day on is left out. */
    readonly until: DayNumber;
  },
): readonly InstrumentEvent[] {
  const at = (day: DayNumber): number => hoursOf(calendar, day).open;
  const priced = shown
    .filter(({ day }) => day < until)
    .map((action): InstrumentEvent => {
      if (action.kind === 'split')
        return { kind: 'split', at: at(action.day), ratio: action.ratio };
      const perUnit = action.amount * factor;
      return { kind: 'dividend', at: at(action.day), perUnit, paidAt: paidAt(known, action.day) };
    });
  const ends = known.flatMap((action): InstrumentEvent[] => {
    if (action.kind !== 'delisting' && action.kind !== 'merger') return [];
    if (dayNumber(action.day) >= until) return [];
    const value = endValue(instrument, action);
    return [{ kind: 'delisting', at: at(dayNumber(action.day)), value }];
  });
  return [...priced, ...ends];
}

/** The end of the day on which it was paid. */
function paidAt(known: readonly MarketAction[], day: DayNumber): number | null {
  const told = known.find(
    (one) => one.kind === 'dividend' && one.payDay !== null && dayNumber(one.day) === day,
  );
  return told?.payDay ? (dayNumber(told.payDay) + 1) * dayMs : null;
}

/** Cash per unit where the end was for cash in the instrument's currency; null where it was not, or is not known. */
function endValue(instrument: Instrument, action: MarketAction): number | null {
  const { kind, value, second, currency } = action;
  const isForUnits = kind === 'merger' && Number(value) !== 0;
  const cash = Number(kind === 'merger' ? (second ?? Number.NaN) : value);
  const unit = priceUnit(currency ?? instrument.currency);
  const isKnown = Number.isFinite(cash) && unit.currency === instrument.currency;
  return isForUnits || !isKnown ? null : cash * priceToFloat(unit.priceFactor);
}

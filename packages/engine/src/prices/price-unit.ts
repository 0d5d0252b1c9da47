import type { Instrument } from '@plimsoll/domain';
import { ok, type Price, price, priceToFloat, type Result, refuse } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';
import { unknownCurrency } from '../imports/instrument-index.ts';

/** What one unit of a quoted price is. */
export interface PriceUnit {
  readonly currency: string;
  /** Currency per quoted unit: 0.01 for pence. */
  readonly priceFactor: Price;
}

const whole = price('1');
const hundredth = price('0.01');

/** What a file means by the code that it writes for a currency: `GBX` and `GBp` are pence. */
export const priceUnit = (code: string): PriceUnit =>
  code === 'GBX' || code === 'GBp'
    ? { currency: 'GBP', priceFactor: hundredth }
    : { currency: code.toUpperCase(), priceFactor: whole };

/** A series in the unit in which its instrument is priced, and the instrument, which may have learnt that unit. */
export interface FittedSeries {
  readonly instrument: Instrument;
  readonly bars: DailyBars;
}

/**
 * Brings prices that state their currency into the instrument's own unit. An instrument of unknown
 * currency takes over that of its prices; prices in another currency are refused, since they would
 * be counted as if they were in the instrument's.
 */
export function fitSeries(
  instrument: Instrument,
  bars: DailyBars,
  code: string | null,
): Result<FittedSeries> {
  if (code === null || code === unknownCurrency) return ok({ instrument, bars });
  const unit = priceUnit(code);
  if (instrument.currency === unknownCurrency) {
    return ok({ instrument: { ...instrument, ...unit }, bars });
  }
  if (unit.currency !== instrument.currency) {
    return refuse({
      code: 'prices.refused',
      detail: `The prices are in ${unit.currency}, and ${instrument.name} is priced in ${instrument.currency}.`,
    });
  }
  return ok({ instrument, bars: inUnit(bars, unit.priceFactor, instrument.priceFactor) });
}

/** Bars that count in `from` as bars that count in `to`. */
function inUnit(bars: DailyBars, from: Price, to: Price): DailyBars {
  if (from === to) return bars;
  const scale = scaleBy(priceToFloat(from) / priceToFloat(to));
  return {
    ...bars,
    open: bars.open.map(scale),
    high: bars.high.map(scale),
    low: bars.low.map(scale),
    close: bars.close.map(scale),
    adjustedClose: bars.adjustedClose.map(scale),
  };
}

/** Moves the decimal point of the text where the factor is a power of ten, so that no digit is made up. */
function scaleBy(factor: number): (value: number) => number {
  const shift = Math.round(Math.log10(factor));
  const isShift = Math.abs(Math.log10(factor) - shift) < 1e-12;
  return (value) => {
    if (!Number.isFinite(value) || !isShift) return value * factor;
    const [digits = '', exponent = '0'] = String(value).split('e');
    return Number(`${digits}e${Number(exponent) + shift}`);
  };
}

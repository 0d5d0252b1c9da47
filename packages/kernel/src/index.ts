export { decimalOf, marketPrice, priceToFloat, toFloat } from './border.ts';
export { canonicalJson, type Json } from './canonical-json.ts';
export {
  addDays,
  businessDaysBetween,
  type Day,
  type DayNumber,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  isDay,
  parseDay,
  weekday,
} from './day.ts';
export {
  absolute,
  atPrice,
  type Decimal,
  decimal,
  decimalDigits,
  divide,
  dividePrices,
  formatDecimal,
  formatFixed,
  formatPrice,
  least,
  mulDiv,
  multiply,
  multiplyPrices,
  one,
  overPrice,
  type Price,
  parseDecimal,
  parsePrice,
  price,
  priceDigits,
  pricePer,
  roundTo,
  splitWhole,
  unitPrice,
  whole,
  zero,
} from './decimal.ts';
export { InvariantError, invariant, present } from './invariant.ts';
export { type Random, seededRandom } from './random.ts';
export { type Fault, type Ok, ok, type Refused, type Result, refuse } from './result.ts';

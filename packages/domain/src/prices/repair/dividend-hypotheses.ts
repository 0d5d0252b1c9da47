import type { DividendEvent } from './dividend-event.ts';

/** How the stated amount came about: it is `statedTimes` × the true one. */
export interface AmountError {
  readonly name: 'right' | 'too-big' | 'too-small' | 'pre-split' | 'too-big-pre-split';
  readonly statedTimes: number;
}

/** How the adjusted closes came about. */
export type AdjustmentState =
  | 'right'
  | 'as-stated'
  | 'missing'
  | 'too-small'
  | 'too-big'
  | 'unknown'
  | 'impossible';

/** One account of what is true of an ex-day. */
export interface Hypothesis {
  readonly error: AmountError;
  readonly adjustment: AdjustmentState;
  /** The true dividend as a share of the close before. */
  readonly yield: number;
  /** How well the prices fit, log-likelihood in nats. */
  readonly price: number;
  /** How usual such a yield is. */
  readonly usual: number;
  /** How rare the mistakes are that it supposes, as a cost in nats. */
  readonly cost: number;
}

export const score = ({ price, usual, cost }: Hypothesis): number => price + usual - cost;

/** Costs in nats, beside that of the wrong unit: e⁻⁴ ≈ 1 in 55 dividends of a split's day is. */
const splitCost = 4;
const amountCosts = {
  right: 0,
  'too-big': 0,
  'too-small': 0,
  'pre-split': splitCost,
  'too-big-pre-split': splitCost,
} as const;
const adjustmentCosts = {
  right: 0,
  'as-stated': 0,
  missing: 3,
  'too-small': 4,
  'too-big': 5,
  unknown: 0,
  impossible: 0,
} as const;

/**
 * Log-likelihood of a deviation of `z` spreads under Student's t with 3 degrees of freedom (without
 * its constant): the tails of daily returns, in which 10 spreads happen.
 */
export const priceTail = (z: number): number => -2 * Math.log1p((z * z) / 3);

/** Yields of single dividends are about 1.2 %, within a factor of e^1.2 either way. */
const usualYield = Math.log(0.012);
const yieldSpread = 1.2;

/** One price in five falls a day late, where nobody traded in time. */
const late = Math.log(5);

/** How well a dividend of this share of the price fits its falls, on the ex-day or the day after. */
export function priceFit(event: DividendEvent, share: number): number {
  if (!event.traded) return 0;
  const [first, second] = event.falls;
  return Math.max(
    priceTail((first - share) / event.spread),
    priceTail((second - share) / (event.spread * Math.SQRT2)) - late,
  );
}

/** What amounts may be confused with: their hundredths or, of dinars, thousandths. */
export interface Unit {
  readonly parts: 100 | 1000;
  /** What a mistake costs, in nats: e⁻⁵ ≈ 1 in 150 amounts. */
  readonly cost: number;
}

const inThousandths = ['KWD', 'KWF', 'BHD', 'OMR', 'TND', 'JOD', 'IQD'];
/** Quoted in pence, cents, agorot: where providers confuse the two. */
const inHundredths = ['GBP', 'GBX', 'GBp', 'ZAR', 'ZAC', 'ZAc', 'ILS', 'ILA'];

/** Mistakes of the unit are common where prices are quoted in parts of it, and rare elsewhere. */
export function unitOf(currency: string | null): Unit {
  if (currency === null) return { parts: 100, cost: 4 };
  if (inThousandths.includes(currency)) return { parts: 1000, cost: 4 };
  return { parts: 100, cost: inHundredths.includes(currency) ? 3 : 7 };
}

/** An amount of more decimals than companies declare, where its hundredfold has no more than usual. */
const unusualDecimals = 1.5;

function decimalsCost(event: DividendEvent, { parts }: Unit): number {
  const isOdd = decimalsOf(event.amount) > 5 && decimalsOf(event.amount * parts) <= 5;
  return isOdd && event.splitRatio === 1 ? -unusualDecimals : 0;
}

function decimalsOf(amount: number): number {
  for (let decimals = 0; decimals < 9; decimals++) {
    const scaled = amount * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 9;
}

/** Every account of the event that its adjustment allows. */
export function hypothesesOf(event: DividendEvent, unit: Unit, noise: number): Hypothesis[] {
  const units = unit.parts;
  const errors: AmountError[] = [
    { name: 'right', statedTimes: 1 },
    { name: 'too-big', statedTimes: units },
    { name: 'too-small', statedTimes: 1 / units },
  ];
  if (Math.abs(Math.log(event.splitRatio)) > 0.2) {
    errors.push({ name: 'pre-split', statedTimes: event.splitRatio });
    errors.push({ name: 'too-big-pre-split', statedTimes: event.splitRatio * units });
  }
  return errors.flatMap((error) => {
    const share = event.yield / error.statedTimes;
    if (share >= 1) return [];
    const adjustment = adjustmentState(event, error, share, units, noise);
    if (adjustment === null) return [];
    const inWrongUnit = error.name.startsWith('too-') ? unit.cost : 0;
    const odd = error.name === 'too-small' ? decimalsCost(event, unit) : 0;
    const cost = inWrongUnit + odd + amountCosts[error.name] + adjustmentCosts[adjustment];
    const usual = priceTail((Math.log(share) - usualYield) / yieldSpread);
    return [{ error, adjustment, yield: share, price: priceFit(event, share), usual, cost }];
  });
}

/** Nothing takes off more than all, or adds: no adjusted close is negative or without limit. */
const isImpossible = (adjustment: number): boolean => adjustment >= 1 || adjustment < -0.05;

/** What must have happened to the adjusted closes if this share is the true one; null: nothing known. */
function adjustmentState(
  { adjustment, yield: stated }: DividendEvent,
  error: AmountError,
  share: number,
  units: number,
  noise: number,
): AdjustmentState | null {
  if (Number.isNaN(adjustment)) return 'unknown';
  const is = (expected: number): boolean =>
    Math.abs(adjustment - expected) <= 3 * noise + 0.05 * Math.abs(expected);
  if (is(share)) return 'right';
  if (error.statedTimes !== 1 && is(stated)) return 'as-stated';
  if (is(share / units)) return 'too-small';
  if (Math.abs(adjustment) <= 3 * noise) return 'missing';
  if (is(share * units)) return 'too-big';
  return isImpossible(adjustment) ? 'impossible' : null;
}

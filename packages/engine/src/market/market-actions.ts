import { type Instrument, type PriceAction, parseRatio } from '@plimsoll/domain';
import { type DayNumber, dayNumber, priceToFloat, toFloat } from '@plimsoll/kernel';
import type { MarketAction, NewMarketAction, ProviderAction } from '@plimsoll/ports';
import { actionId } from '../actions/enter.ts';
import { priceUnit } from '../prices/price-unit.ts';
import { type SplitDay, splitFactorAfter } from './split-basis.ts';

/** Two providers may tell one action on days this far apart: ex-day, record day, pay day. */
const sameActionDays = 3;

/** The splits among actions as they are known, with their days. */
export function splitsOf(actions: readonly MarketAction[]): readonly SplitDay[] {
  return actions.flatMap(({ kind, day, value }) => {
    const ratio = kind === 'split' ? parseRatio(value) : null;
    return ratio === null
      ? []
      : [{ day: dayNumber(day), ratio: toFloat(ratio.new) / toFloat(ratio.old) }];
  });
}

/** The splits that a provider tells. */
export const toldSplits = (actions: readonly ProviderAction[]): readonly SplitDay[] =>
  actions.flatMap(({ kind, day, value }) =>
    kind === 'split' && value > 0 && Number.isFinite(value) && value !== 1
      ? [{ day: dayNumber(day), ratio: value }]
      : [],
  );

/** Both, each split once. */
export function joinSplits(
  known: readonly SplitDay[],
  told: readonly SplitDay[],
): readonly SplitDay[] {
  const isKnown = (one: SplitDay) =>
    known.some(
      ({ day, ratio }) => Math.abs(day - one.day) <= sameActionDays && near(ratio, one.ratio),
    );
  return [...known, ...told.filter((one) => !isKnown(one))].sort((a, b) => a.day - b.day);
}

const near = (a: number, b: number): boolean => Math.abs(a / b - 1) < 1e-6;

/**
 * Actions in the terms of the bars that came with them: cash in the unit and on the split basis of
 * the prices. What prices do not show (a new symbol) is left out.
 */
export function priceActions(
  listing: Instrument,
  splits: readonly SplitDay[],
  told: readonly ProviderAction[],
): readonly PriceAction[] {
  const cash = told.flatMap((action): PriceAction[] => {
    const amount = action.value * (unitFactor(listing, action.currency) ?? Number.NaN);
    const pays = action.kind === 'dividend' || action.kind === 'special-dividend';
    if (!pays || !(amount > 0) || !Number.isFinite(amount)) return [];
    return [{ kind: 'dividend', day: dayNumber(action.day), amount }];
  });
  const all: PriceAction[] = [
    ...splits.map((one) => ({ kind: 'split' as const, ...one })),
    ...cash,
  ];
  return all.sort((a, b) => a.day - b.day);
}

/**
 * Units of the listing's prices per unit of an amount in that currency: 100 for pounds where prices
 * are in pence. Null for another currency than the listing's; no currency is the prices' own unit.
 */
function unitFactor(listing: Instrument, code: string | undefined): number | null {
  if (code === undefined) return 1;
  const unit = priceUnit(code);
  if (unit.currency !== listing.currency) return null;
  return priceToFloat(unit.priceFactor) / priceToFloat(listing.priceFactor);
}

/** What is to be kept of a provider's actions. */
export interface KeepActions {
  readonly listing: Instrument;
  readonly source: string;
  readonly told: readonly ProviderAction[];
  /**
   * What the quality gate made of the dividends, by day, in the listing's price unit; one that is
   * not there was taken away. Null where the gate was given none.
   */
  readonly dividends: ReadonlyMap<DayNumber, number> | null;
  readonly splits: readonly SplitDay[];
  readonly splitAdjusted: boolean;
  readonly known: readonly MarketAction[];
}

/**
 * A provider's actions as the market keeps them: cash as it was paid per unit of that day, in the
 * listing's currency; splits as whole numbers. What another source or a person has told already is
 * left as it is.
 */
export function newActions(keep: KeepActions): readonly NewMarketAction[] {
  const made = new Map<string, NewMarketAction>();
  for (const told of keep.told) {
    const action = newAction(keep, told);
    if (action !== null && !toldByOthers(keep, action)) made.set(action.id, action);
  }
  return [...made.values()];
}

function newAction(keep: KeepActions, told: ProviderAction): NewMarketAction | null {
  const { listing, source } = keep;
  const value = valueText(keep, told);
  if (value === null) return null;
  return {
    id: actionId(listing.id, told.kind, told.day),
    instrumentId: listing.id,
    kind: told.kind,
    day: told.day,
    payDay: told.payDay ?? null,
    value,
    currency: told.currency === undefined ? listing.currency : priceUnit(told.currency).currency,
    other: told.other ?? null,
    second: told.second === undefined ? null : decimalText(told.second),
    source,
    withdrawn: false,
  };
}

function valueText(keep: KeepActions, told: ProviderAction): string | null {
  const { kind, value } = told;
  if (!Number.isFinite(value) || value < 0) return null;
  if (kind === 'split') return value > 0 && value !== 1 ? ratioText(value) : null;
  if (kind === 'merger') return decimalText(value);
  if (value === 0 && kind !== 'delisting') return null;
  const isCash = ['dividend', 'special-dividend', 'return-of-capital', 'delisting'].includes(kind);
  return isCash ? cashText(keep, told) : decimalText(value);
}

/** Cash per unit as it was paid on the day, in the listing's currency or its own. */
function cashText(
  keep: KeepActions,
  { kind, day, value, currency }: ProviderAction,
): string | null {
  const number = dayNumber(day);
  const basis = keep.splitAdjusted ? splitFactorAfter(keep.splits, number) : 1;
  const isGated = kind === 'dividend' && unitFactor(keep.listing, currency) !== null;
  if (isGated && keep.dividends !== null) {
    const mended = keep.dividends.get(number);
    // A distribution that the gate took away was none, or was counted in another.
    if (mended === undefined) return null;
    return decimalText(mended * basis * priceToFloat(keep.listing.priceFactor));
  }
  const unit = currency === undefined ? keep.listing : priceUnit(currency);
  return decimalText(value * basis * priceToFloat(unit.priceFactor));
}

function toldByOthers({ known, source }: KeepActions, action: NewMarketAction): boolean {
  const day = dayNumber(action.day);
  return known.some(
    (other) =>
      other.kind === action.kind &&
      other.source !== source &&
      Math.abs(dayNumber(other.day) - day) <= sameActionDays,
  );
}

/** A ratio as the smallest whole numbers that give it to nine digits: `4:1`, `1:20`, `3:2`. */
export function ratioText(ratio: number): string {
  let rest = ratio;
  let [up, upBefore] = [Math.floor(ratio), 1];
  let [down, downBefore] = [1, 0];
  while (down < 1e6) {
    if (Math.abs(up / down / ratio - 1) < 1e-9) return `${up}:${down}`;
    rest = 1 / (rest - Math.floor(rest));
    const whole = Math.floor(rest);
    if (!Number.isFinite(whole)) break;
    [up, upBefore] = [whole * up + upBefore, up];
    [down, downBefore] = [whole * down + downBefore, down];
  }
  return `${decimalText(ratio)}:1`;
}

/** Ten significant digits: what a float still says after a multiplication or two, without an exponent. */
function decimalText(value: number): string {
  const text = String(Number(value.toPrecision(10)));
  if (!text.includes('e')) return text;
  return value.toFixed(18).replace(/0+$/, '').replace(/\.$/, '');
}

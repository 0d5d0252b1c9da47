import {
  type Book,
  type BookValue,
  type CashValue,
  type HoldingValue,
  instrumentLabel,
  knownBaseCost,
  type Lot,
} from '@plimsoll/domain';
import {
  absolute,
  atPrice,
  type Decimal,
  dayFromNumber,
  formatDecimal,
  formatPrice,
  mulDiv,
  type Price,
  toFloat,
} from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { HoldingsView, HoldingView, LotView } from '../views.ts';
import type { Valuation } from './measure.ts';

const text = (value: Decimal | null): string | null =>
  value === null ? null : formatDecimal(value);

const sum = (values: readonly (Decimal | null)[]): Decimal =>
  values.reduce<Decimal>((total, value) => total + (value ?? 0n), 0n);

/** The rows of a valuation. With `inBase`, every amount of a row is in the base currency. */
export function holdingsView(
  view: LedgerView,
  valuation: Valuation,
  options: { readonly inBase: boolean; readonly lots: boolean },
): HoldingsView {
  const { value, scope } = valuation;
  const names = new Map(view.accounts.map(({ id, name }) => [id, name]));
  const rows = [
    ...value.holdings.map((holding) => holdingRow(holding, valuation, options)),
    ...value.cash.map((cash) => cashRow(cash, value, scope.currency, options)),
  ];
  const known = [...value.holdings, ...value.cash].filter(({ baseValue }) => baseValue !== null);
  return {
    at: valuation.at,
    baseCurrency: scope.currency,
    value: text(value.total),
    cost: text(sum(known.map(({ baseCost }) => baseCost))),
    gain: text(sum(known.map(({ baseGain }) => baseGain))),
    leftOut: [...value.leftOut, ...uncosted(known), ...laterNote(valuation)],
    holdings: rows
      .map((row) => ({ ...row, account: names.get(row.accountId) ?? row.accountId }))
      .sort(byWorth),
  };
}

/** What is valued, but in cost and gain counts as nothing. */
function uncosted(known: readonly (HoldingValue | CashValue)[]): string[] {
  return known
    .filter(({ baseCost }) => baseCost === null)
    .map((one) => {
      const label = 'instrument' in one ? instrumentLabel(one.instrument) : `${one.currency} cash`;
      return `${label}: cost and gain are unknown, as no rate was known when it came`;
    });
}

function laterNote({ later, at }: Valuation): string[] {
  if (later === 0) return [];
  return [`${later} transaction${later === 1 ? '' : 's'} after ${at}`];
}

function byWorth(a: HoldingView, b: HoldingView): number {
  if ((a.kind === 'cash') !== (b.kind === 'cash')) return a.kind === 'cash' ? 1 : -1;
  return (b.weight ?? 0) - (a.weight ?? 0) || a.instrument.localeCompare(b.instrument);
}

function weightOf(baseValue: Decimal | null, total: Decimal): number | null {
  if (baseValue === null || total <= 0n) return null;
  return toFloat(baseValue) / toFloat(total);
}

function holdingRow(
  holding: HoldingValue,
  { value, book, scope }: Valuation,
  { inBase, lots }: { readonly inBase: boolean; readonly lots: boolean },
): HoldingView {
  const base = scope.currency;
  const { instrument, known } = holding;
  const quoted = known && atPrice(known.price as unknown as Decimal, instrument.priceFactor);
  const price = quoted as Price | null;
  const basePrice =
    price === null || holding.rate === null
      ? null
      : (mulDiv(price, holding.rate.rate, 10n ** 24n) as Price);
  const shown = inBase ? basePrice : price;
  return {
    account: '',
    accountId: holding.accountId,
    instrument: instrumentLabel(instrument),
    instrumentId: instrument.id,
    name: instrument.name,
    kind: instrument.kind,
    isin: instrument.isin ?? null,
    quantity: formatDecimal(holding.quantity),
    cost: text(inBase ? holding.baseCost : holding.cost),
    price: shown === null ? null : formatPrice(shown),
    value: text(inBase ? holding.baseValue : holding.value),
    gain: text(inBase ? holding.baseGain : holding.gain),
    currency: inBase ? base : holding.currency,
    baseCurrency: base,
    baseCost: text(holding.baseCost),
    baseValue: text(holding.baseValue),
    baseGain: text(holding.baseGain),
    pricePart: text(holding.pricePart),
    fxPart: text(holding.fxPart),
    weight: weightOf(holding.baseValue, value.total),
    priceState: known?.state ?? 'none',
    pricedOn: known === null ? null : dayFromNumber(known.day),
    simulated: instrument.simulated,
    reasons: holdingReasons(holding, value, base, inBase),
    ...(lots ? { lots: holding.lots.map((lot) => lotView(lot, holding, book, inBase)) } : {}),
  };
}

function holdingReasons(
  holding: HoldingValue,
  value: BookValue,
  base: string,
  inBase: boolean,
): Record<string, string> {
  const day = dayFromNumber(value.day);
  const noPrice =
    holding.known === null &&
    `No price is known on or before ${day}, and no trade of your own gives one.`;
  const noRate =
    holding.rate === null &&
    `No rate from ${holding.currency} to ${base} is known on or before ${day}.`;
  const noCost =
    holding.cost === null &&
    `Its lots were paid in another currency than ${holding.currency}, and no rate was known then.`;
  const noBaseCost =
    holding.baseCost === null && `No rate to ${base} was known when some of it was bought.`;
  const worth = inBase ? noPrice || noRate : noPrice;
  const cost = inBase ? noBaseCost : noCost;
  return given({
    price: worth,
    value: worth,
    cost,
    gain: worth || cost,
    baseValue: noPrice || noRate,
    baseCost: noBaseCost,
    baseGain: noPrice || noRate || noBaseCost,
  });
}

/** The reasons that there are. */
const given = (reasons: Readonly<Record<string, string | false>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(reasons).filter((entry): entry is [string, string] => entry[1] !== false),
  );

/** A lot's share of the holding's value, by units. */
function lotView(lot: Readonly<Lot>, holding: HoldingValue, book: Book, inBase: boolean): LotView {
  const baseCost = knownBaseCost(book, lot);
  const worth = inBase ? holding.baseValue : holding.value;
  const value =
    worth === null ? null : mulDiv(worth, absolute(lot.quantity), absolute(holding.quantity));
  const ofBase = inBase && baseCost !== null;
  const cost = ofBase ? baseCost : lot.cost;
  const comparable = ofBase || (!inBase && lot.currency === holding.currency);
  return {
    openedBy: lot.openedBy,
    openedOn: dayFromNumber(lot.openedOn),
    quantity: formatDecimal(lot.quantity),
    cost: formatDecimal(cost),
    currency: ofBase ? book.options.currency : lot.currency,
    baseCost: text(baseCost),
    value: text(value),
    gain: value === null || !comparable ? null : formatDecimal(value - cost),
  };
}

function cashRow(
  cash: CashValue,
  value: BookValue,
  base: string,
  { inBase }: { readonly inBase: boolean },
): HoldingView {
  const worth = inBase ? cash.baseValue : cash.balance;
  const noRate =
    cash.rate === null &&
    `No rate from ${cash.currency} to ${base} is known on or before ${dayFromNumber(value.day)}.`;
  const noCost = cash.baseCost === null && `No rate to ${base} was known when some of it came.`;
  const reasons = { baseValue: noRate, baseCost: noCost, baseGain: noRate || noCost };
  const shown = { price: noRate, value: noRate, cost: noCost, gain: noRate || noCost };
  return {
    account: '',
    accountId: cash.accountId,
    instrument: cash.currency,
    instrumentId: null,
    name: `${cash.currency} cash`,
    kind: 'cash',
    isin: null,
    quantity: formatDecimal(cash.balance),
    cost: text(inBase ? cash.baseCost : cash.balance),
    price: inBase ? (cash.rate === null ? null : formatPrice(cash.rate.rate)) : '1',
    value: text(worth),
    gain: inBase ? text(cash.baseGain) : '0',
    currency: inBase ? base : cash.currency,
    baseCurrency: base,
    baseCost: text(cash.baseCost),
    baseValue: text(cash.baseValue),
    baseGain: text(cash.baseGain),
    pricePart: cash.baseGain === null ? null : '0',
    fxPart: text(cash.baseGain),
    weight: weightOf(cash.baseValue, value.total),
    priceState: 'cash',
    pricedOn: null,
    simulated: false,
    reasons: given({ ...reasons, ...(inBase ? shown : {}) }),
  };
}

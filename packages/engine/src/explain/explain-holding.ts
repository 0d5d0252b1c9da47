import {
  type Book,
  type CashValue,
  type HoldingValue,
  instrumentLabel,
  knownBaseCost,
  type Rate,
} from '@plimsoll/domain';
import {
  type Decimal,
  dayFromNumber,
  formatDecimal,
  formatPrice,
  mulDiv,
  one,
  type Price,
  unitPrice,
} from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { Valuation } from '../valuation/measure.ts';
import type { TermView } from '../views.ts';
import { type Explanation, exactTerm, term } from './derivation.ts';
import { evidence } from './evidence.ts';

export const holdingFields = ['quantity', 'cost', 'price', 'value', 'gain'] as const;
export type HoldingField = (typeof holdingFields)[number];

const text = (value: Decimal | null): string | null =>
  value === null ? null : formatDecimal(value);

function rateTerms(rate: Rate | null, from: string, to: string): TermView[] {
  if (from === to) return [];
  if (rate === null) return [term(`Rate ${from} to ${to}`, '×', null, to, { note: 'none known' })];
  return rate.legs.map((leg) =>
    term(`Rate ${leg.from} to ${leg.to}`, '×', formatPrice(leg.rate), leg.to, {
      day: dayFromNumber(leg.day),
      source: leg.source,
    }),
  );
}

const stateNotes = {
  market: null,
  carried: 'last known close',
  stale: 'more than 5 business days old',
  trade: 'your own last trade; no market price is known',
} as const;

function priceTerm(h: HoldingValue, sign: string): TermView {
  if (h.known === null) return term('Price', sign, null, h.currency, { note: 'none known' });
  return term('Price', sign, formatPrice(h.known.price), h.currency, {
    day: dayFromNumber(h.known.day),
    source: h.known.source,
    note: stateNotes[h.known.state],
  });
}

function lotTerms(
  h: HoldingValue,
  pick: (lot: HoldingValue['lots'][number]) => Decimal | null,
  unit: string,
): TermView[] {
  return h.lots.map((lot) =>
    exactTerm(
      `Lot of ${dayFromNumber(lot.openedOn)}, ${formatDecimal(lot.quantity)} units`,
      '+',
      pick(lot),
      unit,
      {
        day: dayFromNumber(lot.openedOn),
        source: lot.openedBy,
      },
    ),
  );
}

const pricePerUnit = (quoted: Price, factor: Price): Price =>
  mulDiv(quoted, factor, unitPrice) as Price;

function factorTerms({ instrument: { priceFactor }, currency }: HoldingValue): TermView[] {
  return priceFactor === unitPrice
    ? []
    : [term('Price factor', '×', formatPrice(priceFactor), `${currency} per quoted unit`)];
}

function valueTerms(h: HoldingValue, base: string): TermView[] {
  const { instrument } = h;
  return [
    exactTerm('Quantity', '', h.quantity, 'units'),
    ...(instrument.multiplier === one
      ? []
      : [exactTerm('Multiplier', '×', instrument.multiplier, 'units per contract')]),
    priceTerm(h, '×'),
    ...factorTerms(h),
    ...rateTerms(h.rate, h.currency, base),
  ];
}

interface FieldExplanation {
  readonly title: string;
  readonly value: string | null;
  readonly unit: string;
  readonly formula: string;
  readonly terms: TermView[];
  readonly conventions: string[];
}

function explainField(h: HoldingValue, field: HoldingField, book: Book): FieldExplanation {
  const base = book.options.currency;
  const label = instrumentLabel(h.instrument);
  switch (field) {
    case 'quantity':
      return {
        title: `Quantity of ${label}`,
        value: formatDecimal(h.quantity),
        unit: 'units',
        formula: 'Σ quantity of the open lots',
        terms: lotTerms(h, (lot) => lot.quantity, 'units'),
        conventions: ['Splits rescale every open lot.'],
      };
    case 'cost':
      return {
        title: `Cost of ${label}`,
        value: text(h.baseCost),
        unit: base,
        formula: 'Σ cost of the open lots, each at the rate of its opening',
        terms: lotTerms(h, (lot) => knownBaseCost(book, lot), base),
        conventions: [
          'Fees and taxes of a trade are part of cost unless the account says otherwise.',
        ],
      };
    case 'price':
      return {
        title: `Price of ${label}`,
        value: h.known ? formatPrice(pricePerUnit(h.known.price, h.instrument.priceFactor)) : null,
        unit: h.currency,
        formula: 'The last close on or before the day, unadjusted',
        terms: [priceTerm(h, ''), ...factorTerms(h)],
        conventions: [
          'Before the first market close your own last trade stands in. Never a later price.',
        ],
      };
    case 'value':
      return {
        title: `Value of ${label}`,
        value: text(h.baseValue),
        unit: base,
        formula: 'Quantity × multiplier × price × price factor × FX rate',
        terms: valueTerms(h, base),
        conventions: ['Rate and price of the same day, or the last before it.'],
      };
    case 'gain':
      return {
        title: `Unrealised gain of ${label}`,
        value: text(h.baseGain),
        unit: base,
        formula: 'Value − cost = price part + FX part',
        terms: [
          exactTerm('Value', '+', h.baseValue, base),
          exactTerm('Cost', '−', h.baseCost, base),
          exactTerm('Price part', '=', h.pricePart, base, {
            note: 'change in local value × today’s rate',
          }),
          exactTerm('FX part', '+', h.fxPart, base, { note: 'local cost × change in the rate' }),
        ],
        conventions: ['The parts add up to the gain exactly.'],
      };
  }
}

function whyNull(h: HoldingValue, base: string): string | null {
  if (h.known === null) return 'No price is known on or before the day.';
  if (h.rate === null)
    return `No rate from ${h.currency} to ${base} is known on or before the day.`;
  if (h.baseCost === null) return `No rate to ${base} was known when some of it was bought.`;
  return null;
}

/** A figure of one holding: `holding:<account>:<instrument or cash:CUR>:<field>`. */
export function explainHolding(
  view: LedgerView,
  valuation: Valuation,
  accountId: string,
  key: string,
  field: HoldingField,
): Explanation | null {
  const base = valuation.scope.currency;
  if (key.startsWith('cash:')) {
    const cash = valuation.value.cash.find(
      (one) => one.accountId === accountId && one.currency === key.slice(5),
    );
    return cash ? explainCash(view, valuation, cash, field) : null;
  }
  const holding = valuation.value.holdings.find(
    (one) => one.accountId === accountId && one.instrument.id === key,
  );
  if (!holding) return null;
  const explained = explainField(holding, field, valuation.book);
  return {
    ...explained,
    reason: explained.value === null ? whyNull(holding, base) : null,
    transactions: evidence(view, valuation, { accountId, instrumentId: key }),
  };
}

function explainCash(
  view: LedgerView,
  valuation: Valuation,
  cash: CashValue,
  field: HoldingField,
): Explanation {
  const base = valuation.scope.currency;
  const value =
    field === 'quantity'
      ? cash.balance
      : field === 'cost'
        ? cash.baseCost
        : field === 'gain'
          ? cash.baseGain
          : cash.baseValue;
  return {
    title: `${cash.currency} cash: ${field}`,
    value: field === 'price' ? cash.rate && formatPrice(cash.rate.rate) : text(value),
    unit: field === 'quantity' ? cash.currency : base,
    reason: whyCashNull(cash, base, value),
    formula:
      field === 'gain'
        ? 'Balance × today’s rate − worth of the balance when it came'
        : 'Sum of all cash movements × FX rate',
    terms: [
      exactTerm('Balance', '', cash.balance, cash.currency),
      ...rateTerms(cash.rate, cash.currency, base),
      ...(field === 'gain' ? [exactTerm('Worth when it came', '−', cash.baseCost, base)] : []),
    ],
    conventions: ['Foreign cash is kept in lots, oldest out first; its gain is FX gain.'],
    transactions: evidence(view, valuation, { accountId: cash.accountId }),
  };
}

function whyCashNull(cash: CashValue, base: string, value: Decimal | null): string | null {
  if (cash.rate === null) return `No rate from ${cash.currency} to ${base} is known.`;
  return value === null ? `No rate to ${base} was known when some of it came.` : null;
}

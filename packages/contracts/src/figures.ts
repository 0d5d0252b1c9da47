import { z } from 'zod';
import { currency, day, exact, id, rate } from './scalars.ts';

export const scopeQuery = z.object({
  /** A portfolio, or `all`. */
  portfolio: z.string().max(80).default('all'),
  base: currency.optional(),
});

export const holdingsQuery = scopeQuery.extend({
  at: day.optional(),
  lots: z.enum(['true', 'false']).default('false'),
});

export const lot = z.object({
  openedBy: id,
  openedOn: day,
  quantity: exact,
  /** In the holding's own currency. */
  cost: exact,
  currency,
  baseCost: exact.nullable(),
  value: exact.nullable(),
  gain: exact.nullable(),
});

/** How the price of a holding is known. */
export const priceState = z.enum(['market', 'carried', 'stale', 'trade', 'none', 'cash']);

/**
 * One holding. `quantity`, `cost`, `price`, `value`, `gain` are in `currency`: the instrument's own,
 * or the base currency where one was asked for. `gain` is the unrealised one.
 */
export const holding = z.object({
  account: z.string(),
  accountId: id,
  instrument: z.string(),
  instrumentId: id.nullable(),
  name: z.string(),
  kind: z.string(),
  isin: z.string().nullable(),
  quantity: exact,
  cost: exact.nullable(),
  price: exact.nullable(),
  value: exact.nullable(),
  gain: exact.nullable(),
  currency,
  baseCurrency: currency,
  baseCost: exact.nullable(),
  baseValue: exact.nullable(),
  baseGain: exact.nullable(),
  /** Price part and FX part of `baseGain`; they add up to it exactly. */
  pricePart: exact.nullable(),
  fxPart: exact.nullable(),
  /** Share of the total value, 0.12 is 12 %. */
  weight: rate,
  priceState,
  pricedOn: day.nullable(),
  simulated: z.boolean(),
  /** Why a field is null. */
  reasons: z.record(z.string(), z.string()),
  lots: z.array(lot).optional(),
});

export const holdingsReply = z.object({
  at: day,
  baseCurrency: currency,
  value: exact.nullable(),
  cost: exact.nullable(),
  gain: exact.nullable(),
  /** What the total leaves out. */
  leftOut: z.array(z.string()),
  holdings: z.array(holding),
});

export const performanceQuery = scopeQuery.extend({
  from: day.optional(),
  to: day.optional(),
  /** Instrument id or label. `none` for no benchmark. */
  benchmark: z.string().max(80).optional(),
});

export const benchmarkFigures = z.object({
  instrumentId: id,
  label: z.string(),
  twr: rate,
  xirr: rate,
  /** What the same flows in the benchmark would be worth. */
  value: exact.nullable(),
  gain: exact.nullable(),
  reasons: z.record(z.string(), z.string()),
});

export const contribution = z.object({
  /** Null: cash, and what belongs to no instrument. */
  instrumentId: id.nullable(),
  instrument: z.string(),
  gain: exact.nullable(),
  realised: exact,
  unrealised: exact.nullable(),
  income: exact,
  fees: exact,
  taxes: exact,
  fx: exact.nullable(),
  /** Linked, so that they add up to the TWR. */
  contribution: rate,
});

/** Gain = realised + unrealised + income − fees − taxes; FX is a part of gain. All in `currency`. */
export const performance = z.object({
  portfolio: z.string(),
  currency,
  from: day.nullable(),
  to: day,
  startValue: exact.nullable(),
  value: exact.nullable(),
  /** Net inflow of the period; from the start, what was paid in. */
  paidIn: exact.nullable(),
  gain: exact.nullable(),
  realised: exact.nullable(),
  unrealised: exact.nullable(),
  income: exact.nullable(),
  fees: exact.nullable(),
  taxes: exact.nullable(),
  /** Fees and taxes that are inside cost or proceeds, and so not in `fees` and `taxes`. */
  feesInCost: exact.nullable(),
  taxesInCost: exact.nullable(),
  fx: exact.nullable(),
  pricePart: exact.nullable(),
  twr: rate,
  twrAnnualised: rate,
  xirr: rate,
  modifiedDietz: rate,
  simpleReturn: rate,
  maxDrawdown: rate,
  drawdown: z.object({ peak: day, trough: day, recovered: day.nullable() }).nullable(),
  volatility: rate,
  sample: z.object({
    first: day.nullable(),
    last: day,
    days: z.number().int(),
    missing: z.number().int(),
  }),
  reasons: z.record(z.string(), z.string()),
  /** Remarks that change how a figure is read: several XIRR roots, stale prices, trade prices used. */
  notes: z.array(z.string()),
  leftOut: z.array(z.string()),
  contributions: z.array(contribution),
  benchmark: benchmarkFigures.nullable(),
});

/** Daily columns of equal length. Null where unknown. */
export const performanceSeries = z.object({
  currency,
  days: z.array(day),
  value: z.array(z.number().nullable()),
  paidIn: z.array(z.number().nullable()),
  /** The same flows in the benchmark. */
  benchmark: z.array(z.number().nullable()).nullable(),
  /** Growth of one, time-weighted, 0 at the start. */
  twr: z.array(z.number().nullable()),
  drawdown: z.array(z.number().nullable()),
});

/**
 * `value`, `gain`, `twr` … of a portfolio, or `holding:<accountId>:<instrumentId or cash:CUR>:<field>`
 * with field `quantity`, `cost`, `price`, `value`, `gain`.
 */
export const explainQuery = performanceQuery.extend({
  figure: z.string().min(1).max(200),
  at: day.optional(),
});

export const explainTerm = z.object({
  label: z.string(),
  /** `+`, `−`, `×`, `÷`, `=` or empty: how the term enters. */
  sign: z.string(),
  value: z.string().nullable(),
  unit: z.string(),
  day: day.nullable(),
  source: z.string().nullable(),
  note: z.string().nullable(),
  /** A figure that explains this term in turn. */
  figure: z.string().nullable(),
});

/** How a figure came about. */
export const derivation = z.object({
  figure: z.string(),
  title: z.string(),
  value: z.string().nullable(),
  unit: z.string(),
  reason: z.string().nullable(),
  /** `Gain = realised + unrealised + income − fees − taxes`. */
  formula: z.string(),
  terms: z.array(explainTerm),
  conventions: z.array(z.string()),
  /** Transactions it came from: how many, and the first 200. */
  transactions: z.object({
    count: z.number().int(),
    /** Query string for `GET /v1/transactions` that lists them all. */
    query: z.string(),
    items: z.array(
      z.object({
        id,
        effectiveAt: day,
        type: z.string(),
        text: z.string(),
        source: z.string().nullable(),
      }),
    ),
  }),
  leftOut: z.array(z.string()),
  computedAt: z.string(),
  ledgerSeq: z.number().int(),
});

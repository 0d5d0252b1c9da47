import { type Decimal, one, type Price, unitPrice } from '@plimsoll/kernel';
import type { AssetClass } from '../reference/asset-class.ts';

export const instrumentKinds = [
  'equity',
  'etf',
  'fund',
  'bond',
  'option',
  'future',
  'crypto',
  'fx',
  'index',
  'commodity',
  'cash',
  'sim-coin',
] as const;

export type InstrumentKind = (typeof instrumentKinds)[number];

/** An ISO 4217 code, or a crypto code that money is counted in: `EUR`, `BTC`. Upper case. */
export type Currency = string;

/** The names an instrument goes by. Text for text: `0700` keeps its zero. */
export interface Identifiers {
  readonly isin?: string;
  readonly figi?: string;
  readonly cusip?: string;
  /** The venue's ticker. */
  readonly symbol?: string;
  /** ISO 10383 code of the venue that `symbol` belongs to. */
  readonly mic?: string;
}

/** What an option gives the right to. */
export interface OptionTerms {
  readonly underlyingId: string;
  readonly right: 'call' | 'put';
  /** Per unit of the underlying, in the option's currency. */
  readonly strike: Price;
  readonly expiresOn: string;
}

/** Anything held or priced. */
export interface Instrument extends Identifiers {
  readonly id: string;
  readonly kind: InstrumentKind;
  readonly name: string;
  /** Prices are in it and cost is kept in it. */
  readonly currency: Currency;
  /** Units of the underlying per unit held: 100 for most equity options, 1 otherwise. */
  readonly multiplier: Decimal;
  /** Currency per quoted price unit: 1, or 0.01 where prices are in pence (`GBX`). */
  readonly priceFactor: Price;
  readonly option?: OptionTerms;
  /** One of the eleven of GICS where it is known as such. */
  readonly sector?: string;
  readonly industryGroup?: string;
  readonly industry?: string;
  /** Of the industry, 2 to 8 digits as GICS numbers them. */
  readonly industryCode?: string;
  readonly country?: string;
  /** Where its kind does not tell: an ETF may be of bonds. */
  readonly assetClass?: AssetClass;
  /** `government bonds`, `small caps`: in the words of whoever says it. */
  readonly subClass?: string;
  /** True for the simulated market's own; shown wherever the instrument is. */
  readonly simulated: boolean;
}

/** An instrument with the usual multiplier and price unit. */
export const plainInstrument = (
  fields: Pick<Instrument, 'id' | 'kind' | 'name' | 'currency'> & Partial<Instrument>,
): Instrument => ({ multiplier: one, priceFactor: unitPrice, simulated: false, ...fields });

/** What people call it: its symbol, else its ISIN, else its name. */
export const instrumentLabel = (instrument: Instrument): string =>
  instrument.symbol ?? instrument.isin ?? instrument.name;

import type { Currency, InstrumentKind } from '@plimsoll/domain';

export const sectors = [
  'Industrials',
  'Technology',
  'Energy',
  'Health care',
  'Consumer goods',
  'Financials',
  'Utilities',
  'Real estate',
] as const;

export type Sector = (typeof sectors)[number];

/** An instrument that the simulated market invented. */
export interface SimulatedListing {
  /** `SIM:HARB`. */
  readonly symbol: string;
  /** Says that it is simulated. */
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly currency: Currency;
  readonly sector?: string;
  /** ISO 3166 code of where it is at home. */
  readonly country?: string;
  /** Of an exchange rate: its price is units of `quote` per one `base`. */
  readonly rate?: { readonly base: Currency; readonly quote: Currency };
}

/** How an instrument's price comes about. Rates and volatilities are per year. */
export interface PriceModel {
  /** Price at its listing, in its currency. */
  readonly start: number;
  /** Share of the market's return that it takes. */
  readonly beta: number;
  /** Return beside the market's. */
  readonly alpha: number;
  /** Volatility of its own. */
  readonly volatility: number;
  /** Share of the sector's return that it takes; 0 for what has no sector. */
  readonly sectorBeta: number;
  /** Share of the bond market's return that it takes. */
  readonly bondBeta: number;
}

/** Dividends: cash per year as a share of the price, paid in these months (1–12). */
export interface DividendPlan {
  readonly yield: number;
  readonly months: readonly number[];
  /** Fractional digits of the cash per unit. */
  readonly digits: number;
}

export interface SimulatedInstrument extends SimulatedListing {
  readonly model: PriceModel;
  readonly dividends?: DividendPlan;
  /** Splits for certain in these years, at whatever ratio suits the price. */
  readonly splitEveryYears?: { readonly first: number; readonly step: number };
  /** First day of trading, where it was not there from the beginning. */
  readonly listedOn?: string;
  /** Last day of trading: taken over for cash at a premium over the price of the day before. */
  readonly delistedOn?: string;
  /** Units traded on an ordinary day; 0 for what has no volume. */
  readonly volume: number;
  /** Trades on Saturdays and Sundays too. */
  readonly everyDay?: boolean;
}

interface ShareTerms {
  readonly start: number;
  readonly beta: number;
  readonly alpha?: number;
  readonly volatility: number;
  readonly dividends?: DividendPlan;
}

const quarterly = [3, 6, 9, 12] as const;

const pays = (share: number, months: readonly number[], digits = 2): DividendPlan => ({
  yield: share,
  months,
  digits,
});

function share(
  [symbol, name, currency, country, sector]: readonly [string, string, string, string, Sector],
  { dividends, alpha = 0, ...terms }: ShareTerms,
  more: Partial<SimulatedInstrument> = {},
): SimulatedInstrument {
  return {
    symbol: `SIM:${symbol}`,
    name: `${name} (simulated)`,
    kind: 'equity',
    currency,
    country,
    sector,
    model: { ...terms, alpha, sectorBeta: 1, bondBeta: 0 },
    ...(dividends ? { dividends } : {}),
    volume: 400_000,
    ...more,
  };
}

type FundKind = 'etf' | 'fund' | 'commodity' | 'index' | 'sim-coin';

const fund = (
  [symbol, name, kind, currency]: readonly [string, string, FundKind, string],
  model: Partial<PriceModel> & { readonly start: number },
  more: Partial<SimulatedInstrument> = {},
): SimulatedInstrument => ({
  symbol: `SIM:${symbol}`,
  name: `${name} (simulated)`,
  kind,
  currency,
  model: { beta: 0, alpha: 0, volatility: 0.004, sectorBeta: 0, bondBeta: 0, ...model },
  volume: 60_000,
  ...more,
});

const shares: readonly SimulatedInstrument[] = [
  share(['HARB', 'Harbour Cranes', 'EUR', 'NL', 'Industrials'], {
    start: 42,
    beta: 1.1,
    volatility: 0.2,
    dividends: pays(0.028, [5]),
  }),
  share(['DLTA', 'Delta Ironworks', 'EUR', 'BE', 'Industrials'], {
    start: 27,
    beta: 1.2,
    volatility: 0.24,
    dividends: pays(0.032, [4, 10]),
  }),
  share(['CLYD', 'Clydeside Rail', 'GBP', 'GB', 'Industrials'], {
    start: 6.4,
    beta: 0.9,
    volatility: 0.19,
    dividends: pays(0.035, [2, 8], 3),
  }),
  share(
    ['FERN', 'Fernleaf Software', 'EUR', 'DE', 'Technology'],
    { start: 31, beta: 1.2, alpha: 0.07, volatility: 0.27 },
    { splitEveryYears: { first: 2010, step: 5 } },
  ),
  share(['PRSM', 'Prism Semiconductors', 'USD', 'US', 'Technology'], {
    start: 24,
    beta: 1.35,
    alpha: 0.06,
    volatility: 0.31,
    dividends: pays(0.008, quarterly),
  }),
  share(
    ['NIMB', 'Nimbus Cloudworks', 'USD', 'US', 'Technology'],
    { start: 18, beta: 1.4, alpha: 0.03, volatility: 0.36 },
    { listedOn: '2016-09-12' },
  ),
  share(['TIDE', 'Tidewater Wind', 'EUR', 'DK', 'Utilities'], {
    start: 15,
    beta: 0.8,
    volatility: 0.23,
    dividends: pays(0.024, [4]),
  }),
  share(['GRID', 'Gridley Power', 'USD', 'US', 'Utilities'], {
    start: 38,
    beta: 0.55,
    volatility: 0.14,
    dividends: pays(0.036, quarterly),
  }),
  share(['BSON', 'Bison Plains Energy', 'USD', 'US', 'Energy'], {
    start: 52,
    beta: 1,
    volatility: 0.26,
    dividends: pays(0.042, quarterly),
  }),
  share(['NOSE', 'North Sea Drilling', 'EUR', 'NO', 'Energy'], {
    start: 19,
    beta: 1.2,
    alpha: -0.02,
    volatility: 0.33,
    dividends: pays(0.05, [5, 11]),
  }),
  share(['ALPN', 'Alpenglow Pharma', 'CHF', 'CH', 'Health care'], {
    start: 88,
    beta: 0.6,
    alpha: 0.01,
    volatility: 0.16,
    dividends: pays(0.026, [3]),
  }),
  share(['CACT', 'Cactus Health', 'USD', 'US', 'Health care'], {
    start: 47,
    beta: 0.75,
    alpha: 0.02,
    volatility: 0.19,
    dividends: pays(0.018, quarterly),
  }),
  share(['KORN', 'Kornblume Foods', 'EUR', 'DE', 'Consumer goods'], {
    start: 36,
    beta: 0.6,
    volatility: 0.15,
    dividends: pays(0.03, [6]),
  }),
  share(['HTHR', 'Heather & Moss Brewers', 'GBP', 'GB', 'Consumer goods'], {
    start: 11.2,
    beta: 0.65,
    volatility: 0.17,
    dividends: pays(0.033, [1, 7], 3),
  }),
  share(['LNTN', 'Lantern Payments', 'USD', 'US', 'Financials'], {
    start: 29,
    beta: 1.15,
    alpha: 0.04,
    volatility: 0.24,
    dividends: pays(0.007, quarterly),
  }),
  share(['GLCR', 'Glacier Reinsurance', 'CHF', 'CH', 'Financials'], {
    start: 74,
    beta: 0.9,
    volatility: 0.18,
    dividends: pays(0.048, [4]),
  }),
  share(['MAPL', 'Maple Street Homes', 'USD', 'US', 'Real estate'], {
    start: 33,
    beta: 0.85,
    volatility: 0.2,
    dividends: pays(0.041, quarterly),
  }),
  share(
    ['BRIG', 'Brigantine Salvage', 'GBP', 'GB', 'Industrials'],
    { start: 9.1, beta: 1, volatility: 0.25, dividends: pays(0.02, [3, 9], 3) },
    { delistedOn: '2024-03-15' },
  ),
];

const funds: readonly SimulatedInstrument[] = [
  fund(
    ['WIDX', 'World Index', 'index', 'EUR'],
    { start: 1000, beta: 1, volatility: 0 },
    { volume: 0 },
  ),
  fund(
    ['WRLD', 'World Equity ETF', 'etf', 'EUR'],
    { start: 30, beta: 1, alpha: -0.002 },
    { volume: 250_000 },
  ),
  fund(
    ['DIVI', 'Dividend Select ETF', 'etf', 'EUR'],
    { start: 22, beta: 0.85, volatility: 0.03 },
    { dividends: pays(0.034, quarterly, 4) },
  ),
  fund(
    ['CHIP', 'Technology ETF', 'etf', 'USD'],
    { start: 26, beta: 1.15, alpha: 0.02, sectorBeta: 1, volatility: 0.02 },
    { sector: 'Technology' },
  ),
  fund(
    ['BOND', 'Euro Bond Fund', 'fund', 'EUR'],
    { start: 51, bondBeta: 1 },
    { dividends: pays(0.022, [2, 8], 4), volume: 0 },
  ),
  fund(['GOLD', 'Gold Certificate', 'commodity', 'EUR'], {
    start: 34,
    beta: -0.05,
    alpha: 0.045,
    volatility: 0.14,
  }),
  fund(
    ['PLIM', 'Plimcoin', 'sim-coin', 'EUR'],
    { start: 120, beta: 0.6, alpha: 0.28, volatility: 0.62 },
    { everyDay: true, listedOn: '2014-01-01', volume: 9000 },
  ),
];

/** An exchange rate that wanders around a long-run value. */
export interface SimulatedRate extends SimulatedListing {
  readonly rate: { readonly base: string; readonly quote: string };
  readonly centre: number;
  readonly volatility: number;
}

const rateOf = (quote: string, centre: number, volatility: number): SimulatedRate => ({
  symbol: `SIM:EUR${quote}`,
  name: `Euro in ${quote} (simulated)`,
  kind: 'fx',
  currency: quote,
  rate: { base: 'EUR', quote },
  centre,
  volatility,
});

/** All that trades in the simulated market, invented from first to last. */
export const simulatedInstruments: readonly SimulatedInstrument[] = [...shares, ...funds];

export const simulatedRates: readonly SimulatedRate[] = [
  rateOf('USD', 1.13, 0.085),
  rateOf('GBP', 0.86, 0.07),
  rateOf('CHF', 1.04, 0.055),
];

export const simulatedBenchmark = 'SIM:WIDX';

/** What the rest of the system is told of them. */
export const simulatedListings: readonly SimulatedListing[] = [
  ...simulatedInstruments,
  ...simulatedRates,
].map(({ symbol, name, kind, currency, sector, country, rate }) => ({
  symbol,
  name,
  kind,
  currency,
  ...(sector === undefined ? {} : { sector }),
  ...(country === undefined ? {} : { country }),
  ...(rate === undefined ? {} : { rate }),
}));

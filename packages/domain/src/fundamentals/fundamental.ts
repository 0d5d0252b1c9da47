import type { Day } from '@plimsoll/kernel';
import type { Currency } from '../ledger/instrument.ts';

export const periodKinds = ['instant', 'month', 'quarter', 'half', 'year', 'ttm'] as const;

/** What a figure is of: a day, or the period that ends on it; `ttm` the twelve months before. */
export type PeriodKind = (typeof periodKinds)[number];

export const fundamentalUnits = ['money', 'money-per-share', 'shares', 'ratio', 'count'] as const;

/** What a figure is counted in. A ratio of 0.12 is 12 %. */
export type FundamentalUnit = (typeof fundamentalUnits)[number];

/** One figure that a company or fund reported, or that was worked out from what it reported. */
export interface Fundamental {
  readonly instrumentId: string;
  /** `revenue`, `eps`; words of a file that are not known stay as they are, in kebab-case. */
  readonly metric: string;
  readonly periodEnd: Day;
  readonly period: PeriodKind;
  /** Exact. */
  readonly value: string;
  readonly unit: FundamentalUnit;
  /** Of money. */
  readonly currency: Currency | null;
  /** The day on which it became public: it is known from the end of that day. */
  readonly publishedOn: Day;
  readonly source: string;
}

interface MetricTerms {
  readonly unit: FundamentalUnit;
  /** A figure below 0 is a mistake. */
  readonly positive?: true;
  /** What files call it, in small letters without spaces and signs. */
  readonly words: readonly string[];
}

/** Metrics whose unit is known. */
const terms: Readonly<Record<string, MetricTerms>> = {
  revenue: {
    unit: 'money',
    words: [
      'revenues',
      'totalrevenue',
      'sales',
      'netsales',
      'turnover',
      'umsatz',
      'chiffredaffaires',
    ],
  },
  'cost-of-revenue': { unit: 'money', words: ['cogs', 'costofgoodssold', 'costofsales'] },
  'gross-profit': { unit: 'money', words: ['grossincome', 'bruttoergebnis'] },
  'operating-income': {
    unit: 'money',
    words: ['ebit', 'operatingprofit', 'incomefromoperations', 'betriebsergebnis'],
  },
  ebitda: { unit: 'money', words: [] },
  'net-income': {
    unit: 'money',
    words: ['netprofit', 'netearnings', 'earnings', 'profit', 'jahresüberschuss', 'resultatnet'],
  },
  'free-cash-flow': { unit: 'money', words: ['fcf'] },
  'operating-cash-flow': {
    unit: 'money',
    words: ['cfo', 'cashflowfromoperations', 'cashfromoperations'],
  },
  'capital-expenditure': { unit: 'money', words: ['capex'] },
  'total-assets': { unit: 'money', positive: true, words: ['assets', 'bilanzsumme'] },
  'total-liabilities': { unit: 'money', words: ['liabilities'] },
  equity: {
    unit: 'money',
    words: ['totalequity', 'shareholdersequity', 'stockholdersequity', 'bookvalue', 'eigenkapital'],
  },
  'total-debt': { unit: 'money', words: ['debt'] },
  cash: { unit: 'money', words: ['cashandequivalents', 'cashandcashequivalents'] },
  'market-cap': {
    unit: 'money',
    positive: true,
    words: ['marketcapitalization', 'marketcapitalisation', 'mktcap'],
  },
  'enterprise-value': { unit: 'money', words: ['ev'] },
  eps: { unit: 'money-per-share', words: ['earningspershare', 'earningsshare', 'basiceps'] },
  'eps-diluted': { unit: 'money-per-share', words: ['dilutedeps', 'epsdiluted'] },
  'dividend-per-share': {
    unit: 'money-per-share',
    positive: true,
    words: ['dps', 'dividendspershare', 'dividendpershare'],
  },
  'book-value-per-share': { unit: 'money-per-share', words: ['bvps'] },
  'shares-outstanding': {
    unit: 'shares',
    positive: true,
    words: ['shares', 'sharecount', 'sharesoutstanding', 'commonsharesoutstanding', 'aktienanzahl'],
  },
  'price-earnings': {
    unit: 'ratio',
    words: ['pe', 'peratio', 'kgv', 'pricetoearnings', 'priceearnings'],
  },
  'price-book': { unit: 'ratio', words: ['pb', 'pbratio', 'pricetobook', 'pricebook'] },
  'price-sales': { unit: 'ratio', words: ['ps', 'psratio', 'pricetosales', 'pricesales'] },
  'dividend-yield': { unit: 'ratio', positive: true, words: ['yield', 'dividendenrendite'] },
  'return-on-equity': { unit: 'ratio', words: ['roe'] },
  'return-on-assets': { unit: 'ratio', words: ['roa'] },
  'gross-margin': { unit: 'ratio', words: [] },
  'operating-margin': { unit: 'ratio', words: [] },
  'net-margin': { unit: 'ratio', words: ['profitmargin'] },
  'debt-to-equity': { unit: 'ratio', words: ['debtequity', 'de'] },
  beta: { unit: 'ratio', words: [] },
  employees: { unit: 'count', positive: true, words: ['headcount', 'fulltimeemployees'] },
};

const squeezed = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

const byWord = new Map(
  Object.entries(terms).flatMap(([metric, { words }]) =>
    [squeezed(metric), ...words].map((word) => [word, metric] as const),
  ),
);

/** A metric as it is kept. */
export interface Metric {
  readonly metric: string;
  /** Null where the word is not known, so that the unit must be said. */
  readonly unit: FundamentalUnit | null;
}

/** The metric that a file's word means: `Total Revenue` is `revenue`; other words are kept in kebab-case. */
export function metricNamed(text: string): Metric | undefined {
  const known = byWord.get(squeezed(text));
  if (known !== undefined) return { metric: known, unit: terms[known]?.unit ?? null };
  const metric = text
    .trim()
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return metric === '' || metric.length > 80 ? undefined : { metric, unit: null };
}

/** Why a figure cannot be what it says it is; undefined where it can. */
export function fundamentalFault(
  figure: Pick<Fundamental, 'metric' | 'value' | 'periodEnd' | 'publishedOn' | 'unit' | 'currency'>,
): string | undefined {
  const { metric, value, periodEnd, publishedOn, unit, currency } = figure;
  if (publishedOn < periodEnd) {
    return `It is of the period to ${periodEnd} and cannot have been published on ${publishedOn}.`;
  }
  if (terms[metric]?.positive && value.startsWith('-')) return `${metric} cannot be ${value}.`;
  const isMoney = unit === 'money' || unit === 'money-per-share';
  if (isMoney && currency === null) return `${metric} is money, and no currency is given.`;
  const known = terms[metric]?.unit;
  return known === undefined || known === unit ? undefined : `${metric} is ${known}, not ${unit}.`;
}

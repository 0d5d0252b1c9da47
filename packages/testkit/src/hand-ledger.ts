import {
  type Account,
  type BookOptions,
  type BookValue,
  type ClosingPrices,
  type Folded,
  foldLedger,
  type GainFigures,
  gainFigures,
  type Instrument,
  lineGains,
  PriceBook,
  plainInstrument,
  RateBook,
  type RateSeries,
  type Transaction,
  transactionFromJson,
  valueBook,
} from '@plimsoll/domain';
import { type DayNumber, dayNumber, type Json } from '@plimsoll/kernel';

/** A transaction as written by hand: exact numbers as text, the usual members left out. */
export interface HandRow {
  readonly [member: string]: Json | undefined;
}

const usual = { accountId: 'a', currency: 'EUR', fee: '0', tax: '0' };

/** Reads rows written by hand; ids and positions count up from `r1`. */
export const handTransactions = (rows: readonly HandRow[]): Transaction[] =>
  rows.map((row, i) => transactionFromJson({ id: `r${i + 1}`, position: i, ...usual, ...row }));

/** An account that keeps cash, capitalises fees, closes the oldest first and allows no shorts. */
export const handAccount = (fields: Partial<Account> = {}): Account => ({
  id: 'a',
  name: 'Account a',
  currency: 'EUR',
  lotMethod: 'fifo',
  cash: 'tracked',
  fees: 'capitalised',
  allowShort: false,
  ...fields,
});

/** What surrounds a ledger written by hand. */
export interface HandSetting {
  readonly accounts?: readonly Account[];
  readonly instruments?: readonly Instrument[];
  /** Closes by day, `{ S: { '2024-01-02': 100 } }`. */
  readonly prices?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Units of the second per one of the first, `{ 'EUR/USD': { '2024-01-02': 1.1 } }`. */
  readonly rates?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly currency?: string;
  readonly scope?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly keepMatches?: boolean;
}

function columns(byDay: Readonly<Record<string, number>>) {
  const days = Object.keys(byDay).sort();
  return {
    days: Int32Array.from(days, dayNumber),
    close: Float64Array.from(days, (day) => byDay[day] ?? Number.NaN),
    source: 'by hand',
  };
}

const closes = (prices: HandSetting['prices'] = {}): Map<string, ClosingPrices> =>
  new Map(Object.entries(prices).map(([id, byDay]) => [id, columns(byDay)]));

const rateSeries = (rates: HandSetting['rates'] = {}): RateSeries[] =>
  Object.entries(rates).map(([pair, byDay]) => {
    const [base = '', quote = ''] = pair.split('/');
    return { base, quote, ...columns(byDay) };
  });

/** Every instrument that a row names and the setting does not describe is a share in euro. */
function namedInstruments(
  transactions: readonly Transaction[],
  known: readonly Instrument[],
): Map<string, Instrument> {
  const instruments = new Map(known.map((instrument) => [instrument.id, instrument]));
  for (const transaction of transactions) {
    const named = transaction as { instrumentId?: string; childId?: string; intoId?: string };
    for (const id of [named.instrumentId, named.childId, named.intoId]) {
      if (id === undefined || instruments.has(id)) continue;
      instruments.set(id, plainInstrument({ id, kind: 'equity', name: id, currency: 'EUR' }));
    }
  }
  return instruments;
}

/** The options for folding rows written by hand. */
export function handOptions(
  transactions: readonly Transaction[],
  setting: HandSetting = {},
): BookOptions {
  const accounts = setting.accounts ?? [handAccount()];
  const currency = setting.currency ?? 'EUR';
  return {
    currency,
    accounts,
    instruments: namedInstruments(transactions, setting.instruments ?? []),
    scope: new Set(setting.scope ?? accounts.map(({ id }) => id)),
    cashTracked: new Set(accounts.filter(({ cash }) => cash === 'tracked').map(({ id }) => id)),
    rates: new RateBook(currency, rateSeries(setting.rates)),
    prices: new PriceBook(closes(setting.prices)),
    keepMatches: setting.keepMatches ?? false,
  };
}

/** A ledger written by hand, folded, valued and added up. */
export interface HandResult extends Folded {
  readonly day: DayNumber;
  readonly value: BookValue;
  readonly gains: GainFigures;
}

/** Folds rows written by hand until `until`, or their last day, and values what is there. */
export function foldByHand(rows: readonly HandRow[], setting: HandSetting = {}): HandResult {
  const transactions = handTransactions(rows);
  const last =
    transactions
      .map(({ effectiveAt }) => effectiveAt)
      .sort()
      .at(-1) ?? '2024-01-01';
  const day = dayNumber(setting.until ?? last);
  const from = setting.from === undefined ? {} : { from: dayNumber(setting.from) };
  const folded = foldLedger(transactions, handOptions(transactions, setting), {
    until: day,
    ...from,
  });
  const value = valueBook(folded.book, day);
  const gains = gainFigures(folded.book, value, lineGains(folded.book, value));
  return { ...folded, day, value, gains };
}

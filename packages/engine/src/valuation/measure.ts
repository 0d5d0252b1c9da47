import {
  annualise,
  type CashFlowAt,
  contributions,
  type Drawdown,
  dailyReturns,
  linkReturns,
  maxDrawdown,
  modifiedDietz,
  moneyWeightedReturn,
  type ReturnGaps,
  volatility,
  whyNoReturn,
} from '@plimsoll/analytics';
import {
  type Book,
  type BookValue,
  type DailyValues,
  dailyValues,
  type ExchangeCalendar,
  exchangeCalendar,
  foldLedger,
  type GainFigures,
  gainFigures,
  type LedgerFault,
  type LineGain,
  lineGains,
  PriceBook,
  RateBook,
  type Transaction,
  valueBook,
} from '@plimsoll/domain';
import {
  type Day,
  type DayNumber,
  dayFromNumber,
  dayNumber,
  toFloat,
  weekday,
} from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { Scope } from './scope.ts';

/** A number that may be undefined; then `reason` says why. */
export type Figure =
  | { readonly value: number; readonly reason?: undefined }
  | { readonly value: null; readonly reason: string };

const known = (value: number): Figure => ({ value });
const unknown = (reason: string): Figure => ({ value: null, reason });

/** What is held on a day and what it is worth. */
export interface Valuation {
  readonly scope: Scope;
  readonly at: Day;
  readonly book: Book;
  readonly value: BookValue;
  readonly faults: readonly LedgerFault[];
  /** Transactions of the accounts looked at that lie after `at`. */
  readonly later: number;
}

/** Everything a period's figures are read from: one computation for card, table, chart and command line. */
export interface Measurement extends Valuation {
  /** First day measured; null where there is nothing to measure. */
  readonly from: Day | null;
  readonly to: Day;
  readonly lines: readonly LineGain[];
  readonly gains: GainFigures;
  readonly daily: DailyValues;
  /** Daily returns, cumulative growth and falls, shape [days]. */
  readonly returns: Float64Array;
  readonly growth: Float64Array;
  readonly drawdowns: Float64Array;
  readonly gaps: ReturnGaps;
  readonly twr: Figure;
  readonly twrAnnualised: Figure;
  readonly xirr: Figure;
  readonly xirrRoots: number;
  readonly modifiedDietz: Figure;
  readonly simpleReturn: Figure;
  readonly maxDrawdown: Figure;
  readonly drawdown: Drawdown | null;
  readonly volatility: Figure;
  /** By line of `daily.lines`; null where the return of a day was −100 % or worse. */
  readonly contributions: readonly number[] | null;
  /** Why gain and returns are unknown as a whole; null where they are known. */
  readonly incomplete: string | null;
}

/** Values the accounts of the scope at the end of `at`, against the original cost. */
export function valueAt(
  view: LedgerView,
  scope: Scope,
  at: Day,
  { keepMatches = false }: { readonly keepMatches?: boolean } = {},
): Valuation {
  return foldUntil(view, scope, at, { keepMatches });
}

interface FoldOptions {
  readonly from?: DayNumber | undefined;
  readonly keepMatches?: boolean;
}

function foldUntil(
  view: LedgerView,
  scope: Scope,
  at: Day,
  { from, keepMatches = false }: FoldOptions = {},
): Valuation {
  const until = dayNumber(at);
  const { book, faults } = foldLedger(
    view.transactions,
    {
      currency: scope.currency,
      accounts: view.accounts,
      instruments: view.instruments,
      scope: scope.accountIds,
      cashTracked: view.cashTracked,
      rates: marketRates(view, scope.currency).fork(),
      prices: new PriceBook(view.prices, tradingDaysOf(view)),
      keepMatches,
    },
    { until, ...(from === undefined ? {} : { from }) },
  );
  const later = view.transactions.reduce(
    (count, t) => count + (t.effectiveAt > at && touches(scope, t) ? 1 : 0),
    0,
  );
  return { scope, at, book, value: valueBook(book, until), faults, later };
}

/** The calendar of the exchange whose code an instrument has, where it is known. */
const tradingDaysOf =
  ({ instruments }: LedgerView) =>
  (instrumentId: string): ExchangeCalendar | null =>
    exchangeCalendar(instruments.get(instrumentId)?.mic ?? '');

const marketRateBooks = new WeakMap<LedgerView['rates'], Map<string, RateBook>>();

/** Market rates into one currency, worked out once for as long as the rates stay the same. */
function marketRates({ rates }: LedgerView, currency: string): RateBook {
  const byCurrency = marketRateBooks.get(rates) ?? new Map<string, RateBook>();
  marketRateBooks.set(rates, byCurrency);
  const book = byCurrency.get(currency) ?? new RateBook(currency, rates);
  byCurrency.set(currency, book);
  return book;
}

/** Whether the transaction belongs to an account looked at. */
export const touches = (scope: Scope, transaction: Transaction): boolean =>
  scope.accountIds.has(transaction.accountId) ||
  (transaction.type === 'transfer' && scope.accountIds.has(transaction.toAccountId));

/** First day on which an account looked at has a transaction. */
function firstDay(view: LedgerView, scope: Scope): Day | null {
  let first: Day | null = null;
  for (const transaction of view.transactions) {
    if ((first === null || transaction.effectiveAt < first) && touches(scope, transaction)) {
      first = transaction.effectiveAt;
    }
  }
  return first;
}

/**
 * Measures a period, both days included: what is there at its start is the worth at the end of the
 * day before `from`. Without `from` it begins with the first transaction.
 */
export function measure(
  view: LedgerView,
  scope: Scope,
  from: Day | undefined,
  to: Day,
): Measurement {
  const begins = firstDay(view, scope);
  const start = from === undefined || (begins !== null && begins > from) ? begins : from;
  const empty = start === null || start > to || begins === null || begins > to;
  const startsOn = empty || start === begins ? undefined : dayNumber(start);
  const valuation = foldUntil(view, scope, to, { from: startsOn });
  const lines = lineGains(valuation.book, valuation.value);
  const gains = gainFigures(valuation.book, valuation.value, lines);
  const first = empty ? dayNumber(to) + 1 : dayNumber(start);
  const daily = dailyValues(valuation.book, first, dayNumber(to));
  const returns = new Float64Array(daily.value.length);
  const gaps = dailyReturns(daily, returns);
  const growth = new Float64Array(returns.length);
  const total = linkReturns(returns, growth);
  const drawdowns = new Float64Array(returns.length);
  const drawdown = maxDrawdown(growth, drawdowns);
  const incomplete = whyIncomplete(valuation, empty);
  const twr = twrFigure(incomplete, gaps, total, first);
  const dietz = modifiedDietz(toFloat(gains.gain), daily.startValue, daily.inflow, daily.outflow);
  const xirr = xirrFigure(incomplete, daily, dietz);
  return {
    ...valuation,
    from: empty ? null : start,
    to,
    lines,
    gains,
    daily,
    returns,
    growth,
    drawdowns,
    gaps,
    twr,
    twrAnnualised: annualised(twr, returns.length),
    xirr: xirr.figure,
    xirrRoots: xirr.roots,
    modifiedDietz:
      incomplete !== null
        ? unknown(incomplete)
        : dietz === null
          ? unknown('The average capital of the period is not above zero.')
          : known(dietz),
    simpleReturn: simpleReturn(incomplete, gains),
    maxDrawdown: twr.value === null ? twr : known(drawdown?.depth ?? 0),
    drawdown: twr.value === null ? null : drawdown,
    volatility: volatilityFigure(twr, returns, first, daily),
    contributions: twr.value === null ? null : lineContributions(daily, returns, valuation),
    incomplete,
  };
}

function whyIncomplete({ value, book }: Valuation, empty: boolean): string | null {
  if (empty) return 'There is no transaction in these accounts on or before the last day.';
  if (value.incomplete) {
    const more = value.leftOut.length > 3 ? ` and ${value.leftOut.length - 3} more` : '';
    return `Not everything can be valued: ${value.leftOut.slice(0, 3).join('; ')}${more}.`;
  }
  for (const [currency, day] of book.unknownRates) {
    return `No rate from ${currency} to ${book.options.currency} is known on ${dayFromNumber(day)}. Import FX rates (plimsoll prices import).`;
  }
  return null;
}

function twrFigure(
  incomplete: string | null,
  gaps: ReturnGaps,
  total: number,
  first: DayNumber,
): Figure {
  if (incomplete !== null) return unknown(incomplete);
  const reason = whyNoReturn(gaps, first);
  if (reason !== null) return unknown(reason);
  return known(total);
}

function annualised(twr: Figure, days: number): Figure {
  if (twr.value === null) return twr;
  const rate = annualise(twr.value, days);
  return rate === null
    ? unknown(`The period is ${days} days long; yearly rates begin beyond 365.`)
    : known(rate);
}

function xirrFigure(
  incomplete: string | null,
  daily: DailyValues,
  dietz: number | null,
): { readonly figure: Figure; readonly roots: number } {
  if (incomplete !== null) return { figure: unknown(incomplete), roots: 0 };
  const days = daily.value.length;
  const guess =
    dietz === null
      ? 0
      : Math.sign(1 + dietz) * Math.abs(1 + dietz) ** (365 / Math.max(1, days)) - 1;
  const found = moneyWeightedReturn(investorFlows(daily, daily.value[days - 1] ?? 0), guess);
  return found.ok
    ? { figure: known(found.rate), roots: found.roots }
    : { figure: unknown(found.reason), roots: 0 };
}

/**
 * From the investor's side: what was there and came in is paid, what went out and `last` is got.
 * What was there at the start is worth that at the close of the day before, so that a period without
 * flows has the same yearly rate by money and by time.
 */
export function investorFlows(daily: DailyValues, last: number): CashFlowAt[] {
  const days = daily.value.length;
  const first = daily.startValue === 0 ? 0 : 1;
  const flows: CashFlowAt[] = [{ day: 0, amount: -daily.startValue }];
  for (let t = 0; t < days; t++) {
    const net = (daily.outflow[t] ?? 0) - (daily.inflow[t] ?? 0);
    if (net !== 0) flows.push({ day: first + t, amount: net });
  }
  flows.push({ day: Math.max(0, first + days - 1), amount: last });
  return flows;
}

function simpleReturn(incomplete: string | null, gains: GainFigures): Figure {
  if (incomplete !== null) return unknown(incomplete);
  const capital = toFloat(gains.startValue + gains.inflow);
  return capital > 0 ? known(toFloat(gains.gain) / capital) : unknown('Nothing was paid in.');
}

/** Business days from the second on: the first day's return is that of the first purchases alone. */
function volatilityFigure(
  twr: Figure,
  returns: Float64Array,
  first: DayNumber,
  daily: DailyValues,
): Figure {
  if (twr.value === null) return twr;
  const indices: number[] = [];
  for (let t = 1; t < returns.length; t++) {
    if (weekday(first + t) < 5 && (daily.value[t - 1] ?? 0) > 0) indices.push(t);
  }
  const value = volatility(returns, Int32Array.from(indices));
  return value === null
    ? unknown(`${indices.length} daily returns are too few; 20 are needed.`)
    : known(value);
}

/** Worth of each line when measuring began; 0 for a record measured from its start. */
function lineContributions(
  daily: DailyValues,
  returns: Float64Array,
  { book }: Valuation,
): number[] | null {
  if (book.startValue === 0n) {
    return contributions(
      daily,
      returns,
      daily.lines.map((line) => ({ ...line, startValue: 0 })),
    );
  }
  const before = dailyValues(book, daily.first - 1, daily.first - 1);
  const startOf = new Map(before.lines.map(({ key, value }) => [key, value[0] ?? 0]));
  const lines = daily.lines.map((line) => ({ ...line, startValue: startOf.get(line.key) ?? 0 }));
  return contributions(daily, returns, lines);
}

import {
  type Account,
  type BookValue,
  beforeTaxes,
  type ClosingPrices,
  type DailyValues,
  dailyValues,
  type Folded,
  foldLedger,
  type GainFigures,
  gainFigures,
  type Instrument,
  type LotMethod,
  lineGains,
  PriceBook,
  plainInstrument,
  RateBook,
  type RateSeries,
  type Transaction,
  valueBook,
} from '@plimsoll/domain';
import { addDays, type Day, type DayNumber, dayNumber, one, whole } from '@plimsoll/kernel';
import { type GoldenCase, isRecord } from '../../golden-case.ts';
import { type Activity, dayOf, exact, readActivity, symbolOf } from './activity.ts';

/** How a case is measured. */
export interface Method {
  readonly lots?: LotMethod;
  readonly fees?: Account['fees'];
  readonly beforeTax?: boolean;
  readonly until?: Day;
  /** Only the first so many activities. */
  readonly first?: number;
  /** A close of every instrument on the last day. */
  readonly price?: number;
  /** Activities instead of the case's own. */
  readonly activities?: readonly Activity[];
}

/** A case measured by the product. */
export interface Measured extends Folded {
  readonly transactions: readonly Transaction[];
  readonly value: BookValue;
  readonly gains: GainFigures;
  readonly daily: DailyValues;
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly base: string;
}

const records = (value: unknown): readonly Activity[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const entries = (value: unknown): [string, unknown][] =>
  isRecord(value) ? Object.entries(value) : [];

const isDayText = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

/** A tracker's case as the product's input. */
export class TrackerCase {
  readonly golden: GoldenCase;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly activities: readonly Activity[];

  constructor(golden: GoldenCase) {
    this.golden = golden;
    this.expected = isRecord(golden['expected']) ? golden['expected'] : {};
    const raw = records(golden['activities_raw']);
    this.activities = raw.length > 0 ? raw : records(golden['activities']);
  }

  get tolerance(): number {
    return Number(this.expected['tolerance'] ?? 1e-8);
  }

  get method(): string {
    return String(this.golden['method'] ?? '');
  }

  get isRoai(): boolean {
    return this.method.startsWith('ROAI');
  }

  get period(): readonly [Day, Day] | null {
    const period = this.golden['period'];
    return Array.isArray(period) ? [String(period[0]), String(period[1])] : null;
  }

  get base(): string {
    const { golden } = this;
    return String(
      golden['baseCurrency'] ??
        golden['accountCurrency'] ??
        golden['currency'] ??
        this.activities[0]?.['currency'] ??
        'EUR',
    );
  }

  get timezone(): string | undefined {
    const zone = this.golden['timezone'];
    return typeof zone === 'string' ? zone : undefined;
  }

  get days(): Day[] {
    const splits = records(this.golden['splits']).map(({ date }) => String(date));
    return [...this.activities.map((activity) => dayOf(activity, this.timezone)), ...splits].sort();
  }

  /** The last day looked at; where every close of the case is later than its period, their day. */
  get until(): Day {
    const { golden, period, days } = this;
    const asked = period?.[1] ?? (typeof golden['asOf'] === 'string' ? golden['asOf'] : undefined);
    const last = [asked ?? '', days.at(-1) ?? ''].sort().at(-1) ?? '';
    const closes = entries(golden['prices']).flatMap(([, series]) =>
      entries(series)
        .map(([day]) => day)
        .filter(isDayText),
    );
    const [earliest] = closes.sort();
    return earliest !== undefined && earliest > last && golden['asOf'] === undefined
      ? earliest
      : last;
  }

  currencyOf(symbol: string): string {
    const position = this.expected['position'];
    if (isRecord(position) && typeof position['currency'] === 'string') return position['currency'];
    if (typeof this.golden['securityCurrency'] === 'string') return this.golden['securityCurrency'];
    const own = this.activities.filter((activity) => symbolOf(activity) === symbol);
    for (const { gross, currency } of own) {
      if (!isRecord(gross)) continue;
      if (typeof gross['currency'] === 'string') return gross['currency'];
      const other = Object.keys(gross).find((code) => code.toUpperCase() !== currency);
      if (other) return other.toUpperCase();
    }
    return String(own[0]?.['currency'] ?? this.base);
  }

  instrument(symbol: string): Instrument {
    const option = /\d{6}[CP]\d{8}$/.test(symbol);
    return plainInstrument({
      id: symbol,
      kind: option ? 'option' : 'equity',
      name: symbol,
      currency: this.currencyOf(symbol),
      multiplier: option ? whole(100) : one,
    });
  }

  /** Cash is part of a case that moves it by itself or says what it comes to. */
  get tracked(): boolean {
    if (this.isRoai) return false;
    if (this.golden['cumulative_path'] !== undefined) return true;
    const { golden, expected, activities } = this;
    const start = golden['start'];
    if (golden['accountCurrency'] !== undefined || expected['cash'] !== undefined) return true;
    if (isRecord(start) && start['cash'] !== undefined) return true;
    const alone = new Set(['DEPOSIT', 'WITHDRAWAL', 'INTEREST']);
    return activities.some(
      (activity) => alone.has(String(activity['type'])) && symbolOf(activity) === '',
    );
  }

  accounts(method: Method): Account[] {
    const named = this.activities.flatMap(({ account }) =>
      typeof account === 'string' ? account.split('->') : [],
    );
    return [...new Set(['main', 'cash', ...named])].map((id) => ({
      id,
      name: id,
      currency: this.base,
      lotMethod: method.lots ?? (this.isRoai ? 'average' : 'fifo'),
      cash: id === 'cash' || this.tracked ? 'tracked' : 'untracked',
      fees: method.fees ?? (this.isRoai ? 'expensed' : 'capitalised'),
      allowShort: true,
    }));
  }

  transactions(method: Method): Transaction[] {
    const accountCurrency = this.golden['accountCurrency'];
    const setting = {
      ...(this.timezone === undefined ? {} : { timezone: this.timezone }),
      ...(typeof accountCurrency === 'string' ? { accountCurrency } : {}),
      currencyOf: (symbol: string) => this.currencyOf(symbol),
      multiplierOf: (symbol: string) => this.instrument(symbol).multiplier,
    };
    const own = (method.activities ?? this.activities).slice(0, method.first);
    const read = own.map((activity, i) => readActivity(activity, i + 100, setting));
    const all = [...this.#start(), ...read, ...this.#splits()];
    return method.beforeTax ? beforeTaxes(all) : all;
  }

  #splits(): Transaction[] {
    return records(this.golden['splits']).map((split, i) => ({
      id: `split${i}`,
      accountId: 'main',
      effectiveAt: String(split['date']),
      position: i,
      type: 'split',
      instrumentId: symbolOf(this.activities[0] ?? {}),
      ratio: { new: exact(split['numerator']), old: exact(split['denominator']) },
    }));
  }

  /** Lots and cash that a case begins with, as opening balances. */
  #start(): Transaction[] {
    const start = this.golden['start'];
    if (!isRecord(start)) return [];
    const lots = records(start['lots']);
    const day = String(lots[0]?.['date'] ?? addDays(this.days[0] ?? '2000-01-02', -1));
    const stamp = { accountId: 'main', effectiveAt: day, type: 'opening-balance' as const };
    const symbol = symbolOf(this.activities[0] ?? {});
    return [
      ...lots.map((lot, i) => ({
        ...stamp,
        id: `start${i}`,
        position: i,
        instrumentId: symbol,
        quantity: exact(lot['quantity']),
        cost: exact(lot['cost_basis']),
        currency: this.currencyOf(symbol),
        openedOn: String(lot['date'] ?? day),
      })),
      ...entries(start['cash']).map(([currency, amount], i) => ({
        ...stamp,
        id: `cash${i}`,
        position: 50 + i,
        quantity: exact(amount),
        cost: 0n,
        currency,
      })),
    ];
  }

  /** Closes as stated by day, or in words such as `every day` and `from 2024-05-20`. */
  prices(method: Method, until: Day): Map<string, ClosingPrices> {
    const [firstDay = until] = this.days;
    const found = new Map<string, ClosingPrices>();
    const symbols = new Set([
      ...this.activities.map(symbolOf),
      ...entries(this.golden['prices']).map(([symbol]) => symbol),
    ]);
    const listed = isRecord(this.golden['prices']) ? this.golden['prices'] : {};
    for (const symbol of symbols) {
      const points = this.#closes(listed[symbol], firstDay, until);
      if (method.price !== undefined) points.set(until, method.price);
      if (points.size === 0 && this.method.includes('valued at 0')) points.set(until, 0);
      if (points.size > 0) found.set(symbol, columns(points));
    }
    return found;
  }

  #closes(listed: unknown, firstDay: Day, until: Day): Map<Day, number> {
    const points = new Map<Day, number>();
    for (const [key, close] of entries(listed)) {
      const day = priceDay(key, firstDay, until);
      // The tests of that calculator know no price on days that they do not list.
      if (close === null || day === null || (this.isRoai && day < firstDay)) continue;
      points.set(day, Number(close));
    }
    return points;
  }

  /** Rates as `EURUSD …`: one number, or one by day; `at end` holds on the last day. */
  rates(until: Day): RateSeries[] {
    const [firstDay = until] = this.days;
    return entries(this.golden['fx']).flatMap(([key, quotes]) => {
      const [, base = '', quote = ''] = /^([A-Z]{3})([A-Z]{3})/.exec(key) ?? [];
      if (base === quote) return [];
      const points: readonly (readonly [Day, unknown])[] =
        typeof quotes === 'number'
          ? [[key.includes('at end') ? until : firstDay, quotes]]
          : entries(quotes).sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        base,
        quote,
        source: 'case',
        days: Int32Array.from(points.map(([day]) => dayNumber(day))),
        close: Float64Array.from(points.map(([, rate]) => Number(rate))),
      };
    });
  }

  measure(method: Method = {}): Measured {
    const { base } = this;
    const untilDay = method.until ?? this.until;
    const until = dayNumber(untilDay);
    const accounts = this.accounts(method);
    const transactions = this.transactions(method);
    const prices = this.prices(method, untilDay);
    const symbols = new Set([...this.activities.map(symbolOf), ...prices.keys()]);
    const { period } = this;
    const from = period ? dayNumber(period[0]) + 1 : undefined;
    const folded = foldLedger(
      transactions,
      {
        currency: base,
        accounts,
        instruments: new Map([...symbols].map((symbol) => [symbol, this.instrument(symbol)])),
        scope: new Set(accounts.map(({ id }) => id)),
        cashTracked: new Set(accounts.filter(({ cash }) => cash === 'tracked').map(({ id }) => id)),
        rates: new RateBook(base, this.rates(untilDay)),
        prices: new PriceBook(prices),
        keepMatches: true,
      },
      { until, ...(from === undefined ? {} : { from }) },
    );
    const value = valueBook(folded.book, until);
    const gains = gainFigures(folded.book, value, lineGains(folded.book, value));
    const first = from ?? dayNumber(this.days[0] ?? untilDay);
    const daily = dailyValues(folded.book, first, until);
    return { ...folded, transactions, value, gains, daily, from: first, until, base };
  }
}

function columns(points: ReadonlyMap<Day, number>): ClosingPrices {
  const days = [...points.keys()].sort();
  return {
    days: Int32Array.from(days, dayNumber),
    close: Float64Array.from(days, (day) => points.get(day) ?? Number.NaN),
    source: 'case',
  };
}

function priceDay(key: string, first: Day, until: Day): Day | null {
  if (isDayText(key)) return key;
  if (key === 'every day') return first;
  if (key.startsWith('before ')) return addDays(first, -1);
  if (key.startsWith('from ')) return key.slice(5);
  return key === 'latest used' ? until : null;
}

import { type Instrument, plainInstrument, type Transaction } from '@plimsoll/domain';
import { dayFromNumber, dayNumber, decimal, seededRandom, weekday } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

/** An invented investor: how many symbols, years and transactions. */
export interface LedgerSize {
  readonly symbols: number;
  readonly years: number;
  readonly transactions: number;
}

export interface MadeLedger {
  readonly instruments: readonly Instrument[];
  readonly prices: ReadonlyMap<string, DailyBars>;
  readonly lastDay: number;
  /** One day's transactions at a time, oldest first; the same each time. */
  days(): Generator<Transaction[]>;
}

export const accountId = 'bench-account';
const currencies = ['EUR', 'EUR', 'USD', 'GBP'] as const;
const firstDay = dayNumber('2015-01-05');

const bars = (days: number[], close: number[]): DailyBars => {
  const unknown = () => new Float64Array(days.length).fill(Number.NaN);
  return {
    days: Int32Array.from(days),
    close: Float64Array.from(close),
    open: unknown(),
    high: unknown(),
    low: unknown(),
    adjustedClose: unknown(),
    volume: unknown(),
  };
};

function walk(
  seed: number,
  days: readonly number[],
  start: number,
  drift: number,
  noise: number,
): number[] {
  const random = seededRandom(seed);
  let level = start;
  return days.map(() => {
    level *= Math.exp(drift + noise * random.normal());
    return Math.round(level * 10_000) / 10_000;
  });
}

const text = (value: number, digits: number): bigint => decimal(value.toFixed(digits));

/** Makes a ledger of the size, the same for the same size. */
export function makeLedger(size: LedgerSize): MadeLedger {
  const weekdays: number[] = [];
  for (let day = firstDay; weekdays.length < size.years * 261; day++) {
    if (weekday(day) < 5) weekdays.push(day);
  }
  const prices = new Map<string, DailyBars>();
  const instruments: Instrument[] = [];
  const closes: number[][] = [];
  for (let s = 0; s < size.symbols; s++) {
    const currency = currencies[s % currencies.length] ?? 'EUR';
    const id = `bench-${s}`;
    instruments.push(
      plainInstrument({ id, kind: 'equity', name: `Bench ${s}`, symbol: `B${s}`, currency }),
    );
    const close = walk(1000 + s, weekdays, 20 + (s % 80), 0.0003, 0.015);
    closes.push(close);
    prices.set(id, bars(weekdays, close));
  }
  for (const [symbol, start] of [
    ['EURUSD', 1.1],
    ['EURGBP', 0.85],
  ] as const) {
    const id = `fx-${symbol}`;
    instruments.push(
      plainInstrument({ id, kind: 'fx', name: symbol, symbol, currency: symbol.slice(3) }),
    );
    prices.set(id, bars(weekdays, walk(start * 100, weekdays, start, 0, 0.004)));
  }
  return {
    instruments,
    prices,
    lastDay: weekdays.at(-1) ?? firstDay,
    days: () => generate(size, weekdays, closes, instruments),
  };
}

function* generate(
  size: LedgerSize,
  weekdays: readonly number[],
  closes: readonly (readonly number[])[],
  instruments: readonly Instrument[],
): Generator<Transaction[]> {
  const random = seededRandom(7);
  const held = new Float64Array(size.symbols);
  let made = 0;
  for (const [index, day] of weekdays.entries()) {
    const due = Math.round(((index + 1) * size.transactions) / weekdays.length) - made;
    const today: Transaction[] = [];
    for (let i = 0; i < due; i++) {
      const position = made + i;
      const base = {
        id: `bench-tx-${position}`,
        accountId,
        effectiveAt: dayFromNumber(day),
        position,
        fee: 0n,
        tax: 0n,
      };
      if (position % 100 === 0) {
        const amount = text(100_000, 0);
        today.push({ ...base, type: 'deposit', amount, currency: 'EUR' } as Transaction);
        continue;
      }
      const s = random.integer(size.symbols);
      const { id: instrumentId = '', currency = 'EUR' } = instruments[s] ?? {};
      const close = closes[s]?.[index] ?? 1;
      const units = 1 + random.integer(50);
      const kind = random.next();
      const fee = text(1 + (position % 7) / 4, 2);
      const owned = held[s] ?? 0;
      if (kind < 0.05 && owned > 0) {
        const amount = text(owned * 0.3, 2);
        const tax = text(owned * 0.045, 2);
        today.push({ ...base, type: 'dividend', instrumentId, amount, tax, currency });
      } else if (kind < 0.35 && owned >= units) {
        held[s] = owned - units;
        today.push({
          ...base,
          type: 'sell',
          instrumentId,
          quantity: text(units, 0),
          amount: text(units * close, 2),
          currency,
          fee,
        });
      } else {
        held[s] = owned + units;
        today.push({
          ...base,
          type: 'buy',
          instrumentId,
          quantity: text(units, 0),
          amount: text(units * close, 2),
          currency,
          fee,
        });
      }
    }
    made += due;
    if (today.length > 0) yield today;
  }
}

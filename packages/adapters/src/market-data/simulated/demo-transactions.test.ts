import { indexAt } from '@plimsoll/domain';
import {
  type Decimal,
  dayFromNumber,
  dayNumber,
  decimal,
  decimalOf,
  multiply,
  priceToFloat,
  roundTo,
  toFloat,
  zero,
} from '@plimsoll/kernel';
import type { ImportedRow } from '@plimsoll/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoTransactions } from './demo-transactions.ts';
import { SimulatedMarket } from './simulated-market.ts';

const asOf = '2026-11-20';
const rows = demoTransactions(4680, asOf);

/** What a transaction does to cash and units, by account; written apart from the code under test. */
type Change = readonly [kind: 'cash' | 'units', key: string, amount: Decimal];

function changes({ account = '', transaction: t }: ImportedRow, held: Held): readonly Change[] {
  const own = (name = ''): string => `${account} ${name}`;
  switch (t.type) {
    case 'buy':
    case 'sell': {
      const sign = t.type === 'buy' ? 1n : -1n;
      const money = -sign * t.amount - t.fee - t.tax;
      return [
        ['units', own(t.instrument.symbol), sign * t.quantity],
        ['cash', own(t.currency), money],
      ];
    }
    case 'deposit':
      return [['cash', own(t.currency), t.amount]];
    case 'withdrawal':
    case 'fee':
      return [['cash', own(t.currency), -t.amount]];
    case 'dividend':
    case 'interest':
      return [['cash', own(t.currency), t.amount - t.tax - t.fee]];
    case 'fx':
      return [
        ['cash', own(t.sold.currency), -t.sold.amount],
        ['cash', own(t.bought.currency), t.bought.amount],
      ];
    case 'transfer': {
      const kind = t.instrument ? 'units' : 'cash';
      const what = t.instrument?.symbol ?? t.currency;
      return [
        [kind, own(what), -t.quantity],
        [kind, `${t.toAccount} ${what}`, t.quantity],
      ];
    }
    case 'split': {
      const key = own(t.instrument.symbol);
      const units = held.get(`units ${key}`) ?? zero;
      const ratio = t.ratio ?? { new: 1n, old: 1n };
      return [['units', key, (units * ratio.new) / ratio.old - units]];
    }
    case 'delisting': {
      const key = own(t.instrument.symbol);
      return [
        ['units', key, -(held.get(`units ${key}`) ?? zero)],
        ['cash', own(t.currency), t.amount],
      ];
    }
    default:
      return expect.fail(`${t.type} is not reckoned with`);
  }
}

type Held = Map<string, Decimal>;

/** The least that any account ever has of any currency and of any instrument. */
function lowest(of: readonly ImportedRow[]): { readonly cash: Decimal; readonly units: Decimal } {
  const held: Held = new Map();
  const low = { cash: zero, units: zero };
  for (const row of of) {
    for (const [kind, key, amount] of changes(row, held)) {
      const now = (held.get(`${kind} ${key}`) ?? zero) + amount;
      held.set(`${kind} ${key}`, now);
      if (now < low[kind]) low[kind] = now;
    }
  }
  return low;
}

const count = (type: string): number =>
  rows.filter(({ transaction }) => transaction.type === type).length;

describe('the demo transactions', () => {
  it('never sells units and never spends money that it has not', () => {
    expect(lowest(rows)).toEqual({ cash: zero, units: zero });
    const day = fc.integer({ min: dayNumber('2012-01-01'), max: dayNumber('2040-12-31') });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), day, (seed, number) => {
        expect(lowest(demoTransactions(seed, dayFromNumber(number)))).toEqual({
          cash: zero,
          units: zero,
        });
      }),
      { numRuns: 12 },
    );
  });

  it('is the same for the same seed and day', () => {
    expect(demoTransactions(4680, asOf)).toEqual(rows);
    expect(demoTransactions(4681, asOf)).not.toEqual(rows);
  });

  it('covers six years to the day, oldest first', () => {
    const days = rows.map(({ transaction }) => transaction.effectiveAt);
    expect(days).toEqual(days.toSorted());
    expect(days[0]).toBe('2020-11-02');
    expect(days.every((day) => day <= asOf)).toBe(true);
    expect(days.at(-1)?.slice(0, 7)).toBe('2026-11');
  });

  it('shows all that a real record has', () => {
    expect(count('deposit')).toBeGreaterThan(140);
    expect(count('buy')).toBeGreaterThan(250);
    for (const type of [
      'sell',
      'dividend',
      'interest',
      'fee',
      'fx',
      'transfer',
      'split',
      'delisting',
      'withdrawal',
    ]) {
      expect(count(type)).toBeGreaterThan(0);
    }
    const taxed = rows.filter(({ transaction: t }) => t.type === 'dividend' && t.tax > zero);
    expect(taxed.length).toBeGreaterThan(50);
    const inKind = rows.filter(({ transaction: t }) => t.type === 'transfer' && t.instrument);
    expect(inKind).toHaveLength(1);
  });

  it('numbers its rows', () => {
    expect(rows.map(({ line }) => line)).toEqual(rows.map((_, i) => i + 1));
    expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(rows.length);
  });

  it('trades at the closes of the simulated market', () => {
    const market = new SimulatedMarket(4680);
    for (const { transaction: t } of rows) {
      if (t.type !== 'buy' && t.type !== 'sell') continue;
      const bars = market.history(t.instrument.symbol ?? '', '2005-01-01', '2027-01-01')?.bars;
      if (!bars || t.price === undefined) expect.fail(`no price of ${t.instrument.symbol}`);
      const at = indexAt(bars.days, dayNumber(t.effectiveAt));
      expect(bars.days[at]).toBe(dayNumber(t.effectiveAt));
      expect(priceToFloat(t.price)).toBe(bars.close[at]);
      const exact = toFloat(t.quantity) * (bars.close[at] ?? 0);
      expect(Math.abs(toFloat(t.amount) - exact)).toBeLessThan(0.011);
    }
  });

  it('gets the dividends that the market paid on the units held, two weeks later', () => {
    const dividends = rows.filter(({ transaction }) => transaction.type === 'dividend');
    const market = new SimulatedMarket(4680);
    for (const { transaction: t } of dividends) {
      if (t.type !== 'dividend') continue;
      const exDay = /ex (\S+)$/.exec(t.note ?? '')?.[1] ?? '';
      const actions = market.history(t.instrument?.symbol ?? '', exDay, asOf)?.actions ?? [];
      const action = actions.find(({ day, kind }) => day === exDay && kind === 'dividend');
      const units = /^(\S+) ×/.exec(t.note ?? '')?.[1] ?? '';
      const paid = multiply(decimal(units), decimalOf(action?.value ?? 0));
      expect(t.amount).toBe(roundTo(paid, 2));
      expect(t.tax).toBeLessThan(multiply(t.amount, 4n * 10n ** 17n));
      expect(dayNumber(t.effectiveAt) - dayNumber(exDay)).toBeGreaterThanOrEqual(16);
    }
  });

  it('needs six years of market behind it', () => {
    expect(() => demoTransactions(1, '2011-12-31')).toThrow('between 2012-01-01');
  });
});

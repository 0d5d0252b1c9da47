import {
  foldLedger,
  type Instrument,
  PriceBook,
  RateBook,
  type Transaction,
} from '@plimsoll/domain';
import { type Decimal, dayNumber, formatDecimal } from '@plimsoll/kernel';
import type { ImportSummaryView } from '../views.ts';
import type { ImportPlan } from './plan-import.ts';
import type { PlannedRow } from './planned-row.ts';

type Checks = ImportSummaryView['checks'];

/**
 * What each file says is left at its end, against our own books of its accounts on its last day:
 * what was recorded before counts, what came after does not.
 */
export function checkTotals(plan: ImportPlan): Checks {
  const added = plan.rows
    .filter(({ status }) => status === 'add')
    .map(({ transaction }) => transaction);
  const transactions = [...plan.view.transactions, ...added];
  return plan.files.flatMap(({ parsed }, index) => {
    if (parsed.totals === undefined) return [];
    const { cash, holdings } = parsed.totals;
    const ofFile = plan.rows.filter(({ fileIndex }) => fileIndex === index);
    const ours = booksOf(plan, transactions, ofFile);
    return [
      ...Object.entries(cash ?? {}).map(([currency, amount]) =>
        check(`${currency} cash`, amount, ours.cash(currency)),
      ),
      ...Object.entries(holdings ?? {}).map(([name, units]) =>
        check(name, units, ours.units(name)),
      ),
    ];
  });
}

const check = (what: string, stated: Decimal, ours: Decimal): Checks[number] => ({
  what,
  stated: formatDecimal(stated),
  ours: formatDecimal(ours),
  agrees: stated === ours,
});

const latestDay = (rows: readonly PlannedRow[]): string =>
  rows.reduce(
    (latest, { transaction }) =>
      transaction.effectiveAt > latest ? transaction.effectiveAt : latest,
    '',
  );

function booksOf(
  plan: ImportPlan,
  transactions: readonly Transaction[],
  rows: readonly PlannedRow[],
) {
  const named = rows.map(({ transaction }) => transaction.accountId);
  const scope = new Set(named.length > 0 ? named : [plan.account.id]);
  const last = latestDay(rows);
  const { book } = foldLedger(
    transactions,
    {
      currency: plan.account.currency,
      accounts: plan.accounts,
      instruments: plan.index.all,
      scope,
      cashTracked: scope,
      rates: new RateBook(plan.account.currency, []),
      prices: new PriceBook(new Map()),
    },
    last === '' ? {} : { until: dayNumber(last) },
  );
  const cash = (currency: string): Decimal => {
    let sum = 0n;
    for (const one of book.cashes()) {
      if (one.counted && one.cash.currency === currency) sum += one.cash.balance;
    }
    return sum;
  };
  const units = (name: string): Decimal => {
    let sum = 0n;
    for (const { instrument, lots, counted } of book.holdings()) {
      if (counted && isCalled(instrument, name)) sum += lots.quantity;
    }
    return sum;
  };
  return { cash, units };
}

const isCalled = ({ isin, symbol, name, cusip }: Instrument, wanted: string): boolean =>
  isin === wanted || symbol === wanted || name === wanted || cusip === wanted;

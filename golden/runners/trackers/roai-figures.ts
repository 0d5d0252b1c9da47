import { type Decimal, multiply, toFloat } from '@plimsoll/kernel';
import { factsOf, listOf } from '../../case-facts.ts';
import { type Check, near } from '../../check.ts';
import type { Outcome } from '../../runner.ts';
import { exact } from './activity.ts';
import { amount } from './figure.ts';
import type { Measured, TrackerCase } from './tracker-case.ts';

/**
 * The cases of a calculator whose percentages are its own convention: quantity, average cost, fees,
 * dividends and value are facts; the gain is held against value + proceeds + income − paid.
 */
export function roaiOutcome(tracker: TrackerCase): Outcome {
  const measured = tracker.measure();
  const snapshot = factsOf(tracker.expected['snapshot']);
  const checks = [
    ...listOf(snapshot['positions']).flatMap((position) => positionChecks(measured, position)),
    ...snapshotChecks(measured, snapshot),
    ...assertionChecks(tracker, measured),
  ];
  if (tracker.activities.length > 0) checks.push(identityCheck(tracker, measured));
  return { checks, listed: recordedPercentages(tracker, measured) };
}

const heldOf = (measured: Measured, symbol: unknown) => {
  const holding = measured.value.holdings.find(({ instrument }) => instrument.id === symbol);
  const quantity = holding?.quantity ?? 0n;
  const cost = holding?.cost ?? 0n;
  const average = quantity === 0n ? 0 : toFloat(cost) / toFloat(quantity);
  return {
    quantity,
    cost,
    average,
    value: holding?.baseValue ?? 0n,
    base: holding?.baseCost ?? 0n,
  };
};

const tallyOf = ({ book }: Measured, symbol: unknown) => {
  let fees = 0n;
  let income = 0n;
  for (const { instrument, tally } of book.holdings()) {
    if (instrument.id !== symbol) continue;
    fees += tally.fees;
    income += tally.income;
  }
  return { fees, income };
};

/** Amounts of the cases have up to twenty digits of floats behind them. */
const dust = 1e-9;

function positionChecks(measured: Measured, position: Readonly<Record<string, unknown>>): Check[] {
  const held = heldOf(measured, position['symbol']);
  const { fees, income } = tallyOf(measured, position['symbol']);
  const facts: readonly (readonly [string, string, Decimal | number])[] = [
    ['quantity', 'quantity', held.quantity],
    ['averagePrice', 'average cost', held.average],
    ['feeInBaseCurrency', 'fees', fees],
    ['dividendInBaseCurrency', 'dividends', income],
    ['valueInBaseCurrency', 'value', held.value],
    ['investmentWithCurrencyEffect', 'cost', held.base],
  ];
  return facts.flatMap(([key, what, found]) => {
    const wanted = position[key];
    if (wanted === undefined || wanted === null) return [];
    const number = typeof found === 'number' ? found : toFloat(found);
    return [near(what, number, Number(wanted), dust)];
  });
}

function snapshotChecks(
  { value, gains }: Measured,
  snapshot: Readonly<Record<string, unknown>>,
): Check[] {
  const facts: readonly (readonly [string, string, Decimal])[] = [
    ['currentValueInBaseCurrency', 'total value', value.total],
    ['totalFeesWithCurrencyEffect', 'all fees', gains.fees],
    [
      'totalInvestmentWithCurrencyEffect',
      'all cost',
      value.holdings.reduce((sum, { baseCost }) => sum + (baseCost ?? 0n), 0n),
    ],
  ];
  return facts.flatMap(([key, what, found]) =>
    snapshot[key] === undefined ? [] : [near(what, toFloat(found), Number(snapshot[key]), dust)],
  );
}

/** Facts that a case asserts by path instead of as a snapshot. */
function assertionChecks(tracker: TrackerCase, measured: Measured): Check[] {
  const symbol = String(tracker.activities[0]?.['symbol'] ?? '');
  const held = heldOf(measured, symbol);
  const cash = measured.value.cash.reduce((sum, { baseValue }) => sum + (baseValue ?? 0n), 0n);
  const facts = new Map<string, number>([
    ['averagePrice', held.average],
    ['quantity', toFloat(held.quantity)],
    ['investment', toFloat(held.base)],
    ['totalCashInBaseCurrency', toFloat(cash)],
    ['currentValueInBaseCurrency', toFloat(measured.value.total)],
    ['totalLiabilitiesWithCurrencyEffect', toFloat(-cash)],
  ]);
  return listOf(tracker.expected['assertions']).flatMap(({ of, value }) => {
    const path = String(of);
    if (path.includes('istoricalData') || path.startsWith('investments')) return [];
    const named =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value)
        : [
            [
              path
                .replace(/\.to\w+\([^)]*\)$/, '')
                .split('.')
                .at(-1) ?? '',
              value,
            ] as const,
          ];
    return named.flatMap(([name, wanted]) => {
      const found = facts.get(name);
      return found === undefined ? [] : [near(name, found, Number(wanted), 1e-9)];
    });
  });
}

/** The gain, from the activities alone at the rates of their days. */
function identityCheck(tracker: TrackerCase, measured: Measured): Check {
  const { value, gains, book } = measured;
  let paid = 0n;
  for (const activity of tracker.activities) {
    if (activity['assetSubClass'] === 'CASH' || activity['type'] === 'LIABILITY') continue;
    const gross = multiply(exact(activity['quantity']), exact(activity['unitPrice']));
    const fee = exact(activity['fee']);
    const comes = ['SELL', 'DIVIDEND', 'INTEREST'].includes(String(activity['type']));
    const net = comes ? fee - gross : fee + gross;
    const day = book.options.rates;
    const rate = day.rate(String(activity['currency']), dayOf(activity));
    paid += rate === null ? 0n : multiply(net, rate / 10n ** 6n);
  }
  const securities = value.holdings.reduce((sum, { baseValue }) => sum + (baseValue ?? 0n), 0n);
  return amount(
    'gain = value + proceeds + income − paid',
    gains.gain,
    toFloat(securities - paid),
    1e-6,
  );
}

const dayOf = (activity: Readonly<Record<string, unknown>>): number =>
  Math.floor(Date.parse(String(activity['date'])) / 86_400_000);

/** The other tool's percentages are listed, and its gain where ours is another. */
function recordedPercentages(tracker: TrackerCase, { gains }: Measured): string[] {
  const listed: string[] = [];
  const snapshot = factsOf(tracker.expected['snapshot']);
  for (const position of listOf(snapshot['positions'])) {
    const map = factsOf(position['netPerformancePercentageWithCurrencyEffectMap']);
    const percent = map['max'] ?? position['netPerformancePercentage'];
    if (percent !== undefined) listed.push(`its net return ${String(percent)}`);
    const net = factsOf(position['netPerformanceWithCurrencyEffectMap'])['max'];
    if (net === undefined) continue;
    const same = Math.abs(Number(net) - toFloat(gains.gain)) < dust;
    if (!same) listed.push(`its gain ${String(net)}, ours ${toFloat(gains.gain)}`);
  }
  return listed;
}

import { dailyReturns, holdingsOnlyReturn, whyNoReturn } from '@plimsoll/analytics';
import type { HoldingValue, Lot } from '@plimsoll/domain';
import { addDays, dayFromNumber, dayNumber, toFloat } from '@plimsoll/kernel';
import { factsOf, listOf } from '../../case-facts.ts';
import { type Check, near, same } from '../../check.ts';
import { isRecord } from '../../golden-case.ts';
import { exact } from './activity.ts';
import { amount, type FigureCheck } from './figure.ts';
import type { Measured, Method, TrackerCase } from './tracker-case.ts';

/** Per-unit figures are stated to eight digits. */
const perUnit = 5e-9;

/** The charge of a lot's opening transaction, by units. */
function chargesOf(measured: Measured, lot: Readonly<Lot>): number {
  const opening = measured.transactions.find(({ id }) => id === lot.openedBy);
  if (!opening || !('fee' in opening) || !('quantity' in opening)) return 0;
  return toFloat(opening.fee) * (toFloat(lot.quantity) / toFloat(opening.quantity));
}

function lotChecks(measured: Measured, lot: Readonly<Lot> | undefined, wanted: object): Check[] {
  if (!lot) return [same('lot', 'none', 'one')];
  const charges = chargesOf(measured, lot);
  return Object.entries(wanted).flatMap(([key, figure]) => {
    const price = (toFloat(lot.cost) - charges) / toFloat(lot.quantity);
    if (key === 'quantity') return [amount('lot quantity', lot.quantity, figure)];
    if (key === 'acquisition_price') return [near('lot price', price, Number(figure), perUnit)];
    if (key === 'acquisition_fees') return [near('lot fees', charges, Number(figure), perUnit)];
    if (key === 'acquisition_date') {
      return [same('lot day', dayFromNumber(lot.openedOn), figure)];
    }
    return [];
  });
}

/** Quantity, cost and lots of one holding; a holding that is gone has none of each. */
function holdingChecks(
  measured: Measured,
  holding: HoldingValue | undefined,
  wanted: Readonly<Record<string, unknown>>,
): Check[] {
  const quantity = holding?.quantity ?? 0n;
  const cost = holding?.cost ?? 0n;
  return Object.entries(wanted).flatMap(([key, figure]) => {
    if (key === 'quantity') return [near('quantity', toFloat(quantity), Number(figure), 0)];
    if (key === 'currency') return [same('currency', holding?.currency, figure)];
    if (key === 'total_cost_basis') return [amount('cost', cost, figure, perUnit)];
    if (key === 'average_cost') {
      const average = quantity === 0n ? 0 : toFloat(cost) / toFloat(quantity);
      return [near('cost per unit', average, Number(figure), perUnit)];
    }
    if (key !== 'lots') return [];
    const lots = holding?.lots ?? [];
    return [
      same('number of lots', lots.length, listOf(figure).length),
      ...listOf(figure).flatMap((lot, i) => lotChecks(measured, lots[i], lot)),
    ];
  });
}

const holdingOf = ({ value }: Measured, account?: string): HoldingValue | undefined =>
  value.holdings.find(({ accountId }) => account === undefined || accountId === account);

const cashOf = (measured: Measured, currency: string): number =>
  toFloat(
    measured.value.cash
      .filter((cash) => cash.currency === currency)
      .reduce((sum, { balance }) => sum + balance, 0n),
  );

/** What is held at one moment: in one account, or in each of several by its name. */
function momentChecks(tracker: TrackerCase, method: Method, wanted: unknown): Check[] {
  const measured = tracker.measure(method);
  const figures = factsOf(wanted);
  const byAccount = Object.entries(figures).filter(([, figure]) => isRecord(figure));
  if (byAccount.length === 0) return holdingChecks(measured, holdingOf(measured), figures);
  return byAccount.flatMap(([account, figure]) =>
    holdingChecks(measured, holdingOf(measured, account), factsOf(figure)),
  );
}

const afterActivity: FigureCheck = (tracker, wanted, match) => {
  const moments = Object.keys(tracker.expected).filter((key) => key.startsWith('after_'));
  const first = moments.indexOf(match[0]) + 1;
  const until = tracker.days[first - 1];
  return momentChecks(tracker, { first, ...(until === undefined ? {} : { until }) }, wanted);
};

const cash: FigureCheck = (tracker, wanted) => {
  const measured = tracker.measure();
  return Object.entries(factsOf(wanted)).map(([currency, balance]) =>
    near(`${currency} cash`, cashOf(measured, currency), Number(balance), 1e-9),
  );
};

/** The account is only said to hold so much, at such a cost. */
const periodReturn: FigureCheck = (tracker, wanted) => {
  const last = Object.values(factsOf(tracker.golden['daily_valuations'])).at(-1);
  const { marketValue, costBasis } = factsOf(last);
  const { simple } = holdingsOnlyReturn(exact(marketValue), exact(costBasis));
  return [near('return on cost', simple, Number(wanted), 1e-12)];
};

const unknownReturn: FigureCheck = (tracker, wanted, match) => {
  const last = Object.values(factsOf(tracker.golden['daily_valuations'])).at(-1);
  const { marketValue, costBasis } = factsOf(last);
  const found = holdingsOnlyReturn(exact(marketValue), exact(costBasis));
  const figure = match[0] === 'twr' ? found.twr : found.moneyWeighted;
  return [
    same(match[0], figure, wanted),
    { what: 'with a reason', ok: found.reason !== '', found: found.reason, wanted: 'a reason' },
  ];
};

const refusal: FigureCheck = (tracker, wanted) => {
  const days = Object.entries(factsOf(tracker.golden['daily_valuations']));
  const paidIn = days.map(([, day]) => Number(factsOf(day)['netContribution']));
  const moved = paidIn.map((sum, i) => sum - (paidIn[i - 1] ?? 0));
  const columns = {
    startValue: 0,
    value: Float64Array.from(days, ([, day]) => Number(factsOf(day)['value'])),
    inflow: Float64Array.from(moved, (flow) => Math.max(0, flow)),
    outflow: Float64Array.from(moved, (flow) => Math.max(0, -flow)),
  };
  const gaps = dailyReturns(columns, new Float64Array(days.length));
  const reason = whyNoReturn(gaps, dayNumber(days[0]?.[0] ?? '')) ?? 'none';
  const ok = reason.includes(String(wanted));
  return [{ what: 'refusal of returns', ok, found: reason, wanted: String(wanted) }];
};

const bucket: FigureCheck = (tracker, wanted) => {
  const [transaction] = tracker.measure().transactions;
  const before = tracker.measure({ until: addDays(String(wanted), -1) });
  return [
    same('day where the account is', transaction?.effectiveAt, wanted),
    same('units the day before', before.value.holdings.length, 0),
  ];
};

/** Figures of single holdings and of cash, by the names that the cases give them. */
export const holdingFigureChecks: readonly (readonly [RegExp, FigureCheck])[] = [
  [/^position$/, (t, w) => holdingChecks(t.measure(), holdingOf(t.measure()), factsOf(w))],
  [/^[A-Z]$/, (t, w, m) => holdingChecks(t.measure(), holdingOf(t.measure(), m[0]), factsOf(w))],
  [/^after_.+$/, afterActivity],
  [/^at_(\d{4}-\d\d-\d\d)$/, (t, w, m) => momentChecks(t, { until: m[1] ?? '' }, w)],
  [/^cash$/, cash],
  [/^cash_([A-Z]{3})$/, (t, _, m) => [near(`${m[1]} cash`, cashOf(t.measure(), m[1] ?? ''), 0, 0)]],
  [
    /^cost_basis_account_ccy$/,
    (t, w) => [amount('cost in the account currency', holdingOf(t.measure())?.baseCost ?? null, w)],
  ],
  [
    /^net_contribution(_change)?$/,
    (t, w, m) => {
      const before = m[1] ? t.measure({ first: 0 }).gains : { inflow: 0n, outflow: 0n };
      const { inflow, outflow } = t.measure().gains;
      return [amount('paid in', inflow - outflow - before.inflow + before.outflow, w)];
    },
  ],
  [/^period_return$/, periodReturn],
  [/^(?:twr|mwr)$/, unknownReturn],
  [/^error_contains$/, refusal],
  [/^processed_on$/, bucket],
];

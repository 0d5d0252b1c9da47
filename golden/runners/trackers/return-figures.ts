import {
  annualise,
  closings,
  dailyReturns,
  incomeRate,
  linkReturns,
  longestDrawdown,
  longestRecovery,
  maxDrawdown,
  moneyWeightedReturn,
  openClosings,
  periodVolatility,
} from '@plimsoll/analytics';
import { isTargetClosed } from '@plimsoll/domain';
import { addDays, dayNumber, toFloat, weekday } from '@plimsoll/kernel';
import { factsOf, listOf } from '../../case-facts.ts';
import { type Check, near, same } from '../../check.ts';
import { amount, type FigureCheck } from './figure.ts';
import type { Measured, TrackerCase } from './tracker-case.ts';

interface Chain {
  readonly returns: Float64Array;
  readonly growth: Float64Array;
  readonly total: number;
  readonly withoutCapital: number;
}

function chain({ daily }: Measured): Chain {
  const returns = new Float64Array(daily.value.length);
  const gaps = dailyReturns(daily, returns);
  const growth = new Float64Array(returns.length);
  const total = linkReturns(returns, growth);
  return { returns, growth, total, withoutCapital: gaps.withoutCapital.length };
}

/** Those trackers measure securities before tax. */
const untaxed = (tracker: TrackerCase): Measured => tracker.measure({ beforeTax: true });

/** From the investor's side, days since the first flow. */
function xirr({ daily }: Measured): number | null {
  const { inflow, outflow, value, startValue } = daily;
  const last = value.length - 1;
  const flows = [{ day: 0, amount: -startValue }];
  for (let t = 0; t <= last; t++) {
    flows.push({ day: t, amount: (outflow[t] ?? 0) - (inflow[t] ?? 0) });
  }
  flows.push({ day: last, amount: value[last] ?? 0 });
  const found = moneyWeightedReturn(flows, 0);
  return found.ok ? found.rate : null;
}

function cashflowRate(flows: readonly (readonly [string, number])[]): number | null {
  const [first] = flows;
  if (!first) return null;
  const start = dayNumber(first[0]);
  const found = moneyWeightedReturn(
    flows.map(([day, paid]) => ({ day: dayNumber(day) - start, amount: paid })),
    0,
  );
  return found.ok ? found.rate : null;
}

const irr: FigureCheck = (tracker, wanted) => {
  const flows = tracker.golden['cashflows'] as [string, number][] | undefined;
  const tolerance = Number(tracker.expected['tolerance'] ?? 1e-8);
  const found = flows ? cashflowRate(flows) : xirr(untaxed(tracker));
  return [near('money-weighted return', found, Number(wanted), tolerance)];
};

const ttwror: FigureCheck = (tracker, wanted) => [
  near('time-weighted return', chain(untaxed(tracker)).total, Number(wanted), tracker.tolerance),
];

/** Day 0 of a case is the valuation that its period starts from. */
const cumulative: FigureCheck = (tracker, wanted) => {
  const { growth } = chain(measuredPath(tracker));
  return (wanted as number[]).map((figure, i) =>
    near(`growth of day ${i}`, i === 0 ? 0 : (growth[i - 1] ?? null), figure, tracker.tolerance),
  );
};

const daily: FigureCheck = (tracker, wanted) => {
  const { returns } = chain(measuredPath(tracker));
  return (wanted as number[]).map((figure, i) =>
    near(`return of day ${i}`, i === 0 ? 0 : (returns[i - 1] ?? null), figure, tracker.tolerance),
  );
};

/** A case states activities, or a path of returns that two series of transfers must not change. */
function measuredPath(tracker: TrackerCase): Measured {
  return pathsOf(tracker)[0] ?? untaxed(tracker);
}

function pathsOf(tracker: TrackerCase): Measured[] {
  const path = tracker.golden['cumulative_path'] as number[] | undefined;
  const start = tracker.period?.[0];
  if (!path || start === undefined) return [];
  return ['transfers_a_cents', 'transfers_b_cents'].map((name) => {
    const cents = tracker.golden[name] as number[];
    return tracker.measure({ activities: activitiesOf(path, cents, start) });
  });
}

/** Deposits, withdrawals and the interest that makes the wanted growth of them. */
function activitiesOf(path: readonly number[], cents: readonly number[], start: string) {
  let worth = 0;
  return path.flatMap((growth, i) => {
    const date = addDays(start, i);
    const moved = (cents[i] ?? 0) / 100;
    const before = worth + Math.max(0, moved);
    const factor = i === 0 ? 1 : (1 + growth) / (1 + (path[i - 1] ?? 0));
    const earned = Math.round(before * (factor - 1) * 1e6) / 1e6;
    worth = before + earned - Math.max(0, -moved);
    const type = moved > 0 ? 'DEPOSIT' : 'WITHDRAWAL';
    return [
      ...(moved === 0 ? [] : [{ date, type, amount: Math.abs(moved), currency: 'EUR' }]),
      ...(earned > 0 ? [{ date, type: 'INTEREST', amount: earned, currency: 'EUR' }] : []),
      ...(earned < 0 ? [{ date, type: 'FEE', amount: -earned, currency: 'EUR' }] : []),
    ];
  });
}

const bothPaths: FigureCheck = (tracker, wanted, match) => [
  ...cumulative(tracker, wanted, match),
  ...pathsOf(tracker)
    .slice(1)
    .flatMap((measured) =>
      (wanted as number[]).map((figure, i) =>
        near(
          `growth of day ${i} with other transfers`,
          i === 0 ? 0 : (chain(measured).growth[i - 1] ?? null),
          figure,
          tracker.tolerance,
        ),
      ),
    ),
];

const weekly: FigureCheck = (tracker, wanted) => {
  const measured = untaxed(tracker);
  const { returns, growth } = chain(measured);
  const weeks: number[][] = [];
  returns.forEach((_, t) => {
    const day = measured.from + t;
    if (t === 0 || weekday(day) === 0) weeks.push([]);
    weeks.at(-1)?.push(t);
  });
  const { delta, cumulative: sums } = factsOf(wanted) as Record<string, number[]>;
  return weeks.flatMap((week, i) => {
    const linked = linkReturns(Float64Array.from(week, (t) => returns[t] ?? 0));
    const total = growth[week.at(-1) ?? 0] ?? null;
    return [
      near(`return of week ${i + 1}`, linked, delta?.[i] ?? Number.NaN, tracker.tolerance),
      near(`growth to week ${i + 1}`, total, sums?.[i] ?? Number.NaN, tracker.tolerance),
    ];
  });
};

const growthOn: FigureCheck = (tracker, wanted, match) => {
  const measured = untaxed(tracker);
  const day = match[1] ?? '';
  const { growth } = chain(measured);
  const found = growth[dayNumber(day) - measured.from] ?? null;
  return [near(`growth to ${day}`, found, Number(wanted), tracker.tolerance)];
};

/** Trading days with something invested at their start and their end. */
function riskIndices({ daily, from }: Measured): Int32Array {
  const indices: number[] = [];
  for (let t = 0; t < daily.value.length; t++) {
    const before = t === 0 ? daily.startValue : (daily.value[t - 1] ?? 0);
    const end = daily.value[t] ?? 0;
    if (!isTargetClosed(from + t) && before > 0 && end > 0) indices.push(t);
  }
  return Int32Array.from(indices);
}

const volatility: FigureCheck = (tracker, wanted, match) => {
  const vector = tracker.golden['returns'] as (number | string)[] | undefined;
  const measured = vector ? null : untaxed(tracker);
  const returns = vector ? Float64Array.from(vector, fraction) : chain(untaxed(tracker)).returns;
  const indices = measured ? riskIndices(measured) : Int32Array.from(returns, (_, i) => i);
  const found = periodVolatility(returns, indices);
  const what = match[1] ? 'semi-volatility' : 'volatility';
  const value = (match[1] ? found?.semiVolatility : found?.volatility) ?? null;
  const used = tracker.expected['returns_used'];
  return [
    near(what, value, Number(wanted), tracker.tolerance),
    ...(used === undefined ? [] : [same('returns used', indices.length, used)]),
  ];
};

const fraction = (value: number | string): number => {
  const [numerator = '0', denominator = '1'] = String(value).split('/');
  return Number(numerator) / Number(denominator);
};

const drawdown: FigureCheck = (tracker, wanted) => [
  near(
    'deepest fall',
    maxDrawdown(chain(untaxed(tracker)).growth)?.depth ?? 0,
    Number(wanted),
    tracker.tolerance,
  ),
];

const drawdownDays: FigureCheck = (tracker, wanted) => {
  const stretch = longestDrawdown(chain(untaxed(tracker)).growth);
  return [same('days under water', stretch ? stretch.to - stretch.from : 0, wanted)];
};

/** A vector's first growth is its start. */
const drawdownVector: FigureCheck = (tracker, wanted, match) => {
  const vector = factsOf(tracker.golden['vectors'])[match[0]] as number[];
  const start = 1 + (vector[0] ?? 0);
  const growth = Float64Array.from(vector.slice(1), (each) => (1 + each) / start - 1);
  const { max_drawdown: depth, longest_days: days, longest_recovery: way } = factsOf(wanted);
  const checks: Check[] = [];
  if (depth !== undefined) {
    checks.push(
      near(`deepest fall of ${match[0]}`, maxDrawdown(growth)?.depth ?? 0, Number(depth), 1e-9),
    );
  }
  if (days !== undefined) {
    const stretch = longestDrawdown(growth);
    checks.push(
      same(`days under water of ${match[0]}`, stretch ? stretch.to - stretch.from : 0, days),
    );
  }
  if (way !== undefined) {
    const found = longestRecovery(growth);
    const day = (t: number): string => addDays('2015-01-01', t + 1);
    checks.push(
      same(`recovery of ${match[0]}`, found ? [day(found.from), day(found.to)] : null, way),
    );
  }
  return checks;
};

const trades: FigureCheck = (tracker, wanted) => {
  const { book, value, until } = tracker.measure();
  const all = [...closings(book.matches), ...openClosings(value.holdings, until)];
  const checks = listOf(wanted).flatMap((trade, i) => {
    const found = all[i];
    const name = `trade ${i + 1}`;
    if (!found) return [same(name, 'none', 'one')];
    return Object.entries(trade).flatMap(([key, figure]) => {
      if (key === 'closed') return [same(`${name} closed`, found.closedBy !== null, figure)];
      if (key === 'long') return [same(`${name} long`, !found.short, figure)];
      if (key === 'shares') return [amount(`${name} quantity`, found.quantity, figure)];
      if (key === 'entry') return [amount(`${name} entry`, found.entry, figure)];
      if (key === 'exit' || key === 'exit_value_now') {
        return [amount(`${name} exit`, found.exit, figure)];
      }
      if (key === 'profit') return [amount(`${name} profit`, found.profit, figure)];
      if (key === 'return') return [near(`${name} return`, found.return, Number(figure), 1e-9)];
      if (key !== 'irr') return [];
      const rate = found.moneyWeighted.ok ? found.moneyWeighted.rate : null;
      return [near(`${name} yearly`, rate, Number(figure), Number(trade['irr_tolerance'] ?? 1e-4))];
    });
  });
  return [...checks, same('number of trades', all.length, listOf(wanted).length)];
};

/** The only closing of a case, where its figures stand by themselves. */
const soleClosing: FigureCheck = (tracker, wanted, match) => {
  const bare = match[0] === 'profit_gross';
  const { book } = tracker.measure(bare ? { fees: 'expensed' } : {});
  const [closing] = closings(book.matches);
  if (!closing) return [same('closing', 'none', 'one')];
  const { entry, exit, profit } = closing;
  if (match[0] === 'return') return [near('return', closing.return, Number(wanted), 1e-9)];
  const figures = { entry, exit, profit_net: profit, profit_gross: profit };
  return [amount(match[0], figures[match[0] as keyof typeof figures], wanted)];
};

const soleIrr: FigureCheck = (tracker, wanted) => {
  const [closing] = closings(tracker.measure().book.matches);
  const rate = closing?.moneyWeighted.ok ? closing.moneyWeighted.rate : null;
  const tolerance = Number(tracker.expected['irr_tolerance'] ?? 1e-4);
  return [near('yearly return', rate, Number(wanted), tolerance)];
};

function paymentsOf(tracker: TrackerCase) {
  const { transactions } = tracker.measure();
  return transactions.flatMap((transaction) => {
    if (transaction.type !== 'dividend') return [];
    const until = transaction.effectiveAt;
    const { value } = tracker.measure({ until, lots: 'average' });
    const cost = value.holdings.reduce((sum, held) => sum + held.baseBasis, 0n);
    const day = dayNumber(until);
    return [{ day, amount: toFloat(transaction.amount), cost: toFloat(cost) }];
  });
}

/** Figures of return and risk, by the names that the cases give them. */
export const returnFigureChecks: readonly (readonly [RegExp, FigureCheck])[] = [
  [/^irr$/, (t, w, m) => (t.expected['profit_net'] === undefined ? irr : soleIrr)(t, w, m)],
  [/^ttwror$|^twr$/, ttwror],
  [
    /^ttwror_annualized$/,
    (t, w) => {
      const measured = untaxed(t);
      return [
        near(
          'yearly',
          annualise(chain(measured).total, measured.daily.value.length),
          Number(w),
          t.tolerance,
        ),
      ];
    },
  ],
  [/^cumulative$/, bothPaths],
  [/^daily$/, daily],
  [/^weekly_de_locale$/, weekly],
  [/^cumulative_(\d{4}-\d\d-\d\d)$/, growthOn],
  [
    /^cumulative_all_days$/,
    (t, w) =>
      [...chain(untaxed(t)).growth].map((g, i) => near(`growth of day ${i + 1}`, g, Number(w), 0)),
  ],
  [/^warnings$/, (t, w) => [same('days without capital', chain(untaxed(t)).withoutCapital, w)]],
  [/^(semi_)?volatility$/, volatility],
  [/^max_drawdown$/, drawdown],
  [/^max_drawdown_days$/, drawdownDays],
  [/^[abc]$/, drawdownVector],
  [/^trades$/, trades],
  [/^(entry|exit|profit_net|profit_gross|return)$/, soleClosing],
  [
    /^rate_of_return_per_year$/,
    (t, w) => [near('yearly rate on cost', incomeRate(paymentsOf(t)).ratePerYear, Number(w), 1e-9)],
  ],
  [
    /^periodicity$/,
    (t, w) => [same('periodicity', incomeRate(paymentsOf(t)).periodicity.toUpperCase(), w)],
  ],
];

import { dailyReturns, linkReturns, moneyWeightedReturn } from '@plimsoll/analytics';
import { dayNumber } from '@plimsoll/kernel';
import { near, same } from '../../check.ts';
import { type GoldenData, select } from '../../golden-data.ts';
import type { Outcome } from '../../runner.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What the sentence says: `10000 at first close 60/40 AAPL/KO; +500 … each month until 2020-12, then -500`. */
interface Plan {
  readonly start: number;
  readonly names: readonly string[];
  readonly weights: readonly number[];
  readonly first: number;
  /** The last month of the first amount. */
  readonly until: string;
  readonly later: number;
}

function planOf(rule: string): Plan | undefined {
  const begin = /(\d+(?:\.\d+)?) at first close ([\d/]+) ([A-Z.]+(?:\/[A-Z.]+)*)/.exec(rule);
  const monthly = /([+-]?\d+(?:\.\d+)?) at first close of each month/.exec(rule);
  if (!begin || !monthly) return undefined;
  const turn = /until (\d{4}-\d{2}), then ([+-]?\d+(?:\.\d+)?)/.exec(rule);
  const shares = (begin[2] ?? '').split('/').map(Number);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const first = Number(monthly[1]);
  return {
    start: Number(begin[1]),
    names: (begin[3] ?? '').split('/'),
    weights: shares.map((share) => share / whole),
    first,
    until: turn?.[1] ?? '9999-12',
    later: turn ? Number(turn[2]) : first,
  };
}

/** A plan of monthly payments into instruments at their closes, and what it earned. */
export function savingsPlanCase(
  input: Facts,
  expected: Facts,
  data: GoldenData,
  tolerance: number,
): Outcome {
  const plan = planOf(String(input['rule']));
  if (!plan) return { checks: [], listed: ['the rule is no plan that can be read'] };
  const range = input['range'] as readonly [string, string] | undefined;
  const closes = select(data.columns(String(input['file'])), {
    names: plan.names,
    ...(range === undefined ? {} : { range }),
  });
  const units = plan.names.map(() => 0);
  const value: number[] = [];
  const flows: number[] = [];
  for (const [row, day] of closes.days.entries()) {
    const month = day.slice(0, 7);
    const isFirst = month !== closes.days[row - 1]?.slice(0, 7);
    const monthly = month <= plan.until ? plan.first : plan.later;
    const flow = row === 0 ? plan.start : isFirst ? monthly : 0;
    const price = (i: number): number => closes.values[row * units.length + i] ?? Number.NaN;
    value.push(units.reduce((sum, held, i) => sum + held * price(i), 0));
    flows.push(flow);
    for (const [i, weight] of plan.weights.entries()) {
      units[i] = (units[i] ?? 0) + (flow * weight) / price(i);
    }
  }
  // A flow at a close is an inflow at the start of the next day, or an outflow at its own end.
  const inflow = flows.map((_, i) => (i > 0 ? Math.max(0, flows[i - 1] ?? 0) : 0));
  const outflow = flows.map((flow) => Math.max(0, -flow));
  const returns = new Float64Array(value.length - 1);
  dailyReturns(
    {
      startValue: 0,
      value: Float64Array.from(value, (worth, i) => worth - (outflow[i] ?? 0)).subarray(1),
      inflow: Float64Array.from(inflow).subarray(1),
      outflow: Float64Array.from(outflow).subarray(1),
    },
    returns,
  );
  const start = dayNumber(closes.days[0] ?? '');
  const dated = flows.flatMap((flow, i) =>
    flow === 0 ? [] : [{ day: dayNumber(closes.days[i] ?? '') - start, amount: -flow }],
  );
  const last = value.length - 1;
  const worth = (value[last] ?? 0) + (flows[last] ?? 0);
  const end = { day: dayNumber(closes.days[last] ?? '') - start, amount: worth };
  const rate = moneyWeightedReturn([...dated, end], 0.1);
  return {
    checks: [
      near('twr', linkReturns(returns), Number(expected['twr_total']), tolerance),
      near(
        'final value',
        worth,
        Number(expected['final_value']),
        tolerance * Math.max(1, Number(expected['final_value'])),
      ),
      near('xirr', rate.ok ? rate.rate : null, Number(expected['xirr']), tolerance),
      same('flows', dated.length, expected['n_flows']),
    ],
    listed: [],
  };
}

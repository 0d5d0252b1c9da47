import { dailyReturns, linkReturns, modifiedDietz, moneyWeightedReturn } from '@plimsoll/analytics';
import { dayNumber } from '@plimsoll/kernel';
import { expectedOf, factsOf, listOf, toleranceOf } from '../../case-facts.ts';
import { agrees, type Check, near, same } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { flowTimingChecks } from './flow-timing.ts';
import { savingsPlanCase } from './savings-plan.ts';

type DatedFlow = readonly [string, number];

/** The root nearest to each stated one, and how many there are. */
function xirrChecks(expected: Readonly<Record<string, unknown>>, tolerance: number): Check[] {
  return listOf(expected['cases']).flatMap((each) => {
    const flows = each['flows'] as DatedFlow[];
    const start = Math.min(...flows.map(([day]) => dayNumber(day)));
    const dated = flows.map(([day, paid]) => ({ day: dayNumber(day) - start, amount: paid }));
    const roots = each['roots'] as number[];
    const name = String(each['name']);
    if (roots.length === 0)
      return [same(`${name} has no rate`, moneyWeightedReturn(dated, 0).ok, false)];
    return roots.flatMap((root) => {
      const found = moneyWeightedReturn(dated, root);
      return [
        agrees(name, found.ok ? found.rate : null, root, tolerance),
        same(`${name} roots`, found.ok ? found.roots : 0, roots.length),
      ];
    });
  });
}

/** Sub-periods between valuations, linked; the whole by Modified Dietz and by its flows. */
function twrChecks(golden: GoldenCase, tolerance: number): Outcome {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const start = input['start'] as DatedFlow | undefined;
  const end = input['end'] as DatedFlow | undefined;
  if (!start || !end) return { checks: [], listed: ['needs closes that the case does not bring'] };
  const first = dayNumber(start[0]);
  const days = dayNumber(end[0]) - first;
  const flows = listOf(input['flows']).map((flow) => ({
    day: dayNumber(String(flow['date'])) - first,
    amount: Number(flow['amount']),
    before: Number(flow['value_before_flow']),
  }));
  // A flow after the day's valuation is an inflow at the next day's start, an outflow at its end.
  let worth = start[1];
  const returns = [...flows, { before: end[1], amount: 0 }].map(({ before, amount }) => {
    const period = new Float64Array(1);
    const none = new Float64Array(1);
    dailyReturns(
      { startValue: worth, value: Float64Array.of(before), inflow: none, outflow: none },
      period,
    );
    worth = before + amount;
    return period[0] ?? Number.NaN;
  });
  const inflow = new Float64Array(days);
  const outflow = new Float64Array(days);
  for (const { day, amount } of flows) {
    // Weighted (T − d) ÷ T: an inflow at the start of day index d, an outflow at the end of d − 1.
    if (amount > 0) inflow[day] = amount;
    else outflow[day - 1] = -amount;
  }
  const gain = end[1] - start[1] - flows.reduce((sum, { amount }) => sum + amount, 0);
  const rate = moneyWeightedReturn(
    [
      { day: 0, amount: -start[1] },
      ...flows.map(({ day, amount }) => ({ day, amount: -amount })),
      { day: days, amount: end[1] },
    ],
    0,
  );
  const subperiods = expected['subperiod_returns'] as number[];
  const found = rate.ok ? rate.rate : null;
  const optional = {
    // An inflow of day d that counts from that day's start is one of index d − 1, an outflow d − 2.
    modified_dietz_begin_of_day: () => {
      const [paid, drawn] = [new Float64Array(days), new Float64Array(days)];
      for (const { day, amount } of flows) {
        if (amount > 0) paid[day - 1] = amount;
        else drawn[day - 2] = -amount;
      }
      return modifiedDietz(gain, start[1], paid, drawn);
    },
    // Every flow in the middle: of two equal days an inflow of the second, an outflow of the first.
    simple_dietz: () => {
      const [paid, drawn] = [new Float64Array(2), new Float64Array(2)];
      for (const { amount } of flows) {
        if (amount > 0) paid[1] = (paid[1] ?? 0) + amount;
        else drawn[0] = (drawn[0] ?? 0) - amount;
      }
      return modifiedDietz(gain, start[1], paid, drawn);
    },
    mwr_period: () => (found === null ? null : (1 + found) ** (days / 365) - 1),
  };
  return {
    checks: [
      ...Object.entries(optional).flatMap(([name, compute]) =>
        name in expected ? [near(name, compute(), Number(expected[name]), tolerance)] : [],
      ),
      ...subperiods.map((wanted, i) =>
        near(`period ${i + 1}`, returns[i] ?? null, wanted, tolerance),
      ),
      near('twr', linkReturns(Float64Array.from(returns)), Number(expected['twr']), tolerance),
      near('gain', gain, Number(expected['gain']), tolerance),
      near(
        'modified Dietz',
        modifiedDietz(gain, start[1], inflow, outflow),
        Number(expected['modified_dietz_end_of_day']),
        tolerance,
      ),
      near('xirr', found, Number(expected['xirr_annual']), tolerance),
    ],
    listed: [],
  };
}

/** Daily, time-weighted and money-weighted returns. */
const returnsRunner: Runner = {
  category: 'returns',
  handles: ({ category }) => category === 'xirr' || category === 'twr_dietz',
  run: (golden, { data }) => {
    const tolerance = toleranceOf(golden);
    const input = factsOf(golden['input']);
    if ('v0' in input) return flowTimingChecks(input, expectedOf(golden), tolerance);
    if ('file' in input) return savingsPlanCase(input, expectedOf(golden), data, tolerance);
    if (golden['category'] === 'xirr') {
      return { checks: xirrChecks(expectedOf(golden), tolerance), listed: [] };
    }
    return twrChecks(golden, tolerance);
  },
};

export const runners: readonly Runner[] = [returnsRunner];

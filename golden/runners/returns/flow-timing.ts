import { dailyReturns, modifiedDietz } from '@plimsoll/analytics';
import { near } from '../../check.ts';
import type { Outcome } from '../../runner.ts';

type Facts = Readonly<Record<string, unknown>>;

/** The return of one day with one flow, at its end, its start or its middle. */
export function flowTimingChecks(input: Facts, expected: Facts, tolerance: number): Outcome {
  const [before, after, flow] = ['v0', 'v1', 'flow'].map((name) => Number(input[name])) as [
    number,
    number,
    number,
  ];
  const from = (startValue: number, value: number): number => {
    const out = new Float64Array(1);
    const none = new Float64Array(1);
    dailyReturns({ startValue, value: Float64Array.of(value), inflow: none, outflow: none }, out);
    return out[0] ?? Number.NaN;
  };
  // In the middle of two equal halves: paid in as the second begins, or drawn as the first ends.
  const paid = Float64Array.of(0, Math.max(0, flow));
  const drawn = Float64Array.of(Math.max(0, -flow), 0);
  const found: Readonly<Record<string, number | null>> = {
    end_of_day: from(before, after - flow),
    start_of_day: from(before + flow, after),
    mid_day: modifiedDietz(after - before - flow, before, paid, drawn),
  };
  const names = Object.keys(expected);
  return {
    checks: names.flatMap((name) =>
      name in found ? [near(name, found[name] ?? null, Number(expected[name]), tolerance)] : [],
    ),
    listed: names.filter((name) => !(name in found)),
  };
}

import type { Estimate } from '../analysis/estimate.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** What the run came to in one sentence, in words and numbers that need no key. */
export function headlineOf(figures: {
  readonly cagr: Estimate;
  readonly total: Estimate;
  readonly fall: Estimate;
  readonly benchmark: { readonly cagr: Estimate; readonly fall: Estimate } | null;
  readonly years: number;
  readonly costs: number;
  readonly fills: number;
}): string {
  const { cagr, total, fall, benchmark, years, costs, fills } = figures;
  if (fills === 0) return 'Nothing was traded.';
  if (cagr.value === null || total.value === null)
    return `No return can be stated: ${cagr.why ?? total.why}.`;
  const after = costs > 0 ? 'after costs' : 'before any costs';
  const start =
    years < 1
      ? `${percent(total.value)} in ${Math.round(years * 12)} months ${after}`
      : `${percent(cagr.value)} a year ${after}`;
  const worst = fall.value === null ? '' : `a worst fall of ${percent(fall.value)}`;
  if (!benchmark || benchmark.cagr.value === null || benchmark.fall.value === null) {
    return worst === '' ? `${start}.` : `${start}, with ${worst}.`;
  }
  const ahead = 100 * (cagr.value - benchmark.cagr.value);
  const beside = `${Math.abs(ahead).toFixed(1)} points ${ahead >= 0 ? 'ahead of' : 'behind'} the benchmark`;
  return `${start}, ${beside}, with ${worst} instead of ${percent(benchmark.fall.value)}.`;
}

import { linkReturns, maxDrawdown } from '@plimsoll/analytics';
import {
  type BrinsonEffects,
  brinson,
  geometricBrinson,
  groupReturns,
  type LinkingMethod,
  lastOfEach,
  linkingFactors,
  rebalancedPath,
} from '@plimsoll/analytics/attribution';
import { expectedOf, granted, inputOf, toleranceOf } from '../../case-facts.ts';
import { compare } from '../../compare.ts';
import { type GoldenCase, isRecord } from '../../golden-case.ts';
import { simpleReturns } from '../../golden-data.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { monthEnds, pricesOf } from './case-input.ts';

const total = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0);

/** One period: Brinson's two ways and the geometric one. */
function onePeriod(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const groups = (input['sectors'] ?? input['groups']) as string[];
  const period = {
    groups,
    portfolioWeights: input['w_portfolio'] as number[],
    benchmarkWeights: input['w_benchmark'] as number[],
    portfolioReturns: input['r_portfolio'] as number[],
    benchmarkReturns: input['r_benchmark'] as number[],
  };
  const fachler = granted(brinson(period, 'brinson-fachler'));
  const hood = granted(brinson(period, 'brinson-hood-beebower'));
  const geometric = granted(geometricBrinson(period));
  const effects = ({ allocation, selection, interaction }: BrinsonEffects): object => ({
    allocation,
    selection,
    interaction,
    totals: {
      allocation: total(allocation),
      selection: total(selection),
      interaction: total(interaction),
    },
  });
  const found = {
    R_portfolio: fachler.portfolioReturn,
    R_benchmark: fachler.benchmarkReturn,
    excess: fachler.portfolioReturn - fachler.benchmarkReturn,
    brinson_fachler: effects(fachler),
    brinson_hood_beebower: effects(hood),
    bf_selection_incl_interaction: fachler.selection.map(
      (each, i) => each + (fachler.interaction[i] ?? 0),
    ),
    geometric: {
      total: geometric.active,
      allocation: geometric.allocation,
      selection: geometric.selection,
      allocation_total: total(geometric.allocation),
      selection_total: total(geometric.selection),
    },
  };
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

/** The names by which cases call ways of linking; Frongello's recursion sums to what GRAP's factors do. */
const linkings: Readonly<Record<string, LinkingMethod>> = {
  carino: 'carino',
  menchero: 'menchero',
  grap: 'grap',
  frongello: 'grap',
  unlinked_sum: 'none',
};

/** Several months at the same weights, linked in every way that the case asks for. */
function linkedPeriods(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const sectors = input['sectors'] as Record<string, string>;
  const names = Object.keys(sectors);
  const prices = monthEnds(pricesOf({ ...input, columns: names }, surroundings));
  const returns = simpleReturns(prices).values;
  const groups = [...new Set(Object.values(sectors))].sort();
  const groupOf = names.map((name) => groups.indexOf(sectors[name] ?? ''));
  const weightsOf = (value: unknown): number[] =>
    isRecord(value)
      ? names.map((name) => Number(value[name] ?? 0))
      : names.map(() => 1 / names.length);
  const portfolio = weightsOf(input['portfolio_weights']);
  const benchmark = weightsOf(input['benchmark_weights']);
  const periods = Array.from({ length: prices.days.length - 1 }, (_, t) => {
    const row = returns.subarray(t * names.length, (t + 1) * names.length);
    const ours = granted(groupReturns(portfolio, row, groupOf, groups));
    const theirs = granted(groupReturns(benchmark, row, groupOf, groups));
    return granted(
      brinson({
        groups,
        portfolioWeights: ours.weights,
        benchmarkWeights: theirs.weights,
        portfolioReturns: ours.returns,
        benchmarkReturns: theirs.returns,
      }),
    );
  });
  const linked = {
    portfolio: periods.map((each) => each.portfolioReturn),
    benchmark: periods.map((each) => each.benchmarkReturn),
  };
  const table = (factors: Float64Array): number[][] =>
    groups.map((_, g) =>
      (['allocation', 'selection', 'interaction'] as const).map((effect) =>
        periods.reduce((sum, each, t) => sum + (factors[t] ?? 0) * (each[effect][g] ?? 0), 0),
      ),
    );
  const carino = granted(linkingFactors(linked, 'carino'));
  const menchero = granted(linkingFactors(linked, 'menchero'));
  const first = Float64Array.from(periods, (_, t) => (t === 0 ? 1 : 0));
  const found: Record<string, unknown> = {
    R_portfolio: carino.portfolioReturn,
    R_benchmark: carino.benchmarkReturn,
    excess: carino.portfolioReturn - carino.benchmarkReturn,
    monthly_R_portfolio: linked.portfolio,
    monthly_R_benchmark: linked.benchmark,
    sectors: groups,
    columns: ['allocation', 'selection', 'interaction'],
    month1: table(first),
    carino_k_t: carino.logarithmic?.periods,
    carino_K: carino.logarithmic?.whole,
    menchero_A: menchero.optimised?.natural,
    menchero_C: menchero.optimised?.correction,
  };
  for (const [name, method] of Object.entries(linkings)) {
    found[name] = table(granted(linkingFactors(linked, method)).factors);
  }
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

/** Weights that drift, are set back each month, or each day. */
function rebalancing(golden: GoldenCase, surroundings: Surroundings): Outcome {
  const input = inputOf(golden, surroundings);
  const prices = pricesOf(input, surroundings);
  const { days, values } = simpleReturns(prices);
  const weights = input['weights'] as number[];
  const [daily, held, monthly] = (['day', 'never', 'month'] as const).map((calendar) =>
    rebalancedPath(values, weights, { due: lastOfEach(calendar, days) }),
  );
  const grown = (path: typeof daily): number => (path ? linkReturns(path.returns) : Number.NaN);
  const found = {
    daily_rebalanced_total: grown(daily),
    buy_and_hold_total: grown(held),
    monthly_rebalanced_total: grown(monthly),
    monthly_rebalances: monthly?.rebalancedAt.length,
    monthly_one_way_turnover_sum: monthly?.oneWayTurnover.reduce((sum, each) => sum + each, 0),
    monthly_series_maxdd: monthly && -(maxDrawdown(monthly.growth)?.depth ?? 0),
  };
  return compare(found, expectedOf(golden), toleranceOf(golden));
}

const runner = (
  category: string,
  run: (golden: GoldenCase, surroundings: Surroundings) => Outcome,
): Runner => ({ category, handles: (golden) => golden['category'] === category, run });

export const runners: readonly Runner[] = [
  runner('attribution', onePeriod),
  runner('attribution_linking', linkedPeriods),
  runner('rebalancing', rebalancing),
];

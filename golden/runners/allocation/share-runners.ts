import { greedyShares, tradeList } from '@plimsoll/analytics/optimisation';
import { expectedOf, type Facts, factsOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { near, same } from '../../check.ts';
import type { Runner } from '../../runner.ts';
import { checksOf } from './case-input.ts';
import { openSolver } from './open-solver.ts';

const namesOf = (...tables: readonly Facts[]): string[] => [
  ...new Set(tables.flatMap((table) => Object.keys(table))),
];
const vector = (names: readonly string[], table: Facts): Float64Array =>
  Float64Array.from(names, (name) => Number(table[name] ?? 0));

/** Counts by name; names without shares may be left out of what was expected. */
const counts = (names: readonly string[], found: Float64Array, wanted: Facts) => {
  const every = names.filter((name) => name in wanted || (found[names.indexOf(name)] ?? 0) !== 0);
  return Object.fromEntries(every.map((name) => [name, found[names.indexOf(name)]]));
};

const allocation: Runner = {
  category: 'discrete_allocation',
  handles: ({ category }) => category === 'discrete_allocation',
  async run(golden, surroundings) {
    const input = inputOf(golden, surroundings);
    const tolerance = toleranceOf(golden);
    const prices = factsOf(input['prices']);
    const targets = factsOf(input['targets'] ?? input['weights']);
    const holdings = factsOf(input['holdings']);
    const names = namesOf(prices).filter((name) => name in targets || name in holdings);
    const cash = Number(input['cash'] ?? input['total'] ?? 0);
    const price = vector(names, prices);
    const target = vector(names, targets);
    const exact = tradeList(
      {
        names,
        prices: price,
        targets: target,
        quantities: vector(names, holdings),
        cash,
        fees: { rate: Number(input['fee_rate'] ?? 0), fixed: Number(input['fee_fixed'] ?? 0) },
      },
      await openSolver(),
    );
    if (!exact.ok) throw new Error(exact.fault.detail);
    const { quantities, objective, cash: left, value } = exact.value;
    const expected = expectedOf(golden);
    const greedy = greedyShares(price, target, cash);
    const spent = greedy.reduce((sum, count, i) => sum + count * (price[i] ?? 0), 0);
    // Several share counts may have the least objective; then the leftover is another too.
    const tied =
      JSON.stringify(counts(names, quantities, {})) !==
      JSON.stringify(nonZero(factsOf(expected['mip'] ?? expected['shares'])));
    const shares = (wanted: unknown, key: string) =>
      tied
        ? near(
            `${key} by objective`,
            objective,
            Number(expected['mip_objective'] ?? expected['objective']),
            tolerance,
          )
        : same(key, counts(names, quantities, factsOf(wanted)), wanted);
    const leftover = (wanted: unknown, key: string) =>
      tied
        ? near(
            `${key} by objective`,
            objective,
            Number(expected['mip_objective'] ?? expected['objective']),
            tolerance,
          )
        : near(key, left, Number(wanted), tolerance);
    return checksOf(expected, {
      nav: (wanted, key) => near(key, value, Number(wanted), tolerance),
      greedy: (wanted, key) =>
        same(key, sorted(counts(names, greedy, factsOf(wanted))), sorted(factsOf(wanted))),
      greedy_leftover: (wanted, key) => near(key, cash - spent, Number(wanted), tolerance),
      mip: shares,
      shares,
      mip_objective: (wanted, key) => near(key, objective, Number(wanted), tolerance),
      objective: (wanted, key) => near(key, objective, Number(wanted), tolerance),
      mip_leftover: leftover,
      cash_after: leftover,
    });
  },
};

const sorted = (table: Facts): Facts =>
  Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
const nonZero = (table: Facts): Facts =>
  Object.fromEntries(Object.entries(table).filter(([, count]) => count !== 0));

export const shareRunners = [allocation];

import { ok, refuse } from '@plimsoll/kernel';
import { line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import type { ReportTable } from '../../analysis/report.ts';
import {
  type HeldPortfolio,
  heldParameters,
  heldPortfolio,
} from '../../attribution/held-portfolio.ts';
import type { RebalancedPath } from '../../attribution/rebalanced-path.ts';
import { contributions } from '../../performance/contribution.ts';

const source = 'David Carino, Combining attribution effects over time, 1999';

/** What each instrument gave to the return. */
export default defineAnalysis({
  id: 'contribution',
  group: 'attribution',
  title: 'Contribution',
  summary:
    'What each instrument, or each group, gave to the return of a portfolio of given weights, linked over time so that the contributions add up to it.',
  input: {
    ...heldParameters,
    groups: {
      kind: 'text-by-name',
      optional: true,
      title: 'Group of each instrument',
      help: 'Where given, contributions are added up by group too.',
    },
  },
  compute(values) {
    const read = heldPortfolio(values);
    if (!read.ok) return read;
    const held = read.value;
    const path = held.follow(values.rebalance, values.band);
    const found = path.ruinedAt < 0 ? linked(held, path) : null;
    if (!found) {
      return refuse({
        code: 'attribution.total-loss',
        detail:
          'The portfolio lost everything on a day, after which contributions cannot be linked.',
      });
    }
    const { names, n } = held.returns;
    const growth = path.growth[n - 1];
    const groups = byGroup(names, found, values.groups);
    return ok({
      title: 'Contribution',
      sample: held.sample,
      conventions: [
        'A contribution is the weight at the start of each row times its return, linked by Carino’s factors; all sum to the return.',
        values.rebalance === 'never'
          ? 'Weights drift from those given.'
          : `Weights are set back at the end of each ${values.rebalance}.`,
      ],
      figures: [
        figure('total-return', 'Return over the whole time', growth, {
          unit: 'fraction',
          formula: 'Π (1 + r) − 1 = Σ contributions',
          source,
          why: notDefined,
        }),
      ],
      tables: [table(held, path, found), ...groupTable(groups)],
      charts: [
        {
          id: 'contributions',
          title: 'Contributions',
          kind: 'bars',
          x: names,
          lines: [line('contribution', found)],
          unit: 'fraction',
        },
      ],
      notes: held.notes,
    });
  },
});

function table(
  { returns }: HeldPortfolio,
  path: RebalancedPath,
  found: readonly number[],
): ReportTable {
  const { names, n } = returns;
  const mean = new Float64Array(names.length);
  const worth = new Float64Array(names.length).fill(1);
  for (let t = 0; t < n; t++) {
    for (let i = 0; i < names.length; i++) {
      mean[i] += path.startWeights[t * names.length + i] / n;
      worth[i] *= 1 + returns.returns[t * names.length + i];
    }
  }
  return {
    id: 'contributions',
    title: 'Contributions',
    columns: [
      { id: 'instrument', title: 'Instrument' },
      { id: 'weight', title: 'Mean weight', unit: 'fraction' },
      { id: 'return', title: 'Its own return', unit: 'fraction' },
      { id: 'contribution', title: 'Contribution', unit: 'fraction' },
    ],
    rows: names.map((name, i) => [name, mean[i], worth[i] - 1, found[i]]),
  };
}

const groupTable = (rows: readonly (readonly [string, number])[] | null): ReportTable[] =>
  rows
    ? [
        {
          id: 'groups',
          title: 'By group',
          columns: [
            { id: 'group', title: 'Group' },
            { id: 'contribution', title: 'Contribution', unit: 'fraction' },
          ],
          rows,
        },
      ]
    : [];

/** The path as columns of value and flows, of which rebalancing moves some between the lines. */
function linked({ returns, weights }: HeldPortfolio, path: RebalancedPath): number[] | null {
  const { names, n } = returns;
  const k = names.length;
  const none = new Float64Array(n);
  const value = path.growth.map((each) => 1 + each);
  const lines = names.map((_, i) => {
    const line = {
      startValue: weights[i],
      value: new Float64Array(n),
      inflow: new Float64Array(n),
      outflow: none,
    };
    let held = weights[i];
    for (let t = 0; t < n; t++) {
      const grown = held * (1 + returns.returns[t * k + i]);
      // What the next row starts with differs by what rebalancing moved in, or out where negative.
      held = t + 1 < n ? path.startWeights[(t + 1) * k + i] * value[t] : grown;
      line.value[t] = held;
      line.inflow[t] = held - grown;
    }
    return line;
  });
  const whole = { startValue: 1, value, inflow: none, outflow: none };
  return contributions(whole, path.returns, lines);
}

function byGroup(
  names: readonly string[],
  found: readonly number[],
  groups: Readonly<Record<string, string>> | undefined,
): readonly (readonly [string, number])[] | null {
  if (!groups) return null;
  const sums = new Map<string, number>();
  names.forEach((name, i) => {
    const group = groups[name] ?? 'not grouped';
    sums.set(group, (sums.get(group) ?? 0) + found[i]);
  });
  return [...sums];
}

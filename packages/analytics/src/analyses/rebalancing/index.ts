import { ok } from '@plimsoll/kernel';
import { standardDeviation } from '@plimsoll/quant/statistics';
import { along, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import type { Cell, Figure } from '../../analysis/report.ts';
import { heldParameters, heldPortfolio } from '../../attribution/held-portfolio.ts';
import type { RebalancedPath, RebalancingCalendar } from '../../attribution/rebalanced-path.ts';
import { total } from '../../attribution/report-parts.ts';
import { maxDrawdown } from '../../performance/drawdown.ts';

const source = 'William Bernstein, The rebalancing bonus: theory and practice, 1996';
const calendars = ['never', 'day', 'week', 'month', 'quarter', 'year'] as const;

/** What rebalancing does. */
export default defineAnalysis({
  id: 'rebalancing',
  group: 'attribution',
  title: 'Rebalancing',
  summary:
    'What a portfolio of given weights earned, with its drawdown and turnover, rebalanced as asked and in every other rhythm.',
  input: {
    ...heldParameters,
    periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
  },
  compute(values) {
    const read = heldPortfolio(values);
    if (!read.ok) return read;
    const { follow, returns, sample, notes } = read.value;
    const { rebalance, band, periodsPerYear } = values;
    const chosen = follow(rebalance, band);
    const { days, n } = returns;
    const others = calendars.filter(
      (each) => days.length > 0 || each === 'never' || each === 'day',
    );
    const paths = others.map((each) => [each, follow(each)] as const);
    const held = follow('never');
    const x = along(days, n);
    return ok({
      title: `Rebalanced ${rhythm(rebalance)}`,
      sample,
      conventions: [
        'Rebalanced at the close of the last day of each period but the last, at no cost.',
        'Turnover is one-way: half the sum of |weight − target|, cash included.',
      ],
      figures: figures(chosen, held),
      tables: [
        {
          id: 'rhythms',
          title: 'Other rhythms',
          columns: [
            { id: 'rhythm', title: 'Rebalanced' },
            { id: 'return', title: 'Return', unit: 'fraction' },
            { id: 'volatility', title: 'Volatility a year', unit: 'fraction' },
            { id: 'drawdown', title: 'Deepest drawdown', unit: 'fraction' },
            { id: 'times', title: 'Times', unit: 'count' },
            { id: 'turnover', title: 'One-way turnover', unit: 'fraction' },
          ],
          rows: paths.map(([each, path]) => row(each, path, periodsPerYear)),
        },
      ],
      charts: [
        {
          id: 'growth',
          title: 'Growth',
          kind: 'line',
          x,
          lines: [line(rhythm(rebalance), chosen.growth), line('never', held.growth)],
          unit: 'fraction',
        },
      ],
      notes: [...notes, ...ruin(chosen, x)],
    });
  },
});

const figures = (chosen: RebalancedPath, held: RebalancedPath): Figure[] => [
  figure('total-return', 'Return over the whole time', last(chosen), {
    unit: 'fraction',
    formula: 'Π (1 + r) − 1',
    source,
    why: notDefined,
  }),
  figure('held-return', 'Had it been held without rebalancing', last(held), {
    unit: 'fraction',
    formula: 'Σ w_i Π (1 + r_i) − 1',
    source,
    why: notDefined,
  }),
  figure('bonus', 'What rebalancing added', last(chosen) - last(held), {
    unit: 'fraction',
    formula: 'the first less the second',
    source,
    why: notDefined,
  }),
  figure('rebalances', 'Times rebalanced', chosen.rebalancedAt.length, {
    unit: 'count',
    formula: 'count',
    source,
  }),
  figure('turnover', 'One-way turnover in all', total(chosen.oneWayTurnover), {
    unit: 'fraction',
    formula: 'Σ ½ Σ |w_i − target_i|',
    source,
    why: notDefined,
  }),
  figure('max-drawdown', 'Deepest drawdown', maxDrawdown(chosen.growth)?.depth ?? 0, {
    unit: 'fraction',
    formula: 'max of 1 − V ÷ running maximum',
    source,
  }),
];

const rhythm = (calendar: RebalancingCalendar): string =>
  calendar === 'never' ? 'never' : `each ${calendar}`;

const last = ({ growth, ruinedAt }: RebalancedPath): number =>
  ruinedAt < 0 ? growth[growth.length - 1] : growth[ruinedAt];

function row(
  calendar: RebalancingCalendar,
  path: RebalancedPath,
  periodsPerYear: number,
): readonly Cell[] {
  const deviation = standardDeviation(path.returns);
  return [
    rhythm(calendar),
    last(path),
    Number.isFinite(deviation) ? deviation * Math.sqrt(periodsPerYear) : null,
    maxDrawdown(path.growth)?.depth ?? 0,
    path.rebalancedAt.length,
    total(path.oneWayTurnover),
  ];
}

const ruin = ({ ruinedAt }: RebalancedPath, x: readonly (string | number)[]): string[] =>
  ruinedAt < 0
    ? []
    : [
        `At ${x[ruinedAt]} nothing was left; the portfolio ends there and later returns count as 0.`,
      ];

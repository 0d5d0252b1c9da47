import { ok, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix, quadraticForm } from '@plimsoll/quant/linear-algebra';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { panelObservations } from '../../analysis/observations.ts';
import type { Cell, TableColumn } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import { batchHistoricalRisk } from '../../risk/batch-historical.ts';
import { overlappingColumns } from '../../risk/horizon.ts';
import { percent } from '../../risk/sections/section.ts';
import { distinctLevels, whyNoRequest } from '../../risk/sections/tail-section.ts';
import { bookParameters } from '../../risk/tail-parameters.ts';

export default defineAnalysis({
  id: 'portfolio-risks',
  group: 'risk',
  title: 'Risk of many portfolios',
  summary:
    'Historical VaR, CVaR and volatility of as many portfolios as you like on the same instruments, at once.',
  input: {
    prices: bookParameters.prices,
    portfolios: {
      kind: 'list',
      title: 'Portfolios',
      of: {
        kind: 'object',
        title: 'Portfolio',
        fields: {
          name: { kind: 'text', title: 'Name' },
          weights: { kind: 'by-name', title: 'Weights' },
        },
      },
    },
    levels: { kind: 'numbers', default: [0.95, 0.99], title: 'Levels' },
    horizon: {
      kind: 'integer',
      min: 1,
      max: 252,
      default: 1,
      unit: 'periods',
      title: 'Horizon, by overlapping runs',
    },
    periodsPerYear: bookParameters.periodsPerYear,
  },
  compute({ prices, portfolios, levels: asked, horizon, periodsPerYear }) {
    const levels = distinctLevels(asked);
    const wrong = whyNoRequest(levels, [horizon]);
    if (wrong) return wrong;
    if (portfolios.length === 0) {
      return refuse({
        code: 'risk.no-weights',
        detail: 'There are no portfolios; give one at least, with a name and weights.',
      });
    }
    const all = panelObservations(prices, 'prices');
    if (!all.ok) return all;
    const { names, returns, n, missing } = all.value;
    const stranger = portfolios
      .flatMap(({ name, weights }) => Object.keys(weights).map((each) => [name, each] as const))
      .find(([, each]) => !names.includes(each));
    if (stranger) {
      return refuse({
        code: 'risk.unknown-instrument',
        detail: `The portfolio ${stranger[0]} has a weight for ${stranger[1]}, but there is no column of that name; the columns are ${names.join(', ')}.`,
      });
    }
    const scenarios = overlappingColumns(matrix(n, names.length, returns), horizon);
    if (!scenarios.ok) return scenarios;
    if (scenarios.value.rows < 2) {
      return refuse({
        code: 'risk.too-few',
        detail: `${n} returns are too few for risk over ${horizon} periods; give more history.`,
      });
    }
    const { rows, columns } = risksOf(portfolios, names, scenarios.value, {
      levels,
      year: Math.sqrt(periodsPerYear / horizon),
    });
    return ok({
      title: 'Risk of many portfolios',
      sample: sampleOf(all.value),
      conventions: [
        'Historical simulation: today’s weights on past returns; quantiles of type 7, CVaR of exactly the worst share.',
        horizon === 1
          ? 'Losses of one period, positive, as a share of value.'
          : `Losses of ${horizon} periods from overlapping runs, positive, as a share of value.`,
        'What is missing to 1 in weights is cash without risk.',
      ],
      figures: [],
      tables: [{ id: 'portfolios', title: 'Portfolios', columns, rows }],
      charts: [
        {
          id: 'cvar',
          title: `CVaR ${percent(levels[0])} %`,
          kind: 'bars',
          x: portfolios.map(({ name }) => name),
          lines: [{ name: 'CVaR', values: rows.map((row) => (row[4] as number | null) ?? null) }],
          unit: 'fraction',
        },
      ],
      notes:
        missing > 0
          ? [
              `${missing} days on which some instrument had no price are left out; returns span them.`,
            ]
          : [],
    });
  },
});

interface Portfolio {
  readonly name: string;
  readonly weights: Readonly<Record<string, number>>;
}

/** The table: how much is invested, the volatility a year, and VaR and CVaR at each level. */
function risksOf(
  portfolios: readonly Portfolio[],
  names: readonly string[],
  scenarios: Matrix,
  { levels, year }: { readonly levels: readonly number[]; readonly year: number },
): { readonly rows: readonly (readonly Cell[])[]; readonly columns: readonly TableColumn[] } {
  const weights = matrix(
    portfolios.length,
    names.length,
    Float64Array.from(
      portfolios.flatMap((portfolio) => names.map((name) => portfolio.weights[name] ?? 0)),
    ),
  );
  const risk = batchHistoricalRisk(weights, scenarios, { levels });
  const covariance = sampleCovariance(scenarios);
  const rows = portfolios.map(({ name }, i): Cell[] => {
    const own = weights.data.subarray(i * names.length, (i + 1) * names.length);
    return [
      name,
      own.reduce((sum, each) => sum + each, 0),
      cell(Math.sqrt(Math.max(0, quadraticForm(covariance, own))) * year),
      ...levels.flatMap((_, l) => [
        cell(risk.valueAtRisk[i * levels.length + l]),
        cell(risk.cvar[i * levels.length + l]),
      ]),
    ];
  });
  const columns: TableColumn[] = [
    { id: 'portfolio', title: 'Portfolio' },
    { id: 'invested', title: 'Invested', unit: 'fraction' },
    { id: 'volatility', title: 'Volatility a year', unit: 'fraction' },
    ...levels.flatMap((level) => [
      { id: `var-${percent(level)}`, title: `VaR ${percent(level)} %`, unit: 'fraction' as const },
      {
        id: `cvar-${percent(level)}`,
        title: `CVaR ${percent(level)} %`,
        unit: 'fraction' as const,
      },
    ]),
  ];
  return { rows, columns };
}

import { type ToolName, tools } from '@plimsoll/analytics/statistics';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { isRecord } from '../../golden-case.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { sampleOf } from './case-sample.ts';
import { checkFigure } from './check-figure.ts';

/** Tools by the name that the case gives them. */
const toolOf = (name: string): ToolName | undefined =>
  (['quantstats', 'empyrical', 'performanceanalytics', 'ffn', 'excel'] as const).find((tool) =>
    name.toLowerCase().startsWith(tool),
  );

/** What the case calls a function of a tool, where it is not the function's own name. */
const functions: Readonly<Partial<Record<ToolName, Readonly<Record<string, string>>>>> = {
  empyrical: {
    sharpe: 'sharpe_ratio',
    sortino: 'sortino_ratio',
    calmar: 'calmar_ratio',
    omega: 'omega_ratio',
    stability: 'stability_of_timeseries',
    var5: 'value_at_risk',
    cvar5: 'conditional_value_at_risk',
    'batting: batting average': 'batting_average',
    'batting: up market': 'batting_average: up market',
    'batting: down market': 'batting_average: down market',
    total_return: 'cum_returns_final',
  },
  quantstats: {
    vol: 'volatility',
    total_return: 'comp',
    upi: 'ulcer_performance_index',
    serenity: 'serenity_index',
    var95: 'value_at_risk',
    cvar95: 'conditional_value_at_risk',
    gain_to_pain: 'gain_to_pain_ratio',
    kelly: 'kelly_criterion',
    payoff: 'payoff_ratio',
    treynor: 'treynor_ratio',
    r2: 'r_squared',
    beta: 'greeks: beta',
    alpha: 'greeks: alpha',
    psr: 'probabilistic_sharpe_ratio',
    cpc: 'cpc_index',
    csr: 'common_sense_ratio',
  },
  ffn: {
    sharpe: 'daily_sharpe',
    sortino: 'daily_sortino',
    ulcer: 'ulcer_index',
    ir: 'information_ratio',
  },
};

/** Figures that take the case's risk-free rate though their name does not say so. */
const rated = new Set(['empyrical alpha', 'empyrical beta', 'quantstats treynor']);

/** The name of a figure without the mark that it is above the risk-free rate. */
const plain = (key: string): string => key.replace(/_rf$/, '');

/** The defaults of other tools, their known errors included. */
export const packageStats: Runner = {
  category: 'return_risk_stats_package_conventions',
  handles: (golden) => golden['category'] === 'return_risk_stats_package_conventions',
  run(golden, surroundings): Outcome {
    const input = inputOf(golden, surroundings);
    const tolerance = toleranceOf(golden);
    const none = sampleOf(input, surroundings);
    const given = sampleOf(input, surroundings, 'given');
    const checks: Check[] = [];
    const listed: string[] = [];
    for (const [name, expected] of Object.entries(expectedOf(golden))) {
      const tool = toolOf(name);
      if (!tool || !isRecord(expected)) {
        listed.push(`${name}: no conventions of such a tool are known`);
        continue;
      }
      for (const [key, wanted] of flat(expected)) {
        const what = `${name} ${key}`;
        const called = functions[tool]?.[plain(key)] ?? plain(key);
        const figure = tools[tool].figures.find((each) => each.name === called);
        if (!figure) listed.push(`${what}: the tool’s table has no such figure`);
        else if (tool === 'ffn' && key === 'ulcer' && wanted === 'NaN') {
          listed.push(`${what}: was asked of a series with a gap, where ffn has no number`);
        } else {
          const sample = key.endsWith('_rf') || rated.has(`${tool} ${key}`) ? given : none;
          checks.push(checkFigure(what, figure.metric.compute(sample), wanted, tolerance));
        }
      }
    }
    return { checks, listed };
  },
};

/** Figures, those of a group under `group: name`. */
const flat = (expected: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(expected).flatMap(([key, value]): [string, unknown][] =>
    isRecord(value)
      ? Object.entries(value).map(([name, each]) => [`${key}: ${name}`, each])
      : [[key, value]],
  );

/** PerformanceAnalytics of R, by its names of functions. */
export const rStats: Runner = {
  category: 'return_risk_stats_R',
  handles: (golden) => golden['category'] === 'return_risk_stats_R',
  run(golden, surroundings): Outcome {
    // R knows no rate a year: `Rf` is per period, and zero where the case does not give it.
    const input = { Rf: 0, ...inputOf(golden, surroundings) };
    const sample = sampleOf(input, surroundings, 'given');
    const tolerance = toleranceOf(golden);
    const checks: Check[] = [];
    const listed: string[] = [];
    for (const [key, wanted] of Object.entries(expectedOf(golden))) {
      const figure = tools.performanceanalytics.figures.find(({ name }) => name === key);
      if (figure) checks.push(checkFigure(key, figure.metric.compute(sample), wanted, tolerance));
      else listed.push(`${key}: the table of PerformanceAnalytics has no such figure`);
    }
    return { checks, listed };
  },
};

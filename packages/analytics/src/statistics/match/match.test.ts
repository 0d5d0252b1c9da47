import { dayFromNumber, dayNumber, weekday } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../metric.ts';
import { metricById } from '../metric-by-id.ts';
import { ReturnSample } from '../return-sample.ts';
import { type ToolName, toolNames, tools } from './tools.ts';

const n = 300;
const times = Array.from({ length: n }, (_, i) => i + 1);
/** Business days from 2020-01-01 on, whose first is the day before the first return. */
const weekdays = Array.from({ length: 500 }, (_, i) =>
  dayFromNumber(dayNumber('2020-01-01') + i),
).filter((day) => weekday(dayNumber(day)) < 5);
const input = {
  returns: Float64Array.from(
    times,
    (t) => 0.012 * Math.sin(1.3 * t) + 0.006 * Math.sin(0.37 * t * t) + 0.0006,
  ),
  benchmark: Float64Array.from(
    times,
    (t) => 0.009 * Math.sin(1.3 * t) + 0.004 * Math.cos(0.53 * t * t) + 0.0004,
  ),
  days: weekdays.slice(1, n + 1),
  start: weekdays[0] ?? null,
};
const plain = new ReturnSample(input);
const rated = new ReturnSample({ ...input, riskFree: 1.02 ** (1 / 252) - 1 });

const metricOf = (tool: ToolName, name: string): Metric => {
  const found = tools[tool].figures.find((figure) => figure.name === name);
  if (!found) throw new Error(`${tool} has no ${name}`);
  return found.metric;
};

/** Run on the same returns with NumPy 1.24.2, pandas 1.5.3 and SciPy 1.10.1. */
const said: readonly [ToolName, ReturnSample, Readonly<Record<string, number>>][] = [
  [
    'empyrical',
    rated,
    {
      annual_volatility: 0.14892964358742086,
      sharpe_ratio: 1.1088728972616857,
      sortino_ratio: 1.6777767267371373,
      omega_ratio: 1.1826376051333662,
      calmar_ratio: 4.233449354142272,
      tail_ratio: 1.1120718028494014,
      stability_of_timeseries: 0.9121424557571798,
      conditional_value_at_risk: -0.016089129634061294,
      alpha: 0.1028664317869823,
      beta: 1.056927384792968,
      up_capture: 1.4065114893288626,
      down_capture: 1.0256549017328906,
      'batting_average: up market': 0.5477707006369427,
    },
  ],
  [
    'quantstats',
    rated,
    {
      sharpe: 1.1088728972616857,
      ulcer_index: 0.019343381412390163,
      ulcer_performance_index: 10.852836473017701,
      serenity_index: 2.4538166571046727,
      value_at_risk: -0.014697581309990342,
      conditional_value_at_risk: -0.015930727737420148,
      kelly_criterion: 0.09190383840858567,
      recovery_factor: 4.463215764376284,
      treynor_ratio: 0.19862344218188843,
      cpc_index: 0.6745991997148889,
      rar: 0.18987049717469073,
      profit_ratio: 0.8994022848097115,
      outlier_win_ratio: 2.2939106318118205,
    },
  ],
  [
    'quantstats',
    plain,
    { smart_sharpe: 0.9855718613451082, probabilistic_sharpe_ratio: 0.9125726660275748 },
  ],
  [
    'ffn',
    plain,
    {
      cagr: 0.1971925727076027,
      calmar: 4.39670608121171,
      ulcer_index: 1.927901058026071,
      prob_mom: 0.8971854849023306,
      avg_drawdown: -0.021322798529658654,
      avg_drawdown_days: 15.541666666666666,
      pos_month_perc: 0.6923076923076923,
      best_month: 0.05760591582558172,
      monthly_vol: 0.10271910382936529,
      avg_down_month: -0.019193973695903255,
      best_year: 0.018511,
    },
  ],
];

describe('conventions of other tools', () => {
  it.each(said)('gives what %s gives', (tool, sample, wanted) => {
    for (const [name, number] of Object.entries(wanted)) {
      const { value } = metricOf(tool, name).compute(sample);
      const tolerance = String(number).length < 10 ? 5e-7 : 1e-10 * Math.max(1, Math.abs(number));
      expect(Math.abs((value ?? Number.NaN) - number), name).toBeLessThan(tolerance);
    }
  });

  it('agrees with SciPy 1.10.1 and statsmodels 0.13.5 on tests and on the line', () => {
    const value = (id: string, sample = plain): number =>
      metricById(id)?.compute(sample).value ?? Number.NaN;
    expect(value('jarque-bera')).toBeCloseTo(9.736951708996182, 10);
    expect(value('jarque-bera-p')).toBeCloseTo(0.007685069530301986, 12);
    expect(value('ljung-box')).toBeCloseTo(911.291394, 6);
    expect(value('alpha-t', rated)).toBeCloseTo(1.22381852, 8);
    expect(value('beta-standard-error', rated)).toBeCloseTo(0.04415243, 8);
  });

  it('flags known errors, and says what is not annualised', () => {
    expect(metricOf('quantstats', 'probabilistic_sharpe_ratio').compute(plain).value).not.toBe(
      metricById('probabilistic-sharpe')?.compute(plain).value,
    );
    const flagged = toolNames.flatMap((tool) =>
      tools[tool].figures.flatMap(({ name, metric }) =>
        metric.note?.startsWith('Known error') ? [`${tool} ${name}`] : [],
      ),
    );
    expect(flagged).toEqual([
      'quantstats ulcer_performance_index',
      'quantstats conditional_value_at_risk',
      'quantstats recovery_factor',
      'quantstats treynor_ratio',
      'quantstats probabilistic_sharpe_ratio',
      'quantstats probabilistic_sortino_ratio',
      'quantstats probabilistic_adjusted_sortino_ratio',
      'performanceanalytics BurkeRatio',
      'performanceanalytics ProspectRatio',
      'performanceanalytics CAPM.epsilon',
      'performanceanalytics M2Sortino',
    ]);
  });

  it('names each figure of a tool once, and is finite or none on any of them', () => {
    const short = new ReturnSample({ returns: Float64Array.of(0.1) });
    for (const tool of toolNames) {
      const names = tools[tool].figures.map(({ name }) => name);
      expect(new Set(names).size, tool).toBe(names.length);
      for (const { name, metric } of tools[tool].figures) {
        for (const sample of [plain, rated, short]) {
          const { value } = metric.compute(sample);
          expect(value === null || Number.isFinite(value), `${tool} ${name}`).toBe(true);
        }
      }
    }
  });
});

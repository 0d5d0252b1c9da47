import { ok, type Result, refuse, seededRandom } from '@plimsoll/kernel';
import { normalQuantile } from '@plimsoll/quant/distributions';
import { type EtsFit, type EtsModel, etsForecast, fitEts } from '@plimsoll/quant/time-series';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { criteriaFigures } from '../../forecasting/criteria-figures.ts';
import { forecastChart, forecastTable } from '../../forecasting/forecast-parts.ts';
import { readSeries, seriesInput } from '../../forecasting/read-series.ts';

const source =
  'Rob Hyndman, Anne Koehler, Keith Ord and Ralph Snyder, Forecasting with Exponential Smoothing, 2008';

export default defineAnalysis({
  id: 'exponential-smoothing',
  group: 'forecasting',
  title: 'Exponential smoothing',
  summary:
    'A forecast with bounds by simple, Holt’s, damped or Holt and Winters’ smoothing, fitted or chosen.',
  input: {
    ...seriesInput,
    method: {
      kind: 'choice',
      of: ['given', 'chosen'],
      default: 'given',
      title: 'Model',
      help: 'chosen fits every model that the series allows and takes the lowest AICc.',
    },
    trend: { kind: 'choice', of: ['none', 'additive', 'damped'], default: 'none', title: 'Trend' },
    season: {
      kind: 'choice',
      of: ['none', 'additive', 'multiplicative'],
      default: 'none',
      title: 'Season',
    },
    error: {
      kind: 'choice',
      of: ['additive', 'multiplicative'],
      default: 'additive',
      title: 'Errors',
    },
    period: {
      kind: 'integer',
      min: 2,
      max: 366,
      optional: true,
      unit: 'periods',
      title: 'Length of a cycle of seasons',
      help: '12 for months of a year.',
    },
    steps: { kind: 'integer', min: 1, max: 1000, default: 12, unit: 'periods', title: 'Horizon' },
    level: { kind: 'number', above: 0, below: 1, default: 0.95, title: 'Share within the bounds' },
    paths: {
      kind: 'integer',
      min: 200,
      max: 20_000,
      default: 5000,
      title: 'Futures drawn',
      help: 'Only where something multiplies.',
    },
    seed: { kind: 'integer', min: 0, default: 1, title: 'Seed' },
  },
  compute(values) {
    const read = readSeries(values.series, values.form);
    if (!read.ok) return read;
    const { name, sample, notes, values: y, days } = read.value;
    if (values.method === 'given' && values.season !== 'none' && values.period === undefined) {
      return refuse({
        code: 'smoothing.period',
        detail: 'A season needs the length of its cycle; give period, such as 12 for months.',
      });
    }
    const had =
      values.method === 'given' ? oneFit(y, values, name) : bestFit(y, values.period, name);
    if (!had.ok) return had;
    const { fit, tried } = had.value;
    const p = (1 + values.level) / 2;
    const bounds = etsForecast(fit, values.steps, {
      p,
      z: normalQuantile(p),
      normal: seededRandom(values.seed).normal,
      paths: values.paths,
    });
    const simulated = fit.model.error === 'multiplicative' || fit.model.season === 'multiplicative';
    return ok({
      title: `${nameOf(fit.model)} of ${name}`,
      sample,
      conventions: [
        `Modelled: ${values.form}. Maximum likelihood, starting states included; 0 ≤ β ≤ α, γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98.`,
        simulated
          ? `Bounds are quantiles of ${values.paths} drawn futures, seed ${values.seed}.`
          : 'Bounds are exact for normal errors, parameters taken as known.',
      ],
      figures: figures(fit),
      tables: [
        forecastTable(bounds),
        ...seasons(fit),
        ...(tried.length > 1 ? [candidates(tried)] : []),
      ],
      charts: [forecastChart(days, y, bounds, 'Forecast')],
      notes: [
        ...notes,
        ...(fit.converged
          ? []
          : [
              'The search for the likeliest parameters did not come to rest: others may be likelier yet; a simpler model or a shorter cycle makes a surer fit.',
            ]),
      ],
    });
  },
});

interface Had {
  readonly fit: EtsFit;
  readonly tried: readonly EtsFit[];
}

function oneFit(
  y: Float64Array,
  values: Pick<Required<EtsModel>, 'trend' | 'season' | 'error'> & {
    readonly period: number | undefined;
  },
  name: string,
): Result<Had> {
  const { trend, season, error, period } = values;
  const fit = fitEts(y, { trend, season, error, ...(period === undefined ? {} : { period }) });
  return fit.why === undefined ? ok({ fit, tried: [] }) : unfit(name, fit.why);
}

/**
 * Every model but additive errors with seasons that multiply, whose variance is not finite: they are
 * left out, as is the custom.
 */
const models = (seasons: readonly Required<EtsModel>['season'][]): EtsModel[] =>
  (['additive', 'multiplicative'] as const).flatMap((error) =>
    (['none', 'additive', 'damped'] as const).flatMap((trend) =>
      seasons
        .filter((season) => error === 'multiplicative' || season !== 'multiplicative')
        .map((season) => ({ error, trend, season })),
    ),
  );

/** The model of the lowest AICc of all that the series allows. */
function bestFit(y: Float64Array, period: number | undefined, name: string): Result<Had> {
  const fitted =
    period === undefined
      ? models(['none']).map((model) => fitEts(y, model))
      : models(['none', 'additive', 'multiplicative']).map((model) =>
          fitEts(y, { ...model, period }),
        );
  const tried = fitted
    .filter((fit) => fit.why === undefined)
    .filter((fit) => fit.aicc !== null)
    .sort((one, other) => (one.aicc ?? 0) - (other.aicc ?? 0));
  const [fit] = tried;
  return fit === undefined
    ? unfit(name, fitted.find(({ why }) => why !== undefined)?.why ?? 'it is too short')
    : ok({ fit, tried });
}

const unfit = (name: string, why: string): Result<never> =>
  refuse({
    code: 'smoothing.unfit',
    detail: `${name} cannot be smoothed so: ${why}; give more values or a simpler model.`,
  });

function nameOf({ error, trend, season }: EtsModel): string {
  const letter = { none: 'N', additive: 'A', damped: 'Ad', multiplicative: 'M' };
  return `ETS(${letter[error ?? 'additive']}, ${letter[trend ?? 'none']}, ${letter[season ?? 'none']})`;
}

function figures(fit: EtsFit): Figure[] {
  const { alpha, beta, gamma, phi, level, slope } = fit.parameters;
  const { trend, season } = fit.model;
  const none = { why: 'the model has none' };
  const has = (is: boolean, value: number): number | null => (is ? value : null);
  return [
    figure('alpha', 'Smoothing of the level α', alpha, {
      unit: 'ratio',
      formula: 'l ← l + φb + α e',
      source,
    }),
    figure('beta', 'Smoothing of the slope β', has(trend !== 'none', beta), {
      unit: 'ratio',
      formula: 'b ← φb + β e',
      source,
      ...none,
    }),
    figure('gamma', 'Smoothing of the season γ', has(season !== 'none', gamma), {
      unit: 'ratio',
      formula: 's ← s + γ e',
      source,
      ...none,
    }),
    figure('phi', 'Damping φ', has(trend === 'damped', phi), {
      unit: 'ratio',
      formula: 'b ← φb + β e',
      source,
      ...none,
    }),
    figure('first-level', 'Level before the first value', level, { formula: 'fitted', source }),
    figure('first-slope', 'Slope before the first value', has(trend !== 'none', slope), {
      formula: 'fitted',
      source,
      ...none,
    }),
    figure('last-level', 'Level at the end', fit.end.level, { formula: 'lₙ', source }),
    figure('last-slope', 'Slope at the end', has(trend !== 'none', fit.end.slope), {
      formula: 'bₙ',
      source,
      ...none,
    }),
    figure('sum-of-squares', 'Sum of squared errors', fit.squares, {
      formula: 'Σ (yₜ − ŷₜ)²',
      source,
    }),
    figure('variance', 'Variance of the errors', fit.variance, {
      formula: 'Σ e² ÷ (n − parameters and states)',
      source,
      ...(fit.model.error === 'multiplicative'
        ? { note: 'Of errors relative to the forecast.' }
        : {}),
    }),
    figure('log-likelihood', 'Log-likelihood', fit.logLikelihood, {
      formula: '−n/2 (ln 2πσ² + 1) − Σ ln ŷₜ where errors multiply',
      source,
    }),
    ...criteriaFigures(fit),
  ];
}

const seasons = (fit: EtsFit): ReportTable[] =>
  fit.model.season === 'none'
    ? []
    : [
        {
          id: 'seasons',
          title: 'Seasons of the next cycle',
          columns: [
            { id: 'step', title: 'Periods ahead', unit: 'periods' },
            {
              id: 'season',
              title: fit.model.season === 'additive' ? 'Added' : 'Multiplied by',
              unit: 'number',
            },
          ],
          rows: Array.from(fit.end.seasons, (each, i) => [i + 1, each]),
        },
      ];

const candidates = (tried: readonly EtsFit[]): ReportTable => ({
  id: 'models',
  title: 'Models tried',
  columns: [
    { id: 'model', title: 'Model' },
    { id: 'aicc', title: 'AICc', unit: 'number' },
  ],
  rows: tried.map(({ model, aicc }) => [nameOf(model), aicc]),
});

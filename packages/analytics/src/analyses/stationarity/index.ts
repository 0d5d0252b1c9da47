import { ok, refuse } from '@plimsoll/kernel';
import {
  type ArchTest,
  archTest,
  type Deterministic,
  type DickeyFuller,
  type DickeyFullerOptions,
  dickeyFuller,
  type Fitted,
  type Kpss,
  kpss,
  type LjungBox,
  ljungBox,
  type MeanReversion,
  meanReversion,
  type PhillipsPerron,
  phillipsPerron,
  type VarianceRatio,
  varianceRatio,
} from '@plimsoll/quant/time-series';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Explained } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { figureOfFit } from '../../forecasting/figure-of-fit.ts';
import { readSeries, seriesInput } from '../../forecasting/read-series.ts';

export default defineAnalysis({
  id: 'stationarity',
  group: 'forecasting',
  title: 'Stationarity tests',
  summary: 'Whether a series has a unit root, comes back to its mean, or walks at random.',
  input: {
    ...seriesInput,
    deterministic: {
      kind: 'choice',
      of: ['none', 'constant', 'trend', 'quadratic'],
      default: 'constant',
      title: 'Terms of the regressions',
      help: 'KPSS takes a constant for none, and a trend for quadratic.',
    },
    chooseLags: {
      kind: 'choice',
      of: ['aic', 'bic', 't-statistic', 'fixed'],
      default: 'aic',
      title: 'Lags of the Dickey–Fuller test',
    },
    lags: {
      kind: 'integer',
      min: 0,
      max: 200,
      optional: true,
      title: 'Lags, or the most to choose among',
      help: '⌈12 (n ÷ 100)^¼⌉ if not given.',
    },
    ratioSteps: {
      kind: 'integer',
      min: 2,
      max: 500,
      default: 5,
      unit: 'periods',
      title: 'Steps of the variance ratio',
    },
    autocorrelationLags: {
      kind: 'integer',
      min: 1,
      max: 200,
      default: 10,
      title: 'Lags of Ljung–Box and ARCH tests',
    },
  },
  compute(values) {
    const read = readSeries(values.series, values.form);
    if (!read.ok) return read;
    const { name, sample, notes, values: x } = read.value;
    if (x.length < 8) {
      return refuse({
        code: 'stationarity.too-few',
        detail: `${name} has ${x.length} values; give 8 or more.`,
      });
    }
    const { deterministic, chooseLags } = values;
    const tests = testsOf(x, values);
    return ok({
      title: `Stationarity of ${name}`,
      sample,
      conventions: [
        `Tested: ${values.form}. Regressions hold ${deterministic === 'none' ? 'no terms' : `a ${deterministic}`}; lags by ${chooseLags}.`,
        'Dickey–Fuller and Phillips–Perron suppose a unit root, KPSS supposes stationarity, the variance ratio a random walk.',
      ],
      figures: [...rootFigures(tests), ...walkFigures(tests, values)],
      tables: [critical(tests)],
      charts: [],
      notes,
    });
  },
});

interface Asked {
  readonly deterministic: Deterministic;
  readonly chooseLags: NonNullable<DickeyFullerOptions['choose']>;
  readonly lags: number | undefined;
  readonly ratioSteps: number;
  readonly autocorrelationLags: number;
}

interface Tests {
  readonly adf: Fitted<DickeyFuller>;
  readonly pp: Fitted<PhillipsPerron>;
  readonly level: Fitted<Kpss>;
  readonly ratio: Fitted<VarianceRatio>;
  readonly quiet: Fitted<LjungBox>;
  readonly arch: Fitted<ArchTest>;
  readonly reversion: Fitted<MeanReversion>;
}

function testsOf(
  x: Float64Array,
  { deterministic, chooseLags, lags, ratioSteps, autocorrelationLags }: Asked,
): Tests {
  const given = lags === undefined ? {} : { lags };
  const isTrend = deterministic === 'trend' || deterministic === 'quadratic';
  const mean = x.reduce((sum, each) => sum + each / x.length, 0);
  return {
    adf: dickeyFuller(x, { deterministic, choose: chooseLags, ...given }),
    pp: phillipsPerron(x, { deterministic, ...given }),
    level: kpss(x, { deterministic: isTrend ? 'trend' : 'constant' }),
    ratio: varianceRatio(x, ratioSteps),
    quiet: ljungBox(x, autocorrelationLags),
    arch: archTest(
      x.map((each) => each - mean),
      autocorrelationLags,
    ),
    reversion: meanReversion(x),
  };
}

/** Of tests that suppose a unit root, and of the one that supposes none. */
function rootFigures({ adf, pp, level }: Tests): Figure[] {
  return [
    ...pair('dickey-fuller', 'Dickey–Fuller τ', adf, {
      formula: 't of γ in Δx = γ x₋₁ + Σ δᵢ Δx₋ᵢ + terms + e',
      source: 'David Dickey and Wayne Fuller, 1979; p-value of James MacKinnon, 1994',
    }),
    figureOfFit('dickey-fuller-lags', 'Lags of the Dickey–Fuller test', adf, {
      of: (test) => test.lags,
      unit: 'count',
      formula: 'as given or chosen',
      source: 'Said Said and David Dickey, 1984',
    }),
    ...pair('phillips-perron', 'Phillips–Perron Z_τ', pp, {
      formula: '√(γ₀/λ²) (ρ − 1)/σ − ½ (λ² − γ₀)/λ × nσ/s',
      source: 'Peter Phillips and Pierre Perron, 1988; p-value of James MacKinnon, 1994',
    }),
    ...pair('kpss', 'KPSS η', level, {
      formula: 'Σ Sₜ² ÷ (n² λ²)',
      source: 'Denis Kwiatkowski, Peter Phillips, Peter Schmidt and Yongcheol Shin, 1992',
      ...(level.why === undefined && level.atEdge
        ? { note: 'The table of p-values ends at 0.01 and 0.10: the true one lies beyond.' }
        : {}),
    }),
  ];
}

/** Of tests of how one step follows from those before. */
function walkFigures(
  { ratio, quiet, arch, reversion }: Tests,
  { ratioSteps, autocorrelationLags }: Asked,
): Figure[] {
  const source = 'Andrew Lo and Craig MacKinlay, 1988';
  return [
    figureOfFit('variance-ratio', `Variance ratio, ${ratioSteps} steps`, ratio, {
      of: (test) => test.ratio,
      unit: 'ratio',
      formula: 'σ²_q ÷ σ²_1',
      source,
    }),
    figureOfFit('variance-ratio-p', 'Variance ratio, p', ratio, {
      of: (test) => test.p,
      unit: 'fraction',
      formula: 'two-sided normal, variances may change',
      source,
    }),
    ...pair('ljung-box', `Ljung–Box Q, ${autocorrelationLags} lags`, quiet, {
      formula: 'n (n + 2) Σ ρₖ² ÷ (n − k)',
      source: 'Greta Ljung and George Box, 1978',
    }),
    ...pair('arch', `ARCH test, ${autocorrelationLags} lags`, arch, {
      formula: 'n R² of e² on its lags',
      source: 'Robert Engle, 1982',
    }),
    figureOfFit('half-life', 'Half-life of deviations', reversion, {
      of: (found) => found.halfLife,
      unit: 'periods',
      formula: '−ln 2 ÷ ln(1 + λ), Δx = c + λ x₋₁ + e',
      source: 'Ernest Chan, Algorithmic Trading, 2013',
    }),
  ];
}

/** The statistic and its p-value. */
function pair(
  id: string,
  title: string,
  test: Fitted<{ readonly statistic: number; readonly p: number }>,
  { formula, source, note }: Pick<Explained, 'formula' | 'source' | 'note'>,
): Figure[] {
  const by = { ...(formula && { formula }), ...(source && { source }) };
  return [
    figureOfFit(id, title, test, { of: (found) => found.statistic, ...by }),
    figureOfFit(`${id}-p`, `${title}, p`, test, {
      of: (found) => found.p,
      unit: 'fraction',
      ...by,
      formula: 'probability of a value so extreme if what is tested holds',
      ...(note && { note }),
    }),
  ];
}

function critical({ adf, pp, level }: Tests): ReportTable {
  const roots = [
    ['Dickey–Fuller (below)', adf],
    ['Phillips–Perron (below)', pp],
  ] as const;
  return {
    id: 'critical',
    title: 'Critical values',
    columns: [
      { id: 'test', title: 'Test' },
      { id: 'one', title: '1 %', unit: 'number' },
      { id: 'five', title: '5 %', unit: 'number' },
      { id: 'ten', title: '10 %', unit: 'number' },
    ],
    rows: [
      ...roots.map(([name, test]) => {
        const values = test.why === undefined ? test.critical : null;
        return [name, cell(values?.one), cell(values?.five), cell(values?.ten)];
      }),
      ...(level.why === undefined
        ? [['KPSS (above)', level.critical[3], level.critical[1], level.critical[0]]]
        : []),
    ],
  };
}

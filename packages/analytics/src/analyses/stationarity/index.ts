import { ok, refuse } from '@plimsoll/kernel';
import {
  archTest,
  dickeyFuller,
  type Fitted,
  kpss,
  ljungBox,
  meanReversion,
  phillipsPerron,
  varianceRatio,
} from '@plimsoll/quant/time-series';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { cell, figure } from '../../forecasting/figures.ts';
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
    const { deterministic, chooseLags, lags, ratioSteps, autocorrelationLags } = values;
    const given = lags === undefined ? {} : { lags };
    const adf = dickeyFuller(x, { deterministic, choose: chooseLags, ...given });
    const pp = phillipsPerron(x, { deterministic, ...given });
    const around =
      deterministic === 'trend' || deterministic === 'quadratic' ? 'trend' : 'constant';
    const level = kpss(x, { deterministic: around });
    const ratio = varianceRatio(x, ratioSteps);
    const quiet = ljungBox(x, autocorrelationLags);
    const mean = x.reduce((sum, each) => sum + each / x.length, 0);
    const arch = archTest(
      x.map((each) => each - mean),
      autocorrelationLags,
    );
    const reversion = meanReversion(x);
    return ok({
      title: `Stationarity of ${name}`,
      sample,
      conventions: [
        `Tested: ${values.form}. Regressions hold ${deterministic === 'none' ? 'no terms' : `a ${deterministic}`}; lags by ${chooseLags}.`,
        'Dickey–Fuller and Phillips–Perron suppose a unit root, KPSS supposes stationarity, the variance ratio a random walk.',
      ],
      figures: [
        ...pair(
          'dickey-fuller',
          'Dickey–Fuller τ',
          adf,
          't of γ in Δx = γ x₋₁ + Σ δᵢ Δx₋ᵢ + terms + e',
          'David Dickey and Wayne Fuller, 1979; p-value of James MacKinnon, 1994',
        ),
        figure(
          'dickey-fuller-lags',
          'Lags of the Dickey–Fuller test',
          adf.why === undefined ? adf.lags : null,
          {
            unit: 'count',
            formula: `by ${chooseLags}`,
            source: 'Said Said and David Dickey, 1984',
            ...(adf.why === undefined ? {} : { why: adf.why }),
          },
        ),
        ...pair(
          'phillips-perron',
          'Phillips–Perron Z_τ',
          pp,
          '√(γ₀/λ²) (ρ − 1)/σ − ½ (λ² − γ₀)/λ × nσ/s',
          'Peter Phillips and Pierre Perron, 1988; p-value of James MacKinnon, 1994',
        ),
        ...pair(
          'kpss',
          'KPSS η',
          level,
          'Σ Sₜ² ÷ (n² λ²)',
          'Denis Kwiatkowski, Peter Phillips, Peter Schmidt and Yongcheol Shin, 1992',
          level.why === undefined && level.atEdge
            ? { note: 'The table of p-values ends at 0.01 and 0.10: the true one lies beyond.' }
            : {},
        ),
        figure(
          'variance-ratio',
          `Variance ratio, ${ratioSteps} steps`,
          ratio.why === undefined ? ratio.ratio : null,
          {
            unit: 'ratio',
            formula: 'σ²_q ÷ σ²_1',
            source: 'Andrew Lo and Craig MacKinlay, 1988',
            ...(ratio.why === undefined ? {} : { why: ratio.why }),
          },
        ),
        figure('variance-ratio-p', 'Variance ratio, p', ratio.why === undefined ? ratio.p : null, {
          unit: 'fraction',
          formula: 'two-sided normal, variances may change',
          source: 'Andrew Lo and Craig MacKinlay, 1988',
          ...(ratio.why === undefined ? {} : { why: ratio.why }),
        }),
        ...pair(
          'ljung-box',
          `Ljung–Box Q, ${autocorrelationLags} lags`,
          quiet,
          'n (n + 2) Σ ρₖ² ÷ (n − k)',
          'Greta Ljung and George Box, 1978',
        ),
        ...pair(
          'arch',
          `ARCH test, ${autocorrelationLags} lags`,
          arch,
          'n R² of e² on its lags',
          'Robert Engle, 1982',
        ),
        figure(
          'half-life',
          'Half-life of deviations',
          reversion.why === undefined ? reversion.halfLife : null,
          {
            unit: 'periods',
            formula: '−ln 2 ÷ ln(1 + λ), Δx = c + λ x₋₁ + e',
            source: 'Ernest Chan, Algorithmic Trading, 2013',
            ...(reversion.why === undefined ? {} : { why: reversion.why }),
          },
        ),
      ],
      tables: [critical(adf, pp, level)],
      charts: [],
      notes,
    });
  },
});

/** The statistic and its p-value. */
function pair(
  id: string,
  title: string,
  test: Fitted<{ readonly statistic: number; readonly p: number }>,
  formula: string,
  source: string,
  extra: { readonly note?: string } = {},
): Figure[] {
  const why = test.why === undefined ? {} : { why: test.why };
  return [
    figure(id, title, test.why === undefined ? test.statistic : null, { formula, source, ...why }),
    figure(`${id}-p`, `${title}, p`, test.why === undefined ? test.p : null, {
      unit: 'fraction',
      formula: 'probability of a value so extreme if what is tested holds',
      source,
      ...why,
      ...extra,
    }),
  ];
}

function critical(
  adf: ReturnType<typeof dickeyFuller>,
  pp: ReturnType<typeof phillipsPerron>,
  level: ReturnType<typeof kpss>,
): ReportTable {
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

import { ok, refuse } from '@plimsoll/kernel';
import { normalQuantile } from '@plimsoll/quant/distributions';
import {
  type Fitted,
  fitLocalLevel,
  type LocalLevelFit,
  localLevelOf,
} from '@plimsoll/quant/time-series';
import { along, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { readSeries, seriesInput } from '../../forecasting/read-series.ts';

const source =
  'James Durbin and Siem Jan Koopman, Time Series Analysis by State Space Methods, 2012, chapter 2';

export default defineAnalysis({
  id: 'local-level',
  group: 'forecasting',
  title: 'Level behind the noise',
  summary: 'The moving level of a noisy series, by the Kalman filter and smoother.',
  input: {
    ...seriesInput,
    levelVariance: {
      kind: 'number',
      min: 0,
      optional: true,
      title: 'Variance of the level’s steps',
      help: 'Fitted, with the noise, if either is not given.',
    },
    noiseVariance: { kind: 'number', min: 0, optional: true, title: 'Variance of the noise' },
    level: { kind: 'number', above: 0, below: 1, default: 0.95, title: 'Share within the bounds' },
  },
  compute({ series, form, levelVariance: q, noiseVariance: r, level: share }) {
    const read = readSeries(series, form);
    if (!read.ok) return read;
    const { name, sample, notes, values: x, days } = read.value;
    const given = q !== undefined && r !== undefined;
    if (given && q + r === 0) {
      return refuse({
        code: 'level.no-variance',
        detail: 'Both variances are 0; one must be above it.',
      });
    }
    if (x.length < 5) {
      return refuse({
        code: 'level.too-few',
        detail: `${name} has ${x.length} values; give 5 or more.`,
      });
    }
    const had: Fitted<LocalLevelFit> = given ? localLevelOf(x, q, r) : fitLocalLevel(x);
    if (had.why !== undefined) {
      return refuse({ code: 'level.unfit', detail: `${name} has no local level: ${had.why}.` });
    }
    const n = x.length;
    const z = normalQuantile((1 + share) / 2);
    const wide = had.variance.map((each) => z * Math.sqrt(each));
    return ok({
      title: `Level of ${name}`,
      sample,
      conventions: [
        `${given ? 'Variances as given' : 'Variances by maximum likelihood'}; the first value starts the level.`,
        `Bounds of the level hold ${share * 100} %.`,
      ],
      figures: [
        figure('level', 'Level at the end', had.level[n - 1], {
          formula: 'l ← l + K (x − l), K = P ÷ (P + r)',
          source,
        }),
        figure('level-deviation', 'Its standard error', Math.sqrt(had.variance[n - 1]), {
          formula: '√P',
          source,
        }),
        figure('level-variance', 'Variance of the level’s steps q', had.levelVariance, {
          formula: 'maximum likelihood',
          source,
        }),
        figure('noise-variance', 'Variance of the noise r', had.noiseVariance, {
          formula: 'maximum likelihood',
          source,
        }),
        figure('signal-to-noise', 'Signal to noise', had.levelVariance / had.noiseVariance, {
          unit: 'ratio',
          formula: 'q ÷ r',
          source,
          why: 'there is no noise',
        }),
        figure('log-likelihood', 'Log-likelihood', had.logLikelihood, {
          formula: '−½ Σ [ln 2πFₜ + vₜ² ÷ Fₜ], from the second value on',
          source,
        }),
      ],
      tables: [],
      charts: [
        {
          id: 'level',
          title: 'Level',
          kind: 'line',
          x: along(days, n),
          lines: [
            { name: 'Series', values: cells(x) },
            { name: 'Level so far', values: cells(had.level) },
            { name: 'Level, all known', values: cells(had.smoothed) },
            { name: 'Lower bound', values: cells(had.level.map((each, t) => each - wide[t])) },
            { name: 'Upper bound', values: cells(had.level.map((each, t) => each + wide[t])) },
          ],
          unit: 'number',
        },
      ],
      notes,
    });
  },
});

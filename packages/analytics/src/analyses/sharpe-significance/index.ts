import { ok, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { estimate } from '../../analysis/estimate.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';
import { significanceFigures } from '../../statistics/significance-figures.ts';

/** Whether a Sharpe ratio is more than luck. */
export default defineAnalysis({
  id: 'sharpe-significance',
  group: 'statistics',
  title: 'Significance of the Sharpe ratio',
  summary:
    'Standard error, probabilistic and deflated Sharpe ratio, and the track record it takes.',
  input: {
    ...sampleInput,
    series: { ...sampleInput.series, optional: true },
    sharpe: {
      kind: 'number',
      title: 'Sharpe ratio',
      help: 'Instead of a series.',
      unit: 'a year',
      optional: true,
    },
    observations: {
      kind: 'integer',
      title: 'Observations',
      help: 'Instead of a series.',
      min: 2,
      optional: true,
    },
    skewness: { kind: 'number', title: 'Skewness', help: 'Instead of a series.', default: 0 },
    kurtosis: {
      kind: 'number',
      title: 'Kurtosis',
      help: 'Instead of a series; 3 for a normal distribution.',
      min: 1,
      default: 3,
    },
    against: {
      kind: 'number',
      title: 'Sharpe ratio to beat',
      unit: 'a year',
      default: 0,
    },
    confidence: {
      kind: 'number',
      title: 'Confidence',
      above: 0.5,
      below: 1,
      default: 0.95,
    },
    trials: {
      kind: 'integer',
      title: 'Strategies that were tried',
      help: 'Independent ones; the best of them is judged here.',
      min: 1,
      default: 1,
    },
    trialVariance: {
      kind: 'number',
      title: 'Variance of the trials’ Sharpe ratios',
      help: 'Of ratios a year; that of the estimate itself where none is given.',
      min: 0,
      optional: true,
    },
  },
  compute: (values) => {
    const { series, sharpe, observations, periodsPerYear } = values;
    if (series === undefined) {
      if (sharpe === undefined || observations === undefined) {
        return refuse({
          code: 'sharpe.input',
          detail: 'Give a series, or a Sharpe ratio and the number of observations behind it.',
        });
      }
      const stated = {
        sharpe: sharpe / Math.sqrt(periodsPerYear),
        n: observations,
        skewness: values.skewness,
        kurtosis: values.kurtosis,
      };
      return ok({
        title: 'Significance of a Sharpe ratio',
        sample: { from: null, to: null, n: observations, missing: 0 },
        conventions: [`${periodsPerYear} periods a year.`],
        figures: significanceFigures(stated, values),
        tables: [],
        charts: [],
        notes: [],
      });
    }
    const read = readSample({ ...values, series });
    if (!read.ok) return read;
    const { sample, name, about, conventions, notes } = read.value;
    const known = estimate(sample.n < 4 ? Number.NaN : sample.sharpe, 'none');
    if (known.value === null) {
      return refuse({
        code: 'sharpe.undefined',
        detail: `${name} has no Sharpe ratio: its ${sample.n} returns are fewer than four or do not vary.`,
      });
    }
    return ok({
      title: `Significance of the Sharpe ratio of ${name}`,
      sample: about,
      conventions,
      figures: significanceFigures(sample.sharpeEstimate, values),
      tables: [],
      charts: [],
      notes,
    });
  },
});

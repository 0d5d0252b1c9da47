import { ok, type Result, refuse } from '@plimsoll/kernel';
import { columnOf } from '@plimsoll/quant/linear-algebra';
import { engleGranger, johansen } from '@plimsoll/quant/time-series';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Report } from '../../analysis/report.ts';
import { grangerReport } from './granger-report.ts';
import { johansenReport } from './johansen-report.ts';
import { readLevels } from './read-levels.ts';

export default defineAnalysis({
  id: 'cointegration',
  group: 'forecasting',
  title: 'Cointegration and pairs',
  summary:
    'Whether prices hang together in the long run, with the hedge ratio, the spread, its half-life and its z-score.',
  input: {
    prices: {
      kind: 'panel',
      of: 'prices',
      title: 'Prices',
      help: 'The first is explained by the others.',
    },
    method: {
      kind: 'choice',
      of: ['engle-granger', 'johansen'],
      default: 'engle-granger',
      title: 'Test',
    },
    on: { kind: 'choice', of: ['logarithms', 'prices'], default: 'logarithms', title: 'Tested' },
    deterministic: {
      kind: 'choice',
      of: ['none', 'constant', 'trend'],
      default: 'constant',
      title: 'Terms of the regressions',
    },
    lags: {
      kind: 'integer',
      min: 0,
      max: 100,
      optional: true,
      title: 'Lags',
      help: 'Chosen by AIC if not given (Engle–Granger), 1 (Johansen).',
    },
  },
  compute({ prices, method, on, deterministic, lags }) {
    const read = readLevels(prices, on);
    if (!read.ok) return read;
    const { names, rows, data, sample, days } = read.value;
    const notes = sample.missing > 0 ? [`${sample.missing} incomplete rows are left out.`] : [];
    const about = { sample, notes, conventions: [`Tested: ${on}; terms: ${deterministic}.`] };
    const k = names.length;
    const unfit = (why: string): Result<Report> =>
      refuse({
        code: 'cointegration.impossible',
        detail: `${names.join(', ')} cannot be tested: ${why}.`,
      });
    if (method === 'johansen') {
      const found = johansen(
        { rows, columns: k, data },
        { deterministic, ...(lags === undefined ? {} : { lags }) },
      );
      return found.why === undefined
        ? ok({ ...johansenReport(found, names), ...about })
        : unfit(found.why);
    }
    const first = columnOf({ rows, columns: k, data }, 0);
    const others = Float64Array.from(
      { length: rows * (k - 1) },
      (_, i) => data[Math.floor(i / (k - 1)) * k + 1 + (i % (k - 1))],
    );
    const found = engleGranger(
      first,
      { rows, columns: k - 1, data: others },
      { deterministic, ...(lags === undefined ? {} : { lags, choose: 'fixed' }) },
    );
    return found.why === undefined
      ? ok({ ...grangerReport(found, names, days), ...about })
      : unfit(found.why);
  },
});

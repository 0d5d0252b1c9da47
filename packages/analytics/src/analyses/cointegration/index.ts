import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { standardDeviation } from '@plimsoll/quant/statistics';
import {
  type EngleGranger,
  engleGranger,
  type Johansen,
  johansen,
  meanReversion,
} from '@plimsoll/quant/time-series';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { wrongDays } from '../../analysis/observations.ts';
import type { Report, Sample } from '../../analysis/report.ts';
import { along, cell, cells, figure } from '../../forecasting/figures.ts';

const granger =
  'Robert Engle and Clive Granger, Co-integration and error correction, 1987; p-value of James MacKinnon, 1994';
const johansenSource =
  'Søren Johansen, Estimation and hypothesis testing of cointegration vectors, 1991; critical values of MacKinnon, Haug and Michelis, 1999';

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
    const read = readPanel(prices, on);
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
    const first = Float64Array.from({ length: rows }, (_, t) => data[t * k]);
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

type Parts = Omit<Report, 'sample' | 'notes' | 'conventions'>;

function grangerReport(
  found: EngleGranger,
  names: readonly string[],
  days: readonly string[],
): Parts {
  const [first, ...rest] = names;
  const { residuals } = found;
  const deviation = standardDeviation(residuals);
  const z = residuals.map((each) => each / deviation);
  const reversion = meanReversion(residuals);
  const x = along(days, residuals.length);
  return {
    title: `Cointegration of ${names.join(', ')}`,
    figures: [
      figure('engle-granger', 'Engle–Granger τ', found.statistic, {
        formula: 'Dickey–Fuller τ of the residuals of the first on the others',
        source: granger,
      }),
      figure('engle-granger-p', 'Engle–Granger p', found.p, {
        unit: 'fraction',
        formula: 'probability of a τ so low without cointegration',
        source: granger,
      }),
      figure('lags', 'Lags', found.lags, {
        unit: 'count',
        formula: 'of Δ residuals',
        source: granger,
      }),
      figure(
        'half-life',
        'Half-life of the spread',
        reversion.why === undefined ? reversion.halfLife : null,
        {
          unit: 'periods',
          formula: '−ln 2 ÷ ln(1 + λ), Δs = c + λ s₋₁ + e',
          source: 'Ernest Chan, Algorithmic Trading, 2013',
          ...(reversion.why === undefined ? {} : { why: reversion.why }),
        },
      ),
      figure('z-score', 'Spread now in deviations', z[z.length - 1], {
        formula: 'sₙ ÷ s.d.(s)',
        source: 'Evan Gatev, William Goetzmann and Geert Rouwenhorst, Pairs trading, 2006',
      }),
    ],
    tables: [
      {
        id: 'hedge',
        title: `${first} explained by`,
        columns: [
          { id: 'name', title: 'Term' },
          { id: 'coefficient', title: 'Coefficient', unit: 'number' },
        ],
        rows: [
          ...rest.map((name, i) => [name, found.coefficients[i]]),
          ...['constant', 'trend']
            .slice(0, found.terms.length)
            .map((name, i) => [name, found.terms[i]]),
        ],
      },
      {
        id: 'critical',
        title: 'Critical values of τ',
        columns: [
          { id: 'level', title: 'Level' },
          { id: 'value', title: 'Value', unit: 'number' },
        ],
        rows: [
          ['1 %', cell(found.critical?.one)],
          ['5 %', cell(found.critical?.five)],
          ['10 %', cell(found.critical?.ten)],
        ],
      },
    ],
    charts: [
      {
        id: 'spread',
        title: 'Spread in deviations',
        kind: 'line',
        x,
        lines: [{ name: 'z', values: cells(z) }],
        unit: 'number',
      },
    ],
  };
}

function johansenReport(found: Johansen, names: readonly string[]): Parts {
  const k = names.length;
  return {
    title: `Cointegration of ${names.join(', ')}`,
    figures: [
      figure('rank', 'Relations found at 5 %', found.rank, {
        unit: 'count',
        formula: 'first r at which the trace is not above its critical value',
        source: johansenSource,
      }),
      ...found.steps.map(({ rank, trace }) =>
        figure(`trace-${rank}`, `Trace, at most ${rank} relations`, trace, {
          formula: '−n Σ_{i>r} ln(1 − λᵢ)',
          source: johansenSource,
        }),
      ),
      ...found.steps.map(({ rank, largest }) =>
        figure(`largest-${rank}`, `Largest eigenvalue, ${rank} relations`, largest, {
          formula: '−n ln(1 − λᵣ₊₁)',
          source: johansenSource,
        }),
      ),
    ],
    tables: [
      {
        id: 'critical',
        title: 'Tests and critical values',
        columns: [
          { id: 'rank', title: 'Relations at most', unit: 'count' },
          { id: 'trace', title: 'Trace', unit: 'number' },
          { id: 'trace-ten', title: '10 %', unit: 'number' },
          { id: 'trace-five', title: '5 %', unit: 'number' },
          { id: 'trace-one', title: '1 %', unit: 'number' },
          { id: 'largest', title: 'Largest', unit: 'number' },
          { id: 'largest-ten', title: '10 %', unit: 'number' },
          { id: 'largest-five', title: '5 %', unit: 'number' },
          { id: 'largest-one', title: '1 %', unit: 'number' },
        ],
        rows: found.steps.map((step) => [
          step.rank,
          step.trace,
          ...step.traceCritical,
          step.largest,
          ...step.largestCritical,
        ]),
      },
      {
        id: 'relations',
        title: 'Relations, from the most stationary on',
        columns: [
          { id: 'name', title: 'Series' },
          ...names.map((_, j) => ({
            id: `r${j + 1}`,
            title: `Relation ${j + 1}`,
            unit: 'number' as const,
          })),
        ],
        rows: names.map((name, i) => [
          name,
          ...cells(found.vectors.data.subarray(i * k, (i + 1) * k)),
        ]),
      },
    ],
    charts: [],
  };
}

interface Panel {
  readonly names: readonly string[];
  readonly rows: number;
  readonly data: Float64Array;
  readonly sample: Sample;
  readonly days: readonly string[];
}

/** Complete rows of levels, or of their logarithms. */
function readPanel(input: PanelInput, on: 'logarithms' | 'prices'): Result<Panel> {
  const { names, values, days = [] } = input;
  const wrong = wrongDays(days, values.length, 'panel');
  if (wrong !== undefined) return refuse({ code: 'series.days', detail: wrong });
  if (names.length < 2) {
    return refuse({
      code: 'cointegration.one',
      detail: `${names.length} series is too few; give two or more.`,
    });
  }
  const complete = values.flatMap((row, i) =>
    row.length === names.length && !row.includes(null) ? [i] : [],
  );
  const data = Float64Array.from(
    complete.flatMap((i) => values[i].map((each) => each ?? Number.NaN)),
  );
  const bad = data.findIndex(
    (each) => !Number.isFinite(each) || (on === 'logarithms' && each <= 0),
  );
  if (bad >= 0) {
    return refuse({
      code: 'series.value',
      detail: `${names[bad % names.length]}: ${data[bad]} has no logarithm; give prices above 0, or test the prices themselves.`,
    });
  }
  const kept = days.length === 0 ? [] : complete.map((i) => days[i]);
  return ok({
    names,
    rows: complete.length,
    data: on === 'logarithms' ? data.map(Math.log) : data,
    days: kept,
    sample: {
      from: kept[0] ?? null,
      to: kept.at(-1) ?? null,
      n: complete.length,
      missing: values.length - complete.length,
    },
  });
}

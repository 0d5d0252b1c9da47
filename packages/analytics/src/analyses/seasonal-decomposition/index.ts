import { type Day, ok, refuse } from '@plimsoll/kernel';
import { variance } from '@plimsoll/quant/statistics';
import { type Stl, stl } from '@plimsoll/quant/time-series';
import { along, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Chart, Figure, ReportTable } from '../../analysis/report.ts';
import { readSeries, seriesInput } from '../../forecasting/read-series.ts';

const source =
  'Robert Cleveland, William Cleveland, Jean McRae and Irma Terpenning, STL: a seasonal-trend decomposition procedure based on loess, 1990';
const strength =
  'Xiaozhe Wang, Kate Smith and Rob Hyndman, Characteristic-based clustering for time series data, 2006';

export default defineAnalysis({
  id: 'seasonal-decomposition',
  group: 'forecasting',
  title: 'Trend and season',
  summary: 'A series as the sum of trend, season and remainder, by STL.',
  input: {
    ...seriesInput,
    period: { kind: 'integer', min: 2, default: 12, unit: 'periods', title: 'Length of a cycle' },
    seasonal: {
      kind: 'integer',
      min: 3,
      default: 7,
      title: 'Span of the season’s smoothing',
      help: 'An odd number of cycles.',
    },
    trend: {
      kind: 'integer',
      min: 3,
      optional: true,
      unit: 'periods',
      title: 'Span of the trend’s smoothing',
      help: 'Odd and above the period.',
    },
    robust: { kind: 'flag', default: false, title: 'Give outliers less weight' },
  },
  compute({ series, form, period, seasonal, trend, robust }) {
    const read = readSeries(series, form);
    if (!read.ok) return read;
    const { name, sample, notes, values, days } = read.value;
    const parts = stl(values, {
      period,
      seasonal,
      robust,
      ...(trend === undefined ? {} : { trend }),
    });
    if (parts.why !== undefined) {
      return refuse({
        code: 'decomposition.impossible',
        detail: `${name} cannot be decomposed: ${parts.why}.`,
      });
    }
    const x = along(days, values.length);
    return ok({
      title: `Trend and season of ${name}`,
      sample,
      conventions: [
        `STL over cycles of ${period}; smoothing by local lines; ${robust ? 'two rounds within fifteen reweighings' : 'five rounds'}.`,
      ],
      figures: [...strengths(parts, values), ...lasts(parts)],
      tables: [partTable(values, parts, x, days.length === values.length ? 'Day' : 'Place')],
      charts: [
        chart('trend', 'Trend', parts.trend, x),
        chart('season', 'Season', parts.seasonal, x),
        chart('remainder', 'Remainder', parts.remainder, x),
      ],
      notes,
    });
  },
});

/** How much of what is left without the other part is this part; null where that is but rounding. */
function strengths({ trend, seasonal, remainder }: Stl, values: Float64Array): Figure[] {
  const left = variance(remainder);
  const size = values.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const share = (part: Float64Array): number | null => {
    const whole = variance(part.map((each, t) => each + remainder[t]));
    return Math.sqrt(whole) > 1e-12 * size ? Math.max(0, 1 - left / whole) : null;
  };
  const why = 'without the other part the series does not vary';
  return [
    figure('trend-strength', 'Strength of the trend', share(trend), {
      unit: 'ratio',
      formula: 'max(0, 1 − var(R) ÷ var(T + R))',
      source: strength,
      why,
    }),
    figure('season-strength', 'Strength of the season', share(seasonal), {
      unit: 'ratio',
      formula: 'max(0, 1 − var(R) ÷ var(S + R))',
      source: strength,
      why,
    }),
  ];
}

function lasts({ trend, seasonal, remainder }: Stl): Figure[] {
  const n = trend.length;
  return [
    figure('last-trend', 'Trend at the end', trend[n - 1], { formula: 'Tₙ', source }),
    figure('last-season', 'Season at the end', seasonal[n - 1], { formula: 'Sₙ', source }),
    figure('last-remainder', 'Remainder at the end', remainder[n - 1], {
      formula: 'y − T − S',
      source,
    }),
  ];
}

type Places = readonly (Day | number)[];

const partTable = (
  values: Float64Array,
  { trend, seasonal, remainder }: Stl,
  x: Places,
  title: string,
): ReportTable => ({
  id: 'parts',
  title: 'Parts',
  columns: [
    { id: 'at', title },
    { id: 'value', title: 'Value', unit: 'number' },
    { id: 'trend', title: 'Trend', unit: 'number' },
    { id: 'season', title: 'Season', unit: 'number' },
    { id: 'remainder', title: 'Remainder', unit: 'number' },
  ],
  rows: Array.from(values, (each, t) => [x[t], each, trend[t], seasonal[t], remainder[t]]),
});

const chart = (id: string, title: string, part: Float64Array, x: Places): Chart => ({
  id,
  title,
  kind: 'line',
  x,
  lines: [{ name: title, values: cells(part) }],
  unit: 'number',
});

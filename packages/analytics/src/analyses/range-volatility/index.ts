import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Estimate } from '../../analysis/estimate.ts';
import { figure } from '../../analysis/figure.ts';
import { wrongDays } from '../../analysis/observations.ts';
import type { Figure } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import { type Bars, rangeVolatility, wrongBar } from '../../forecasting/range-volatility.ts';

const columns = ['open', 'high', 'low', 'close'] as const;

export default defineAnalysis({
  id: 'range-volatility',
  group: 'forecasting',
  title: 'Volatility from ranges',
  summary: 'Volatility from open, high, low and close, by five estimators.',
  input: {
    bars: {
      kind: 'panel',
      of: 'levels',
      title: 'Bars',
      help: 'Columns named open, high, low and close; others are ignored.',
    },
    periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
  },
  compute({ bars: input, periodsPerYear }) {
    const read = readBars(input);
    if (!read.ok) return read;
    const { bars, missing } = read.value;
    const wrong = wrongBar(bars);
    if (wrong !== null) return refuse({ code: 'bars.impossible', detail: wrong });
    const found = rangeVolatility(bars, periodsPerYear);
    return ok({
      title: 'Volatility from ranges',
      sample: sampleOf({ days: input.days ?? [], n: bars.open.length, missing }),
      conventions: [`Logarithms of prices; a year has ${periodsPerYear} periods.`],
      figures: figures(found),
      tables: [],
      charts: [],
      notes: missing > 0 ? [`${missing} incomplete bars are left out.`] : [],
    });
  },
});

function figures(found: ReturnType<typeof rangeVolatility>): Figure[] {
  const of = (
    id: string,
    title: string,
    { value, why }: Estimate,
    formula: string,
    source: string,
  ) =>
    figure(id, title, value, {
      unit: 'fraction',
      formula,
      source,
      ...(why === undefined ? {} : { why }),
    });
  return [
    of(
      'parkinson',
      'Parkinson',
      found.parkinson,
      '√(N Σ ln²(H/L) ÷ (4 n ln 2))',
      'Michael Parkinson, The extreme value method for estimating the variance of the rate of return, 1980',
    ),
    of(
      'garman-klass',
      'Garman–Klass',
      found.garmanKlass,
      '√(N Σ [½ ln²(H/L) − (2 ln 2 − 1) ln²(C/O)] ÷ n)',
      'Mark Garman and Michael Klass, On the estimation of security price volatilities, 1980',
    ),
    of(
      'rogers-satchell',
      'Rogers–Satchell',
      found.rogersSatchell,
      '√(N Σ [ln(H/O) ln(H/C) + ln(L/O) ln(L/C)] ÷ n)',
      'Christopher Rogers and Stephen Satchell, Estimating variance from high, low and closing prices, 1991',
    ),
    of(
      'yang-zhang',
      'Yang–Zhang',
      found.yangZhang,
      '√(N [s²(overnight) + k s²(open to close) + (1 − k) RS]), k = 0.34 ÷ (1.34 + (m + 1) ÷ (m − 1))',
      'Dennis Yang and Qiang Zhang, Drift-independent volatility estimation, 2000',
    ),
    of(
      'close-to-close',
      'Close to close',
      found.closeToClose,
      '√(N s²(ln(Cₜ/Cₜ₋₁)))',
      'the sample standard deviation of log returns, n − 1 below',
    ),
  ];
}

function readBars(input: PanelInput): Result<{ readonly bars: Bars; readonly missing: number }> {
  const { names, values, days = [] } = input;
  const wrong = wrongDays(days, values.length, 'bars');
  if (wrong !== undefined) return refuse({ code: 'series.days', detail: wrong });
  const lower = names.map((name) => name.toLowerCase());
  const places = columns.map((column) => lower.indexOf(column));
  const lacking = columns.filter((_, i) => places[i] < 0);
  if (lacking.length > 0) {
    return refuse({
      code: 'bars.columns',
      detail: `The bars have no column ${lacking.join(', ')} among ${names.join(', ')}; name them so.`,
    });
  }
  const rows = values.flatMap((row) => {
    const four = places.map((place) => row[place] ?? null);
    return four.every((each): each is number => each !== null) ? [four] : [];
  });
  const column = (i: number): Float64Array => Float64Array.from(rows, (row) => row[i]);
  return ok({
    bars: { open: column(0), high: column(1), low: column(2), close: column(3) },
    missing: values.length - rows.length,
  });
}

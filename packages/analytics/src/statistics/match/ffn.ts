import { type Day, daysBetween } from '@plimsoll/kernel';
import { mean, standardDeviation } from '@plimsoll/quant/statistics';
import type { CalendarReturn } from '../calendar-returns.ts';
import type { ReturnSample } from '../return-sample.ts';
import { differs, only, same, type ToolTable } from './tool-figure.ts';

/** Months or years that begin at a known price: the first only where the start is in the one before. */
function whole(s: ReturnSample, periods: readonly CalendarReturn[]): Float64Array {
  const [first] = periods;
  const isKnown = first !== undefined && s.start !== null && !s.start.startsWith(first.period);
  return Float64Array.from(isKnown ? periods : periods.slice(1), ({ value }) => value);
}

const months = (s: ReturnSample): Float64Array => whole(s, s.months);
const years = (s: ReturnSample): Float64Array => whole(s, s.years);
const share = (x: Float64Array): number => x.filter((each) => each > 0).length / x.length;

/** Calendar days from the first day under water to recovery, or to the end. */
function drawdownDays(s: ReturnSample): number {
  const last = s.n - 1;
  const spans = s.episodes.map(({ peak, recovered }) =>
    daysBetween(s.days[peak + 1] as Day, s.days[recovered ?? last] as Day),
  );
  return mean(Float64Array.from(spans));
}

const days = { observations: 1, days: true } as const;
const twoMonths = { observations: 2, days: true } as const;

/** Works on prices: the first price counts as an observation, and years have 365.25 days. */
export const ffn: ToolTable = {
  tool: 'ffn',
  title: 'ffn 1.2.0',
  conventions: [
    'Annual returns are by years of 365.25 days between the first and the last price.',
    'Drawdowns are negative numbers.',
    'Months and years count only where the price at their start is known.',
  ],
  figures: [
    same('total_return', 'total-return'),
    same('cagr', 'cagr-julian'),
    differs('max_drawdown', 'max-drawdown', {
      formula: 'min over t of P(t) ÷ max P(s ≤ t) − 1',
      note: 'A negative number.',
      value: (s) => -s.path.deepest,
    }),
    differs('calmar', 'calmar', {
      formula: 'annual return by years of 365.25 days ÷ deepest drawdown',
      needs: days,
      value: (s) => (metricValue(s) - 1) / s.path.deepest,
    }),
    same('daily_sharpe', 'sharpe'),
    same('daily_sortino', 'sortino'),
    same('daily_mean', 'annual-return-arithmetic'),
    same('daily_vol', 'volatility'),
    same('daily_skew', 'skewness'),
    same('daily_kurt', 'kurtosis'),
    same('best_day', 'best'),
    same('worst_day', 'worst'),
    differs('information_ratio', 'information-ratio', {
      formula: 'mean(r − b) ÷ sample deviation(r − b)',
      note: 'Not annualised.',
      value: (s) => s.active.mean / s.activeDeviation,
    }),
    same('prob_mom', 'outperformance-chance'),
    differs('ulcer_index', 'ulcer-index', {
      unit: 'number',
      formula: '√(Σ (100 d)² ÷ (n + 1))',
      note: 'In per cent, and the first price counts as an observation. Of returns instead of prices, or of prices with a gap, ffn gives NaN.',
      value: (s) => 100 * Math.sqrt(s.path.squares / (s.n + 1)),
    }),
    differs('avg_drawdown', 'average-drawdown', {
      formula: '−mean depth of the drawdowns',
      note: 'A negative number.',
      value: (s) => -s.episodes.reduce((all, { depth }) => all + depth, 0) / s.episodes.length,
    }),
    only('avg_drawdown_days', {
      id: 'average-drawdown-days',
      title: 'Average days of a drawdown',
      section: 'drawdown',
      unit: 'days',
      needs: days,
      formula: 'mean calendar days from the first day under water to recovery',
      value: drawdownDays,
    }),
    only('monthly_mean', {
      id: 'monthly-mean',
      title: 'Mean of months a year',
      section: 'calendar',
      unit: 'fraction',
      needs: twoMonths,
      formula: '12 × mean of the calendar months',
      value: (s) => mean(months(s)) * 12,
    }),
    differs('monthly_vol', 'volatility-monthly', {
      formula: '√12 × sample deviation of the calendar months',
      value: (s) => standardDeviation(months(s)) * Math.sqrt(12),
    }),
    differs('best_month', 'best-month', {
      formula: 'max of the calendar months',
      value: (s) => Math.max(...months(s)),
    }),
    differs('worst_month', 'worst-month', {
      formula: 'min of the calendar months',
      value: (s) => Math.min(...months(s)),
    }),
    differs('pos_month_perc', 'win-rate-month', {
      formula: '#(positive calendar months) ÷ #(calendar months)',
      value: (s) => share(months(s)),
    }),
    differs('avg_up_month', 'average-up-month', {
      formula: 'mean of the positive calendar months',
      value: (s) => mean(months(s).filter((each) => each > 0)),
    }),
    differs('avg_down_month', 'average-down-month', {
      formula: 'mean of the calendar months ≤ 0',
      note: 'Months without change count as down.',
      value: (s) => mean(months(s).filter((each) => each <= 0)),
    }),
    differs('best_year', 'best-year', {
      formula: 'max of the calendar years',
      value: (s) => Math.max(...years(s)),
    }),
    differs('worst_year', 'worst-year', {
      formula: 'min of the calendar years',
      value: (s) => Math.min(...years(s)),
    }),
    differs('win_year_perc', 'win-rate-year', {
      formula: '#(positive calendar years) ÷ #(calendar years)',
      value: (s) => share(years(s)),
    }),
  ],
};

/** Growth a year of 365.25 days. */
function metricValue(s: ReturnSample): number {
  const from = s.start ?? s.days[0];
  const to = s.days.at(-1);
  return from && to ? s.growth ** (365.25 / daysBetween(from, to)) : Number.NaN;
}

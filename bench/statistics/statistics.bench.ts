import { join } from 'node:path';
import {
  alignedSample,
  allFigures,
  bootstrap,
  metricById,
  ReturnSample,
  rollingMetric,
  tearSheet,
} from '@plimsoll/analytics/statistics';
import { addDays, type Day, seededRandom } from '@plimsoll/kernel';
import { quantileSorted, rollingSlopes, sorted } from '@plimsoll/quant/statistics';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms, title } from '../report.ts';

const days = 2520;
const columns = 3000;
const window = 60;
const draws = 1000;

const random = seededRandom(1);
const benchmark = Float64Array.from({ length: days }, () => 0.0004 + 0.01 * random.normal());
const returns = benchmark.map((b) => 1.1 * b + 0.006 * random.normal());
const dates: readonly Day[] = Array.from({ length: days }, (_, t) =>
  addDays('2013-01-01', Math.floor((t * 7) / 5)),
);

/** A new one each time: what it keeps must not be had for nothing. */
const fresh = (): ReturnSample =>
  new ReturnSample({
    returns,
    benchmark,
    days: dates,
    start: '2012-12-31',
    riskFree: 1.02 ** (1 / 252) - 1,
  });

/** From 100, which the returns make. */
function pricesOf(of: Float64Array): number[] {
  let level = 100;
  return [
    level,
    ...Array.from(of, (r) => {
      level *= 1 + r;
      return level;
    }),
  ];
}

const metrics = (...ids: readonly string[]) => ids.flatMap((id) => metricById(id) ?? []);

/** One pass over the returns is 8 bytes each: 20 KB from the second cache, about 1 µs. */
function sheets(theirs: Readonly<Record<string, number>> | null): void {
  title(`Tear sheet of ${days} days with a benchmark, one thread`);
  line('work', 'ours', 'a figure', 'NumPy + pandas', 'ratio');
  const count = allFigures(fresh()).length;
  const figures = best(400, () => allFigures(fresh()));
  line(
    `${count} figures (there: 65)`,
    ms(figures),
    `${((figures * 1e3) / count).toFixed(1)} µs`,
    ms(theirs?.['tear-sheet'] ?? Number.NaN),
    ratio(figures, theirs?.['tear-sheet']),
  );
  const request = {
    series: { days: ['2012-12-31', ...dates], values: pricesOf(returns), name: 'fund' },
    benchmark: { days: ['2012-12-31', ...dates], values: pricesOf(benchmark), name: 'index' },
    riskFree: 0.02,
    periodsPerYear: 252,
  };
  const report = best(300, () => {
    const aligned = alignedSample(request);
    if (!aligned.ok) throw new Error(aligned.fault.detail);
    tearSheet(aligned.value, { window: 126 });
  });
  line('from prices to tables and charts', ms(report), '', '–', '–');
}

function windows(theirs: Readonly<Record<string, number>> | null): void {
  title(`Rolling windows of ${window} days`);
  line('work', 'ours', 'a window', 'NumPy or pandas', 'ratio');
  const rolled = best(50, () => {
    const sample = fresh();
    for (const metric of metrics('volatility', 'sharpe')) rollingMetric(metric, sample, window);
  });
  line(
    `volatility and Sharpe ratio, ${days} days`,
    ms(rolled),
    `${((rolled * 1e6) / (2 * (days - window + 1))).toFixed(0)} ns`,
    ms(theirs?.['rolling'] ?? Number.NaN),
    ratio(rolled, theirs?.['rolling']),
  );
  const panel = Float64Array.from({ length: days * columns }, () => 0.02 * (random.next() - 0.5));
  const out = new Float64Array((days - window + 1) * columns);
  const betas = best(5, () => rollingSlopes(panel, columns, benchmark, window, out));
  const bytes = panel.byteLength + out.byteLength;
  line(
    `beta, ${columns} series × ${days} days`,
    ms(betas),
    `${((betas * 1e6) / out.length).toFixed(1)} ns`,
    ms(theirs?.['rolling-beta'] ?? Number.NaN),
    ratio(betas, theirs?.['rolling-beta']),
  );
  line(
    '  memory moved once',
    megabytes(bytes),
    `${(bytes / betas / 1e6).toFixed(1)} GB/s`,
    'limit ≈ 10 GB/s',
    '',
  );
}

function draw(theirs: Readonly<Record<string, number>> | null): void {
  title('Draws and order');
  line('work', 'ours', 'a return', 'NumPy', 'ratio');
  const plain = new ReturnSample({ returns });
  const drawn = best(3, () =>
    bootstrap(plain, metrics('sharpe', 'volatility'), {
      method: 'stationary',
      block: 10,
      draws,
      seed: 1,
      level: 0.95,
      interval: 'percentile',
    }),
  );
  line(
    `stationary bootstrap, ${draws} draws`,
    ms(drawn),
    `${((drawn * 1e6) / (draws * days)).toFixed(1)} ns`,
    ms(theirs?.['bootstrap'] ?? Number.NaN),
    ratio(drawn, theirs?.['bootstrap']),
  );
  const quantiles = best(200, () => {
    const ascending = sorted(returns);
    for (const p of [0.01, 0.05, 0.5, 0.95, 0.99]) quantileSorted(ascending, p);
  });
  line(
    'five quantiles',
    ms(quantiles),
    `${((quantiles * 1e6) / days).toFixed(1)} ns`,
    ms(theirs?.['quantiles'] ?? Number.NaN),
    ratio(quantiles, theirs?.['quantiles']),
  );
}

export function run(): void {
  const theirs = reference(join(import.meta.dirname, 'statistics.py'), 1);
  sheets(theirs);
  windows(theirs);
  draw(theirs);
}

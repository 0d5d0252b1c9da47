import { addDays, type Day, type SeriesInput, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlignedSample, alignedSample, type SampleRequest } from './aligned-sample.ts';
import { bootstrap } from './bootstrap.ts';
import { metricById } from './metric-by-id.ts';
import { metricsInOrder } from './metrics-in-order.ts';
import { rollingMetric } from './rolling-metric.ts';
import { tearSheet } from './tear-sheet.ts';

const days: Day[] = Array.from({ length: 300 }, (_, t) => addDays('2023-01-02', t));
const random = seededRandom(3);
const walk = (): number[] => {
  let level = 100;
  return days.map(() => {
    level *= 1 + 0.0004 + 0.01 * random.normal();
    return level;
  });
};
const series: SeriesInput = { days, values: walk(), name: 'fund' };
const index: SeriesInput = { days, values: walk(), name: 'index' };
const only = (input: SeriesInput, keeps: (t: number) => boolean): SeriesInput => ({
  ...input,
  days: input.days?.filter((_, t) => keeps(t)) ?? [],
  values: input.values.filter((_, t) => keeps(t)),
});

function aligned(request: Partial<SampleRequest>): AlignedSample {
  const read = alignedSample({ series, riskFree: 0.02, periodsPerYear: 365, ...request });
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
}

const values = ({ sample }: AlignedSample, against: boolean): unknown =>
  metricsInOrder
    .filter(({ needs }) => (needs.benchmark === true) === against)
    .map((metric) => [metric.id, metric.compute(sample)]);

describe('a benchmark that lacks days of the series', () => {
  it('changes no figure of the series alone, and those against it are of the days that both have', () => {
    const held = fc.array(fc.boolean(), { minLength: days.length, maxLength: days.length });
    fc.assert(
      fc.property(held, (kept) => {
        const keeps = (t: number): boolean => kept[t];
        fc.pre(kept.filter((each) => each).length > 20);
        const both = aligned({ benchmark: only(index, keeps) });
        expect(values(both, false)).toEqual(values(aligned({}), false));
        const places = kept.flatMap((each, t) => (each ? [t] : []));
        const within = (places.at(-1) ?? 0) - places[0];
        const perYear = (365 * (places.length - 1)) / within;
        const cut = { series: only(series, keeps), benchmark: only(index, keeps) };
        expect(values(both, true)).toEqual(
          values(aligned({ ...cut, periodsPerYear: perYear }), true),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('is drawn and rolled on the days that both have', () => {
    const fifth = (t: number): boolean => t % 5 === 0;
    const { sample } = aligned({ benchmark: only(index, fifth) });
    const cut = aligned({
      series: only(series, fifth),
      benchmark: only(index, fifth),
      periodsPerYear: 73,
    }).sample;
    const found = ['volatility', 'beta'].flatMap((id) => metricById(id) ?? []);
    const options = {
      method: 'stationary',
      block: 3,
      draws: 50,
      seed: 1,
      level: 0.9,
      interval: 'percentile',
    } as const;
    const [volatility, beta] = found;
    expect(bootstrap(sample, found, options)).toEqual([
      ...bootstrap(aligned({}).sample, [volatility], options),
      ...bootstrap(cut, [beta], options),
    ]);
    expect(rollingMetric(beta, sample, 20)).toEqual(rollingMetric(beta, cut, 20));
    expect(rollingMetric(volatility, sample, 20)).toHaveLength(days.length - 20);
  });

  it('has its own line and years in a tear sheet, with gaps where it has no days', () => {
    const later = only(index, (t) => t >= 100);
    const report = tearSheet(aligned({ benchmark: later }), { window: 50 });
    expect(report.sample?.n).toBe(299);
    const growth = report.charts.find(({ id }) => id === 'growth');
    expect(growth?.lines.map((line) => line.values.indexOf(null))).toEqual([-1, 0]);
    expect(growth?.lines[1].values.filter((value) => value !== null)).toHaveLength(199);
    const beta = report.charts.find(({ id }) => id === 'rolling-beta');
    expect(beta?.x).toEqual(days.slice(150));
  });

  it('compounds the risk-free returns between the days that both have', () => {
    const free: SeriesInput = {
      are: 'returns',
      days: days.slice(1),
      values: days.slice(1).map((_, t) => 0.0001 + 0.00001 * (t % 7)),
    };
    const { sample } = aligned({
      benchmark: only(index, (t) => t % 5 === 0),
      riskFreeSeries: free,
    });
    const first = free.values.slice(0, 5).reduce((growth: number, r) => growth * (1 + (r ?? 0)), 1);
    expect((sample.shared.riskFree as Float64Array)[0]).toBeCloseTo(first - 1, 15);
    expect(sample.riskFree).toEqual(Float64Array.from(free.values, (each) => each ?? 0));
  });
});

it('refuses returns over a week beside those over a day', () => {
  const ofReturns = (input: SeriesInput): SeriesInput => ({
    ...input,
    are: 'returns',
    values: input.values.map((_, t) => 0.01 * Math.sin(t)),
  });
  const read = alignedSample({
    series: ofReturns(series),
    benchmark: ofReturns(only(index, (t) => t % 7 === 0)),
    riskFree: 0,
    periodsPerYear: 365,
  });
  expect(read.ok ? '' : read.fault.detail).toMatch(/fund has returns of every day.*index of weeks/);
});

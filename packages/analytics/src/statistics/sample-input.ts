import { parameterTable, type Result, type ValuesOf } from '@plimsoll/kernel';
import { type AlignedSample, alignedSample } from './aligned-sample.ts';

/** What every analysis of one row of returns asks for. */
export const sampleInput = parameterTable({
  series: {
    kind: 'series',
    of: 'prices',
    title: 'Prices or returns',
    help: 'One number a period; say that they are returns where they are.',
  },
  benchmark: {
    kind: 'series',
    of: 'prices',
    title: 'Benchmark',
    help: 'Prices or returns; figures against it rest on the days that both have.',
    optional: true,
  },
  riskFree: {
    kind: 'number',
    title: 'Risk-free rate',
    help: 'As a fraction: 0.02 is 2 %.',
    unit: 'a year',
    above: -1,
    default: 0,
  },
  riskFreeSeries: {
    kind: 'series',
    of: 'returns',
    title: 'Risk-free returns',
    help: 'One a period, instead of a rate.',
    optional: true,
  },
  periodsPerYear: {
    kind: 'number',
    title: 'Periods a year',
    help: '252 for trading days, 365 for markets that never close, 52, 12, 4 or 1.',
    above: 0,
    default: 252,
  },
});

/** Reads what `sampleInput` asks for. */
export const readSample = (values: ValuesOf<typeof sampleInput>): Result<AlignedSample> =>
  alignedSample(values);

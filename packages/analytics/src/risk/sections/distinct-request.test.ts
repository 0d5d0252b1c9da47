import { seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import extremeValues from '../../analyses/extreme-values/index.ts';
import riskReport from '../../analyses/risk-report/index.ts';
import valueAtRisk from '../../analyses/value-at-risk/index.ts';
import { reportOf } from '../../analysis/testing/ask-analysis.ts';

const days = Array.from({ length: 320 }, (_, t) =>
  new Date(Date.UTC(2019, 6, 1 + t)).toISOString().slice(0, 10),
);
const random = seededRandom(3);
let price = 50;
const values = days.map(() => {
  price *= 1 + 0.01 * random.normal() * Math.exp(0.5 * random.normal());
  return price;
});
const series = { days, values };
const prices = { days, names: ['A'], values: values.map((each) => [each]) };

describe('levels and horizons that are asked twice', () => {
  it.each([
    ['value-at-risk', valueAtRisk, { series, horizons: [1, 10, 1] }],
    ['extreme-values', extremeValues, { series }],
    ['risk-report', riskReport, { prices, weights: { A: 1 }, horizons: [10, 10, 1], paths: 1000 }],
  ] as const)('are told once by %s', (_, analysis, input) => {
    const twice = reportOf(analysis, { ...input, levels: [0.95, 0.99, 0.95, 0.99000000001] });
    const ids = twice.figures.map(({ id }) => id);
    expect(ids).toHaveLength(new Set(ids).size);
    for (const { id, columns } of twice.tables) {
      expect(
        columns.map((each) => each.id),
        id,
      ).toHaveLength(new Set(columns.map((each) => each.id)).size);
    }
  });
});

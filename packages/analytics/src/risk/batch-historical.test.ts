import { seededRandom } from '@plimsoll/kernel';
import { matrix, multiplyTransposed } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchHistoricalRisk } from './batch-historical.ts';
import { historicalTail } from './historical.ts';

const shapes = fc.record({
  portfolios: fc.integer({ min: 1, max: 12 }),
  instruments: fc.integer({ min: 1, max: 30 }),
  scenarios: fc.integer({ min: 1, max: 120 }),
  levels: fc.array(fc.constantFrom(0.5, 0.9, 0.95, 0.975, 0.99, 0.999), {
    minLength: 1,
    maxLength: 3,
  }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

const drawn = ({
  portfolios,
  instruments,
  scenarios,
  seed,
}: {
  portfolios: number;
  instruments: number;
  scenarios: number;
  seed: number;
}) => {
  const random = seededRandom(seed);
  const weights = matrix(portfolios, instruments).data.map(() => random.next() - 0.2);
  const returns = matrix(scenarios, instruments).data.map(() => random.normal() / 50);
  return {
    weights: matrix(portfolios, instruments, weights),
    returns: matrix(scenarios, instruments, returns),
  };
};

describe('historical risk of many portfolios', () => {
  it('is that of each by itself', () => {
    fc.assert(
      fc.property(shapes, ({ levels, ...shape }) => {
        const { weights, returns } = drawn(shape);
        const { valueAtRisk, cvar } = batchHistoricalRisk(weights, returns, { levels });
        const outcomes = multiplyTransposed(weights, returns);
        for (let i = 0; i < shape.portfolios; i++) {
          const row = outcomes.data.subarray(i * shape.scenarios, (i + 1) * shape.scenarios);
          levels.forEach((level, l) => {
            const alone = historicalTail(row, level);
            if (!alone.ok) throw new Error(alone.fault.detail);
            const at = i * levels.length + l;
            expect(Math.abs(valueAtRisk[at] - alone.value.valueAtRisk)).toBeLessThan(1e-14);
            expect(Math.abs(cvar[at] - alone.value.cvar)).toBeLessThan(1e-14);
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the same in shares', () => {
    const { weights, returns } = drawn({ portfolios: 9, instruments: 20, scenarios: 100, seed: 4 });
    const levels = [0.95, 0.99];
    const whole = batchHistoricalRisk(weights, returns, { levels });
    const first = batchHistoricalRisk(weights, returns, { levels, until: 4 });
    const second = batchHistoricalRisk(weights, returns, { levels, from: 4 });
    expect([...first.cvar, ...second.cvar]).toEqual([...whole.cvar]);
    expect([...first.valueAtRisk, ...second.valueAtRisk]).toEqual([...whole.valueAtRisk]);
  });

  it('stops at a level that is none', () => {
    const { weights, returns } = drawn({ portfolios: 1, instruments: 2, scenarios: 3, seed: 1 });
    expect(() => batchHistoricalRisk(weights, returns, { levels: [95] })).toThrow('level 95');
  });
});

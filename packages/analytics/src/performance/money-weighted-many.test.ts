import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential } from './exponential.ts';
import { moneyWeightedReturn } from './money-weighted.ts';
import { type FlowColumns, moneyWeightedReturns } from './money-weighted-many.ts';

type Flow = readonly [number, number];

function columns(portfolios: readonly (readonly Flow[])[]): FlowColumns {
  const start = [0];
  for (const flows of portfolios) start.push((start.at(-1) ?? 0) + flows.length);
  const all = portfolios.flat();
  return {
    day: Float64Array.from(all, ([day]) => day),
    amount: Float64Array.from(all, ([, amount]) => amount),
    start: Int32Array.from(start),
  };
}

const guess = 0.1;
function many(portfolios: readonly (readonly Flow[])[]): number[] {
  const n = portfolios.length;
  const guesses = new Float64Array(n).fill(guess);
  return [...moneyWeightedReturns(columns(portfolios), guesses, new Float64Array(n))];
}

function one(flows: readonly Flow[]): number {
  const used = flows.filter(([, amount]) => amount !== 0);
  const first = Math.min(...used.map(([day]) => day));
  const found = moneyWeightedReturn(
    flows.map(([day, amount]) => ({ day: day - first, amount })),
    guess,
  );
  return found.ok ? found.rate : Number.NaN;
}

const flow = fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: -500, max: 500 }));
const anyFlows = fc.array(flow, { minLength: 0, maxLength: 12 });

describe('money-weighted returns of many portfolios', () => {
  it('are those of each alone, whatever the flows', () => {
    fc.assert(
      fc.property(
        fc.array(anyFlows, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (given, sort) => {
          const portfolios = sort
            ? given.map((flows) => flows.toSorted(([a], [b]) => a - b))
            : given;
          many(portfolios).forEach((rate, i) => {
            const alone = one(portfolios[i] ?? []);
            if (Number.isNaN(alone)) expect(rate).toBeNaN();
            else expect(Math.abs(rate - alone) / (1 + Math.abs(alone))).toBeLessThan(1e-9);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are exact for savings plans with withdrawals', () => {
    const plan = fc.record({
      amounts: fc.array(fc.integer({ min: -100, max: 400 }), { minLength: 3, maxLength: 60 }),
      growth: fc.double({ min: -0.6, max: 1.5, noNaN: true }),
    });
    fc.assert(
      fc.property(plan, ({ amounts, growth }) => {
        const flows: Flow[] = [
          [0, -1000],
          ...amounts.map((paid, i): Flow => [30 * (i + 1), -paid]),
        ];
        const end = 30 * (amounts.length + 2);
        const worth = flows.reduce(
          (sum, [day, amount]) => sum - amount * (1 + growth) ** ((end - day) / 365),
          0,
        );
        fc.pre(worth > 1);
        const [rate = Number.NaN] = many([[...flows, [end, worth]]]);
        expect(Math.abs(rate - growth)).toBeLessThan(1e-10 * (1 + 1e3 / worth));
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['no flows', []],
    [
      'only payments',
      [
        [0, -1],
        [10, -2],
      ],
    ],
    [
      'one day',
      [
        [5, -1],
        [5, 2],
      ],
    ],
    [
      'as much lost as paid in',
      [
        [0, -1],
        [365, 0],
      ],
    ],
  ] as const)('have none for %s', (_, flows) => {
    expect(many([flows as readonly Flow[]])[0]).toBeNaN();
  });

  it('take the root nearest the guess where there are several', () => {
    const flows: Flow[] = [
      [0, -1000],
      [366, 2500],
      [731, -1540],
    ];
    expect(many([flows])[0]).toBe(one(flows));
  });
});

describe('the exponential of present values', () => {
  it('is that of the language to the last digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(6e-16);
      }),
      { numRuns: 1000 },
    );
  });
});

import { highs } from '@plimsoll/adapters/highs';
import type { PanelInput } from '@plimsoll/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import blackLitterman from '../../analyses/black-litterman/index.ts';
import discreteAllocation from '../../analyses/discrete-allocation/index.ts';
import entropyPooling from '../../analyses/entropy-pooling/index.ts';
import optimise from '../../analyses/optimise/index.ts';
import type { Tools } from '../../analysis/define-analysis.ts';
import type { Report } from '../../analysis/report.ts';
import { figureOf, refusalOf, reportOf } from '../../analysis/testing/ask-analysis.ts';
import { sampleReturns } from '../testing/sample-returns.ts';

let tools: Tools;
beforeAll(async () => {
  tools = { solveLinear: await highs.open() };
});

const names = ['A', 'B', 'C', 'D'];
const returns = sampleReturns(9, 200, 4);

/** Prices that start at 50, 80, 110 and 140. */
function prices(): PanelInput {
  const now = [50, 80, 110, 140];
  const values = Array.from({ length: 200 }, (_, t) =>
    now.map((price, i) => {
      now[i] = price * (1 + returns.data[t * 4 + i]);
      return price;
    }),
  );
  return { names, values };
}

const rowsOf = ({ tables }: Report, table: string) =>
  tables.find(({ id }) => id === table)?.rows ?? [];

describe('an optimisation that starts from what is held', () => {
  const held = { holdings: { A: 40, B: 10 }, cash: 1500, feeRate: 0.001 };

  it.each(['min-cvar', 'risk-parity', 'min-variance'])(
    'ends in a list of trades: %s',
    (objective) => {
      const made = reportOf(optimise, { prices: prices(), objective, ...held }, tools);
      const after = rowsOf(made, 'holdings');
      expect(rowsOf(made, 'trades').length).toBeGreaterThan(0);
      expect(figureOf(made, 'trades-cash-after')).toBeGreaterThanOrEqual(-1e-9);
      const value = figureOf(made, 'trades-value') ?? 0;
      const weights = new Map(rowsOf(made, 'weights').map(([name, weight]) => [name, weight]));
      for (const [name, , units, weight, target] of after) {
        expect(Number.isInteger(units)).toBe(true);
        expect(target).toBeCloseTo(Number(weights.get(name ?? '')), 9);
        // Within two shares of the target.
        expect(Math.abs(Number(weight) - Number(target)) * value).toBeLessThan(400);
      }
    },
  );

  it('takes turnover from what is held', () => {
    const still = reportOf(optimise, { prices: prices(), ...held, cash: 0, maxTurnover: 0 }, tools);
    expect(rowsOf(still, 'trades')).toEqual([]);
    expect(still.notes).toContain('Nothing has to be traded.');
  });

  it('says which name or price is missing', () => {
    expect(refusalOf(optimise, { prices: prices(), holdings: { X: 1 } }, tools)).toContain(
      'names X',
    );
    const bare = {
      names,
      are: 'returns',
      values: prices()
        .values.slice(1)
        .map(() => [0.01, 0, 0.02, 0.01]),
    };
    expect(
      refusalOf(
        optimise,
        {
          prices: { ...bare, values: [...bare.values.slice(9), [0, 0.01, 0, 0.02]] },
          cash: 100,
        },
        tools,
      ),
    ).toContain('A has no price to trade at');
    expect(refusalOf(optimise, { prices: prices(), cash: 0 }, tools)).toContain(
      'nothing to allocate',
    );
  });
});

describe('the analyses of allocation', () => {
  it('list trades for targets', () => {
    const made = reportOf(
      discreteAllocation,
      {
        targets: { A: 0.5, B: 0.5 },
        prices: { A: 10, B: 20, C: 5 },
        holdings: { C: 10 },
        cash: 950,
      },
      tools,
    );
    expect(rowsOf(made, 'trades').map(([name, side, quantity]) => [name, side, quantity])).toEqual([
      ['C', 'sell', 10],
      ['A', 'buy', 50],
      ['B', 'buy', 25],
    ]);
    expect(figureOf(made, 'cash-after')).toBeCloseTo(0, 9);
    const greedy = reportOf(
      discreteAllocation,
      {
        targets: { A: 1 },
        prices: { A: 30 },
        cash: 100,
        method: 'greedy',
      },
      tools,
    );
    expect(rowsOf(greedy, 'trades')[0]?.[2]).toBe(3);
    expect(
      refusalOf(discreteAllocation, { targets: { A: 1 }, prices: {}, cash: 1 }, tools),
    ).toContain('A has no price');
    expect(
      refusalOf(
        discreteAllocation,
        {
          targets: { A: 1 },
          prices: { A: 1 },
          cash: 9,
          feeRate: 0.1,
          method: 'greedy',
        },
        tools,
      ),
    ).toContain('no fees');
  });

  it('blend views into what the market expects', () => {
    const plain = reportOf(blackLitterman, { prices: prices() }, tools);
    for (const [, , prior, posterior] of rowsOf(plain, 'returns')) expect(posterior).toBe(prior);
    expect(plain.notes).toContain('No views were given, so that the prior stands.');
    const view = { weights: { A: 1, B: -1 }, return: 0.05, confidence: 1 };
    const viewed = reportOf(blackLitterman, { prices: prices(), views: [view] }, tools);
    expect(rowsOf(viewed, 'views')[0]?.[0]).toBe('1 A − 1 B');
    expect(rowsOf(viewed, 'views')[0]?.[3]).toBeCloseTo(0.05, 12);
    expect(
      refusalOf(blackLitterman, { prices: prices(), marketWeights: { X: 1 } }, tools),
    ).toContain('The market has X');
    expect(
      refusalOf(blackLitterman, { prices: prices(), marketWeights: { A: -1 } }, tools),
    ).toContain('above 0');
    expect(
      refusalOf(
        blackLitterman,
        { prices: prices(), views: [{ ...view, weights: { X: 1 } }] },
        tools,
      ),
    ).toContain('on X');
  });

  it('choose weights by views of either kind', () => {
    const views = [{ weights: { A: 1, D: -1 }, return: 0.04 }];
    const returnOf = (given: Record<string, unknown>, name: string): number => {
      const made = reportOf(
        optimise,
        { prices: prices(), objective: 'max-utility', ...given },
        tools,
      );
      const column = made.tables
        .find(({ id }) => id === 'weights')
        ?.columns.findIndex(({ title }) => title === 'Expected return');
      return Number(rowsOf(made, 'weights').find(([each]) => each === name)?.[column ?? 0]);
    };
    const pooled = { views, viewMethod: 'entropy-pooling' };
    expect(returnOf(pooled, 'A') - returnOf(pooled, 'D')).toBeCloseTo(0.04, 8);
    const certain = { views: [{ ...views[0], confidence: 1 }] };
    expect(returnOf(certain, 'A') - returnOf(certain, 'D')).toBeCloseTo(0.04, 10);
    const half = { ...pooled, views: [{ ...views[0], confidence: 0.5 }] };
    const before = returnOf({}, 'A') - returnOf({}, 'D');
    expect(returnOf(half, 'A') - returnOf(half, 'D')).toBeCloseTo((before + 0.04) / 2, 8);
    const apart = [...views, { weights: { B: 1 }, return: 0.1, confidence: 0.3 }];
    expect(refusalOf(optimise, { prices: prices(), ...pooled, views: apart }, tools)).toContain(
      'one confidence for all views',
    );
    expect(
      refusalOf(
        optimise,
        { prices: prices(), ...pooled, views: [{ weights: { A: 1 }, return: 99 }] },
        tools,
      ),
    ).toContain('lies between');
    expect(
      refusalOf(
        optimise,
        {
          prices: prices(),
          ...pooled,
          views: [{ weights: { X: 1 }, return: 0.1 }],
        },
        tools,
      ),
    ).toContain('X');
  });

  it('weigh past periods by views', () => {
    const views = [
      { kind: 'mean', of: 'A', value: 0.001 },
      { kind: 'mean', of: 'B', less: 'C', sense: 'at-least', value: 0 },
      { kind: 'volatility', of: 'D', value: 0.02 },
      { kind: 'correlation', of: 'A', with: 'D', value: 0.5 },
    ];
    const made = reportOf(entropyPooling, { prices: prices(), views, halfLife: 100 }, tools);
    const moments = rowsOf(made, 'moments');
    expect(moments[0]?.[2]).toBeCloseTo(0.001, 9);
    expect(Number(moments[1]?.[2])).toBeGreaterThanOrEqual(Number(moments[2]?.[2]) - 1e-9);
    expect(moments[3]?.[4]).toBeCloseTo(0.02, 8);
    expect(rowsOf(made, 'probabilities')).toHaveLength(199);
    expect(
      refusalOf(
        entropyPooling,
        { prices: prices(), views: [{ kind: 'mean', of: 'X', value: 0 }] },
        tools,
      ),
    ).toContain('on X');
    expect(reportOf(entropyPooling, { prices: prices() }, tools).notes[0]).toContain(
      'prior stands',
    );
  });
});

import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Performance, readObjective } from './objective.ts';
import { found } from './testing/found.ts';

const performance = (seed: number, n = 100, trades = 20): Performance => {
  const random = seededRandom(seed);
  return {
    returns: Float64Array.from({ length: n }, () => 0.001 + 0.01 * random.normal()),
    perYear: 252,
    tradeGains: Float64Array.from({ length: trades }, () => random.normal()),
  };
};

const value = (given: object, of: Performance) => found(readObjective(given)).figure(of).value;

describe('an objective', () => {
  it('is the metric of that name, a drawdown being better when it is low', () => {
    const of = performance(1);
    const { figure, score } = found(readObjective({ objective: 'max-drawdown' }));
    expect(figure(of).value).toBeGreaterThan(0);
    expect(score(of).value).toBe(-(figure(of).value ?? 0));
  });

  it('counts gains against losses of trades', () => {
    const of = { ...performance(1), tradeGains: Float64Array.of(3, -1, 0, 1, -1) };
    expect(value({ objective: 'profit-factor' }, of)).toBe(2);
    const lucky = { ...of, tradeGains: Float64Array.of(3) };
    const { figure } = found(readObjective({ objective: 'profit-factor' }));
    expect(figure(lucky)).toEqual({ value: null, why: 'no trade lost' });
    expect(figure({ ...of, tradeGains: null }).why).toBe('trades are not known');
  });

  it('takes the worst of folds', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const of = performance(seed);
        const worst = value({ objective: 'worst-fold-sharpe', folds: 4 }, of) ?? Number.NaN;
        const parts = [0, 25, 50, 75].map((from) =>
          value({ objective: 'sharpe' }, { ...of, returns: of.returns.slice(from, from + 25) }),
        );
        expect(worst).toBe(Math.min(...parts.map((each) => each ?? Number.NaN)));
      }),
      { numRuns: 30 },
    );
  });

  it('adds several by weight', () => {
    const of = performance(7);
    const sum = value({ objective: 'weighted', weights: { sharpe: 1, 'max-drawdown': -2 } }, of);
    const [a, b] = [value({}, of) ?? 0, value({ objective: 'max-drawdown' }, of) ?? 0];
    expect(sum).toBeCloseTo(a - 2 * b, 14);
  });

  it('gives a trial its outcome, with the Sharpe ratio per period', () => {
    const of = performance(4);
    const drawdown = found(readObjective({ objective: 'max-drawdown' }));
    const { number, value: score, sharpe } = drawdown.outcome(7, of);
    expect([number, score]).toEqual([7, drawdown.score(of).value]);
    expect((sharpe ?? 0) * Math.sqrt(252)).toBeCloseTo(value({}, of) ?? 0, 12);
    const still = { ...of, returns: new Float64Array(30) };
    expect(found(readObjective({})).outcome(1, still)).toMatchObject({ value: null, sharpe: null });
  });

  it('is none where a return is none', () => {
    const of = { ...performance(1), returns: new Float64Array(30).fill(Number.NaN) };
    expect(found(readObjective({})).score(of).why).toBe('a return is no finite number');
  });

  it.each([
    ['too few returns', { minimumObservations: 101 }, 'needs 101 returns, has 100'],
    ['too few trades', { minimumTrades: 21 }, 'needs 21 trades, has 20'],
    [
      'a part that is not defined',
      { objective: 'weighted', weights: { 'worst-fold-sharpe': 1 }, folds: 70 },
      'worst-fold-sharpe: fold 1 of 70: needs 2 returns, has 1',
    ],
  ])('is none with the reason: %s', (_, given, why) => {
    expect(found(readObjective(given)).score(performance(2))).toEqual({ value: null, why });
  });

  it.each([
    ['an unknown one', { objective: 'luck' }],
    ['weights for another', { weights: { sharpe: 1 } }],
    ['no weights', { objective: 'weighted' }],
    ['weights of what is none', { objective: 'weighted', weights: { luck: 1 } }],
  ])('refuses %s', (_, given) => {
    expect(readObjective(given).ok).toBe(false);
  });
});

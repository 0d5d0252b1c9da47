import { present, type Result, seededRandom, type ValuesOf } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReturnSample } from '../../statistics/return-sample.ts';
import { type Crossing, defineStrategy, type Strategy } from '../../strategy/define-strategy.ts';
import type { IndicatorView } from '../../strategy/strategy-context.ts';
import { crossingRule } from '../../strategy-kit/crossing.ts';
import { runBacktest } from '../run-backtest.ts';
import { StrategyError } from '../strategy-error.ts';
import { crossingSignals } from './crossing-signals.ts';
import { parameterColumns } from './parameter-columns.ts';
import { runVector, type VectorResult } from './run-vector.ts';
import { openSweep, type SweepOptions } from './sweep.ts';
import { emptySweepColumns, type SweepColumns, sweepStatus } from './sweep-columns.ts';
import { drawnBars, drawnInstrument, marketOf, settingsOf } from './testing/drawn-market.ts';

const params = {
  fast: { kind: 'integer', title: 'Fast', min: 1, max: 50, default: 3 },
  slow: { kind: 'integer', title: 'Slow', min: 1, max: 50, default: 9 },
  kind: { kind: 'choice', title: 'Average', of: ['sma', 'ema'], default: 'sma' },
} as const;

interface Kind {
  readonly below: 0 | -1;
  readonly starts: Crossing['starts'];
  /** Its signals only, without saying that they are a crossing. */
  readonly hidden?: boolean;
}

const crossingOf = ({ below, starts, hidden = false }: Kind) => {
  const crossing = ({ fast, slow, kind }: ValuesOf<typeof params>): Crossing => ({
    fast: { indicator: kind, params: { period: fast } },
    slow: { indicator: kind, params: { period: slow } },
    ...{ below, starts },
  });
  const strategy: Strategy<typeof params> = {
    id: 'crossing',
    group: 'own',
    title: 'Crossing',
    summary: 'One average above another.',
    params,
    check: ({ fast, slow }) => (fast === slow ? 'the same twice' : null),
    warmUp: ({ slow }) => slow,
    onStart: () => null,
    ...(hidden
      ? {
          signals: (input, given) =>
            crossingSignals(crossing(given), input, Math.max(input.from, given.slow)),
        }
      : { crossing }),
  };
  return defineStrategy(strategy);
};

function found<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

const drawn = fc.record({
  seed: fc.nat(),
  bars: fc.integer({ min: 2, max: 150 }),
  below: fc.constantFrom(0 as const, -1 as const),
  starts: fc.constantFrom('crossed' as const, 'known' as const),
  ticks: fc.boolean(),
  tradeFrom: fc.constantFrom(0, 20),
  execution: fc.constantFrom('next-open', 'same-close'),
  bps: fc.constantFrom(0, 20),
  weight: fc.constantFrom(0.5, 1),
  closeAtEnd: fc.boolean(),
});

/** A market, settings, strategy and sets for one case. */
function prepared({
  seed,
  bars,
  ticks,
  tradeFrom,
  below,
  starts,
  ...rest
}: typeof drawn extends fc.Arbitrary<infer T> ? T : never) {
  const random = seededRandom(seed);
  const walked = drawnBars(bars, random);
  // Prices in few steps make averages that are equal.
  const close = ticks
    ? walked.close.map((price) => Math.round(price / 10) * 10 + 10)
    : walked.close;
  const [open, high, low] = ticks ? [close, close, close] : [walked.open, walked.high, walked.low];
  const columns = { ...walked, open, high, low, close };
  const account =
    below === 0 ? { kind: 'cash' } : { kind: 'margin', initial: 0.1, maintenance: 0.05 };
  const settings = settingsOf({
    execution: rest.execution,
    closeAtEnd: rest.closeAtEnd,
    commission: { kind: 'bps', bps: rest.bps },
    sizing: { kind: 'weight', weight: rest.weight },
    account,
  });
  const pick = () => 1 + Math.floor(12 * random.next());
  const sets = Array.from({ length: 12 }, () => ({
    fast: pick(),
    slow: pick(),
    kind: random.next() < 0.5 ? 'sma' : 'ema',
  }));
  const market = marketOf(drawnInstrument('A', columns));
  return {
    market,
    settings,
    sets,
    kind: { below, starts },
    options: { tradeFrom: columns.known[tradeFrom] ?? 0 },
  };
}

/** The same strategy bar by bar, by its signals. */
const lasting = (strategy: Strategy): Strategy => ({
  ...strategy,
  onStart: ({ instrument, params: given, indicator }) => {
    const crossing = strategy.crossing?.(given as never);
    if (!crossing) throw new Error('no crossing');
    const [fast, slow] = [crossing.fast, crossing.slow].map((row) =>
      indicator(row.indicator, row.params, { of: instrument }),
    );
    return { rule: crossingRule(crossing), fast, slow };
  },
  onBar({ orders, instrument }, state) {
    const { rule, fast, slow } = state as {
      readonly rule: ReturnType<typeof crossingRule>;
      readonly fast: IndicatorView;
      readonly slow: IndicatorView;
    };
    orders.signal(instrument, rule(fast.value, slow.value, 0, 0, 0));
  },
});

/** The same run closed at its end where that is asked for, which only the event engine gives. */
const closedOr = (
  open: VectorResult,
  { kind, market, settings, options }: ReturnType<typeof prepared>,
  set: Readonly<Record<string, unknown>>,
): VectorResult =>
  settings.closeAtEnd
    ? found(runBacktest(lasting(crossingOf(kind)), set, market, settings, options))
    : open;

function swept(
  strategy: ReturnType<typeof crossingOf>,
  { market, settings, sets }: ReturnType<typeof prepared>,
  options: SweepOptions,
): SweepColumns {
  const columns = emptySweepColumns(sets.length);
  const sweep = found(openSweep(strategy, parameterColumns(sets), market, settings, options));
  sweep.run(0, sets.length, columns);
  return columns;
}

describe('a sweep', () => {
  it('finds the same by crossings as by signals, whatever room it has for rows', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const work = prepared(given);
        const short = swept(crossingOf(work.kind), work, work.options);
        expect(swept(crossingOf({ ...work.kind, hidden: true }), work, work.options)).toEqual(
          short,
        );
        expect(swept(crossingOf(work.kind), work, { ...work.options, rowBytes: 1 })).toEqual(short);
      }),
      { numRuns: 150 },
    );
  });

  it('gives each set the figures of its backtest', () => {
    let compared = 0;
    fc.assert(
      fc.property(drawn, (given) => {
        const work = prepared(given);
        const strategy = crossingOf(work.kind);
        const columns = swept(strategy, work, { ...work.options, perYear: 250 });
        work.sets.forEach((set, i) => {
          const { market, settings, options } = work;
          const open = { ...settings, closeAtEnd: false };
          const run = runVector(strategy, set, market, open, options);
          const isRefused = set.fast === set.slow;
          expect(columns.status[i] === sweepStatus.refused).toBe(isRefused);
          expect(columns.status[i] === sweepStatus.computed).toBe(run.ok);
          if (!run.ok) return;
          compared++;
          expectFigures(columns, i, closedOr(run.value, work, set));
        });
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('is the same in any chunks and order, and returns alone are the same returns', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 11 }), (given, border) => {
        const work = prepared(given);
        const strategy = crossingOf(work.kind);
        const whole = swept(strategy, work, work.options);
        const parts = emptySweepColumns(work.sets.length);
        const sets = parameterColumns(work.sets);
        const sweep = found(openSweep(strategy, sets, work.market, work.settings, work.options));
        sweep.run(border, sets.count, parts);
        sweep.run(0, border, parts);
        expect(parts).toEqual(whole);
        const alone = swept(strategy, work, { ...work.options, figures: 'return' });
        expect(alone.totalReturn).toEqual(whole.totalReturn);
        expect(alone.sharpe.every(Number.isNaN)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  const bars = drawnBars(50, seededRandom(1));
  const market = marketOf(drawnInstrument('A', bars));
  const settings = settingsOf({});
  const plain = crossingOf({ below: 0, starts: 'known' });
  const detailOf = (result: Result<unknown>) => (result.ok ? null : result.fault.detail);

  it.each([
    ['a value out of range', [{ fast: 99 }], /fast/],
    ['a parameter that is none', [{ quick: 1 }, { quick: 2 }], /quick/],
    ['no set', [], /at least one/],
  ])('refuses %s', (_, sets, detail) => {
    expect(detailOf(openSweep(plain, parameterColumns(sets), market, settings))).toMatch(detail);
  });

  it.each([
    [{ limits: { gross: 1 } }, /limits.gross/],
    [{ sizing: { kind: 'risk' } }, /sizing by risk/],
    [{ volumeLimit: 0.1 }, /volumeLimit/],
    [{ cashInterest: 0.01 }, /cashInterest/],
    [{ slippage: { kind: 'square-root' } }, /square-root/],
    [{ account: { kind: 'margin', borrowFee: 0.01 } }, /borrowFee/],
  ])('leaves %j to the event engine, by name', (given, detail) => {
    const opened = openSweep(plain, parameterColumns([{ fast: 2 }]), market, settingsOf(given));
    expect(detailOf(opened)).toMatch(detail);
  });

  it('leaves to the event engine what happens to an instrument, and foreign money', () => {
    const [instrument] = market.instruments;
    const events = [{ kind: 'split', at: 0, ratio: 2 }] as const;
    const one = { ...present(instrument, 'it'), events };
    const sets = parameterColumns([{ fast: 2 }]);
    expect(detailOf(openSweep(plain, sets, marketOf(one), settings))).toMatch(/a split of A/);
    const abroad = { ...present(instrument, 'it'), currency: 'EUR' };
    expect(detailOf(openSweep(plain, sets, marketOf(abroad), settings))).toMatch(/A in EUR/);
  });

  it('says which function of a strategy threw', () => {
    const throws = { ...crossingOf({ below: 0, starts: 'known' }), warmUp: () => oops() };
    const sweep = found(openSweep(throws, parameterColumns([{ fast: 2 }]), market, settings));
    expect(() => sweep.run(0, 1, emptySweepColumns(1))).toThrow(StrategyError);
    const none = crossingOf({ below: 0, starts: 'known' });
    const wrong = { ...none, crossing: undefined, signals: () => new Float64Array(3) } as never;
    const short = found(openSweep(wrong, parameterColumns([{ fast: 2 }]), market, settings));
    expect(() => short.run(0, 1, emptySweepColumns(1))).toThrow(/signals/);
  });
});

function expectFigures(columns: SweepColumns, i: number, run: VectorResult): void {
  const { equity, started, fills, trades } = run;
  expect(columns.totalReturn[i]).toBe((equity.at(-1) ?? started) / started - 1);
  expect(columns.trades[i]).toBe(trades.length);
  if (equity.length === 0) return;
  const returns = equity.map((value, t) => value / (equity[t - 1] ?? started) - 1);
  const sample = new ReturnSample({ returns, perYear: 250 });
  if (fills.value.length === 0) expect(columns.sharpe[i]).toBeNaN();
  else expect(near(columns.sharpe[i], sample.sharpe * Math.sqrt(250))).toBe(true);
  expect(columns.maxDrawdown[i]).toBeCloseTo(sample.path.deepest, 12);
  expect(near(columns.cagr[i], sample.cagr)).toBe(true);
}

function oops(): never {
  throw new Error('oops');
}

/** Equal to 1e-11 of the larger, or to what rounding leaves of nothing. */
function near(a: number | undefined, b: number): boolean {
  if (a === undefined) return false;
  return (
    (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-11 * Math.max(1, Math.abs(b))
  );
}

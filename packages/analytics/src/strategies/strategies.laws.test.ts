import {
  invariant,
  type Parameter,
  type ParameterTable,
  present,
  readParameters,
  seededRandom,
} from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shuffleFuture, truncateMarket } from '../backtest/cut-market.ts';
import type { BacktestMarket } from '../backtest/market.ts';
import type { BacktestResult } from '../backtest/result.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import { indicatorById, runIndicator } from '../indicator/index.ts';
import { optionChainParameters } from '../option-chain/chain-parameters.ts';
import { modelChain } from '../option-chain/model-chain.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import { randomMarket, settingsOf } from '../strategy-kit/testing/random-market.ts';
import { smallModel } from '../strategy-kit/testing/small-model.ts';
import { strategyCases } from '../strategy-kit/testing/strategy-cases.ts';
import { strategies } from './registry.gen.ts';

const all: readonly Strategy[] = strategies;
const names = ['A', 'B', 'C', 'D', 'E'];
const seeds = fc.integer({ min: 0, max: 1_000_000 });

type Shape = Partial<Omit<Parameters<typeof randomMarket>[0], 'seed' | 'names'>>;

const caseOf = (id: string) => present(strategyCases[id], `a case of ${id}`);

/** A market that suits a strategy, with a chain where it needs one. */
function marketFor(id: string, seed: number, shape: Shape = {}): BacktestMarket {
  const { names: count = 1, options, model } = caseOf(id);
  const drawn = randomMarket({ seed, bars: 120, names: names.slice(0, count), ...shape });
  const market = model ? { ...drawn, model: smallModel() } : drawn;
  if (!options) return market;
  const table = readParameters(optionChainParameters, {
    window: 5,
    strikes: 3,
    contract: 10,
    expiries: 'weekly',
    ahead: 4,
  });
  invariant(table.ok, 'parameters of a chain');
  const chain = modelChain(present(market.instruments[0], 'A'), table.value);
  return { ...market, instruments: [...market.instruments, ...chain.instruments] };
}

const margin = { account: { kind: 'margin' }, sizing: { kind: 'weight', weight: 0.5 } };

function run(
  strategy: Strategy,
  market: BacktestMarket,
  params: unknown = caseOf(strategy.id).params,
  settings: Readonly<Record<string, unknown>> = margin,
): BacktestResult {
  const result = runBacktest(strategy, params, market, settingsOf(settings));
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

/** Fills in a form that can be compared, of bars known until a time. */
const fillsOf = ({ fills, instrumentIds, at }: BacktestResult, until = Number.POSITIVE_INFINITY) =>
  Array.from(fills.at, (filledAt, i) => [
    filledAt,
    instrumentIds[fills.instrument[i] as number],
    fills.quantity[i],
    fills.price[i],
  ]).filter((_, i) => (at[fills.moment[i] as number] as number) <= until);

it('has a case for every strategy', () => {
  expect(all.map(({ id }) => id).sort()).toEqual(Object.keys(strategyCases).sort());
});

describe.each(all)('$id', (strategy) => {
  const { id } = strategy;
  const { remembers } = caseOf(id);

  it('trades on some market', () => {
    const traded = [1, 2, 3, 4, 5].some(
      (seed) => run(strategy, marketFor(id, seed)).fills.at.length > 0,
    );
    expect(traded).toBe(true);
  });

  it('carries on whatever the market is like', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.record({
          bars: fc.integer({ min: 1, max: 100 }),
          gaps: fc.boolean(),
          still: fc.boolean(),
          apart: fc.boolean(),
        }),
        (seed, shape) => {
          const market = marketFor(id, seed, shape);
          if (caseOf(id).options && market.instruments.length === 1) return;
          const result = run(strategy, market);
          if (!shape.gaps) expect(result.equity.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('knows nothing of what comes later', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 5, max: 115 }), fc.boolean(), (seed, cut, apart) => {
        const market = marketFor(id, seed, { apart });
        const at = present(market.instruments[0], 'A').bars.known[cut] ?? 0;
        const before = fillsOf(run(strategy, market), at);
        expect(fillsOf(run(strategy, truncateMarket(market, at)))).toEqual(before);
        const other = shuffleFuture(market, at, seededRandom(seed));
        expect(fillsOf(run(strategy, other), at)).toEqual(before);
      }),
      { numRuns: 6 },
    );
  });

  it('does the same in whatever order instruments are given', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const market = marketFor(id, seed, { apart: true });
        const turned = { ...market, instruments: market.instruments.toReversed() };
        expect(fillsOf(run(strategy, turned))).toEqual(fillsOf(run(strategy, market)));
      }),
      { numRuns: 4 },
    );
  });

  it('takes every parameter at the ends of its range, or says why not', () => {
    const market = marketFor(id, 7);
    for (const [name, value] of ends(strategy.params)) {
      const params = { ...caseOf(id).params, [name]: value };
      const result = runBacktest(strategy, params, market, settingsOf(margin));
      if (!result.ok) expect(result.fault.code).toBe('run.parameters');
    }
  });

  if (strategy.signals) {
    it('signals as a column what it does bar by bar', () => {
      fc.assert(
        fc.property(seeds, fc.boolean(), (seed, gaps) => {
          const market = marketFor(id, seed, { bars: 60, gaps });
          expect(fillsOf(run(byColumn(strategy, market), market))).toEqual(
            fillsOf(run(strategy, market)),
          );
        }),
        { numRuns: 100 },
      );
    });
  }

  if (remembers === undefined) {
    it('decides the same later on when it began later', () => {
      fc.assert(
        fc.property(seeds, fc.integer({ min: 1, max: 25 }), (seed, later) => {
          const market = marketFor(id, seed);
          const settings = { ...margin, cash: 1e6 };
          const params = invested(strategy, caseOf(id).params);
          const one = run(strategy, market, params, settings);
          const two = run(strategy, without(market, later), params, settings);
          expect(apartAfter(one, two, later)).toBe(null);
        }),
        { numRuns: 8 },
      );
    });
  }
});

/** Room for gaps, so that no order is cut for want of money. */
const invested = ({ params }: Strategy, given: Readonly<Record<string, unknown>>) =>
  'invested' in params ? { ...given, invested: 0.5 } : given;

/** The market without its first bars. */
function without(market: BacktestMarket, count: number): BacktestMarket {
  const cut = <T extends Float64Array | Uint8Array>(column: T): T => column.slice(count) as T;
  return {
    ...market,
    instruments: market.instruments.map(({ bars, ...instrument }) => ({
      ...instrument,
      bars: {
        from: cut(bars.from),
        opened: cut(bars.opened),
        known: cut(bars.known),
        session: cut(bars.session),
        edges: cut(bars.edges),
        open: cut(bars.open),
        high: cut(bars.high),
        low: cut(bars.low),
        close: cut(bars.close),
        volume: cut(bars.volume),
      },
    })),
  };
}

/**
 * The first moment at which exposures differ although they had been the same, as shares of equity, for
 * as long as it takes to be called the same: ten moments, or two that are flat. Null where there is none.
 */
function apartAfter(one: BacktestResult, two: BacktestResult, later: number): number | null {
  const share = ({ net, equity }: BacktestResult, i: number) =>
    (net[i] as number) / (equity[i] as number);
  let same = 0;
  for (let i = 0; i < two.at.length; i++) {
    const [a, b] = [share(one, i + later), share(two, i)];
    if (Math.abs(a - b) > 1e-9) {
      if (same >= 10) return i;
      same = 0;
    } else same += a === 0 && b === 0 ? 0 : 1;
  }
  return null;
}

/** The least and the largest that each number may be, each choice and each flag. */
const ends = (table: ParameterTable): readonly (readonly [string, unknown])[] =>
  Object.entries(table).flatMap(([name, parameter]) =>
    endsOf(parameter).map((value) => [name, value] as const),
  );

function endsOf(parameter: Parameter): readonly unknown[] {
  if (parameter.kind === 'choice') return parameter.of;
  if (parameter.kind === 'flag') return [true, false];
  if (parameter.kind !== 'integer' && parameter.kind !== 'number') return [];
  const { min, max, above, below } = parameter;
  const within = [above === undefined ? above : above + 1e-9, below && below * (1 - 1e-9)];
  return [min, max, ...within].filter((end) => end !== undefined);
}

/** The strategy as its column says, carried out bar by bar. */
function byColumn(strategy: Strategy, market: BacktestMarket): Strategy {
  return {
    ...strategy,
    onStart({ params }) {
      const { open, high, low, close, volume } = present(market.instruments[0], 'A').bars;
      const columns = { open, high, low, close, volume };
      const row = (which: string, given = {}, output?: string): Float64Array => {
        const indicator = present(indicatorById(which), which);
        const place = output === undefined ? 0 : indicator.outputs.indexOf(output);
        return present(runIndicator(indicator, given, columns)[place], which);
      };
      return strategy.signals?.({ ...columns, from: 0, indicator: row }, params);
    },
    onBar({ orders, instrument, count }, column) {
      orders.signal(instrument, (column as Float64Array)[count - 1] ?? Number.NaN);
    },
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBacktest } from '@plimsoll/analytics/backtest';
import { strategies } from '@plimsoll/analytics/strategies';
import { describe, expect, it } from 'vitest';
import { caseName, type GoldenCase, isRecord, readCases } from './golden-case.ts';
import { GoldenData } from './golden-data.ts';
import { marketOf } from './runners/backtest/case-market.ts';
import { settingsOf } from './runners/backtest/case-settings.ts';

const shared = process.env['PLIMSOLL_SHARED'] ?? join(import.meta.dirname, '../../shared');
const file = join(shared, 'golden/engines.json');
const isThere = existsSync(file) && existsSync(join(shared, 'data/engines'));
if (!isThere) {
  process.stderr.write(
    'Built-in strategies were not held against other engines: no shared data.\n',
  );
}

/** The strategy that comes with the product and says what a case does, with its parameters. */
function builtIn(golden: GoldenCase): readonly [string, Readonly<Record<string, unknown>>] {
  const given = isRecord(golden['params']) ? golden['params'] : {};
  switch (golden['strategy']) {
    case 'sma':
      return ['sma-cross', { fast: given['f'], slow: given['s'] }];
    case 'rsi':
      return ['rsi-reversion', { period: given['n'], enter: given['lo'], leave: given['hi'] }];
    case 'bb':
      return [
        'bollinger-breakout',
        { period: given['n'], deviations: given['k'], short: given['ls'] },
      ];
    default:
      return ['equal-weight', { every: 'month', invested: 0.98 }];
  }
}

function run(golden: GoldenCase) {
  const [id, params] = builtIn(golden);
  const strategy = strategies.find((each) => each.id === id);
  if (!strategy) throw new Error(`There is no ${id}.`);
  const market = marketOf(golden, new GoldenData(), false);
  const result = runBacktest(strategy, params, market, settingsOf(golden));
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

/** Rows of what another engine did. */
const rowsOf = (golden: GoldenCase, name: string): readonly GoldenCase[] => {
  const engine = golden['backtrader'];
  const rows = isRecord(engine) ? engine[name] : undefined;
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

describe.runIf(isThere)('built-in strategies', () => {
  const cases = isThere ? readCases(file) : [];

  it.each(cases.map((golden) => [caseName(golden), golden] as const))(
    '%s, as another engine traded it',
    (_, golden) => {
      const { trades, fills, instrumentIds, equity } = run(golden);
      for (const [i, expected] of rowsOf(golden, 'trades').entries()) {
        const trade = trades[i];
        expect(trade && day(trade.entryAt)).toBe(expected['entry_date']);
        expect(trade?.entryPrice).toBeCloseTo(Number(expected['entry_price']), 9);
        expect(trade?.exitPrice).toBeCloseTo(Number(expected['exit_price']), 9);
        expect(trade?.net).toBeCloseTo(Number(expected['pnl_net']), 6);
      }
      const expected = rowsOf(golden, 'fills').map(
        ({ date, symbol, size }) => `${date} ${symbol} ${Number(size)}`,
      );
      const filled = Array.from(
        fills.at,
        (at, i) => `${day(at)} ${instrumentIds[fills.instrument[i] ?? -1]} ${fills.quantity[i]}`,
      );
      if (expected.length > 0) expect(filled.toSorted()).toEqual(expected.toSorted());
      const engine = golden['backtrader'];
      const metrics = isRecord(engine) && isRecord(engine['metrics']) ? engine['metrics'] : {};
      expect(equity.at(-1)).toBeCloseTo(Number(metrics['final_equity']), 5);
    },
  );

  describe('over twenty years of the index, with three crashes', () => {
    const figures = (id: string, params: Readonly<Record<string, unknown>> = {}) => {
      const golden = { data: 'sp500_daily.csv' };
      const market = marketOf(golden, new GoldenData(), true);
      const strategy = strategies.find((each) => each.id === id);
      if (!strategy) throw new Error(`There is no ${id}.`);
      const result = runBacktest(strategy, params, market, settingsOf(golden));
      if (!result.ok) throw new Error(result.fault.detail);
      const { equity } = result.value;
      let peak = 0;
      let fall = 0;
      let squares = 0;
      for (const [i, value] of equity.entries()) {
        peak = Math.max(peak, value);
        fall = Math.max(fall, 1 - value / peak);
        squares += Math.log(value / (equity[i - 1] ?? value)) ** 2;
      }
      return { fall, volatility: Math.sqrt((252 * squares) / equity.length) };
    };

    it('volatility is where it was aimed at, and the fall of the index is not', () => {
      const held = figures('buy-and-hold');
      expect(held.fall).toBeGreaterThan(0.5);
      const { volatility, fall } = figures('volatility-target', { target: 0.1, every: 'week' });
      expect(volatility).toBeGreaterThan(0.08);
      expect(volatility).toBeLessThan(0.13);
      expect(fall).toBeLessThan(0.75 * held.fall);
    });

    it.each(['time-series-momentum', 'sma-cross'])('%s is out for most of the crashes', (id) => {
      expect(figures(id).fall).toBeLessThan(0.6 * figures('buy-and-hold').fall);
    });
  });
});

import { present, readParameters, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import type { BacktestMarket } from '../backtest/market.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import { type BacktestSettings, backtestSettings } from '../backtest/settings.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import { backtestReport } from './backtest-report.ts';
import type { ReportInput } from './report-input.ts';

const day = 86_400_000;
const start = Date.parse('2015-01-01');

/** Prices that drift upwards, a bar a day. */
function market(bars: number, volume = 1e6): BacktestMarket {
  const random = seededRandom(5);
  const column = (value: (i: number) => number): Float64Array =>
    Float64Array.from({ length: bars }, (_, i) => value(i));
  let price = 100;
  const close = column(() => {
    price *= 1 + 0.0005 + 0.01 * random.normal();
    return price;
  });
  const open = column((i) => close[i - 1] ?? 100);
  const from = column((i) => start + i * day);
  return {
    base: 'USD',
    rates: [],
    notes: [],
    instruments: [
      {
        id: 'A',
        currency: 'USD',
        multiplier: 1,
        step: 0,
        sector: null,
        option: null,
        finer: null,
        events: [],
        bars: {
          from,
          opened: from,
          known: from.map((at) => at + day / 2),
          session: column((i) => i),
          edges: new Uint8Array(bars).fill(3),
          open,
          high: column((i) => Math.max(open[i] as number, close[i] as number)),
          low: column((i) => Math.min(open[i] as number, close[i] as number)),
          close,
          volume: column(() => volume),
        },
      },
    ],
  };
}

/** In and out every so many bars. */
const turns = defineStrategy({
  id: 'turns',
  group: 'own',
  title: 'Turns',
  summary: 'In and out.',
  params: { bars: { kind: 'integer', title: 'Bars', min: 1, default: 10 } },
  onStart: () => ({ seen: 0 }),
  onBar({ orders, instrument, params }, state) {
    orders.signal(instrument, Math.floor(state.seen++ / params.bars) % 2);
  },
});

function settingsOf(given: object): BacktestSettings {
  const read = readParameters(backtestSettings, given);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
}

function report(
  given: Partial<ReportInput> = {},
  { bars = 1600, settings = settingsOf({ commission: { kind: 'bps', bps: 5 } }) } = {},
) {
  const of = given.market ?? market(bars);
  const run = runBacktest(turns, {}, of, settings);
  if (!run.ok) throw new Error(run.fault.detail);
  const made = backtestReport({
    title: 'Turns',
    strategy: { id: 'turns', title: 'Turns' },
    params: {},
    settings,
    market: of,
    result: run.value,
    benchmark: null,
    riskFree: 0,
    unseenFrom: null,
    match: null,
    probe: null,
    tried: null,
    overfitting: null,
    costRuns: [],
    neighbourhood: null,
    ...given,
  });
  if (!made.ok) throw new Error(made.fault.detail);
  return { report: made.value, result: run.value };
}

const line = (made: ReturnType<typeof report>, id: string) =>
  present(
    made.report.trust.lines.find((one) => one.id === id),
    id,
  );

describe('the report of a backtest', () => {
  it('adds up: the growth is that of the equity, and the costs are those of the fills', () => {
    const { report: made, result } = report();
    const total = made.measures.find(({ id }) => id === 'total-return');
    expect(total?.strategy.value).toBeCloseTo((result.equity.at(-1) as number) / 100_000 - 1, 12);
    const [commission] = present(
      made.tables.find(({ id }) => id === 'costs'),
      'costs',
    ).rows;
    const charged = result.fills.commission.reduce((sum, each) => sum + each, 0);
    expect(commission?.[1]).toBeCloseTo(charged, 9);
    const chart = made.charts.find(({ id }) => id === 'costs-so-far');
    expect(chart?.lines[0]?.values.at(-1)).toBeCloseTo(charged / 100_000, 12);
  });

  it('is plain data: nothing in it is lost on its way through JSON', () => {
    const { report: made } = report();
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  it('says what it holds the strategy against, and for how much of it luck may do', () => {
    const of = market(1600);
    const bars = present(of.instruments[0], 'an instrument').bars;
    const benchmark = { name: 'A', at: bars.known, level: bars.close };
    const { report: made } = report({ market: of, benchmark });
    expect(made.headline).toMatch(
      /^-?\d+\.\d % a year after costs, \d+\.\d points (ahead of|behind)/,
    );
    const sharpe = present(
      made.measures.find(({ id }) => id === 'sharpe'),
      'sharpe',
    );
    expect(sharpe.difference.value).toBeCloseTo(
      (sharpe.strategy.value as number) - (sharpe.benchmark.value as number),
      12,
    );
    expect(sharpe.range?.low).toBeLessThan(sharpe.strategy.value as number);
    expect(sharpe.range?.high).toBeGreaterThan(sharpe.strategy.value as number);
  });

  it('trusts no run whose decisions changed when the future was hidden', () => {
    const probe = (changed: number) => ({
      runs: [{ kind: 'cut' as const, at: 0, decisions: 40, changed, examples: [] }],
      changed,
      changedByHistory: 0,
      notes: [],
    });
    const seen = report({ probe: probe(3) });
    expect([seen.report.trust.level, line(seen, 'look-ahead').verdict]).toEqual([0, 'fail']);
    expect(line(report({ probe: probe(0) }), 'look-ahead').verdict).toBe('pass');
    expect(line(report(), 'look-ahead').verdict).toBe('unknown');
  });

  it('believes less the more was tried', () => {
    const chance = (sets: number): number =>
      line(report({ tried: { sets, independent: sets, variance: 0.001 } }), 'luck').value as number;
    expect(chance(1)).toBeGreaterThan(chance(10));
    expect(chance(10)).toBeGreaterThan(chance(1000));
  });

  it('does not let a run without costs pass for one that was tried with them', () => {
    const free = report({}, { settings: settingsOf({}) });
    expect(line(free, 'costs').verdict).toBe('fail');
    expect(free.report.headline).toContain('before any costs');
  });

  it('finds the cash at which fills are a hundredth of the volume', () => {
    const few = line(report({ market: market(1600, 1e6) }), 'capacity').value as number;
    const many = line(report({ market: market(1600, 2e6) }), 'capacity').value as number;
    expect(many / few).toBeCloseTo(2, 9);
    const none = line(report({ market: market(1600, Number.NaN) }), 'capacity');
    expect([none.verdict, none.value]).toEqual(['unknown', null]);
  });

  it('names what is unseen, and refuses to judge a handful of days', () => {
    const since = (unseenFrom: string) => line(report({ unseenFrom }), 'unseen');
    expect(since('2018-01-01').value).not.toBeNull();
    expect(since('2019-05-10').verdict).toBe('unknown');
    expect(since('2030-01-01').verdict).toBe('unknown');
  });

  it('gives the Sharpe ratio of one curve by the conventions of each tool', () => {
    const { report: made } = report({ match: 'vectorbt' });
    const rows = made.tables.find(({ id }) => id === 'sharpe-by-tool')?.rows ?? [];
    const of = (tool: string) =>
      rows.find(([name]) => String(name).startsWith(tool))?.[2] as number;
    expect(of('vectorbt') / of('Plimsoll')).toBeCloseTo(1, 9);
    expect(of('backtesting.py')).not.toBeCloseTo(of('Plimsoll'), 3);
    expect(made.matched?.tool).toMatch(/^vectorbt/);
  });

  it('reports on two moments', () => {
    expect(report({}, { bars: 2 }).report.headline).toBe('Nothing was traded.');
  });
});

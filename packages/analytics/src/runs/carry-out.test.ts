import { dayFromNumber, present, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import type { BacktestMarket } from '../backtest/market.ts';
import {
  drawnBars,
  drawnInstrument,
  marketOf,
  settingsOf,
} from '../backtest/vector/testing/drawn-market.ts';
import smaCross from '../strategies/sma-cross/index.ts';
import { defineStrategy, type Strategy } from '../strategy/define-strategy.ts';
import { carryOut } from './carry-out.ts';
import type { RunReport } from './run-report.ts';
import type { RunOutcome, RunTask } from './run-task.ts';
import { tryKey } from './try-key.ts';
import { walkForwardView } from './walk-forward-view.ts';

const madeMarket = (count: number, seed = 1): BacktestMarket =>
  marketOf(drawnInstrument('A', drawnBars(count, seededRandom(seed))));

type Free = { readonly kind: RunTask['kind'] } & Readonly<Record<string, unknown>>;

const taskOf = (given: Free, market: BacktestMarket = madeMarket(600)): RunTask =>
  ({
    strategy: { kind: 'built-in', id: 'sma-cross' },
    params: { fast: 5, slow: 20 },
    settings: settingsOf({ commission: { kind: 'bps', bps: 5 } }),
    market,
    tradeFrom: 0,
    benchmark: null,
    triedBefore: { sharpe: new Float64Array(0) },
    ...given,
  }) as RunTask;

/** Digits enough to tell a few sets apart. */
const digest = (content: string | Uint8Array): string => {
  let sum = 7n;
  for (const one of String(content))
    sum = BigInt.asUintN(64, sum * 1_099_511_628_211n + BigInt(one.charCodeAt(0)));
  return sum.toString(16).padStart(16, '0');
};

const carried = async (task: RunTask, strategy: Strategy = smaCross): Promise<RunOutcome> => {
  const outcome = await carryOut(task, {
    fresh: async () => strategy,
    onProgress: () => undefined,
    shouldStop: () => false,
    digest,
  });
  if (!outcome.ok) throw new Error(outcome.fault.detail);
  return outcome.value;
};
const reportOf = ({ report }: RunOutcome): RunReport => report as RunReport;

describe('a backtest carried out', () => {
  it('has its result, its report and what probing found', async () => {
    const outcome = await carried(taskOf({ kind: 'backtest' }));
    const { backtest, probe, headline } = reportOf(outcome);
    expect(outcome.result?.fills.at.length).toBeGreaterThan(5);
    expect(headline).toBe(backtest?.headline);
    expect(probe).toMatchObject({ changed: 0 });
    expect(probe?.runs.map(({ kind }) => kind)).toEqual([
      'cut',
      'cut',
      'cut',
      'shuffled',
      'history',
    ]);
    expect(probe?.runs.every(({ decisions }) => decisions > 0)).toBe(true);
    const lines = new Map(backtest?.trust.lines.map((line) => [line.id, line.verdict]));
    expect(lines.get('look-ahead')).toBe('pass');
    expect(lines.get('costs')).not.toBe('unknown');
  });

  it('has one figure for the costs that it was run at, wherever it stands', async () => {
    const free = taskOf({ kind: 'backtest', settings: settingsOf({}) });
    const { backtest } = reportOf(await carried(taskOf({ kind: 'backtest' })));
    const { backtest: none } = reportOf(await carried(free));
    const cagr = backtest?.measures.find(({ id }) => id === 'cagr')?.strategy.value ?? Number.NaN;
    const dear = taskOf({
      kind: 'backtest',
      settings: settingsOf({ commission: { kind: 'bps', bps: 10 } }),
    });
    const twice = reportOf(await carried(dear)).backtest;
    const doubled = twice?.measures.find(({ id }) => id === 'cagr')?.strategy.value;
    const costs = backtest?.trust.lines.find(({ id }) => id === 'costs');
    expect(costs?.value).toBeCloseTo(doubled ?? Number.NaN, 12);
    expect(doubled).toBeLessThan(cagr);
    expect(none?.headline).toContain('before any costs');
  });

  it('says that unseen days were looked at before', async () => {
    const market = madeMarket(600);
    const at = market.instruments[0]?.bars.known[400] as number;
    const unseenFrom = dayFromNumber(Math.floor(at / 86_400_000));
    const line = async (runs: number) => {
      const triedBefore = { sharpe: new Float64Array(0), runs };
      const outcome = await carried(taskOf({ kind: 'backtest', unseenFrom, triedBefore }, market));
      return reportOf(outcome).backtest?.trust.lines.find(({ id }) => id === 'unseen');
    };
    expect((await line(0))?.text).not.toContain('earlier');
    const twice = await line(2);
    expect(twice?.text).toContain('2 earlier runs have shown these days');
    expect(twice?.verdict).not.toBe('pass');
  });

  it('is plain data that JSON carries', async () => {
    const { report } = await carried(taskOf({ kind: 'backtest' }));
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(JSON.stringify(report)).not.toContain('Infinity');
  });

  it('is the same each time', async () => {
    const task = taskOf({ kind: 'backtest' });
    expect(await carried(task)).toEqual(await carried(task));
  });

  it('finds a strategy that sees the future', async () => {
    const market = madeMarket(400);
    const future = market.instruments[0]?.bars.close ?? new Float64Array(0);
    let seen = future;
    const seer = defineStrategy({
      id: 'seer',
      group: 'own',
      title: 'Knows what comes',
      summary: 'Reads a column behind the back of its context.',
      params: {},
      onStart: () => ({}),
      onBar: ({ instrument, orders, count }) => {
        const now = seen[count - 1] ?? Number.NaN;
        orders.signal(instrument, (seen[count + 4] ?? now) > now ? 1 : 0);
      },
    });
    const task = taskOf({ kind: 'backtest', params: {} }, market);
    const random = seededRandom(3);
    let runs = 0;
    const outcome = await carryOut(task, {
      // What it reads of the future is another each time that the market has another.
      fresh: async () => {
        if (runs++ > 0) seen = future.map((one) => one * (1 + random.next()));
        return seer;
      },
      onProgress: () => undefined,
      shouldStop: () => false,
    });
    const report = outcome.ok ? reportOf(outcome.value) : undefined;
    expect(report?.probe?.changed).toBeGreaterThan(0);
    expect(report?.backtest?.trust).toMatchObject({ level: 0, word: 'None' });
  });

  it('counts what was tried before', async () => {
    const sharpe = Float64Array.from({ length: 40 }, (_, i) => 0.02 * Math.sin(i));
    const { backtest } = reportOf(
      await carried(taskOf({ kind: 'backtest', triedBefore: { sharpe } })),
    );
    const luck = backtest?.trust.lines.find(({ id }) => id === 'luck');
    expect(luck?.text).toContain('41');
  });

  it('stops when it is told to', async () => {
    const outcome = await carryOut(taskOf({ kind: 'backtest' }, madeMarket(5000)), {
      fresh: async () => smaCross,
      onProgress: () => undefined,
      shouldStop: () => true,
    });
    expect(outcome).toMatchObject({ ok: false, fault: { code: 'run.stopped' } });
  });
});

const search = {
  parameters: { fast: { from: 3, to: 12, step: 3 }, slow: { from: 10, to: 40, step: 10 } },
};

describe('a sweep carried out', () => {
  it('tries every set, and reports on the best like on any backtest', async () => {
    const outcome = await carried(taskOf({ kind: 'sweep', search }));
    const { sweep, backtest, probe } = reportOf(outcome);
    expect([sweep?.trials, sweep?.refused, sweep?.size]).toEqual([15, 1, 16]);
    expect(outcome.tried?.params.length).toBe(15);
    const values = sweep?.leaders.map(({ value }) => value ?? Number.NaN) ?? [];
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(sweep?.best).toEqual(sweep?.leaders[0]);
    expect(backtest?.params).toEqual(sweep?.best.params);
    expect(sweep?.heatMap?.cells.flat().filter((one) => one !== null).length).toBe(15);
    expect(sweep?.overfitting?.halves.splits).toBeGreaterThan(1000);
    expect(sweep?.luck?.tried).toBe(15);
    expect(probe?.changed).toBe(0);
    const luck = backtest?.trust.lines.find(({ id }) => id === 'luck');
    expect(luck?.text).toMatch(/of \d+ independent tries/);
  });

  it.each(['sharpe', 'total-return', 'max-drawdown'])(
    'finds the same %s by the event engine as by the fast path',
    async (objective) => {
      const task = taskOf({ kind: 'sweep', search: { ...search, objective } });
      const own: RunTask = { ...task, strategy: { kind: 'own', file: 'x.ts', sha256: '' } };
      const [fast, slow] = [await carried(task), await carried(own)];
      const leaders = (outcome: RunOutcome) => reportOf(outcome).sweep?.leaders ?? [];
      expect(leaders(slow).map(({ params }) => params)).toEqual(
        leaders(fast).map(({ params }) => params),
      );
      for (const [i, { value, sharpe }] of leaders(fast).entries()) {
        expect(value).toBeCloseTo(leaders(slow)[i]?.value ?? Number.NaN, 10);
        expect(sharpe).toBeCloseTo(leaders(slow)[i]?.sharpe ?? Number.NaN, 10);
      }
    },
  );

  it('chooses by nothing that is unseen, and says how the choice did there', async () => {
    const market = madeMarket(600);
    const [one] = market.instruments;
    const moments = one?.bars.known ?? new Float64Array(0);
    const unseenFrom = dayFromNumber(Math.floor((moments[400] as number) / 86_400_000));
    const scaled = (column: Float64Array, by: number) =>
      column.map((value, i) => (i < 400 ? value : value * (1 + by * Math.sin(i / 7))));
    const turned: BacktestMarket = {
      ...market,
      instruments: market.instruments.map((each) => ({
        ...each,
        bars: {
          ...each.bars,
          open: scaled(each.bars.open, 0.2),
          high: scaled(each.bars.high, 0.2),
          low: scaled(each.bars.low, 0.2),
          close: scaled(each.bars.close, 0.2),
        },
      })),
    };
    const task = { kind: 'sweep', search, unseenFrom } as const;
    const found = reportOf(await carried(taskOf(task, market)));
    const other = reportOf(await carried(taskOf(task, turned)));
    expect(other.sweep).toEqual(found.sweep);
    expect(found.sweep?.chosenBefore).toBe(unseenFrom);
    expect(found.headline).toContain(`before ${unseenFrom}`);
    const line = ({ backtest }: RunReport, id: string) =>
      backtest?.trust.lines.find((each) => each.id === id);
    expect(line(other, 'unseen')?.value).not.toBe(line(found, 'unseen')?.value);
    expect(line(other, 'luck')).toEqual(line(found, 'luck'));
    expect(found.backtest?.sample.to?.localeCompare(unseenFrom)).toBe(1);
    const all = reportOf(await carried(taskOf({ kind: 'sweep', search }, market)));
    expect(all.sweep?.chosenBefore).toBeNull();
  });

  it('refuses to choose on no days', async () => {
    const task = taskOf({ kind: 'sweep', search, unseenFrom: '1960-01-04' });
    await expect(carried(task)).rejects.toThrow(/leaves no days to choose/);
  });

  it('counts what was tried before once, whoever tries it again', async () => {
    const task = taskOf({ kind: 'sweep', search });
    const first = await carried(task);
    const terms = { strategyHash: null, settings: { ...task.settings } };
    const sets = [...present(first.tried, 'sets').params, { fast: 77, slow: 99 }];
    const triedBefore = {
      sharpe: Float64Array.of(...present(first.tried, 'sets').sharpe, 0.01),
      keys: BigUint64Array.from(sets, (set) => tryKey(set, terms, digest)),
      terms,
      runs: 2,
    };
    const again = reportOf(await carried({ ...task, triedBefore }));
    expect(again.sweep?.luck?.tried).toBe(16);
  });

  it.each([
    [{ parameters: { fats: { from: 1, to: 2 } } }, /There is no parameter fats/],
    [{ ...search, method: 'guess' }, /method: must be one of/],
    [{ ...search, objectve: 'sharpe' }, /objectve is not asked for/],
    [{}, /at least one parameter/],
    [null, /must have parameters/],
  ])('refuses %o', async (given, words) => {
    await expect(carried(taskOf({ kind: 'sweep', search: given }))).rejects.toThrow(words);
  });
});

describe('a walk-forward carried out', () => {
  const windows = { inSample: 200, outOfSample: 100 };

  it('chains what was earned out of sample', async () => {
    const outcome = await carried(taskOf({ kind: 'walk-forward', search, windows }));
    const view = walkForwardView('Averages', present(reportOf(outcome).walkForward, 'windows'));
    const [table] = view.tables;
    expect(table?.rows.length).toBe(reportOf(outcome).walkForward?.windows.length);
    expect(view.charts.map(({ id }) => id)).toContain('growth');
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    const { walkForward } = reportOf(outcome);
    expect(walkForward?.windows.map(({ chosen }) => chosen !== null)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(walkForward?.days.length).toBe(400);
    expect(walkForward?.growth.at(-1)).toBeCloseTo(
      1 + (walkForward?.outOfSample.totalReturn.value ?? 0),
      12,
    );
    expect(outcome.tried?.params.length).toBe(15);
  });

  it('chooses the same whatever happens out of sample', async () => {
    const market = madeMarket(600);
    const other = madeMarket(600, 9);
    const [one, two] = [market.instruments[0], other.instruments[0]];
    if (!one || !two) throw new Error('No instrument');
    const mixed = (a: Float64Array, b: Float64Array) =>
      a.map((value, i) => (i < 200 ? value : (b[i] ?? 0)));
    const changed: BacktestMarket = {
      ...market,
      instruments: [
        {
          ...one,
          bars: {
            ...one.bars,
            open: mixed(one.bars.open, two.bars.open),
            high: mixed(one.bars.high, two.bars.high),
            low: mixed(one.bars.low, two.bars.low),
            close: mixed(one.bars.close, two.bars.close),
          },
        },
      ],
    };
    const first = async (on: BacktestMarket) =>
      reportOf(await carried(taskOf({ kind: 'walk-forward', search, windows }, on))).walkForward
        ?.windows[0]?.chosen;
    expect(await first(changed)).toEqual(await first(market));
  });

  it('says how far to trust it, and keeps its trades', async () => {
    const { walkForward } = reportOf(
      await carried(taskOf({ kind: 'walk-forward', search, windows })),
    );
    const lines = new Map(walkForward?.trust.lines.map((line) => [line.id, line]));
    expect([...lines.keys()].sort()).toEqual([
      'efficiency',
      'look-ahead',
      'luck',
      'overfitting',
      'unseen',
      'windows',
    ]);
    expect(lines.get('look-ahead')?.verdict).toBe('pass');
    expect(lines.get('overfitting')?.value).not.toBeNull();
    expect(lines.get('luck')?.title).toBe('Luck, one try known');
    expect(walkForward?.trades.map(({ net }) => net)).toEqual(walkForward?.tradeGains);
  });

  it('says which windows chose by days that were to be unseen', async () => {
    const market = madeMarket(600);
    const at = market.instruments[0]?.bars.known[350] as number;
    const unseenFrom = dayFromNumber(Math.floor(at / 86_400_000));
    const task = taskOf({ kind: 'walk-forward', search, windows, unseenFrom }, market);
    const { walkForward } = reportOf(await carried(task));
    const unseen = walkForward?.trust.lines.find(({ id }) => id === 'unseen');
    expect(unseen?.text).toContain('2 of 4 windows chose by days');
    expect(unseen?.verdict).not.toBe('pass');
    expect(walkForward?.notes.join(' ')).toContain('windows 3, 4 reach beyond');
  });

  it('says so where nothing was traded, and what to do', async () => {
    const rare = { parameters: { fast: { in: [150] }, slow: { in: [180, 190] } } };
    const short = { inSample: 200, outOfSample: 3 };
    const outcome = await carried(
      taskOf({ kind: 'walk-forward', search: rare, windows: { ...short, step: 300 } }),
    );
    const { walkForward, headline } = reportOf(outcome);
    expect(walkForward?.outOfSample.trades).toBe(0);
    expect(headline).toMatch(/^Nothing was traded out of sample/);
    expect(walkForward?.notes.join(' ')).toContain('join: true');
    expect(walkForward?.trust.level).toBeNull();
  });

  it('refuses windows longer than history', async () => {
    const task = taskOf({
      kind: 'walk-forward',
      search,
      windows: { inSample: 2000, outOfSample: 10 },
    });
    await expect(carried(task)).rejects.toThrow(/leaves none to judge by/);
  });
});

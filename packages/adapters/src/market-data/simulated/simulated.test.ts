import { indexAt, inspectBars } from '@plimsoll/domain';
import { canonicalJson, dayFromNumber, dayNumber, weekday } from '@plimsoll/kernel';
import type { DailyHistory } from '@plimsoll/ports';
import { marketDataConformance } from '@plimsoll/ports/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import simulated from './index.ts';
import { marketFactors, regimes } from './market-factors.ts';
import { simulatedInstruments, simulatedListings } from './simulated-instruments.ts';
import { SimulatedMarket, usualSeed } from './simulated-market.ts';

const provider = simulated.create({ seed: 1, ticksPerSecond: 2 });

marketDataConformance('simulated', {
  provider: () => provider,
  symbol: 'SIM:PRSM',
  unknownSymbol: 'SIM:NONE',
  simulated: true,
});

const from = '2005-01-01';
const until = '2027-01-01';

const markets = new Map<number, SimulatedMarket>();

function historyOf(seed: number, symbol: string, end = until): DailyHistory {
  const market = markets.get(seed) ?? new SimulatedMarket(seed);
  markets.set(seed, market);
  const history = market.history(symbol, from, end);
  if (!history) expect.fail(`no ${symbol}`);
  return history;
}

const text = ({ bars, actions }: DailyHistory): string =>
  canonicalJson({
    days: [...bars.days],
    close: [...bars.close],
    high: [...bars.high],
    actions: actions.map((a) => ({ ...a })),
  });

/** Log returns of a holder: splits and dividends put back in. */
function totalReturns({ bars, actions }: DailyHistory): number[] {
  const at = (kind: string) =>
    new Map(actions.filter((a) => a.kind === kind).map((a) => [dayNumber(a.day), a.value]));
  const [splits, dividends] = [at('split'), at('dividend')];
  return [...bars.days].slice(1).map((day, i) => {
    const worth = (bars.close[i + 1] ?? 0) * (splits.get(day) ?? 1) + (dividends.get(day) ?? 0);
    return Math.log(worth / (bars.close[i] ?? 0));
  });
}

const seeds = [1, 2, 3];

describe('the simulated market', () => {
  it('names itself simulated in every listing', () => {
    expect(provider).toMatchObject({
      simulated: true,
      title: expect.stringContaining('Simulated'),
    });
    expect(simulatedListings.length).toBeGreaterThanOrEqual(24);
    for (const { symbol, name } of simulatedListings) {
      expect(symbol).toMatch(/^SIM:[A-Z]{4,6}$/);
      expect(name).toContain('(simulated)');
    }
  });

  it('is the same market for the same seed, to the bit, and another for another', () => {
    const again = new SimulatedMarket(7);
    for (const { symbol } of simulatedListings) {
      const history = again.history(symbol, from, until);
      expect(history && text(history)).toBe(text(historyOf(7, symbol)));
    }
    expect(text(historyOf(7, 'SIM:HARB'))).not.toBe(text(historyOf(8, 'SIM:HARB')));
  });

  it('is the market that it was when this was written', () => {
    const { bars } = historyOf(4680, 'SIM:HARB');
    const on = (day: string) => bars.close[indexAt(bars.days, dayNumber(day))];
    expect([on('2005-01-03'), on('2015-06-30'), on('2026-11-20')]).toMatchInlineSnapshot(`
      [
        42.19,
        49.3,
        122.91,
      ]
    `);
  });

  it('gives a part of its history as it gives the whole, in whatever order it is asked', () => {
    const day = fc.integer({ min: dayNumber('2004-06-01'), max: dayNumber('2031-01-01') });
    const market = new SimulatedMarket(3);
    const whole = new SimulatedMarket(3);
    fc.assert(
      fc.property(day, day, fc.constantFrom(...simulatedListings), (a, b, { symbol }) => {
        const [start, end] = [dayFromNumber(Math.min(a, b)), dayFromNumber(Math.max(a, b))];
        const part = market.history(symbol, start, end)?.bars;
        const all = whole.history(symbol, from, '2031-06-01')?.bars;
        const first = indexAt(all?.days ?? new Int32Array(), dayNumber(start) - 1) + 1;
        const last = indexAt(all?.days ?? new Int32Array(), dayNumber(end) - 1) + 1;
        expect(part?.days).toEqual(all?.days.slice(first, last));
        expect(part?.close).toEqual(all?.close.slice(first, last));
        expect(part?.volume).toEqual(all?.volume.slice(first, last));
      }),
      { numRuns: 60 },
    );
  });

  it('trades on weekdays, the coin on every day', () => {
    for (const { symbol, kind } of simulatedListings) {
      const weekends = historyOf(1, symbol).bars.days.filter((day) => weekday(day) > 4).length;
      if (kind === 'sim-coin') expect(weekends).toBeGreaterThan(1000);
      else expect(weekends).toBe(0);
    }
  });

  it.each(seeds)('passes its own check at the door (seed %d)', (seed) => {
    for (const { symbol } of simulatedListings) {
      const { bars, actions } = historyOf(seed, symbol);
      const inspection = inspectBars(bars, new Set(actions.map(({ day }) => dayNumber(day))));
      expect(inspection.quarantined).toEqual([]);
      expect(inspection.rangesDoubtful).toBe(0);
      const outside = bars.open.findIndex(
        (open, i) => !(open <= (bars.high[i] ?? 0) && open >= (bars.low[i] ?? 0)),
      );
      expect(outside).toBe(-1);
    }
  });

  it.each(seeds)('visits all of its regimes, calm and bull most of the time (seed %d)', (seed) => {
    const { regime, days } = marketFactors(seed, dayNumber('2026-12-31'));
    const share = regimes.map((_, i) => regime.filter((now) => now === i).length / days.length);
    expect(Math.min(...share)).toBeGreaterThan(0.002);
    expect((share[0] ?? 0) + (share[1] ?? 0)).toBeGreaterThan(0.6);
  });

  it.each(seeds)(
    'has fat tails, and shares that move with their market and sector (seed %d)',
    (seed) => {
      const returns = (symbol: string) => totalReturns(historyOf(seed, symbol));
      const world = returns('SIM:WIDX');
      expect(kurtosis(world)).toBeGreaterThan(4);
      const [rail, cranes, brewer] = ['SIM:CLYD', 'SIM:HARB', 'SIM:HTHR'].map(returns);
      expect(correlation(cranes ?? [], world)).toBeGreaterThan(0.35);
      expect(correlation(cranes ?? [], rail ?? [])).toBeGreaterThan(
        correlation(cranes ?? [], brewer ?? []),
      );
    },
  );

  it('steps down by dividends and splits, so that holders lose nothing by them', () => {
    for (const seed of seeds) {
      const history = historyOf(seed, 'SIM:FERN');
      const splits = history.actions.filter(({ kind }) => kind === 'split');
      expect(splits.map(({ day }) => day.slice(0, 4))).toEqual(
        expect.arrayContaining(['2010', '2015', '2020', '2025']),
      );
      const worst = Math.min(...totalReturns(history));
      expect(worst).toBeGreaterThan(-0.6);
    }
  });

  it('lets one company be taken over and lists no price of it after', () => {
    const { bars, actions } = historyOf(1, 'SIM:BRIG');
    expect(dayFromNumber(bars.days.at(-1) ?? 0)).toBe('2024-03-15');
    expect(actions.at(-1)).toMatchObject({ kind: 'delisting', day: '2024-03-15', currency: 'GBP' });
    expect(
      historyOf(1, 'SIM:BRIG', '2024-03-15').actions.some(({ kind }) => kind === 'delisting'),
    ).toBe(false);
  });

  it('pays dividends about as its plans say', () => {
    for (const { symbol, dividends } of simulatedInstruments) {
      const paid = historyOf(2, symbol).actions.filter(({ kind }) => kind === 'dividend').length;
      const years = symbol === 'SIM:BRIG' ? 19.2 : 22;
      expect(Math.abs(paid - (dividends?.months.length ?? 0) * years)).toBeLessThanOrEqual(1);
    }
  });

  it('takes a seed as a setting and has one for who gives none', () => {
    expect(simulated.config?.parse({})).toEqual({ seed: usualSeed, ticksPerSecond: 2 });
    expect(() => simulated.config?.parse({ seed: -1 })).toThrow('seed');
  });
});

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

function kurtosis(values: readonly number[]): number {
  const middle = mean(values);
  const spread = mean(values.map((value) => (value - middle) ** 2));
  return mean(values.map((value) => (value - middle) ** 4)) / spread ** 2;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  const [x, y] = [a.slice(0, length), b.slice(0, length)];
  const [mx, my] = [mean(x), mean(y)];
  const cross = mean(x.map((value, i) => (value - mx) * ((y[i] ?? 0) - my)));
  return cross / Math.sqrt(mean(x.map((v) => (v - mx) ** 2)) * mean(y.map((v) => (v - my) ** 2)));
}

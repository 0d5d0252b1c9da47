import { type DayNumber, dayNumber, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarColumns } from '../bar-columns.ts';
import { gateBars } from './gate-bars.ts';
import { noFacts, type PriceAction } from './price-action.ts';
import { repairBars } from './repair-bars.ts';

const start = dayNumber('2022-01-03');

interface World {
  readonly bars: BarColumns;
  readonly actions: readonly PriceAction[];
}

/** Weekdays from the start on. */
function weekdays(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => start + 7 * Math.floor(i / 5) + (i % 5));
}

interface WalkOptions {
  readonly length: number;
  readonly seed: number;
  /** Usual move of a day. */
  readonly spread: number;
  /** Quarterly dividend as a share of the price; 0 for none. */
  readonly dividend: number;
  /** One day on which the price loses this share. */
  readonly crash: number;
  readonly splitRatio: number;
}

/** A truthful series: a random walk that falls by its dividends, split-adjusted, with adjusted closes. */
function walk(options: WalkOptions): World {
  const { length, spread, dividend, crash, splitRatio } = options;
  const { next: random, normal } = seededRandom(options.seed);
  const days = weekdays(length);
  const columns = Array.from({ length: 5 }, () => new Float64Array(length));
  const [open, high, low, close, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const actions: PriceAction[] = [];
  let price = 50;
  for (let i = 0; i < length; i++) {
    const isEx = dividend > 0 && i % 63 === 40;
    if (isEx) {
      actions.push({ kind: 'dividend', day: days[i] as number, amount: price * dividend });
      price *= 1 - dividend;
    }
    if (i === Math.floor(length * 0.7)) price *= 1 - crash;
    open[i] = price * Math.exp((spread / 3) * normal());
    price *= Math.exp(spread * normal());
    close[i] = price;
    high[i] = Math.max(open[i] as number, price) * (1 + (spread / 2) * random());
    low[i] = Math.min(open[i] as number, price) * (1 - (spread / 2) * random());
    volume[i] = Math.round(1e6 * Math.exp(0.4 * normal()));
  }
  if (splitRatio !== 1) {
    actions.push({ kind: 'split', day: days[length >> 1] as number, ratio: splitRatio });
  }
  const bars = { days, open, high, low, close, volume, adjustedClose: new Float64Array(length) };
  let factor = 1;
  const paid = new Map(actions.flatMap((a) => (a.kind === 'dividend' ? [[a.day, a.amount]] : [])));
  for (let i = length - 1; i >= 0; i--) {
    bars.adjustedClose[i] = (close[i] as number) * factor;
    const amount = paid.get(days[i] as number);
    if (amount !== undefined && i > 0) factor *= 1 - amount / (close[i - 1] as number);
  }
  return { bars, actions: actions.sort((a, b) => a.day - b.day) };
}

const options = fc.record({
  length: fc.integer({ min: 60, max: 400 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  spread: fc.double({ min: 0.003, max: 0.05, noNaN: true }),
  dividend: fc.constantFrom(0, 0.002, 0.01, 0.03),
  crash: fc.constantFrom(0, 0.2, 0.5, 0.7),
  splitRatio: fc.constantFrom(1, 2, 3, 0.1, 1.5, 7),
});

const codes = ({ bars, actions }: World, facts = noFacts) =>
  repairBars(bars, actions, facts).repairs.map(({ code, day }) => `${code} ${day - start}`);

/** A copy with the rows from `from` until `until` changed. */
function change(
  bars: BarColumns,
  [from, until]: readonly [number, number],
  factor: number,
  volumeFactor = 1,
): BarColumns {
  const times = (column: Float64Array, by: number) =>
    column.map((value, i) => (i >= from && i < until ? value * by : value));
  return {
    days: bars.days,
    open: times(bars.open, factor),
    high: times(bars.high, factor),
    low: times(bars.low, factor),
    close: times(bars.close, factor),
    adjustedClose: times(bars.adjustedClose, factor),
    volume: times(bars.volume, volumeFactor),
  };
}

/** The close of every accepted day beside the truth's. */
const wrongCloses = (accepted: BarColumns, truth: BarColumns): string[] =>
  Array.from(accepted.days).flatMap((day, i) => {
    const close = accepted.close[i] as number;
    const wanted = truth.close[truth.days.indexOf(day)] as number;
    return Math.abs(close / wanted - 1) < 1e-9 ? [] : [`${day}: ${close} for ${wanted}`];
  });

const calm = { length: 300, seed: 7, spread: 0.012, dividend: 0.02, crash: 0, splitRatio: 1 };

describe('a truthful series', () => {
  it('is left alone, be it lively, calm, split, paying or crashing', () => {
    fc.assert(
      fc.property(options, (drawn) => {
        const world = walk(drawn);
        const { bars, actions, repairs, quarantined } = repairBars(
          world.bars,
          world.actions,
          noFacts,
        );
        expect(repairs).toEqual([]);
        expect(quarantined).toEqual([]);
        expect(bars).toEqual(world.bars);
        expect(actions).toEqual(world.actions);
      }),
      { numRuns: 300, seed: 20220103 },
    );
  });
});

describe('repairing the repaired', () => {
  const faults = fc.constantFrom('unit', 'split', 'dividend', 'zero', 'adjusted');
  it('changes nothing', () => {
    fc.assert(
      fc.property(options, faults, fc.nat(), (drawn, fault, where) => {
        const once = spoilt(walk(drawn), fault, where);
        const repaired = repairBars(once.bars, once.actions, noFacts);
        const again = repairBars(repaired.bars, repaired.actions, noFacts);
        expect(again.repairs).toEqual([]);
        expect(again.bars).toEqual(repaired.bars);
        expect(again.actions).toEqual(repaired.actions);
      }),
      { numRuns: 150, seed: 20220104 },
    );
  });
});

/** The series with one mistake of a provider in it. */
function spoilt({ bars, actions }: World, fault: string, where: number): World {
  const length = bars.days.length;
  const at = where % length;
  if (fault === 'unit') return { bars: change(bars, [at, Math.min(length, at + 3)], 100), actions };
  if (fault === 'split') return { bars: change(bars, [0, length >> 1], 2, 0.5), actions };
  if (fault === 'dividend') {
    return {
      bars,
      actions: actions.map((a) => (a.kind === 'dividend' ? { ...a, amount: a.amount * 100 } : a)),
    };
  }
  const close = bars.close.map((value, i) => (i === at ? 0 : value));
  if (fault === 'zero') return { bars: { ...bars, close }, actions };
  return {
    bars: { ...bars, adjustedClose: bars.adjustedClose.map((v, i) => (i === at ? 0 : v)) },
    actions,
  };
}

describe('a few rows in another unit', () => {
  const factors = fc.constantFrom(100, 0.01);
  const few = fc.integer({ min: 1, max: 3 });
  const untraded = fc.constantFrom(0, Number.NaN);

  it('before latest days without trades never outweigh the traded history', () => {
    fc.assert(
      fc.property(
        options,
        fc.tuple(few, few),
        factors,
        untraded,
        (drawn, counts, factor, volume) => {
          const [bad, late] = counts;
          const { bars, actions } = walk({ ...drawn, splitRatio: 1 });
          const end = bars.days.length - late;
          const wrong = change(bars, [end - bad, end], factor);
          const volumes = wrong.volume.map((units, i) => (i < end ? units : volume));
          const { accepted } = gateBars({ ...wrong, volume: volumes }, actions, noFacts);
          expect(wrongCloses(accepted, bars)).toEqual([]);
          expect(accepted.days.length).toBeGreaterThanOrEqual(end - bad);
        },
      ),
      { numRuns: 100, seed: 20220105 },
    );
  });

  it('one after the other, the last of them the latest, leave the history alone', () => {
    const { bars, actions } = walk(calm);
    const twice = change(change(bars, [295, 296], 100), [299, 300], 100);
    const { accepted, quarantined } = gateBars(twice, actions, noFacts);
    expect(wrongCloses(accepted, bars)).toEqual([]);
    expect(quarantined.map(({ index, code }) => `${index} ${code}`)).toEqual(['299 unit-slip']);
  });

  it('with trades do not outweigh a longer history that latest days without trades confirm', () => {
    const { bars, actions } = walk(calm);
    const wrong = change(bars, [291, 299], 100);
    const volume = wrong.volume.map((units, i) => (i < 299 ? units : 0));
    const { accepted } = gateBars({ ...wrong, volume }, actions, noFacts);
    expect(wrongCloses(accepted, bars)).toEqual([]);
  });

  it('that are the latest ones, without trades, are mended beside the latest trade', () => {
    const { bars, actions } = walk(calm);
    const wrong = change(bars, [298, 300], 100, 0);
    const { accepted, repairs } = gateBars(wrong, actions, noFacts);
    expect(repairs.map(({ code, rows }) => `${code} ${rows}`)).toEqual(['unit-slip-100x 2']);
    expect(accepted.days.length).toBe(300);
    expect(wrongCloses(accepted, bars)).toEqual([]);
  });
});

describe('a mistake', () => {
  const world = walk(calm);
  const { bars, actions } = world;
  const paid = actions.filter((a) => a.kind === 'dividend');
  const exDay = (i: number): DayNumber => (paid[i] as PriceAction).day;
  const near = (given: Float64Array, wanted: Float64Array) => {
    for (let i = 0; i < wanted.length; i++) {
      expect(Math.abs((given[i] as number) / (wanted[i] as number) - 1)).toBeLessThan(1e-9);
    }
  };

  it.each([
    ['a stretch in pence', change(bars, [100, 130], 100), 'unit-slip-100x'],
    ['a stretch a hundred times too low', change(bars, [100, 130], 0.01), 'unit-slip-100x'],
    ['all before a day in pence', change(bars, [0, 200], 100), 'unit-switch'],
  ])('of the unit, %s, is mended in all fields', (_, wrong, code) => {
    const repaired = repairBars(wrong, actions, noFacts);
    expect(repaired.repairs.map((r) => r.code)).toEqual([code]);
    for (const field of ['open', 'high', 'low', 'close', 'adjustedClose'] as const) {
      near(repaired.bars[field], bars[field]);
    }
  });

  it('of the unit before a day is noted on that day too, for those who keep earlier rows', () => {
    const { notes } = repairBars(change(bars, [0, 200], 100), actions, noFacts);
    expect(notes.map(({ kind, day }) => [kind, day])).toEqual([
      ['suspect-unit-change', bars.days[200]],
    ]);
  });

  it('of the unit in one field of one row is mended there', () => {
    const high = bars.high.map((value, i) => (i === 50 ? value * 100 : value));
    const repaired = repairBars({ ...bars, high }, actions, noFacts);
    expect(repaired.repairs).toMatchObject([{ code: 'unit-slip-100x', fields: ['high'], rows: 1 }]);
    near(repaired.bars.high, bars.high);
  });

  it('of the unit in the latest rows waits in quarantine, and the history stays', () => {
    const wrong = change(bars, [298, 300], 100);
    const { repairs, quarantined } = repairBars(wrong, actions, noFacts);
    expect(repairs).toEqual([]);
    expect(quarantined.map(({ index, code }) => `${index} ${code}`)).toEqual([
      '298 unit-slip',
      '299 unit-slip',
    ]);
  });

  it.each([
    ['missed until the split', change(bars, [0, 150], 4, 0.25), 4, 'missed-split'],
    ['applied twice until the split', change(bars, [0, 150], 0.25, 4), 4, 'doubled-split'],
    ['missed on one day', change(bars, [140, 141], 4, 0.25), 4, 'bad-split'],
    ['missed for a while of 1 for 10', change(bars, [100, 147], 0.1, 10), 0.1, 'bad-split'],
  ])('of a split, %s, is mended with its volumes', (_, wrong, ratio, code) => {
    const split: PriceAction = { kind: 'split', day: bars.days[150] as number, ratio };
    const repaired = repairBars(wrong, [...actions, split], noFacts);
    expect(repaired.repairs.map((r) => r.code)).toEqual([code]);
    near(repaired.bars.close, bars.close);
    near(repaired.bars.volume, bars.volume);
  });

  it('of the dividend being a hundred times too big is mended in amount and adjusted close', () => {
    const wrong = actions.map((a, i) =>
      i === 1 && a.kind === 'dividend' ? { ...a, amount: a.amount * 20 } : a,
    );
    expect(codes({ bars, actions: wrong })).toEqual([]);
    const hundredfold = actions.map((a) =>
      a.kind === 'dividend' && a.day === exDay(1) ? { ...a, amount: a.amount * 100 } : a,
    );
    const repaired = repairBars(bars, hundredfold, noFacts);
    expect(repaired.repairs.map(({ code, day }) => [code, day])).toEqual([
      ['dividend-unit-slip', exDay(1)],
    ]);
    expect((repaired.actions[1] as { amount: number }).amount).toBeCloseTo(
      (paid[1] as { amount: number }).amount,
      9,
    );
  });

  it('of moving a large dividend to another day is mended', () => {
    const large = walk({ ...calm, dividend: 0.12 });
    const ex = large.actions[1] as PriceAction & { amount: number };
    const place = large.bars.days.indexOf(ex.day);
    const early = large.bars.days[place - 2] as number;
    const ratio = (at: number) => ex.amount / (large.bars.close[at - 1] as number);
    const adjustedClose = large.bars.adjustedClose.map((value, i) => {
      if (i >= place) return value;
      const right = value / (1 - ratio(place));
      return i < place - 2 ? right * (1 - ratio(place - 2)) : right;
    });
    const moved = large.actions.map((a) => (a === ex ? { ...a, day: early } : a));
    const repaired = repairBars({ ...large.bars, adjustedClose }, moved, noFacts);
    expect(repaired.repairs.map(({ code, day }) => [code, day])).toEqual([
      ['dividend-on-wrong-day', early],
    ]);
    expect(repaired.actions).toEqual(large.actions);
    near(repaired.bars.adjustedClose, large.bars.adjustedClose);
  });

  it('of stating a capital gain beside the dividend that contains it is mended', () => {
    const fund = walk({ ...calm, dividend: 0.08 });
    const gains = fund.actions.map(
      (a): PriceAction => ({
        kind: 'capital-gain',
        day: a.day,
        amount: a.kind === 'split' ? 0 : a.amount * 0.8,
      }),
    );
    let factor = 1;
    const adjustedClose = fund.bars.close.slice();
    for (let i = adjustedClose.length - 1; i >= 0; i--) {
      adjustedClose[i] = (fund.bars.close[i] as number) * factor;
      const paid = fund.actions.find((a) => a.day === fund.bars.days[i]);
      const amount = paid === undefined || paid.kind === 'split' ? 0 : paid.amount * 1.8;
      if (amount > 0) factor *= 1 - amount / (fund.bars.close[i - 1] as number);
    }
    const given = [...fund.actions, ...gains].sort((a, b) => a.day - b.day);
    const repaired = repairBars({ ...fund.bars, adjustedClose }, given, noFacts);
    expect(new Set(repaired.repairs.map(({ code }) => code))).toEqual(
      new Set(['capital-gain-counted-twice']),
    );
    expect(repaired.actions).toEqual(fund.actions);
    near(repaired.bars.adjustedClose, fund.bars.adjustedClose);
  });

  it('of adjusted closes that cannot be is mended by building them anew', () => {
    const place = bars.days.indexOf(exDay(1));
    const given = bars.adjustedClose.map((value, i) => (i < place ? -30 * value : value));
    const repaired = repairBars({ ...bars, adjustedClose: given }, actions, noFacts);
    expect(repaired.repairs.map(({ code, day }) => [code, day])).toEqual([
      ['dividend-too-big', exDay(1)],
    ]);
    near(repaired.bars.adjustedClose, bars.adjustedClose);
  });

  it('of leaving a dividend out of the adjusted closes is mended before its ex-day', () => {
    const place = bars.days.indexOf(exDay(2));
    const share = (paid[2] as { amount: number }).amount / (bars.close[place - 1] as number);
    const adjustedClose = bars.adjustedClose.map((v, i) => (i < place ? v / (1 - share) : v));
    const repaired = repairBars({ ...bars, adjustedClose }, actions, noFacts);
    expect(repaired.repairs.map((r) => r.code)).toEqual(['dividend-missing-from-adjusted']);
    near(repaired.bars.adjustedClose, bars.adjustedClose);
  });

  it('of telling a dividend twice within days is mended where the price fell but once', () => {
    const first = paid[1] as PriceAction & { amount: number };
    const echo: PriceAction = { kind: 'dividend', day: first.day + 7, amount: first.amount };
    const place = bars.days.indexOf(echo.day);
    const share = first.amount / (bars.close[place - 1] as number);
    const adjustedClose = bars.adjustedClose.map((v, i) => (i < place ? v * (1 - share) : v));
    const repaired = repairBars({ ...bars, adjustedClose }, [...actions, echo], noFacts);
    expect(repaired.repairs.map(({ code, day }) => [code, day])).toEqual([
      ['phantom-dividend', echo.day],
    ]);
    expect(repaired.actions).toEqual(actions);
    near(repaired.bars.adjustedClose, bars.adjustedClose);
  });

  it('of telling a dividend twice is only noted where the price fell at neither', () => {
    const first = paid[1] as PriceAction & { amount: number };
    const echo: PriceAction = { kind: 'dividend', day: first.day - 7, amount: first.amount };
    const risen = [echo.day, first.day].reduce((given, day) => {
      const place = bars.days.indexOf(day);
      const step = (given.low[place] as number) / (given.close[place - 1] as number);
      return change(given, [place, 300], 1.005 / step);
    }, bars);
    const given = [...actions, echo].sort((a, b) => a.day - b.day);
    for (const adjustedClose of [risen.adjustedClose, risen.close.map(() => Number.NaN)]) {
      const repaired = repairBars({ ...risen, adjustedClose }, given, noFacts);
      expect(repaired.repairs).toEqual([]);
      expect(repaired.actions).toEqual(given);
      expect(repaired.notes.map(({ kind, day }) => [kind, day])).toContainEqual([
        'dividend-doubtful',
        echo.day,
      ]);
    }
  });

  it.each([
    ['until a day soon after a split', [0, 163], 100],
    ['for a while soon after a split', [165, 240], 0.01],
    ['for a while soon after a split, the other way', [165, 240], 100],
    ['until a day soon after a split, the other way', [0, 163], 0.01],
  ] as const)('of the unit, %s, that is only suspected leaves dividends alone', (_, range, by) => {
    const split: PriceAction = { kind: 'split', day: bars.days[150] as number, ratio: 7 };
    for (const dividend of [0.005, 0.02]) {
      const payer = walk({ ...calm, dividend });
      const given = [...payer.actions, split].sort((a, b) => a.day - b.day);
      const wrong = change(payer.bars, range, by);
      const unknown = wrong.close.map(() => Number.NaN);
      for (const adjustedClose of [wrong.adjustedClose, payer.bars.adjustedClose, unknown]) {
        const repaired = repairBars({ ...wrong, adjustedClose }, given, noFacts);
        expect(repaired.actions).toEqual(given);
      }
    }
  });

  it('of a corporate action that cannot be is noted, and the action dropped', () => {
    const on = (place: number): DayNumber => bars.days[place] as number;
    const impossible: PriceAction[] = [
      { kind: 'split', day: on(10), ratio: 0 },
      { kind: 'split', day: on(20), ratio: 1e308 },
      { kind: 'split', day: on(30), ratio: Number.NaN },
      { kind: 'dividend', day: on(50), amount: -5 },
      { kind: 'dividend', day: on(60), amount: 1e308 },
      { kind: 'capital-gain', day: on(70), amount: Number.POSITIVE_INFINITY },
    ];
    for (const prices of ['as-traded', 'split-adjusted'] as const) {
      const facts = { ...noFacts, prices };
      const gated = gateBars(bars, [...impossible, ...actions], facts);
      expect(gated.actions).toEqual(actions);
      expect(gated.repairs).toEqual([]);
      expect(gated.accepted).toEqual(bars);
      const noted = gated.notes.filter(({ kind }) => kind === 'impossible-action');
      expect(noted.map(({ day }) => day)).toEqual(impossible.map(({ day }) => day));
    }
  });

  it('of a dividend that neither prices nor adjusted closes know of is only noted', () => {
    const unknown: PriceAction = { kind: 'dividend', day: bars.days[90] as number, amount: 9 };
    const given = [...actions, unknown].sort((a, b) => a.day - b.day);
    const repaired = repairBars(bars, given, noFacts);
    expect(repaired.repairs).toEqual([]);
    expect(repaired.actions).toEqual(given);
    expect(repaired.notes.map(({ kind, day }) => [kind, day])).toEqual([
      ['dividend-doubtful', unknown.day],
    ]);
  });

  it('of a payer by the week is none: equal dividends at a usual distance stay', () => {
    const weekly = Array.from(
      { length: 20 },
      (_, i): PriceAction => ({ kind: 'dividend', day: start + 7 * (i + 2), amount: 0.1 }),
    );
    const unknown = bars.adjustedClose.map(() => Number.NaN);
    expect(codes({ bars: { ...bars, adjustedClose: unknown }, actions: weekly })).toEqual([]);
  });

  it('of swapping high and low is mended', () => {
    const high = bars.high.slice();
    const low = bars.low.slice();
    high[9] = bars.low[9] as number;
    low[9] = bars.high[9] as number;
    const repaired = repairBars({ ...bars, high, low }, actions, noFacts);
    expect(repaired.repairs.map((r) => r.code)).toEqual(['swapped-high-low']);
    near(repaired.bars.high, bars.high);
  });

  it('of a close of zero is mended from the adjusted close, and else quarantined', () => {
    const close = bars.close.map((v, i) => (i === 20 ? 0 : v));
    const repaired = repairBars({ ...bars, close }, actions, noFacts);
    expect(repaired.repairs.map((r) => r.code)).toEqual(['missing-row']);
    near(repaired.bars.close, bars.close);
    const adjustedClose = bars.adjustedClose.map((v, i) => (i === 20 ? 0 : v));
    const gone = repairBars({ ...bars, close, adjustedClose }, actions, noFacts);
    expect(gone.quarantined).toMatchObject([{ index: 20, code: 'not-a-price' }]);
  });
});

describe('the gate', () => {
  const { bars, actions } = walk(calm);

  it('puts rows in order first and keeps the place they were given in', () => {
    const days = bars.days.slice();
    days[30] = days[29] as number;
    days[60] = (days[24] as number) + 1;
    const { accepted, quarantined } = gateBars({ ...bars, days }, actions, noFacts);
    expect(accepted.days.length).toBe(298);
    expect(quarantined.map(({ index, code }) => `${index} ${code}`)).toEqual([
      '30 duplicate',
      '60 out-of-order',
    ]);
  });

  it('notes trading days without bars', () => {
    const tradingDays = weekdays(300);
    const keep = (_: number, i: number) => (i < 50 || i >= 60) && i !== 200;
    const cut = (column: Float64Array) => column.filter(keep);
    const holed = {
      days: bars.days.filter(keep),
      open: cut(bars.open),
      high: cut(bars.high),
      low: cut(bars.low),
      close: cut(bars.close),
      adjustedClose: cut(bars.adjustedClose),
      volume: cut(bars.volume),
    };
    const { notes } = gateBars(holed, actions, { ...noFacts, tradingDays });
    expect(notes.map(({ kind, day }) => `${kind} ${day - start}`)).toEqual(['gap 70', 'gap 280']);
  });

  it('mends more rows than fit into one call', () => {
    const count = 130_000;
    const column = (value: number) => new Float64Array(count).fill(value);
    const swapped: BarColumns = {
      days: Int32Array.from({ length: count }, (_, i) => i),
      open: column(10),
      high: column(9),
      low: column(11),
      close: column(10),
      adjustedClose: column(10),
      volume: column(1),
    };
    expect(gateBars(swapped, [], noFacts).repairs.length).toBe(count);
    expect(
      gateBars({ ...swapped, days: swapped.days.map((day) => -day) }, [], noFacts).quarantined,
    ).toHaveLength(count - 1);
  });

  it('refuses nothing and throws at nothing, whatever comes', () => {
    const value = fc.oneof(
      fc.constantFrom(Number.NaN, 0, -1, 1e308, -1e308, Number.POSITIVE_INFINITY, 1e-308),
      fc.double(),
      fc.double({ min: 0.5, max: 100, noNaN: true }),
    );
    const row = fc.tuple(fc.integer({ min: 18_990, max: 19_060 }), value, value, value, value);
    const action = fc.record({
      kind: fc.constantFrom('split', 'dividend', 'capital-gain'),
      day: fc.integer({ min: 18_980, max: 19_070 }),
      ratio: value,
      amount: value,
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.array(action), (rows, drawn) => {
        const column = (at: 1 | 2 | 3 | 4) => Float64Array.from(rows, (r) => r[at]);
        const hostile: BarColumns = {
          days: Int32Array.from(rows, ([day]) => day),
          open: column(1),
          high: column(2),
          low: column(3),
          close: column(4),
          adjustedClose: column(2),
          volume: column(1),
        };
        const given = drawn.map(
          ({ kind, day, ratio, amount }): PriceAction =>
            kind === 'split' ? { kind, day, ratio } : { kind: kind as 'dividend', day, amount },
        );
        for (const prices of ['as-traded', 'split-adjusted'] as const) {
          const { accepted, quarantined } = gateBars(hostile, given, { ...noFacts, prices });
          expect(accepted.days.length + quarantined.length).toBe(rows.length);
          expect(new Set(quarantined.map(({ index }) => index)).size).toBe(quarantined.length);
          for (const close of accepted.close) expect(close > 0 && close < Infinity).toBe(true);
          for (let i = 1; i < accepted.days.length; i++) {
            expect(accepted.days[i] as number).toBeGreaterThan(accepted.days[i - 1] as number);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

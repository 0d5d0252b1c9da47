import { invariant, type Random, readParameters, seededRandom, weekday } from '@plimsoll/kernel';
import type { BacktestInstrument, BacktestMarket } from '../../backtest/market.ts';
import { type BacktestSettings, backtestSettings } from '../../backtest/settings.ts';
import { dayMs } from '../schedule.ts';

interface MarketShape {
  readonly seed: number;
  readonly bars: number;
  /** Ids; of two or more the second goes with the first. */
  readonly names?: readonly string[];
  /** A bar in a dozen has no numbers. */
  readonly gaps?: boolean;
  /** Prices never move. */
  readonly still?: boolean;
  /** Each instrument closes at an hour of its own, has holidays of its own and begins when it likes. */
  readonly apart?: boolean;
  /** Smallest quantity. */
  readonly step?: number;
}

const firstDay = 18_263;
const hour = dayMs / 24;

/** Daily bars of walks from 2020 on, weekdays only. */
export function randomMarket({ names = ['A'], ...shape }: MarketShape): BacktestMarket {
  const instruments: BacktestInstrument[] = [];
  for (const [i, id] of names.entries()) {
    const leader = i === 1 ? instruments[0] : undefined;
    instruments.push(walk({ ...shape, seed: shape.seed * 64 + i, id, leader }));
  }
  return { base: 'USD', instruments, rates: [], notes: [] };
}

interface WalkShape extends Omit<MarketShape, 'names'> {
  readonly id: string;
  readonly leader: BacktestInstrument | undefined;
}

function walk(shape: WalkShape): BacktestInstrument {
  const random = seededRandom(shape.seed);
  const rows = daysOf(shape, random);
  const opening = shape.apart ? 1 + random.integer(14) : 14;
  const from = Float64Array.from(rows, (day) => day * dayMs);
  return {
    id: shape.id,
    currency: 'USD',
    multiplier: 1,
    step: shape.step ?? 0,
    sector: null,
    option: null,
    finer: null,
    events: [],
    bars: {
      from,
      opened: from.map((at) => at + opening * hour),
      known: from.map((at) => at + (opening + 7) * hour),
      session: from.map((at) => at / dayMs),
      edges: new Uint8Array(from.length).fill(3),
      ...pricesOf(shape, random, from.length),
    },
  };
}

function daysOf({ bars, apart }: WalkShape, random: Random): readonly number[] {
  const days: number[] = [];
  const late = apart ? random.integer(20) : 0;
  for (let day = firstDay; days.length < bars; day++) {
    if (weekday(day) < 5 && !(apart && random.next() < 0.05)) days.push(day);
  }
  return days.slice(late);
}

function pricesOf({ gaps, still, leader }: WalkShape, random: Random, n: number) {
  const column = () => new Float64Array(n);
  const prices = {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  const size = still ? 0 : 0.005 + 0.03 * random.next();
  let close = still ? 100 : 20 + 200 * random.next();
  let spread = 0;
  for (let i = 0; i < n; i++) {
    const open = close * Math.exp(0.3 * size * random.normal());
    spread = 0.8 * spread + 0.02 * random.normal();
    const led = (leader?.bars.close[i] ?? Number.NaN) * Math.exp(spread);
    close = still || Number.isNaN(led) ? open * Math.exp(size * random.normal()) : led;
    const value = gaps && random.next() < 1 / 12 ? Number.NaN : 1;
    prices.open[i] = open * value;
    prices.close[i] = close * value;
    prices.high[i] = Math.max(open, close) * (1 + 0.3 * size * random.next()) * value;
    prices.low[i] = Math.min(open, close) * (1 - 0.3 * size * random.next()) * value;
    prices.volume[i] = 1e6 * random.next();
  }
  return prices;
}

/** Closes that are given, opened where the bar before closed. */
export function marketOf(
  closes: Readonly<Record<string, readonly number[]>>,
  { step = 1, from = firstDay }: { readonly step?: number; readonly from?: number } = {},
): BacktestMarket {
  const made = Object.entries(closes).map(([id, values]) => {
    const [one] = randomMarket({ seed: 1, bars: values.length, names: [id], step }).instruments;
    invariant(one !== undefined, 'an instrument');
    const close = Float64Array.from(values);
    const open = close.map((value, i) => close[i - 1] ?? value);
    const shift = (from - firstDay) * dayMs;
    const { bars } = one;
    return {
      ...one,
      bars: {
        ...bars,
        from: bars.from.map((at) => at + shift),
        opened: bars.opened.map((at) => at + shift),
        known: bars.known.map((at) => at + shift),
        open,
        close,
        high: close.map((value, i) => Math.max(value, open[i] ?? value)),
        low: close.map((value, i) => Math.min(value, open[i] ?? value)),
      },
    };
  });
  return { base: 'USD', instruments: made, rates: [], notes: [] };
}

/** Settings with the defaults of what is not given. */
export function settingsOf(given: Readonly<Record<string, unknown>> = {}): BacktestSettings {
  const read = readParameters(backtestSettings, given);
  invariant(read.ok, read.ok ? '' : read.fault.detail);
  return read.value;
}

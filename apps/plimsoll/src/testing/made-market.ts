import {
  type BacktestBars,
  type BacktestMarket,
  type BacktestSettings,
  backtestSettings,
} from '@plimsoll/analytics/backtest';
import { readParameters, seededRandom } from '@plimsoll/kernel';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Daily bars of chance, the same for the same seed. */
function madeBars(count: number, seed = 1): BacktestBars {
  const random = seededRandom(seed);
  const close = new Float64Array(count);
  let price = 100;
  for (let i = 0; i < count; i++) {
    price *= Math.exp(0.01 * random.normal());
    close[i] = price;
  }
  const open = close.map((_, i) => (i === 0 ? 100 : (close[i - 1] as number)));
  const day = (hours: number) =>
    Float64Array.from({ length: count }, (_, i) => i * dayMs + hours * hourMs);
  return {
    from: day(0),
    opened: day(9),
    known: day(16),
    session: day(0).map((at) => at / dayMs),
    edges: new Uint8Array(count).fill(3),
    open,
    high: close.map((value, i) => Math.max(value, open[i] as number) * 1.005),
    low: close.map((value, i) => Math.min(value, open[i] as number) * 0.995),
    close,
    volume: new Float64Array(count).fill(1e6),
  };
}

/** A market of instruments A, B, C … with bars of chance. */
export const madeMarket = (count: number, instruments = 1, seed = 1): BacktestMarket => ({
  base: 'USD',
  rates: [],
  notes: [],
  instruments: Array.from({ length: instruments }, (_, i) => ({
    id: String.fromCharCode(65 + i),
    currency: 'USD',
    multiplier: 1,
    step: 1,
    sector: null,
    option: null,
    bars: madeBars(count, seed + i),
    finer: null,
    events: [],
  })),
});

/** Settings with what is left out as it is by default. */
export function settingsWith(given: Readonly<Record<string, unknown>> = {}): BacktestSettings {
  const read = readParameters(backtestSettings, given);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
}

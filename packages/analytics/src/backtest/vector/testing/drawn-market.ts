import { present, type Random, readParameters } from '@plimsoll/kernel';
import type { BacktestBars, BacktestInstrument, BacktestMarket } from '../../market.ts';
import { type BacktestSettings, backtestSettings } from '../../settings.ts';

const day = 86_400_000;

/** Daily bars of a random walk; every session is one bar. */
export function drawnBars(bars: number, random: Random, volatility = 0.02): BacktestBars {
  const column = () => new Float64Array(bars);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  let price = 20 + 100 * random.next();
  for (let i = 0; i < bars; i++) {
    open[i] = price * Math.exp(0.3 * volatility * random.normal());
    close[i] = (open[i] as number) * Math.exp(volatility * random.normal());
    price = close[i] as number;
    high[i] = Math.max(open[i] as number, price) * (1 + 0.3 * volatility * random.next());
    low[i] = Math.min(open[i] as number, price) * (1 - 0.3 * volatility * random.next());
    volume[i] = 1e6 * (1 + random.next());
  }
  return {
    ...{ open, high, low, close, volume },
    from: Float64Array.from({ length: bars }, (_, i) => i * day),
    opened: Float64Array.from({ length: bars }, (_, i) => i * day + 0.4 * day),
    known: Float64Array.from({ length: bars }, (_, i) => i * day + 0.7 * day),
    session: Float64Array.from({ length: bars }, (_, i) => i),
    edges: new Uint8Array(bars).fill(3),
  };
}

/** Some columns with NaN in a share of the bars. */
function punched(
  bars: BacktestBars,
  names: readonly ('open' | 'high' | 'low' | 'close')[],
  share: number,
  random: Random,
): BacktestBars {
  const columns = names.map((name) => [
    name,
    share === 0 ? bars[name] : bars[name].map((x) => (random.next() < share ? Number.NaN : x)),
  ]);
  return { ...bars, ...Object.fromEntries(columns) };
}

/** Bars some of which lack a price. */
export const withGaps = (bars: BacktestBars, share: number, random: Random): BacktestBars =>
  punched(bars, ['open', 'high', 'low', 'close'], share, random);

/** Bars of some of which the highest or the lowest price is not known. */
export const withoutRanges = (bars: BacktestBars, share: number, random: Random): BacktestBars =>
  punched(bars, ['high', 'low'], share, random);

export const drawnInstrument = (
  id: string,
  bars: BacktestBars,
  { step = 0, multiplier = 1 } = {},
): BacktestInstrument => ({
  ...{ id, multiplier, step, bars },
  currency: 'USD',
  sector: null,
  option: null,
  finer: null,
  events: [],
});

export const marketOf = (...instruments: readonly BacktestInstrument[]): BacktestMarket => ({
  base: 'USD',
  instruments,
  rates: [],
  notes: [],
});

/** Settings from what differs from the usual. */
export function settingsOf(given: Readonly<Record<string, unknown>>): BacktestSettings {
  const read = readParameters(backtestSettings, given);
  return present(read.ok ? read.value : undefined, `settings ${JSON.stringify(given)}`);
}

import { type Holding, unitValue } from './holding.ts';
import type { BacktestSettings } from './settings.ts';

/** Units that a signal asks for, before rounding; NaN where they cannot be known yet. */
export type UnitsOf = (held: Holding, signal: number, equity: number) => number;

export function sizingRule(sizing: BacktestSettings['sizing']): UnitsOf {
  switch (sizing.kind) {
    case 'units':
      return (_, signal) => signal * sizing.units;
    case 'weight':
      return (held, signal, equity) => (signal * sizing.weight * equity) / unitValue(held);
    case 'cash':
      return (held, signal) => (signal * sizing.amount) / unitValue(held);
    case 'risk':
      return (held, signal, equity) => {
        const distance = sizing.stops * averageTrueRange(held, sizing.length);
        const worth = held.instrument.multiplier * held.rate;
        return (signal * sizing.share * equity) / (distance * worth);
      };
    case 'volatility':
      return (held, signal, equity) => {
        const weight = Math.min(sizing.most, sizing.target / yearlyVolatility(held, sizing.length));
        return (signal * weight * equity) / unitValue(held);
      };
  }
}

/** A change of position rounded towards zero to the smallest quantity traded: never more than wanted. */
export const roundedChange = (change: number, step: number): number =>
  step === 0 ? change : Math.trunc(change / step + Math.sign(change) * 1e-9) * step;

/**
 * Mean true range of the newest bars, as traded: the mean over them of max(high, close before) −
 * min(low, close before). NaN until there are as many.
 */
function averageTrueRange({ signals, row, price }: Holding, length: number): number {
  const { high, low, close } = signals;
  let sum = 0;
  for (let i = row - length + 1; i <= row; i++) {
    const before = close[i - 1] ?? Number.NaN;
    sum += Math.max(high[i] as number, before) - Math.min(low[i] as number, before);
  }
  // What was carried forward over splits is put back into the prices of today.
  return (sum / length) * (price / (close[row] as number));
}

const yearMs = 365.25 * 86_400_000;

/**
 * Sample deviation of the newest returns from close to close × √(returns a year), which are counted
 * over the time that they took. NaN until there are as many.
 */
function yearlyVolatility({ signals, bars, row }: Holding, length: number): number {
  const { close } = signals;
  let [sum, squares] = [0, 0];
  for (let i = row - length + 1; i <= row; i++) {
    const change = (close[i] as number) / (close[i - 1] ?? Number.NaN) - 1;
    sum += change;
    squares += change * change;
  }
  const span = (bars.known[row] as number) - (bars.known[row - length] ?? Number.NaN);
  const variance = Math.max(0, (squares - (sum * sum) / length) / (length - 1));
  return Math.sqrt((variance * length * yearMs) / span);
}

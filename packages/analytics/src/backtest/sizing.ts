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
    default:
      return () => Number.NaN;
  }
}

/** A change of position rounded towards zero to the smallest quantity traded: never more than wanted. */
export const roundedChange = (change: number, step: number): number =>
  step === 0 ? change : Math.trunc(change / step + Math.sign(change) * 1e-9) * step;

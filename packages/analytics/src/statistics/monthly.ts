import { mean, standardDeviation } from '@plimsoll/quant/statistics';
import { gainsAndLosses } from './gains-and-losses.ts';
import type { ReturnSample } from './return-sample.ts';

/** Returns of the calendar months, the first and the last as far as they go, shape [months]. */
export function monthValues({ months }: ReturnSample): Float64Array {
  const values = new Float64Array(months.length);
  for (let i = 0; i < months.length; i++) values[i] = months[i].value;
  return values;
}

/** Σ m ÷ Σ max(0, −m) over calendar months m. NaN or infinite where none is negative. */
export function monthlyGainToPain(sample: ReturnSample): number {
  const { gained, lost } = gainsAndLosses(monthValues(sample));
  return (gained - lost) / lost;
}

/** √12 × mean ÷ sample deviation of calendar months less the risk-free rate of a month. */
export function monthlySharpe(sample: ReturnSample): number {
  const months = monthValues(sample);
  const free = (1 + sample.riskFreeYear) ** (1 / 12) - 1;
  const deviation = standardDeviation(months);
  return deviation > 1e-14 ? ((mean(months) - free) / deviation) * Math.sqrt(12) : Number.NaN;
}

import { mean } from '@plimsoll/quant/statistics';

/** The mean of several numbers, or the one number. NaN for none. */
export const meanOf = (x: number | Float64Array): number => (typeof x === 'number' ? x : mean(x));

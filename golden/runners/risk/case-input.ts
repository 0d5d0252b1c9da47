import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import type { Facts } from '../../case-facts.ts';
import { isRecord } from '../../golden-case.ts';
import { type Columns, select, simpleReturns } from '../../golden-data.ts';
import type { Surroundings } from '../../runner.ts';

/** `95` is 0.95, `975` is 0.975, `0.995` and `99.5` are 0.995. */
export function levelFrom(text: string): number {
  const value = Number(text);
  if (!text.includes('.')) return Number(`0.${text}`);
  return value > 1 ? value / 100 : value;
}

const rangeOf = (input: Facts): readonly [string, string] | undefined =>
  (input['price_range'] ?? input['range'] ?? input['window_dates']) as
    | readonly [string, string]
    | undefined;

const namesOf = (input: Facts): readonly string[] | undefined => {
  const { column, columns, names } = input;
  if (typeof column === 'string') return [column];
  const several = columns ?? names;
  return Array.isArray(several) ? several.map(String) : undefined;
};

/** The columns of prices that a case names, over its range. */
export function pricesOf(input: Facts, { data }: Surroundings): Columns {
  const names = namesOf(input);
  const range = rangeOf(input);
  return select(data.columns(String(input['file'])), {
    ...(names ? { names } : {}),
    ...(range ? { range } : {}),
  });
}

/** Returns of those prices: simple, unless the case says that they are logarithmic or that the file has returns. */
export function returnsOf(input: Facts, surroundings: Surroundings): Columns {
  const prices = pricesOf(input, surroundings);
  if (input['are'] === 'returns') return prices;
  const simple = simpleReturns(prices);
  return /\blog/i.test(String(input['returns'] ?? ''))
    ? { ...simple, values: simple.values.map(Math.log1p) }
    : simple;
}

export const asMatrix = ({ days, names, values }: Columns): Matrix =>
  matrix(days.length, names.length, values);

/** Weights as a list, by name, or equal where the case says nothing else. */
export function weightsOf(input: Facts, names: readonly string[]): Float64Array {
  const { weights } = input;
  if (Array.isArray(weights)) return Float64Array.from(weights, Number);
  if (isRecord(weights)) return Float64Array.from(names, (name) => Number(weights[name] ?? 0));
  return new Float64Array(names.length).fill(1 / names.length);
}

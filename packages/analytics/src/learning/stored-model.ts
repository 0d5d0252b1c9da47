import { type Fault, type Json, type Refused, refuse } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import type { ModelTask } from './define-model.ts';

/** An object of JSON, or undefined where it is none. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;

/** Finite numbers of a list of JSON, or undefined where something else is in it. */
export const numbersOf = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.every(Number.isFinite) ? value : undefined;

/** Numbers as JSON holds them; they must be finite. */
export const listed = (values: ArrayLike<number>): Json => Array.from(values);

/** What is stored is no model of this kind. */
export const notStored = (id: string): Refused<Fault> =>
  refuse({
    code: 'model.format',
    detail: `This is no ${id} as it is stored; it was changed, or comes from another version.`,
  });

export const taskOf = (value: unknown): ModelTask | undefined =>
  value === 'regression' || value === 'classification' ? value : undefined;

/** Throws where a matrix has other columns than a model learnt. */
export function requireColumns({ columns }: Matrix, features: number): void {
  if (columns !== features) {
    throw new RangeError(`The model learnt ${features} features; the rows have ${columns}.`);
  }
}

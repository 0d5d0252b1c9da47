import { type Decimal, formatDecimal } from '@plimsoll/kernel';
import type { DerivationView, TermView } from '../views.ts';

/** A term of a formula; what is left out is null. */
export const term = (
  label: string,
  sign: string,
  value: string | null,
  unit: string,
  more: Partial<Pick<TermView, 'day' | 'source' | 'note' | 'figure'>> = {},
): TermView => ({
  label,
  sign,
  value,
  unit,
  day: null,
  source: null,
  note: null,
  figure: null,
  ...more,
});

export const exactTerm = (
  label: string,
  sign: string,
  value: Decimal | null,
  unit: string,
  more: Partial<Pick<TermView, 'day' | 'source' | 'note' | 'figure'>> = {},
): TermView => term(label, sign, value === null ? null : formatDecimal(value), unit, more);

/** What each explanation says for itself; the rest is the same for all. */
export type Explanation = Omit<DerivationView, 'figure' | 'computedAt' | 'ledgerSeq' | 'leftOut'>;

import { type Decimal, parseDecimal } from '@plimsoll/kernel';
import { readNumber } from './read-number.ts';

/** The mark before the fraction. */
export type DecimalMark = '.' | ',';

const ambiguous = /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Reads a number that may be written either way: statements follow the language of the account,
 * and spreadsheets rewrite a part of the numbers. Only `1.234` and `1,234` can mean two things; for
 * them the file's own mark decides.
 */
export function readEither(text: string, mark: DecimalMark): Decimal | undefined {
  const trimmed = text.trim();
  const other = mark === ',' ? '.' : ',';
  const first = readNumber(trimmed, { decimal: mark });
  if (ambiguous.test(trimmed) || first.ok) return first.ok ? first.value : undefined;
  const second = readNumber(trimmed, { decimal: other });
  return second.ok ? second.value : undefined;
}

/** All that the text can mean, the file's own way first. */
export function readings(text: string, mark: DecimalMark): readonly Decimal[] {
  const trimmed = text.trim();
  const likely = readEither(trimmed, mark);
  const found = likely === undefined ? [] : [likely];
  if (!ambiguous.test(trimmed)) return found;
  for (const candidate of [trimmed.replace(/[.,]/, '.'), trimmed.replace(/[.,]/, '')]) {
    const read = parseDecimal(candidate);
    if (read.ok && !found.includes(read.value)) found.push(read.value);
  }
  return found;
}

const endsInCents = /[.,]\d{1,2}$/;

/** The mark that most amounts use. */
export function markOf(amounts: readonly string[]): DecimalMark {
  let commas = 0;
  let points = 0;
  for (const amount of amounts) {
    if (!endsInCents.test(amount.trim())) continue;
    if (amount.includes('.') && !/,\d{1,2}$/.test(amount.trim())) points++;
    else commas++;
  }
  return points > commas ? '.' : ',';
}

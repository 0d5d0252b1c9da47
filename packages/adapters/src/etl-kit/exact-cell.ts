import { formatDecimal, mulDiv, multiply, ok, type Result, refuse, whole } from '@plimsoll/kernel';
import { readNumber } from '../importer-kit/index.ts';
import type { DecimalSign } from '../market-data-kit/number-style.ts';

const magnitudes: Readonly<Record<string, number>> = {
  K: 1_000,
  M: 1_000_000,
  MN: 1_000_000,
  MIO: 1_000_000,
  B: 1_000_000_000,
  BN: 1_000_000_000,
  MRD: 1_000_000_000,
  T: 1_000_000_000_000,
};

const unknownWords = /^(?:|[-–—]+|n\/?a|#n\/a|nan|null|none)$/i;

/** The exact number of a cell as text, null where it says that it is unknown: `1.2B`, `12 %` (0.12), `(5)`. */
export function exactCell(cell: string, decimal: DecimalSign): Result<string | null> {
  const text = cell.trim();
  if (unknownWords.test(text)) return ok(null);
  const isPercent = text.endsWith('%');
  const short = /^(.*\d)\s*(K|M|MN|MIO|B|BN|MRD|T)\.?$/i.exec(text);
  const digits = isPercent ? text.slice(0, -1) : (short?.[1] ?? text);
  const read = readNumber(digits, { decimal });
  if (!read.ok) {
    return refuse({ code: 'etl.not-a-number', detail: `"${text.slice(0, 40)}" is not a number.` });
  }
  const factor = magnitudes[(short?.[2] ?? '').toUpperCase()] ?? 1;
  const value = isPercent ? mulDiv(read.value, 1n, 100n) : multiply(read.value, whole(factor));
  return ok(formatDecimal(value));
}

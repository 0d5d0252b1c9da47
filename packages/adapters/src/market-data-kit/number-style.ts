import { ok, type Result, refuse } from '@plimsoll/kernel';

/** How a file writes the numbers below one. */
export type DecimalSign = '.' | ',';

/** What a single cell says about it; `open` where it could be either. */
function evidence(cell: string): DecimalSign | 'open' | undefined {
  const comma = cell.lastIndexOf(',');
  const point = cell.lastIndexOf('.');
  if (comma < 0 && point < 0) return undefined;
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  const sign = comma >= 0 ? ',' : '.';
  const other = sign === ',' ? '.' : ',';
  if (cell.indexOf(sign) !== Math.max(comma, point)) return other;
  const couldGroup = /^\D*[1-9]\d{0,2}[.,]\d{3}(?!\d)/.test(cell);
  if (!couldGroup) return sign;
  return sign === '.' ? undefined : 'open';
}

/**
 * The decimal sign of a whole file. `1,234` alone may be a thousand or a little more than one, so a
 * file of such cells only is refused rather than guessed at; a lone point is the decimal point.
 */
export function decimalSign(cells: Iterable<string>): Result<DecimalSign> {
  const examples: Partial<Record<DecimalSign | 'open', string>> = {};
  for (const cell of cells) {
    const says = evidence(cell);
    if (says !== undefined) examples[says] ??= cell.trim().slice(0, 30);
  }
  const { '.': point, ',': comma, open } = examples;
  if (point !== undefined && comma !== undefined) {
    return refuse({
      code: 'prices.decimal-mixed',
      detail: `writes "${point}" with a decimal point and "${comma}" with a decimal comma.`,
    });
  }
  if (comma !== undefined) return ok(',');
  if (point !== undefined || open === undefined) return ok('.');
  return refuse({
    code: 'prices.decimal-unclear',
    detail: `writes "${open}", which may be thousands or decimals. Write prices with a decimal point.`,
  });
}

const unknownWords = /^(?:|-+|n\/?a|#n\/a|nan|null|none)$/i;
const adornment = /^[€$£¥]\s*|\s*[€$£¥]$/g;
const number = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d*)?(?:e[+-]?\d{1,3})?$/i;

/** What nearly every cell is, told at a glance. */
const plainNumber = /^\d+(?:\.\d+)?$/;

/** The number of a cell, NaN where the cell says that it is unknown; refused where it is no number. */
export function readCell(cell: string, sign: DecimalSign): Result<number> {
  if (sign === '.' && plainNumber.test(cell)) return ok(Number(cell));
  const trimmed = cell.trim().replace(adornment, '');
  if (unknownWords.test(trimmed)) return ok(Number.NaN);
  const pointed = sign === '.' ? trimmed : trimmed.replace(/[.,]/g, (c) => (c === '.' ? ',' : '.'));
  if (!number.test(pointed) || !/\d/.test(pointed)) {
    return refuse({
      code: 'prices.not-a-number',
      detail: `"${cell.slice(0, 40)}" is not a number.`,
    });
  }
  return ok(Number(pointed.replaceAll(',', '')));
}

const magnitudes: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };

/** A volume, which some sites shorten: `1.2M`. */
export function readVolume(cell: string, sign: DecimalSign): Result<number> {
  const short = /^(.*\d)\s*([KMB])$/i.exec(cell.trim());
  if (!short) return readCell(cell, sign);
  const value = readCell(short[1] ?? '', sign);
  return value.ok ? ok(value.value * (magnitudes[(short[2] ?? '').toUpperCase()] ?? 1)) : value;
}

import {
  type Decimal,
  ok,
  type Price,
  parseDecimal,
  parsePrice,
  type Result,
  refuse,
} from '@plimsoll/kernel';

/** How a file writes numbers. */
export interface NumberStyle {
  /** The mark before the fraction. `,` groups thousands with a point, space or apostrophe; `.` with a comma, space or apostrophe. */
  readonly decimal: '.' | ',';
}

const spaces = '[ \\u00A0\\u2007\\u2009\\u202F]';
const currencyMark = '(?:[A-Z]{0,3}[$€£¥₿]|[A-Z]{3,5}|zł|kr\\.?)';
const dressed = new RegExp(
  `^(?<minus>[-+])?${spaces}*(?:${currencyMark}${spaces}*)?(?<inner>[-+])?${spaces}*(?<digits>[\\d.,'’\\u00A0\\u2007\\u2009\\u202F ]*\\d[\\d.,'’]*|[.,]\\d+)(?:[eE](?<exponent>[-+]?\\d{1,3}))?${spaces}*${currencyMark}?${spaces}*(?<trailing>-)?$`,
  'u',
);

const groupMarks = { '.': ",'’ \u00A0\u2007\u2009\u202F", ',': ".'’ \u00A0\u2007\u2009\u202F" };

const notANumber = (text: string) =>
  refuse({ code: 'import.not-a-number', detail: `"${text.slice(0, 80)}" is not a number` });

/** The digits without grouping, with a point; undefined where the groups are not groups of three. */
function plainDigits(digits: string, style: NumberStyle): string | undefined {
  const parts = digits.split(style.decimal);
  const [integer = '', fraction] = parts;
  if (parts.length > 2 || (fraction !== undefined && !/^\d*$/.test(fraction))) return undefined;
  if (/^\d*$/.test(integer)) return fraction === undefined ? integer : `${integer}.${fraction}`;
  const groups = integer.split(new RegExp(`[${groupMarks[style.decimal]}]`, 'u'));
  const [first = '', ...rest] = groups;
  const grouped =
    /^[1-9]\d{0,2}$/.test(first) && rest.length > 0 && rest.every((group) => /^\d{3}$/.test(group));
  if (!grouped || new Set(integer.replace(/\d/g, '')).size > 1) return undefined;
  return fraction === undefined ? groups.join('') : `${groups.join('')}.${fraction}`;
}

/** The number as `parseDecimal` reads it: sign, digits, point; refused where it is none. */
function undress(text: string, style: NumberStyle): Result<string> {
  const trimmed = text.trim().replaceAll('\u2212', '-');
  if (trimmed.length > 100) return notANumber(text);
  const bracketed = /^\((.*)\)$/.exec(trimmed);
  const match = dressed.exec(bracketed?.[1] ?? trimmed)?.groups;
  const digits = match ? plainDigits((match['digits'] ?? '').trim(), style) : undefined;
  if (!match || digits === undefined) return notANumber(text);
  const signs = [match['minus'], match['inner'], match['trailing'], bracketed ? '-' : undefined];
  const stated = signs.filter((sign) => sign !== undefined);
  if (stated.length > 1) return notANumber(text);
  const exponent = match['exponent'] === undefined ? '' : `e${match['exponent']}`;
  return ok(`${stated[0] === '-' ? '-' : ''}${digits}${exponent}`);
}

/**
 * Reads an amount or quantity exactly: `$1,259.59`, `-1.234,50 €`, `(12.00)`, `5-`, `1 046,38`.
 * Refuses whatever is not wholly a number, and groups that are not of three digits.
 */
export function readNumber(text: string, style: NumberStyle): Result<Decimal> {
  const plain = undress(text, style);
  return plain.ok ? parseDecimal(plain.value) : plain;
}

/** Reads a price or rate exactly, to 24 fractional digits. */
export function readPrice(text: string, style: NumberStyle): Result<Price> {
  const plain = undress(text, style);
  return plain.ok ? parsePrice(plain.value) : plain;
}

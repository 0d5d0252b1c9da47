/** Kinds of numbers that securities go by. `wkn` has no check digit, so it is a shape only. */
export type IdentifierKind = 'isin' | 'figi' | 'cusip' | 'sedol' | 'wkn';

/** 0–9 for digits, 10–35 for A–Z; `*`, `@` and `#` of CUSIPs follow. */
function codeOf(character: string): number {
  const code = character.charCodeAt(0);
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 90) return code - 55;
  return 36 + '*@#'.indexOf(character);
}

/** The digits of a value of at most two digits, added up. */
const digitSum = (value: number): number => Math.floor(value / 10) + (value % 10);

/** The digit that brings a sum up to a multiple of ten. */
const toTen = (sum: number): number => (10 - (sum % 10)) % 10;

/** Sum with every second value doubled, counted from the first. */
const doubledSum = (text: string): number =>
  [...text].reduce((sum, character, at) => sum + digitSum(codeOf(character) * (1 + (at % 2))), 0);

/** Luhn over the digits that letters stand for (ISO 6166). */
function isinDigit(body: string): number {
  const digits = [...body].map((character) => String(codeOf(character))).join('');
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const isDoubled = (digits.length - at) % 2 === 1;
    sum += digitSum(Number(digits[at]) * (isDoubled ? 2 : 1));
  }
  return toTen(sum);
}

const sedolWeights = [1, 3, 1, 7, 3, 9];

const sedolDigit = (body: string): number =>
  toTen([...body].reduce((sum, sign, at) => sum + codeOf(sign) * (sedolWeights[at] ?? 0), 0));

interface Shape {
  readonly kind: IdentifierKind;
  readonly pattern: RegExp;
  readonly checkDigit?: (body: string) => number;
}

/** A FIGI looks like an ISIN; its third letter is always G, and no country is called BS, BM, GG, GB, GH, KY or VG in it. */
const shapes: readonly Shape[] = [
  {
    kind: 'figi',
    pattern: /^(?!BS|BM|GG|GB|GH|KY|VG)[B-DF-HJ-NP-TV-Z]{2}G[B-DF-HJ-NP-TV-Z\d]{8}\d$/,
    checkDigit: (body) => toTen(doubledSum(body)),
  },
  { kind: 'isin', pattern: /^[A-Z]{2}[A-Z\d]{9}\d$/, checkDigit: isinDigit },
  {
    kind: 'cusip',
    pattern: /^[A-Z\d]{3}[A-Z\d*@#]{5}\d$/,
    checkDigit: (body) => toTen(doubledSum(body)),
  },
  { kind: 'sedol', pattern: /^[B-DF-HJ-NP-TV-Z\d]{6}\d$/, checkDigit: sedolDigit },
  { kind: 'wkn', pattern: /^(?=.*\d)[A-HJ-NP-Z\d]{6}$/ },
];

/** What a text may be, by its shape and check digit, the strictest first; none where it is no number. */
export function identifierKinds(text: string): readonly IdentifierKind[] {
  return shapes.flatMap(({ kind, pattern, checkDigit }) => {
    if (!pattern.test(text)) return [];
    const isRight = !checkDigit || checkDigit(text.slice(0, -1)) === Number(text.at(-1));
    return isRight ? [kind] : [];
  });
}

/** The ISIN as it would be with the right check digit; undefined where the text is right, or is no ISIN. */
export function mistypedIsin(text: string): string | undefined {
  if (!/^[A-Z]{2}[A-Z\d]{9}\d$/.test(text) || identifierKinds(text).length > 0) return undefined;
  const body = text.slice(0, -1);
  return `${body}${isinDigit(body)}`;
}

/** The national number that an ISIN is made of: CUSIP of US and CA, SEDOL of GB and IE, WKN of DE. */
export function nationalCode(
  isin: string,
): { readonly kind: 'cusip' | 'sedol' | 'wkn'; readonly code: string } | undefined {
  const country = isin.slice(0, 2);
  if (country === 'US' || country === 'CA') return { kind: 'cusip', code: isin.slice(2, 11) };
  if (/^(?:GB|IE)00/.test(isin)) return { kind: 'sedol', code: isin.slice(4, 11) };
  if (/^DE000/.test(isin)) return { kind: 'wkn', code: isin.slice(5, 11) };
  return undefined;
}

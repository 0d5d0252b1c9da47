/**
 * Reads a number as people type it: `1,234.56`, `1.234,56`, `1 234,56`, `−5`. Where one separator
 * could be either, the writer's own locale decides. Gives exact decimal text, or null.
 */
export function readNumber(text: string, locale: string): string | null {
  const plain = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^[−–]/, '-');
  if (!/^[+-]?[\d.,]+$/.test(plain)) return null;
  const decimal = decimalMark(plain, locale);
  const [whole = '', fraction = '', ...more] = decimal ? plain.split(decimal) : [plain];
  if (more.length > 0 || /[.,]/.test(fraction)) return null;
  // Groups of three, or of two and three as in India; `4,5,1` is a slip of the finger, not 451.
  if (/[.,]/.test(whole) && !/^[+-]?\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(whole)) return null;
  const digits = whole.replace(/[.,]/g, '').replace(/^\+/, '');
  const result = `${digits.replace(/^(-?)$/, '$10')}${fraction === '' ? '' : `.${fraction}`}`;
  return /^-?\d{1,40}(?:\.\d{1,24})?$/.test(result) ? result : null;
}

function decimalMark(plain: string, locale: string): '.' | ',' | null {
  const comma = plain.lastIndexOf(',');
  const point = plain.lastIndexOf('.');
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  const only = comma >= 0 ? ',' : point >= 0 ? '.' : null;
  if (only === null) return null;
  const groups = plain.split(only);
  if (groups.length > 2) return null;
  const grouped =
    groups[1]?.length === 3 && /^[+-]?\d{1,3}$/.test(groups[0] ?? '') && groups[0] !== '0';
  const own = new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal');
  return grouped && own?.value !== only ? null : only;
}

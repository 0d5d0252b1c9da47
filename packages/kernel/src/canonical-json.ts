/** What canonical JSON can hold. Numbers are finite; exact values travel as text. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * One text for one value: keys sorted by UTF-16 code units, no white space, absent members left
 * out. Source: RFC 8785, JSON Canonicalization Scheme.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return scalar(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const record = value as { readonly [key: string]: Json | undefined };
  let members = '';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${scalar(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Printable ASCII without quote and backslash: stands in JSON as it is. */
const unescaped = /^[ !#-[\]-~]*$/;

function scalar(value: string | number | boolean | null): string {
  if (typeof value === 'string' && unescaped.test(value)) return `"${value}"`;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${value} has no JSON form`);
  }
  return JSON.stringify(value);
}

import type { TrustLine } from './trust-line.ts';

const marks = { pass: '✓', warn: '!', fail: '✗', unknown: '?' } as const;

/** A line of trust as plain text: `✓ Luck after 312 tries, 91 %: Chance that …`. */
export function trustSentence(
  { verdict, title, value, unit, text }: TrustLine,
  base: string,
): string {
  const figure = value === null ? '' : `, ${figureText(value, unit, base)}`;
  return `${marks[verdict]} ${title}${figure}: ${text}`;
}

function figureText(value: number, unit: TrustLine['unit'], base: string): string {
  switch (unit) {
    case 'fraction':
      return `${(100 * value).toFixed(1)} %`;
    case 'money':
      return `${base} ${value.toPrecision(3)}`;
    case 'count':
      return String(value);
    default:
      return value.toFixed(2);
  }
}

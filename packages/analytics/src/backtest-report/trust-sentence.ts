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
      return `${base} ${compact(value)}`;
    case 'count':
      return String(value);
    default:
      return value.toFixed(2);
  }
}

const sizes = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** `33.8 M`: three digits, as money is told where cents do not matter. */
function compact(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const [size, letter] = sizes.find(([least]) => Math.abs(rounded) >= least) ?? [1, ''];
  return `${Number((rounded / size).toPrecision(3))} ${letter}`.trim();
}

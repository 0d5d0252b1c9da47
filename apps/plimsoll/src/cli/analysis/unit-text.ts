import type { Report } from '@plimsoll/contracts';

type Unit = Report['figures'][number]['unit'];

/** Enough digits to tell two figures apart: `0.1234`, `12.35`, `1.2e-7`. */
function significant(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) return value.toExponential(3);
  return value.toFixed(size >= 1000 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.01 ? 4 : 6);
}

/** A number as its unit is read: 0.123 as a fraction is `12.30 %`; none is a dash. */
export function unitText(value: number | null, unit: Unit): string {
  if (value === null) return '–';
  switch (unit) {
    case 'fraction':
      return `${percentDigits(value)} %`;
    case 'money':
      return value.toFixed(2);
    case 'count':
    case 'days':
    case 'periods':
      return Number.isInteger(value) ? String(value) : value.toFixed(1);
    default:
      return significant(value);
  }
}

function percentDigits(value: number): string {
  const percent = value * 100;
  const size = Math.abs(percent);
  if (size === 0 || size >= 0.01) return percent.toFixed(2);
  return size < 1e-6 ? percent.toExponential(1) : percent.toFixed(5);
}

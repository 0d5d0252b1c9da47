import type { ReportTable, Unit } from '@plimsoll/analytics/analysis';

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
      // Prices of options and bonds are small and wanted to more than a cent.
      return value.toFixed(Math.abs(value) >= 100 || value === 0 ? 2 : 4);
    case 'count':
    case 'days':
    case 'periods':
      return Number.isInteger(value) ? String(value) : value.toFixed(1);
    default:
      return significant(value);
  }
}

function percentDigits(value: number): string {
  // What is left of a difference of equal numbers is nothing.
  const percent = Math.abs(value) < 1e-12 ? 0 : value * 100;
  const size = Math.abs(percent);
  if (size === 0 || size >= 0.01) return percent.toFixed(2);
  return size < 1e-6 ? percent.toExponential(1) : percent.toFixed(5);
}

/** The figures under their headings, in the order in which they come. */
export function sectionsOf<F extends { readonly section?: string | undefined }>(
  figures: readonly F[],
): ReadonlyMap<string, readonly F[]> {
  const sections = new Map<string, F[]>();
  for (const figure of figures) {
    const name = figure.section ?? 'Figure';
    const known = sections.get(name);
    if (known) known.push(figure);
    else sections.set(name, [figure]);
  }
  return sections;
}

/** For each column how its numbers are written: with the same digits, so that they can be compared. */
export function columnTexts(
  columns: ReportTable['columns'],
  rows: ReportTable['rows'],
): ((value: number | null) => string)[] {
  return columns.map(({ unit = 'number' }, at) => {
    if (unit === 'money') return (value) => (value === null ? '–' : value.toFixed(2));
    if (unit !== 'number' && unit !== 'ratio') return (value) => unitText(value, unit);
    const sizes = rows.flatMap((row) => {
      const cell = row[at];
      return typeof cell === 'number' && cell !== 0 ? [Math.abs(cell)] : [];
    });
    const largest = Math.max(0, ...sizes);
    if (rows.every((row) => typeof row[at] !== 'number' || Number.isInteger(row[at]))) {
      return (value) => (value === null ? '–' : String(value));
    }
    if (largest === 0 || largest >= 1e9 || largest < 1e-6) return (value) => unitText(value, unit);
    // Four significant digits of the largest; of units held and the like, which are large beside
    // small ones, as many as the smallest need.
    const smallest = Math.min(...sizes);
    const from = largest >= 100 ? Math.max(smallest, 1e-3) : largest;
    const digits = Math.max(1, Math.min(10, 3 - Math.floor(Math.log10(from))));
    return (value) => (value === null ? '–' : value.toFixed(digits));
  });
}

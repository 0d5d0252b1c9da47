import type { Report } from '@plimsoll/contracts';
import type { Output } from '../output.ts';
import { type Column, plain, table } from '../table.ts';
import { columnTexts, sectionsOf, unitText } from './unit-text.ts';

/** Longer tables go on in the JSON and HTML forms. */
const mostRows = 60;

/** A report as lines of text: figures, tables, and what to know of them. Charts need the HTML form. */
export function printReport(output: Output, report: Report): void {
  const { title, sample, figures, tables, conventions, notes } = report;
  output.print(plain(title));
  if (sample) output.print(sampleLine(sample));
  for (const [section, group] of sectionsOf(figures)) {
    const rows = group.map(({ title: name, value, unit, why = '', note = '' }) => [
      plain(name),
      unitText(value, unit),
      plain(value === null ? why : note),
    ]);
    const heads = [{ title: plain(section) }, { title: 'Value', right: true }, { title: '' }];
    output.print(`\n${table(heads, rows)}`);
  }
  for (const { title: name, columns, rows } of tables) {
    const shown: Column[] = columns.map(({ title: heading }, at) => ({
      title: plain(heading),
      right: rows.some((row) => typeof row[at] === 'number'),
    }));
    const texts = columnTexts(columns, rows);
    const cells = rows
      .slice(0, mostRows)
      .map((row) =>
        row.map((cell, at) => (typeof cell === 'string' ? plain(cell) : (texts[at]?.(cell) ?? ''))),
      );
    output.print(`\n${plain(name)}\n${table(shown, cells)}`);
    if (rows.length > mostRows)
      output.print(`… and ${rows.length - mostRows} more rows (--json has all)`);
  }
  if (conventions.length > 0) output.print(`\n${conventions.map(plain).join('\n')}`);
  for (const note of notes) output.print(`Note: ${plain(note)}`);
}

function sampleLine({ from, to, n, missing }: NonNullable<Report['sample']>): string {
  const period = from !== null && to !== null ? `${from} to ${to}, ` : '';
  const gaps = missing > 0 ? `, ${missing} left out` : '';
  return `${period}${n} observations${gaps}`;
}

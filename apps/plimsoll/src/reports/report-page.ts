import type { Report } from '@plimsoll/contracts';
import { columnTexts, sectionsOf, unitText } from '../cli/analysis/unit-text.ts';
import { drawChart } from './draw-chart.ts';
import { escaped } from './html.ts';
import { pageStyle } from './page-style.ts';

type Figure = Report['figures'][number];
type Table = Report['tables'][number];

/** A report as one page that needs nothing else: no script, no font, no network. Light, dark and print. */
export function reportPage(report: Report): string {
  const { title, sample, conventions, figures, tables, charts, notes } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header><h1>${escaped(title)}</h1>${sample ? `<p class="sample">${escaped(sampleText(sample))}</p>` : ''}</header>
${noteList(notes)}
${charts.length > 0 ? `<section class="charts" aria-label="Charts">${charts.map(drawChart).join('\n')}</section>` : ''}
${[...sectionsOf(figures)].map(figureSection).join('\n')}
${tables.map(tableSection).join('\n')}
${conventions.length > 0 ? `<section aria-labelledby="method"><h2 id="method">Method</h2><ul>${conventions.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></section>` : ''}
<footer>Made by Plimsoll. Open a figure to see how it was computed.</footer>
</main>
</body>
</html>
`;
}

const noteList = (notes: readonly string[]): string =>
  notes.length === 0
    ? ''
    : `<aside aria-label="Notes"><ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul></aside>`;

function sampleText({ from, to, n, missing }: NonNullable<Report['sample']>): string {
  const period = from !== null && to !== null ? `${from} to ${to} · ` : '';
  return `${period}${n} observations${missing > 0 ? ` · ${missing} left out` : ''}`;
}

function figureSection([section, group]: readonly [string, readonly Figure[]], at: number): string {
  const heading = section === 'Figure' ? 'Figures' : section;
  return `<section aria-labelledby="figures-${at}"><h2 id="figures-${at}">${escaped(heading)}</h2><div class="figures">${group.map(figureRow).join('\n')}</div></section>`;
}

/** A figure that opens to its formula, source, and remarks. */
function figureRow({ title, value, unit, why, formula, source, note }: Figure): string {
  const number = `<span class="value${value === null ? ' none' : value < 0 ? ' negative' : ''}">${escaped(unitText(value, unit))}</span>`;
  const lines = [
    value === null && why ? `<p>${escaped(why)}</p>` : '',
    formula ? `<p><code>${escaped(formula)}</code></p>` : '',
    note ? `<p class="remark">${escaped(note)}</p>` : '',
    source ? `<p class="source">${escaped(source)}</p>` : '',
  ].join('');
  const mark = note ? '<span class="mark" title="There is a remark">*</span>' : '';
  const label = `<span>${escaped(title)}${mark}</span>${number}`;
  return lines === ''
    ? `<div class="figure">${label}</div>`
    : `<details class="figure"><summary>${label}</summary>${lines}</details>`;
}

/** Longer tables scroll in a frame of their own. */
const longTable = 60;

function tableSection({ id, title, columns, rows }: Table): string {
  const isNumeric = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  const head = columns.map(
    ({ title: heading }, at) =>
      `<th scope="col"${isNumeric[at] ? ' class="number"' : ''}>${escaped(heading)}</th>`,
  );
  const texts = columnTexts(columns, rows);
  const body = rows.map((row) => {
    const cells = row.map((cell, at) => {
      if (typeof cell === 'string') return `<td>${escaped(cell)}</td>`;
      const text = escaped(texts[at]?.(cell ?? null) ?? '');
      return `<td class="number${cell !== null && cell < 0 ? ' negative' : ''}">${text}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const heading = `table-${escaped(id)}`;
  return `<section aria-labelledby="${heading}"><h2 id="${heading}">${escaped(title)}</h2>
<div class="scroll${rows.length > longTable ? ' long' : ''}" tabindex="0" role="region" aria-labelledby="${heading}"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div></section>`;
}

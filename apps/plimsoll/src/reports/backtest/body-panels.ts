import type { BacktestReport } from '@plimsoll/analytics/backtest-report';
import { columnTexts } from '../../cli/analysis/unit-text.ts';
import { escaped } from '../html.ts';
import { percent } from './amounts.ts';

type Table = BacktestReport['tables'][number];
type Cell = Table['rows'][number][number];

export const tableOf = (report: BacktestReport, id: string): Table | undefined =>
  report.tables.find((one) => one.id === id);

/** How strong the colour of a return is: three steps of its share of the largest usual one. */
function shade(value: number, most: number): string {
  const strength = Math.min(3, Math.ceil((3 * Math.abs(value)) / most - 0.25));
  if (strength <= 0) return 'm0';
  return `${value < 0 ? 'l' : 'g'}${strength}`;
}

/** Per cent to a tenth, without a sign on what rounds to nothing. */
const tenths = (share: number): string =>
  (Math.round(1000 * share) / 10 + 0).toFixed(1).replace('-', '−');

/** Years down, months across, the newest first. */
export function monthTable(report: BacktestReport): string {
  const table = tableOf(report, 'months');
  if (!table || table.rows.length === 0) return '';
  const months = table.rows.flatMap((row) =>
    row.slice(1, 13).filter((cell) => typeof cell === 'number'),
  );
  const sizes = months.map(Math.abs).sort((a, b) => a - b);
  const most = sizes[Math.floor(sizes.length * 0.9)] || 0.01;
  const head = table.columns.map(({ title }) => `<th scope="col">${escaped(title)}</th>`);
  const rows = table.rows.toReversed().map(([year, ...cells]) => {
    const total = cells.at(-1);
    const body = cells
      .slice(0, 12)
      .map((cell) =>
        typeof cell === 'number'
          ? `<td class="${shade(cell, most)}">${tenths(cell)}</td>`
          : '<td></td>',
      );
    const sum = typeof total === 'number' ? percent(total) : '–';
    return `<tr><th scope="row">${escaped(String(year))}</th>${body.join('')}<td class="year${typeof total === 'number' && total < 0 ? ' negative' : ''}">${sum}</td></tr>`;
  });
  return `<section aria-labelledby="months"><h2 id="months">Monthly returns, %</h2><div tabindex="0" role="group" aria-labelledby="months" style="overflow-x:auto"><table class="months"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
}

/** A table in the plain look of the head, without a frame. */
export function plainTable(table: Table, about = ''): string {
  const texts = columnTexts(table.columns, table.rows);
  const isNumeric = table.columns.map((_, at) =>
    table.rows.some((row) => typeof row[at] === 'number'),
  );
  const cellText = (cell: Cell, at: number): string =>
    typeof cell === 'string' ? cell : (texts[at]?.(cell) ?? '').replace(/^-/, '−');
  const rows = table.rows.map(
    (row) =>
      `<tr>${row.map((cell, at) => `<td class="${isNumeric[at] ? 'number' : ''}${typeof cell === 'number' && cell < 0 ? ' negative' : ''}">${escaped(cellText(cell, at))}</td>`).join('')}</tr>`,
  );
  const head = table.columns.map(
    ({ title }, at) =>
      `<th scope="col"${isNumeric[at] ? ' class="number"' : ''}>${escaped(title)}</th>`,
  );
  const empty = table.rows.length === 0 ? '<p class="about">None.</p>' : '';
  return `<section aria-labelledby="t-${table.id}"><h2 id="t-${table.id}">${escaped(table.title)}</h2><div tabindex="0" role="group" aria-labelledby="t-${table.id}" style="overflow-x:auto"><table class="plain"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${empty}${about === '' ? '' : `<p class="about">${escaped(about)}</p>`}</section>`;
}

/** The figure of the settings around that of the run, whose own cell is outlined. */
export function heatTable({ neighbourhood }: BacktestReport): string {
  if (!neighbourhood) return '';
  const { figure, across, down, cells, chosen } = neighbourhood;
  const known = cells.flat().filter((cell) => cell !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = (value: number): number =>
    high > low ? Math.min(4, Math.floor((5 * (value - low)) / (high - low))) : 2;
  const rows = cells.map((row, i) => {
    const body = row.map((cell, j) => {
      if (cell === null) return '<td>–</td>';
      const isOwn = chosen !== null && chosen[0] === i && chosen[1] === j;
      return `<td class="s${step(cell)}${isOwn ? ' chosen' : ''}"${isOwn ? ' aria-label="this run"' : ''}>${cell.toFixed(2)}</td>`;
    });
    return `<tr><th scope="row">${escaped(String(down.values[i]))}</th>${body.join('')}</tr>`;
  });
  const head = across.values.map((value) => `<th scope="col">${escaped(String(value))}</th>`);
  return `<section aria-labelledby="around"><h2 id="around">${escaped(figure)} around the chosen setting</h2><div style="overflow-x:auto" tabindex="0" role="group" aria-labelledby="around"><table class="heat"><thead><tr><th scope="col">${escaped(down.title)} ↓ ${escaped(across.title)} →</th>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div><p class="about">The outlined cell is this run. A plateau around it is a good sign, a lone peak a bad one.</p></section>`;
}

/** What was paid a year, the largest first. */
export function costPanel(report: BacktestReport): string {
  const table = tableOf(report, 'costs');
  if (!table) return '';
  const paid = table.rows.filter(([name, money]) => name !== 'All costs' && Number(money) > 0);
  const largest = Math.max(...paid.map((row) => Number(row[2] ?? 0)), 1e-12);
  const share = (cell: Cell | undefined): string =>
    typeof cell === 'number' ? (100 * cell).toFixed(2) : '–';
  const bars = paid.map(
    ([name, , part]) =>
      `<div class="cost"><span>${escaped(String(name))}</span><div class="bar" style="width:${Math.max(1, (100 * Number(part ?? 0)) / largest).toFixed(1)}%"></div><span>${share(part)}</span></div>`,
  );
  const all = table.rows.find(([name]) => name === 'All costs');
  const earned = table.rows.filter(([, money]) => Number(money) < 0);
  const received = earned.map(
    ([name, money]) => `${name}: ${Math.abs(Number(money)).toFixed(2)} ${report.base} received`,
  );
  return `<section aria-labelledby="costs"><h2 id="costs">Costs took ${share(all?.[2])} points a year</h2>${bars.join('')}<div class="cost all"><span>All costs</span><span></span><span>${share(all?.[2])}</span></div>${received.length > 0 ? `<p class="about">${escaped(received.join(' · '))}</p>` : ''}</section>`;
}

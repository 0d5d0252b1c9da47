import { createHash } from 'node:crypto';
import type { BacktestReport } from '@plimsoll/analytics/backtest-report';
import { paramsText } from '@plimsoll/analytics/runs';
import { drawChart } from '../draw-chart.ts';
import { escaped } from '../html.ts';
import { pageStyle } from '../page-style.ts';
import { backtestStyle } from './backtest-style.ts';
import { costPanel, heatTable, monthTable, plainTable, tableOf } from './body-panels.ts';
import { growthPanel, growthScript } from './growth-panel.ts';
import { measureTable, trustCard } from './head-panels.ts';

/** What is known of the run beside its report. */
export interface RunFacts {
  /** Name and value: `Fills`, `next open`. */
  readonly facts: readonly (readonly [string, string])[];
  /** How to run it again. */
  readonly command: string | null;
}

const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(growthScript).digest('base64')}'`;

/** Charts below the fold, in this order. */
const below = ['exposure', 'rolling-sharpe', 'rolling-volatility', 'costs-so-far', 'excursions'];

/** A run as one page that needs nothing else: no network, no font; light, dark and print. */
export function backtestPage(report: BacktestReport, run: RunFacts): string {
  const { title, sample, notes, conventions, strategy, params } = report;
  const facts: readonly (readonly [string, string])[] = [
    ['Period', `${sample.from ?? '–'} to ${sample.to ?? '–'}`],
    ['Strategy', [strategy.title, paramsText(params)].filter((text) => text !== '').join(', ')],
    ...report.facts,
    ...run.facts,
  ];
  const charts = below.flatMap((id) =>
    report.charts.filter((one) => one.id === id && hasValues(one)),
  );
  const table = (id: string, about = ''): string => {
    const found = tableOf(report, id);
    return found ? plainTable(found, about) : '';
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${pageStyle}${backtestStyle}</style>
</head>
<body>
<main>
<header><h1>${escaped(title)}</h1><p class="facts">${facts.map(([name, value]) => `<span>${escaped(name)} <b>${escaped(value)}</b></span>`).join('')}</p></header>
<section class="lead" aria-label="Result"><div><p class="headline">${escaped(report.headline)}</p>${measureTable(report)}</div>${trustCard(report)}</section>
${growthPanel(report)}
${monthTable(report)}
<div class="pair">${table('falls')}${heatTable(report) || table('trade-figures')}</div>
<div class="pair">${costPanel(report)}${again(report, run)}</div>
<section class="charts" aria-label="Charts">${charts.map(drawChart).join('\n')}</section>
${heatTable(report) === '' ? '' : table('trade-figures')}
${table('trades')}
<div class="pair">${table('orders')}${table('years')}</div>
${table('sharpe-by-tool', 'One and the same curve: tools differ in the days a year, the first day, the deviation and what they call a period.')}
${matched(report)}
${report.assumptions.length === 0 ? '' : `<section aria-labelledby="assumptions"><h2 id="assumptions">What a bar was taken to mean</h2><ol class="assumptions">${report.assumptions.map(({ number, title: name, text }) => `<li value="${number}"><b>${escaped(name)}.</b> ${worded(text)}</li>`).join('')}</ol></section>`}
<section aria-labelledby="method"><h2 id="method">Method</h2><ul>${[...conventions, ...notes].map((line) => `<li>${worded(line)}</li>`).join('')}</ul></section>
<footer>Made by Plimsoll. A backtest shows what rules would have done, not what they will do. Open a measure to see how it was computed.</footer>
</main>
<script>${growthScript}</script>
</body>
</html>
`;
}

const hasValues = ({ lines }: BacktestReport['charts'][number]): boolean =>
  lines.some(({ values }) => values.some((value) => value !== null));

/** Words without the marks of code, which a page does not need. */
const worded = (text: string): string => escaped(text.replaceAll('`', ''));

function again({ facts: settings }: BacktestReport, { facts, command }: RunFacts): string {
  if (command === null) return '';
  const rows = [...settings, ...facts].map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`,
  );
  return `<section aria-labelledby="again"><h2 id="again">Run it again, exactly</h2><dl class="facts-list">${rows.join('')}</dl><pre tabindex="0" aria-label="Command">${escaped(command)}</pre></section>`;
}

function matched({ matched: found }: BacktestReport): string {
  if (!found) return '';
  const rows = found.figures.map(
    ({ title, value, unit, formula = '', why = '' }) =>
      [title, value, value === null ? why : formula, unit] as const,
  );
  return plainTable({
    id: 'matched',
    title: `By the conventions of ${found.tool}`,
    columns: [
      { id: 'figure', title: 'Figure' },
      { id: 'value', title: 'Value', unit: 'number' },
      { id: 'formula', title: 'Formula' },
    ],
    rows: rows.map(([title, value, formula]) => [title, value, formula]),
  });
}

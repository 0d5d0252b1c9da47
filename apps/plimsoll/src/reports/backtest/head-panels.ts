import type { BacktestReport, Measure, TrustLine } from '@plimsoll/analytics/backtest-report';
import { unitText } from '../../cli/analysis/unit-text.ts';
import { escaped } from '../html.ts';
import { compactMoney, percent, points, signed } from './amounts.ts';

/** A figure as the head of the page writes it. */
function figureText(value: number | null, unit: Measure['unit'], base: string): string {
  if (value === null) return '–';
  if (unit === 'fraction') return percent(value);
  if (unit === 'ratio') return value.toFixed(2);
  if (unit === 'money') return compactMoney(value, base);
  return `${unitText(Math.round(value), unit)}${unit === 'periods' ? ' days' : ''}`;
}

function differenceText({ difference, unit }: Measure): string {
  if (difference.value === null) return '–';
  if (unit === 'fraction') return points(difference.value);
  return signed(difference.value, unit === 'ratio' ? 2 : 0);
}

/** Whether a difference is for the strategy; neither where that cannot be said. */
function side({ difference, better }: Measure): string {
  if (difference.value === null || better === 'neither') return '';
  return difference.value > 0 === (better === 'higher') ? ' gain' : ' negative';
}

/** The figures of the strategy beside those of the benchmark; each opens to its formula. */
export function measureTable(report: BacktestReport): string {
  const { measures, benchmarkName, base } = report;
  const rows = measures.map((measure) => {
    const { title, unit, strategy, benchmark, range, formula, source, note } = measure;
    const about = [formula, note, strategy.why, source].filter((text) => text !== undefined);
    const beside = benchmarkName
      ? `<td class="number">${figureText(benchmark.value, unit, base)}</td><td class="number${side(measure)}">${differenceText(measure)}</td>`
      : '';
    const likely = range
      ? `${figureText(range.low, unit, base)} to ${figureText(range.high, unit, base)}`
      : '–';
    return `<tr><th scope="row"><details><summary>${escaped(title)}</summary>${about.map((text) => `<p>${escaped(text)}</p>`).join('')}</details></th><td class="number own">${figureText(strategy.value, unit, base)}</td>${beside}<td class="number hide-narrow">${likely}</td></tr>`;
  });
  const extra: readonly (readonly [string, string, string])[] = [
    [
      'Turnover a year',
      figureText(report.activity.turnover.value, 'fraction', base),
      'Σ |value traded| ÷ 2 ÷ mean equity ÷ years',
    ],
    [
      'Time invested',
      figureText(report.activity.timeInMarket.value, 'fraction', base),
      'share of moments with a position',
    ],
  ];
  const plain = extra.map(
    ([title, text, formula]) =>
      `<tr><th scope="row"><details><summary>${title}</summary><p>${escaped(formula)}</p></details></th><td class="number own">${text}</td>${benchmarkName ? '<td></td><td></td>' : ''}<td class="hide-narrow"></td></tr>`,
  );
  const heads = benchmarkName
    ? `<th scope="col" class="number">${escaped(benchmarkName)}</th><th scope="col" class="number">Difference</th>`
    : '';
  return `<table class="plain"><thead><tr><th scope="col">Measure</th><th scope="col" class="number">Strategy</th>${heads}<th scope="col" class="number hide-narrow">Likely range, 90 %</th></tr></thead><tbody>${[...rows, ...plain].join('')}</tbody></table>`;
}

const marks: Readonly<Record<TrustLine['verdict'], readonly [string, string]>> = {
  pass: ['✓', 'passed'],
  warn: ['!', 'take care'],
  fail: ['✗', 'failed'],
  unknown: ['?', 'not known'],
};

/** How far to trust the run: a word, and each question with its answer. */
export function trustCard({ trust, base }: BacktestReport): string {
  const dots = Array.from(
    { length: 5 },
    (_, i) => `<i${trust.level !== null && i < trust.level ? ' class="on"' : ''}></i>`,
  ).join('');
  const lines = trust.lines.map(({ verdict, title, value, unit, text, formula }) => {
    const [mark, word] = marks[verdict];
    const amount = value === null ? '' : figureText(value, unit, base);
    return `<li class="${verdict}"><span class="verdict" role="img" aria-label="${word}">${mark}</span><b title="${escaped(formula)}">${escaped(title)}</b><span class="amount">${amount}</span><p>${escaped(text.replaceAll('`', ''))}</p></li>`;
  });
  return `<section class="card t${trust.level ?? 3}" aria-labelledby="trust"><header><h2 id="trust">How far to trust this</h2><span><span class="dots" aria-hidden="true">${dots}</span><b>${escaped(trust.word)}</b></span></header><p class="about">${escaped(trust.summary)}</p><ul class="trust">${lines.join('')}</ul></section>`;
}

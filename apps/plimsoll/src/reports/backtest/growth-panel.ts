import type { BacktestReport } from '@plimsoll/analytics/backtest-report';
import { escaped } from '../html.ts';
import { logScaleOver, type Scale, scaleOver } from '../scale.ts';
import { compactMoney } from './amounts.ts';

type Chart = BacktestReport['charts'][number];

const width = 1132;
const height = 430;
const left = 64;
const right = width - 96;
const growth = { top: 16, bottom: 270 };
const falls = { top: 306, bottom: 396 };
/** Points kept of a line: about one a pixel. */
const most = 1100;

interface Line {
  readonly name: string;
  /** Cash grown to. */
  readonly worth: readonly (number | null)[];
  /** At or below zero. */
  readonly fall: readonly (number | null)[];
}

/**
 * Growth of the cash at the start and the falls from the peak below it, over the same days. A pointer
 * or the arrow keys move a line over both that says the figures of a day.
 */
export function growthPanel(report: BacktestReport): string {
  const chart = (id: string): Chart | undefined => report.charts.find((one) => one.id === id);
  const [grown, fallen] = [chart('growth'), chart('drawdown')];
  if (!grown || !fallen || grown.x.length < 2) return '';
  const kept = keptPlaces(grown.x.length);
  const days = kept.map((i) => String(grown.x[i]));
  const lines = grown.lines.map(({ name, values }, at): Line => {
    const fall = fallen.lines[at]?.values ?? [];
    return {
      name: at === 0 ? 'Strategy' : name,
      worth: kept.map((i) => worth(values[i], report.started)),
      fall: kept.map((i) => fall[i] ?? null),
    };
  });
  const known = lines.flatMap(({ worth: all }) => all.filter((value) => value !== null));
  const isLog = grown.scale === 'log' && known.every((value) => value > 0);
  const y = (isLog ? logScaleOver : scaleOver)(known, [growth.bottom, growth.top]);
  const depths = lines.flatMap(({ fall }) => fall.filter((value) => value !== null));
  const down = scaleOver(depths, [falls.bottom, falls.top], [0]);
  const x = (i: number): number => left + (i * (right - left)) / (days.length - 1);
  const body = [
    unseen(days, report.unseenFrom, x),
    grid(y, (tick) => compactMoney(tick, report.base)),
    grid(down, (tick) => `${Math.round(100 * tick)} %`),
    years(days, x),
    ...lines.toReversed().flatMap((line) => {
      const kind = line === lines[0] ? 'k-own' : 'k-mark';
      const under = path(line.fall, x, down);
      return [
        line === lines[0]
          ? `<path class="fill ${kind}" d="${under}L${right} ${down.place(0)}L${left} ${down.place(0)}Z"/>`
          : '',
        `<path class="line ${kind}" d="${under}"/>`,
        `<path class="line ${kind}" d="${path(line.worth, x, y)}"/>`,
      ];
    }),
    ends(lines, y, report.base),
    `<text class="under" x="${left}" y="${falls.top - 8}">Fall from peak</text>`,
    `<line class="cross" y1="${growth.top}" y2="${falls.bottom}"/><g class="tip"><rect rx="6" width="190" height="${26 + 17 * lines.length}"/></g>`,
  ];
  const data = JSON.stringify({
    days,
    base: report.base,
    left,
    right,
    lines: lines.map(({ name, worth: all, fall }) => ({
      name,
      worth: all.map(rounded),
      fall: fall.map(rounded4),
    })),
  }).replaceAll('<', '\\u003c');
  const label = `Growth of ${compactMoney(report.started, report.base)} from ${days[0]} to ${days.at(-1)}, and falls from the peak`;
  return `<section aria-labelledby="growth"><h2 id="growth">Growth of ${escaped(compactMoney(report.started, report.base))}</h2>
<div class="wide" tabindex="-1"><svg id="growth-chart" viewBox="0 0 ${width} ${height}" role="img" tabindex="0" aria-label="${escaped(label)}">${body.join('')}</svg></div>
<script type="application/json" id="growth-data">${data}</script></section>`;
}

const worth = (value: number | null | undefined, started: number): number | null =>
  value === null || value === undefined ? null : started * (1 + value);
const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value);
const rounded4 = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1e4) / 1e4;

/** Places at equal distances, the last among them. */
function keptPlaces(n: number): number[] {
  const step = Math.max(1, Math.ceil(n / most));
  const places: number[] = [];
  for (let i = 0; i < n - 1; i += step) places.push(i);
  return [...places, n - 1];
}

function path(values: readonly (number | null)[], x: (i: number) => number, y: Scale): string {
  let isOpen = false;
  return values
    .map((value, i) => {
      if (value === null) {
        isOpen = false;
        return '';
      }
      const move = isOpen ? 'L' : 'M';
      isOpen = true;
      return `${move}${x(i).toFixed(1)} ${y.place(value).toFixed(1)}`;
    })
    .join('');
}

const grid = ({ ticks, place }: Scale, text: (tick: number) => string): string =>
  ticks
    .map((tick) => {
      const at = place(tick).toFixed(1);
      return `<line class="${tick === 0 ? 'zero' : 'grid'}" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/><text class="tick" text-anchor="end" x="${left - 8}" y="${at}" dy="4">${escaped(text(tick))}</text>`;
    })
    .join('');

/** A name where each year begins, as many as there is room for; months where there are few years. */
function years(days: readonly string[], x: (i: number) => number): string {
  const first = (length: number): number[] =>
    days.flatMap((day, i) =>
      i > 0 && day.slice(0, length) !== days[i - 1]?.slice(0, length) ? [i] : [],
    );
  const yearly = first(4);
  const length = yearly.length >= 3 ? 4 : 7;
  const starts = length === 4 ? yearly : first(7);
  const every = Math.max(1, Math.ceil(starts.length / 12));
  return starts
    .filter((_, k) => k % every === 0)
    .map(
      (i) =>
        `<text class="tick" text-anchor="middle" x="${x(i).toFixed(1)}" y="${height - 10}">${days[i]?.slice(0, length)}</text>`,
    )
    .join('');
}

function unseen(days: readonly string[], from: string | null, x: (i: number) => number): string {
  const place = from === null ? -1 : days.findIndex((day) => day >= from);
  if (place <= 0) return '';
  const at = x(place);
  return `<rect class="unseen" x="${at.toFixed(1)}" y="${growth.top}" width="${(right - at).toFixed(1)}" height="${falls.bottom - growth.top}"/><line class="since" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${growth.top}" y2="${falls.bottom}"/><text class="since-text" x="${(at + 5).toFixed(1)}" y="${growth.top - 5}">Unseen data from ${escaped(from ?? '')}</text>`;
}

/** Where each line ends: its worth and its name, moved apart. */
function ends(lines: readonly Line[], y: Scale, base: string): string {
  let free = growth.top;
  return lines
    .map((line) => {
      const value = line.worth.findLast((one) => one !== null) ?? null;
      return { line, value, place: value === null ? growth.bottom : y.place(value) };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ line, value, place }) => {
      const at = Math.max(free + 8, Math.min(place, growth.bottom - 16));
      free = at + 22;
      const kind = line === lines[0] ? 'k-own' : 'k-mark';
      return `<text class="ended ${kind}" x="${right + 8}" y="${at.toFixed(1)}">${escaped(value === null ? '–' : compactMoney(value, base))}</text><text class="under" x="${right + 8}" y="${(at + 13).toFixed(1)}">${escaped(line.name.slice(0, 14))}</text>`;
    })
    .join('');
}

/** Moves the line of the growth chart; everything else on the page works without it. */
export const growthScript = `
(() => {
  const chart = document.getElementById('growth-chart');
  const source = document.getElementById('growth-data');
  if (!chart || !source) return;
  const { days, base, left, right, lines } = JSON.parse(source.textContent);
  const cross = chart.querySelector('.cross');
  const tip = chart.querySelector('.tip');
  const money = new Intl.NumberFormat(undefined, { style: 'currency', currency: base, maximumFractionDigits: 0 });
  const texts = ['', ...lines].map((_, i) => {
    const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    text.setAttribute('x', 10);
    text.setAttribute('y', 18 + 17 * i);
    tip.append(text);
    return text;
  });
  let at = days.length - 1;
  const show = (place) => {
    at = Math.max(0, Math.min(days.length - 1, place));
    const x = left + (at * (right - left)) / (days.length - 1);
    cross.setAttribute('x1', x);
    cross.setAttribute('x2', x);
    tip.setAttribute('transform', 'translate(' + (x > (left + right) / 2 ? x - 202 : x + 12) + ',150)');
    texts[0].textContent = days[at];
    lines.forEach(({ name, worth, fall }, i) => {
      const value = worth[at] === null ? '–' : money.format(worth[at]);
      const depth = fall[at] === null ? '' : '  ' + (100 * fall[at]).toFixed(1) + ' %';
      texts[i + 1].textContent = name.slice(0, 12) + '  ' + value + depth;
    });
    cross.style.visibility = tip.style.visibility = 'visible';
  };
  const hide = () => { cross.style.visibility = tip.style.visibility = 'hidden'; };
  chart.addEventListener('pointermove', (event) => {
    const box = chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
    show(Math.round(((x - left) / (right - left)) * (days.length - 1)));
  });
  chart.addEventListener('pointerleave', hide);
  chart.addEventListener('blur', hide);
  chart.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    show(at + step);
  });
})();
`;

import type { Chart } from '@plimsoll/analytics/analysis';
import { unitText } from '../cli/analysis/unit-text.ts';
import { escaped } from './html.ts';
import { logScaleOver, type Scale, scaleOver } from './scale.ts';

type Line = Chart['lines'][number];

const width = 760;
const height = 260;
const plot = { left: 64, right: width - 110, top: 12, bottom: height - 28 };
/** Lines are thinned to about two points a pixel. */
const mostPoints = 1400;
const colours = 8;

/** A chart as SVG whose colours are the page's, with a table for who cannot see it. */
export function drawChart(chart: Chart): string {
  const body =
    chart.kind === 'heat' ? heat(chart) : chart.kind === 'bars' ? bars(chart) : lines(chart);
  const { high } = body;
  return `<figure><figcaption>${escaped(chart.title)}</figcaption>
<svg viewBox="0 0 ${width} ${high}" role="img" aria-label="${escaped(summary(chart))}">${body.svg}</svg></figure>`;
}

interface Drawn {
  readonly svg: string;
  readonly high: number;
}

/** One sentence that says what is to be seen. */
function summary({ title, lines: all, x, unit }: Chart): string {
  const parts = all.slice(0, 4).map(({ name, values }) => {
    const last = values.findLast((value) => value !== null);
    return `${name} ends at ${last === undefined ? 'no value' : unitText(last ?? null, unit)}`;
  });
  const span = x.length > 1 ? `, ${x[0]} to ${x.at(-1)}` : '';
  return `${title}${span}: ${parts.join('; ')}`;
}

/** The scale of the values; a log scale of fractions is one of their growth, 1 + value. */
function scaleOf({ lines: all, kind, scale, unit }: Chart): Scale {
  const known = all.flatMap(({ values }) => values.filter((value) => value !== null));
  const shift = unit === 'fraction' ? 1 : 0;
  if (scale !== 'log' || known.some((value) => value + shift <= 0)) {
    return scaleOver(known, [plot.bottom, plot.top], kind === 'area' ? [0] : []);
  }
  const { low, high, ticks, place } = logScaleOver(
    known.map((value) => value + shift),
    [plot.bottom, plot.top],
  );
  return {
    low: low - shift,
    high: high - shift,
    ticks: ticks.map((tick) => tick - shift),
    place: (value) => place(value + shift),
  };
}

/** Areas of several lines stand upon each other, where none is below zero. */
function stacked(chart: Chart): Chart | null {
  const { kind, lines: all } = chart;
  const isPart = (value: number | null): boolean => value === null || value >= -1e-12;
  if (kind !== 'area' || all.length < 2 || !all.every(({ values }) => values.every(isPart))) {
    return null;
  }
  const sums = chart.x.map(() => 0);
  const upon = all.map(({ name, values }) => ({
    name,
    values: values.map((value, i) => {
      const sum = (sums[i] ?? 0) + Math.max(0, value ?? 0);
      sums[i] = sum;
      return sum;
    }),
  }));
  return { ...chart, lines: upon };
}

function band(
  below: Line | undefined,
  { values }: Line,
  at: number,
  place: (i: number) => number,
  y: Scale,
): string {
  const point = (i: number, value: number | null | undefined): string =>
    `${place(i).toFixed(1)} ${y.place(value ?? 0).toFixed(1)}`;
  const up = values.map((value, i) => point(i, value));
  const down = values.map((_, i) => point(i, below?.values[i])).reverse();
  return `<path class="band k${at % colours}" d="M${[...up, ...down].join('L')}Z"/>`;
}

/** Names in the middle of their bands at the place where each is widest. */
function bandLabels(chart: Chart, sums: Chart, place: (i: number) => number, y: Scale): string {
  return chart.lines
    .map(({ name, values }, at) => {
      const parts = values.map((value) => value ?? 0);
      const widest = parts.indexOf(Math.max(...parts));
      const size = parts[widest] ?? 0;
      const top = sums.lines[at]?.values[widest] ?? 0;
      if (Math.abs(y.place(0) - y.place(size)) < 14) return '';
      const anchor = widest === 0 ? 'start' : widest === values.length - 1 ? 'end' : 'middle';
      return `<text class="inside" text-anchor="${anchor}" x="${place(widest).toFixed(1)}" y="${y.place(top - size / 2).toFixed(1)}" dy="4">${escaped(short(name))}</text>`;
    })
    .join('');
}

function lines(chart: Chart): Drawn {
  const sums = stacked(chart);
  const y = scaleOf(sums ?? chart);
  const numbers = chart.x.filter((value) => typeof value === 'number');
  const isNumeric = numbers.length === chart.x.length && numbers.length > 1;
  const x = isNumeric ? scaleOver(numbers, [plot.left, plot.right]) : null;
  const step = (plot.right - plot.left) / Math.max(1, chart.x.length - 1);
  const place = (i: number): number => x?.place(numbers[i] ?? 0) ?? plot.left + i * step;
  const bottom = x ? numberLabels(x) : xLabels(chart, place);
  if (sums) {
    const bands = sums.lines.map((line, at) => band(sums.lines[at - 1], line, at, place, y));
    const names = bandLabels(chart, sums, place, y);
    return { svg: [grid(y, chart.unit), bottom, ...bands, names].join(''), high: height };
  }
  const drawn = chart.lines.map((line, at) =>
    chart.kind === 'points'
      ? points(line, place, y, at)
      : path(line, { place, y, at, isArea: chart.kind === 'area' }),
  );
  const labels = chart.kind === 'points' ? pointLabels(chart, place, y) : endLabels(chart, y);
  return { svg: [grid(y, chart.unit), bottom, ...drawn, labels].join(''), high: height };
}

const numberLabels = (x: Scale): string =>
  x.ticks
    .map(
      (tick) =>
        `<text class="tick" text-anchor="middle" x="${x.place(tick).toFixed(1)}" y="${plot.bottom + 18}">${escaped(tickText(tick, x, 'number'))}</text>`,
    )
    .join('');

/** The name of a point beside it; of a row of points at its last. Those that find no room go without. */
function pointLabels({ lines: all }: Chart, place: (i: number) => number, y: Scale): string {
  const taken: { left: number; top: number; width: number }[] = [];
  return all
    .map(({ name, values }, at) => {
      const last = values.findLastIndex((value) => value !== null);
      const value = values[last];
      if (value === null || value === undefined) return '';
      const text = short(name, 18);
      const box = { left: place(last) + 7, top: y.place(value), width: 7 * text.length };
      const isFree = taken.every(
        (one) =>
          Math.abs(one.top - box.top) > 12 ||
          box.left > one.left + one.width ||
          one.left > box.left + box.width,
      );
      if (!isFree) return '';
      taken.push(box);
      return `<text class="name k${at % colours}" x="${box.left.toFixed(1)}" y="${box.top.toFixed(1)}" dy="4">${escaped(text)}</text>`;
    })
    .join('');
}

interface PathPlace {
  readonly place: (i: number) => number;
  readonly y: Scale;
  readonly at: number;
  readonly isArea: boolean;
}

/** A line that breaks where values are missing, thinned so that lows and highs stay. */
function path({ values }: Line, { place, y, at, isArea }: PathPlace): string {
  const bucket = Math.max(1, Math.ceil((values.length * 2) / mostPoints));
  const parts: string[] = [];
  let isOpen = false;
  for (let from = 0; from < values.length; from += bucket) {
    for (const i of extremes(values, from, Math.min(values.length, from + bucket))) {
      const value = values[i];
      if (value === null || value === undefined) isOpen = false;
      else {
        parts.push(`${isOpen ? 'L' : 'M'}${place(i).toFixed(1)} ${y.place(value).toFixed(1)}`);
        isOpen = true;
      }
    }
  }
  const d = parts.join('');
  if (!isArea || parts.length < 2) return `<path class="line k${at % colours}" d="${d}"/>`;
  const zero = y.place(0).toFixed(1);
  const [first, last] = [place(0).toFixed(1), place(values.length - 1).toFixed(1)];
  return `<path class="fill k${at % colours}" d="${d}L${last} ${zero}L${first} ${zero}Z"/><path class="line k${at % colours}" d="${d}"/>`;
}

/** Places of the first, lowest, highest and last value of a stretch, in order, and of a gap. */
function extremes(values: readonly (number | null)[], from: number, until: number): number[] {
  if (until - from <= 2) return Array.from({ length: until - from }, (_, i) => from + i);
  let low = from;
  let high = from;
  for (let i = from; i < until; i++) {
    const value = values[i];
    if (value === null || value === undefined) return [from, i, until - 1];
    if (value < (values[low] ?? 0)) low = i;
    if (value > (values[high] ?? 0)) high = i;
  }
  return [...new Set([from, low, high, until - 1])].sort((a, b) => a - b);
}

function points({ values }: Line, place: (i: number) => number, y: Scale, at: number): string {
  const isAlone = values.filter((value) => value !== null).length === 1;
  return values
    .map((value, i) =>
      value === null
        ? ''
        : `<circle class="dot k${at % colours}" cx="${place(i).toFixed(1)}" cy="${y.place(value).toFixed(1)}" r="${isAlone ? 4.5 : 2.5}"/>`,
    )
    .join('');
}

function bars(chart: Chart): Drawn {
  const known = chart.lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const y = scaleOver(known, [plot.bottom, plot.top], [0]);
  const group = (plot.right - plot.left) / Math.max(1, chart.x.length);
  const bar = (group * 0.8) / Math.max(1, chart.lines.length);
  const zero = y.place(0);
  const drawn = chart.lines.map(({ values }, at) =>
    values
      .map((value, i) => {
        if (value === null) return '';
        const top = Math.min(zero, y.place(value));
        const tall = Math.max(0.5, Math.abs(zero - y.place(value)));
        const left = plot.left + i * group + group * 0.1 + at * bar;
        const kind = chart.lines.length === 1 && value < 0 ? 'loss' : `k${at % colours}`;
        return `<rect class="bar ${kind}" x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${bar.toFixed(2)}" height="${tall.toFixed(1)}"><title>${escaped(`${chart.x[i]}: ${unitText(value, chart.unit)}`)}</title></rect>`;
      })
      .join(''),
  );
  const place = (i: number): number => plot.left + (i + 0.5) * group;
  const names = chart.lines.length > 1 ? legend(chart.lines) : '';
  return {
    svg: [grid(y, chart.unit), xLabels(chart, place), ...drawn, names].join(''),
    high: height,
  };
}

const legend = (all: readonly Line[]): string =>
  all
    .slice(0, 8)
    .map(
      ({ name }, at) =>
        `<text class="name k${at % colours}" x="${plot.right + 8}" y="${plot.top + 12 + at * 16}">${escaped(short(name))}</text>`,
    )
    .join('');

/** Rows of cells, darker the further from zero; each says its number. */
function heat(chart: Chart): Drawn {
  const left = 110;
  const row = Math.max(18, Math.min(30, 420 / Math.max(1, chart.lines.length)));
  const cell = (width - left - 8) / Math.max(1, chart.x.length);
  const known = chart.lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = known.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
  const cells = chart.lines.flatMap(({ name, values }, line) => [
    `<text class="tick" text-anchor="end" x="${left - 8}" y="${(24 + (line + 0.65) * row).toFixed(1)}">${escaped(short(name))}</text>`,
    ...values.map((value, i) => {
      if (value === null) return '';
      const strength = Math.round((Math.abs(value) / most) * 3);
      const colour = strength === 0 ? 'h0' : value < 0 ? `hl${strength}` : `hg${strength}`;
      const text = unitText(value, chart.unit);
      const inside = chart.unit === 'fraction' ? (value * 100).toFixed(1) : value.toFixed(2);
      const label =
        cell >= 44
          ? `<text class="cell${strength === 3 ? ' strong' : ''}" x="${(left + (i + 0.5) * cell).toFixed(1)}" y="${(24 + (line + 0.65) * row).toFixed(1)}">${inside}</text>`
          : '';
      return `<rect class="${colour}" x="${(left + i * cell).toFixed(1)}" y="${(24 + line * row).toFixed(1)}" width="${(cell - 1).toFixed(1)}" height="${(row - 1).toFixed(1)}"><title>${escaped(`${name}, ${chart.x[i]}: ${text}`)}</title></rect>${label}`;
    }),
  ]);
  const longest = Math.max(...chart.x.map((x) => Math.min(8, String(x).length)), 1);
  const every = Math.max(1, Math.ceil((longest * 7) / cell));
  const heads = chart.x.map((x, i) =>
    i % every === 0
      ? `<text class="tick" text-anchor="middle" x="${(left + (i + 0.5) * cell).toFixed(1)}" y="16">${escaped(short(String(x), 8))}</text>`
      : '',
  );
  return { svg: [...heads, ...cells].join(''), high: 32 + chart.lines.length * row };
}

const grid = (y: Scale, unit: Chart['unit']): string =>
  y.ticks
    .map((tick) => {
      const at = y.place(tick).toFixed(1);
      const kind = tick === 0 ? 'zero' : 'grid';
      return `<line class="${kind}" x1="${plot.left}" x2="${plot.right}" y1="${at}" y2="${at}"/><text class="tick" text-anchor="end" x="${plot.left - 8}" y="${at}" dy="4">${escaped(tickText(tick, y, unit))}</text>`;
    })
    .join('');

/** As many digits as tell one tick from the next. */
function tickText(tick: number, { ticks }: Scale, unit: Chart['unit']): string {
  const at = ticks.indexOf(tick);
  const step =
    Math.abs((ticks[at + 1] ?? tick) - tick) || Math.abs(tick - (ticks[at - 1] ?? 0)) || 1;
  const scaled = unit === 'fraction' ? step * 100 : step;
  const digits = Math.max(0, Math.min(8, -Math.floor(Math.log10(scaled) + 1e-9)));
  const value = unit === 'fraction' ? tick * 100 : tick;
  const text = (Math.abs(value) < scaled / 1e6 ? 0 : value).toFixed(digits);
  return unit === 'fraction' ? `${text} %` : text;
}

/** About six labels along the bottom; days by their month. */
function xLabels({ x }: Chart, place: (i: number) => number): string {
  const count = Math.min(6, x.length);
  const days = x.every((value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value));
  return Array.from({ length: count }, (_, k) =>
    count === 1 ? 0 : Math.round((k * (x.length - 1)) / (count - 1)),
  )
    .map((i) => {
      const value = x[i] ?? '';
      const text =
        typeof value === 'number'
          ? String(Number(value.toPrecision(3)))
          : days
            ? value.slice(0, 7)
            : short(value, 12);
      return `<text class="tick" text-anchor="middle" x="${place(i).toFixed(1)}" y="${plot.bottom + 18}">${escaped(text)}</text>`;
    })
    .join('');
}

/**
 * Each line's name where it ends, moved apart so that none covers another. Of many lines the largest
 * have names, as many as there is room for.
 */
function endLabels({ lines: all }: Chart, y: Scale): string {
  const apart = 14;
  const room = Math.floor((plot.bottom - plot.top) / apart) + 1;
  const wanted = all
    .flatMap(({ name, values }, at) => {
      const last = values.findLast((value) => value !== null);
      const size = values.reduce((most: number, value) => Math.max(most, Math.abs(value ?? 0)), 0);
      return last === undefined || last === null ? [] : [{ name, at, size, place: y.place(last) }];
    })
    .sort((a, b) => b.size - a.size)
    .slice(0, room)
    .sort((a, b) => a.place - b.place);
  let free = plot.top;
  return wanted
    .map(({ name, at, place }, i) => {
      const lowest = plot.bottom - (wanted.length - 1 - i) * apart;
      const label = Math.max(Math.min(place, lowest), free);
      free = label + apart;
      return `<text class="name k${at % colours}" x="${plot.right + 8}" y="${label.toFixed(1)}" dy="4">${escaped(short(name))}</text>`;
    })
    .join('');
}

const short = (text: string, most = 15): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

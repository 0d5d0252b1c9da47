import type { Report } from '@plimsoll/contracts';
import { describe, expect, it } from 'vitest';
import { drawChart } from './draw-chart.ts';
import { reportPage } from './report-page.ts';
import { logScaleOver, scaleOver } from './scale.ts';

const chart = (more: Partial<Report['charts'][number]>): Report['charts'][number] => ({
  id: 'c',
  title: 'A chart',
  kind: 'line',
  x: ['2024-01-01', '2024-01-02', '2024-01-03'],
  lines: [{ name: 'A', values: [1, null, 3] }],
  unit: 'ratio',
  ...more,
});
const report: Report = {
  analysis: 'x',
  title: 'A <b>title</b> & more',
  sample: { from: '2024-01-01', to: '2024-01-03', n: 3, missing: 1 },
  conventions: ['As always.'],
  figures: [
    { id: 'a', title: 'First', value: 0.1234, unit: 'fraction', formula: 'a < b', source: 'S' },
    { id: 'b', title: 'Second', value: null, why: 'there is too little', unit: 'ratio' },
    { id: 'c', title: 'Third', section: 'Other', value: -2, unit: 'money', note: 'beware' },
  ],
  tables: [
    {
      id: 't',
      title: 'Table',
      columns: [
        { id: 'n', title: 'Name' },
        { id: 'v', title: 'Value', unit: 'fraction' },
      ],
      rows: [
        ['<script>', 0.5],
        ['B', null],
      ],
    },
  ],
  charts: (['line', 'area', 'bars', 'heat', 'points'] as const).map((kind) =>
    chart({ id: kind, kind }),
  ),
  notes: ['Left out: "B".'],
};

describe('the page of a report', () => {
  const page = reportPage(report);

  it('needs nothing from outside and runs nothing', () => {
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
    expect(page).toContain("default-src 'none'");
  });

  it('shows text as text', () => {
    expect(page).toContain('A &#60;b&#62;title&#60;/b&#62; &#38; more');
    expect(page).toContain('&#60;script&#62;');
  });

  it('has every figure under its heading, with its formula or the reason for none', () => {
    expect(page).toContain('12.34 %');
    expect(page).toContain('<code>a &#60; b</code>');
    expect(page).toContain('there is too little');
    expect(page).toMatch(/<h2[^>]*>Other<\/h2>/);
  });

  it('has no number that is none', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('charts', () => {
  it.each([
    ['no line', chart({ lines: [] })],
    ['no place', chart({ x: [], lines: [{ name: 'A', values: [] }] })],
    ['one place', chart({ x: [5], lines: [{ name: 'A', values: [2] }] })],
    ['nothing known', chart({ lines: [{ name: 'A', values: [null, null, null] }] })],
    ['one value throughout', chart({ lines: [{ name: 'A', values: [2, 2, 2] }] })],
    ['a log scale of losses', chart({ scale: 'log', lines: [{ name: 'A', values: [1, -2, 3] }] })],
    ['huge values', chart({ lines: [{ name: 'A', values: [1e300, -1e300, 0] }] })],
  ])('of %s are drawn without a wrong place', (_, one) => {
    for (const kind of ['line', 'area', 'bars', 'heat', 'points'] as const) {
      expect(drawChart({ ...one, kind })).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('break where values are missing', () => {
    const svg = drawChart(chart({ lines: [{ name: 'A', values: [1, null, 3] }] }));
    expect(/class="line k0" d="([^"]+)"/.exec(svg)?.[1]?.match(/M/g)).toHaveLength(2);
  });

  it('stay small however long the line is', () => {
    const n = 100_000;
    const x = Array.from({ length: n }, (_, i) => i);
    const svg = drawChart(chart({ x, lines: [{ name: 'A', values: x.map((i) => Math.sin(i)) }] }));
    expect(svg.length).toBeLessThan(60_000);
  });
});

describe('scales', () => {
  it('have round ticks around the values', () => {
    expect(
      scaleOver([0.013, 0.087], [0, 100]).ticks.map((tick) => Number(tick.toFixed(9))),
    ).toEqual([0, 0.02, 0.04, 0.06, 0.08, 0.1]);
  });

  it('of logs put equal ratios at equal distances', () => {
    const { place } = logScaleOver([1, 1000], [0, 300]);
    expect(place(10) - place(1)).toBeCloseTo(place(100) - place(10));
  });
});

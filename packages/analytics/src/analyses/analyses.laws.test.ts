import { highs } from '@plimsoll/adapters/highs';
import {
  type PanelInput,
  type Parameter,
  type ParameterTable,
  readParameters,
  type SeriesInput,
  seededRandom,
} from '@plimsoll/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Analysis, Tools } from '../analysis/define-analysis.ts';
import type { Report } from '../analysis/report.ts';
import { analyses } from './registry.gen.ts';

const all: readonly Analysis[] = analyses;
let tools: Tools;
beforeAll(async () => {
  tools = { solveLinear: await highs.open() };
});

/** Data as a user might bring it, most of it of no use. */
interface Data {
  readonly series: SeriesInput;
  readonly panel: PanelInput;
}

const names = ['A', 'B', 'C', 'D'];
const daysOf = (n: number): string[] =>
  Array.from({ length: n }, (_, i) =>
    new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
  );

/** Prices that walk by the steps given, n of them. */
function walks(n: number, step: (column: number, row: number) => number): Data {
  const prices = names.map(() => 100);
  const values = Array.from({ length: n }, (_, row) =>
    prices.map((price, column) => {
      prices[column] = row === 0 ? price : price * (1 + step(column, row));
      return prices[column] as number;
    }),
  );
  const days = daysOf(n);
  return {
    panel: { days, names, values, are: 'prices' },
    series: { days, values: values.map((row) => row[0] as number), are: 'prices', name: 'A' },
  };
}

function draw(n: number): Data {
  const random = seededRandom(5);
  return walks(n, () => 0.0004 + 0.01 * random.normal());
}

const random = seededRandom(9);
const shared = Array.from({ length: 700 }, () => 0.01 * random.normal());
const withGaps = (data: Data): Data => ({
  series: {
    ...data.series,
    values: data.series.values.map((value, i) => (i % 7 === 3 ? null : value)),
  },
  panel: {
    ...data.panel,
    values: data.panel.values.map((row, i) =>
      row.map((value, j) => ((i + j) % 11 === 3 ? null : value)),
    ),
  },
});

const cases: Readonly<Record<string, Data>> = {
  usual: draw(420),
  'gaps in it': withGaps(draw(420)),
  'nothing at all': walks(0, () => 0),
  'one price': walks(1, () => 0),
  'two prices': walks(2, () => 0.01),
  'fewer periods than instruments': draw(4),
  constant: walks(300, () => 0),
  'the same return each day': walks(300, () => 0.001),
  'all columns the same': walks(300, (_, row) => shared[row] as number),
  'two columns the same': walks(300, (column, row) => shared[row + (column % 2) * 200] as number),
  'a total loss': walks(300, (column, row) =>
    column === 0 && row === 200 ? -0.999999 : (shared[row + column] as number),
  ),
  'tiny moves': walks(300, (column, row) => 1e-12 * (shared[row + 3 * column] as number)),
};

/** Values for a table out of the data: defaults where there are any, else something in range. */
function valuesFor(table: ParameterTable, data: Data, choice: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(table)) {
    const value = valueFor(name, parameter, data, choice);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function valueFor(name: string, parameter: Parameter, data: Data, choice: number): unknown {
  if (parameter.kind === 'choice') return parameter.of[choice % parameter.of.length];
  const isData = parameter.kind === 'series' || parameter.kind === 'panel';
  if ('default' in parameter && parameter.default !== undefined) return undefined;
  if (parameter.optional && !(isData && name === 'benchmark')) return undefined;
  switch (parameter.kind) {
    case 'series':
      return data.series;
    case 'panel':
      return data.panel;
    case 'number':
    case 'integer': {
      const low = parameter.min ?? parameter.above ?? 0;
      const high = parameter.max ?? parameter.below ?? low + 2;
      return parameter.kind === 'integer' ? Math.ceil((low + high) / 2) : (low + high) / 2;
    }
    case 'flag':
      return false;
    case 'text':
      return 'A';
    case 'day':
      return name.toLowerCase().includes('matur') ? '2030-05-15' : '2024-05-15';
    case 'numbers':
      return [0.02, 0.03, 0.035, 0.04];
    case 'names':
      return names;
    case 'by-name':
      return Object.fromEntries(names.map((one) => [one, 0.25]));
    case 'text-by-name':
      return Object.fromEntries(names.map((one, i) => [one, i < 2 ? 'X' : 'Y']));
    case 'matrix':
      return names.map((_, i) => names.map((__, j) => (i === j ? 0.04 : 0.01)));
    case 'object':
      return valuesFor(parameter.fields, data, choice);
    case 'list':
      return [valueFor(name, parameter.of, data, choice)];
    case 'variant': {
      const [kind, table] = Object.entries(parameter.of)[0] ?? ['', {}];
      return { kind, ...valuesFor(table, data, choice) };
    }
  }
}

/** Everything of a report that would be no number in JSON, or a missing one without a reason. */
function flaws(report: Report): string[] {
  const bad = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value);
  const twice = (all: readonly { readonly id: string }[]): string[] => {
    const ids = all.map(({ id }) => id);
    return ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id twice: ${id}`);
  };
  return [
    ...report.figures
      .filter(({ value, why }) => bad(value) || (value === null && !why))
      .map(({ id, value }) => `figure ${id}: ${value}`),
    ...report.tables
      .filter(({ rows, columns }) =>
        rows.some((row) => row.length !== columns.length || row.some(bad)),
      )
      .map(({ id }) => `table ${id}`),
    ...report.charts
      .filter(({ lines, x }) =>
        lines.some(({ values }) => values.length !== x.length || values.some(bad)),
      )
      .map(({ id }) => `chart ${id}`),
    ...[report.figures, report.tables, report.charts].flatMap(twice),
    ...(bad(report.sample?.n) ? ['sample'] : []),
  ];
}

/** With these every choice of a parameter is tried, with the others the first few. */
const everyChoice = new Set(['usual', 'fewer periods than instruments', 'constant']);

const mostChoices = (table: ParameterTable): number =>
  Math.max(1, ...Object.values(table).map((one) => (one.kind === 'choice' ? one.of.length : 1)));

describe.each(all.map((analysis) => [analysis.id, analysis] as const))('%s', (_, analysis) => {
  // Fitting every kind of model takes its time on a busy machine.
  const options = { timeout: 60_000 };
  it.each(Object.entries(cases))(
    'answers %s with numbers or with reasons',
    options,
    (name, data) => {
      const most = mostChoices(analysis.input);
      for (let choice = 0; choice < (everyChoice.has(name) ? most : Math.min(most, 3)); choice++) {
        const given = valuesFor(analysis.input, data, choice);
        const values = readParameters(analysis.input, given);
        if (!values.ok) throw new Error(values.fault.detail);
        const report = analysis.compute(values.value, tools);
        if (report.ok) expect(flaws(report.value)).toEqual([]);
        else {
          expect(report.fault.detail).not.toMatch(/NaN|Infinity|undefined|\[object/);
          expect(report.fault.code).toMatch(/^[a-z-]+\.[a-z-]+$/);
        }
      }
    },
  );
});

import { type Result, readParameters } from '@plimsoll/kernel';
import { expect } from 'vitest';
import type { Analysis, Tools } from '../define-analysis.ts';
import type { Report } from '../report.ts';

/** For analyses that solve no programs. */
export const noTools: Tools = {
  solveLinear: () => {
    throw new Error('no linear program is expected');
  },
};

/** What an analysis answers to input as a caller writes it. */
export function answerTo(analysis: Analysis, input: object, tools = noTools): Result<Report> {
  const read = readParameters(analysis.input, input);
  return read.ok ? analysis.compute(read.value, tools) : read;
}

/** The report of an analysis, which must be whole and one that JSON can carry. */
export function reportOf(analysis: Analysis, input: object, tools = noTools): Report {
  const found = answerTo(analysis, input, tools);
  if (!found.ok) throw new Error(`${found.fault.code}: ${found.fault.detail}`);
  // What JSON cannot say would be lost on the way: NaN and Infinity become null.
  expect(JSON.parse(JSON.stringify(found.value))).toEqual(found.value);
  for (const figure of found.value.figures) {
    expect(figure.value === null, figure.id).toBe(figure.why !== undefined);
  }
  for (const table of found.value.tables) {
    for (const row of table.rows) expect(row, table.id).toHaveLength(table.columns.length);
  }
  for (const chart of found.value.charts) {
    for (const line of chart.lines) expect(line.values, chart.id).toHaveLength(chart.x.length);
  }
  return found.value;
}

/** `reportOf`, whose figures must each have a formula and a source too. */
export function sourcedReportOf(analysis: Analysis, input: object, tools = noTools): Report {
  const report = reportOf(analysis, input, tools);
  for (const { id, formula, source } of report.figures) expect(formula && source, id).toBeTruthy();
  return report;
}

/** The sentence that an analysis refuses input with; empty where it does not. */
export function refusalOf(analysis: Analysis, input: object, tools = noTools): string {
  const found = answerTo(analysis, input, tools);
  return found.ok ? '' : found.fault.detail;
}

/** The value of a figure of a report; NaN where it has none. */
export const figureOf = ({ figures }: Report, id: string): number =>
  figures.find((each) => each.id === id)?.value ?? Number.NaN;

import { metricById, ReturnSample } from '@plimsoll/analytics/statistics';
import { present } from '@plimsoll/kernel';
import type { Run } from '@plimsoll/ports';
import { configLines } from './plan-run.ts';
import type { RunComparisonView, RunFigure } from './run-use-cases.ts';
import { summaryOf } from './run-view.ts';

/** A run with its equity at the end of each day; null where it has none. */
export interface ComparedRun {
  readonly run: Run;
  readonly equity: { readonly days: readonly string[]; readonly values: readonly number[] } | null;
}

/** The equity of a run, from its `result.json`. */
export const keptEquity = (bytes: Uint8Array): ComparedRun['equity'] =>
  // We have written it, and its hash was checked.
  (JSON.parse(new TextDecoder().decode(bytes)) as Pick<ComparedRun, 'equity'>).equity;

/** Runs side by side: figures, what differs in their configurations, equity on the days they share. */
export function compareRuns(compared: readonly ComparedRun[]): RunComparisonView {
  const runs = compared.map(({ run }) => run);
  const equity = sharedEquity(compared);
  return {
    runs: runs.map(({ id, title }) => ({ id, title })),
    figures: figuresOf(runs),
    differences: differencesOf(runs),
    equity,
    correlation: correlations(equity.values),
  };
}

function figuresOf(runs: readonly Run[]): RunComparisonView['figures'] {
  const columns = runs.map((run) => summaryOf(run)?.figures ?? []);
  const all = new Map<string, RunFigure>();
  for (const figure of columns.flat()) if (!all.has(figure.id)) all.set(figure.id, figure);
  return [...all.values()].map(({ value: _, ...about }) => ({
    ...about,
    values: columns.map((column) => column.find(({ id }) => id === about.id)?.value ?? null),
  }));
}

function differencesOf(runs: readonly Run[]): RunComparisonView['differences'] {
  const columns = runs.map((run) => configLines({ kind: run.kind, ...(run.config as object) }));
  const paths = [...new Set(columns.flatMap((lines) => [...lines.keys()]))].sort();
  return paths.flatMap((path) => {
    const values = columns.map((lines) => lines.get(path) ?? null);
    return new Set(values).size > 1 ? [{ path, values }] : [];
  });
}

function sharedEquity(compared: readonly ComparedRun[]): RunComparisonView['equity'] {
  const columns = compared.map(
    ({ equity }) => new Map(equity?.days.map((day, i) => [day, equity.values[i] ?? Number.NaN])),
  );
  const days = [...(columns[0]?.keys() ?? [])].filter((day) =>
    columns.every((column) => column.has(day)),
  );
  return {
    days,
    values: columns.map((column) => {
      const levels = days.map((day) => column.get(day) ?? Number.NaN);
      return levels.map((level) => level / (levels[0] ?? 1));
    }),
  };
}

function correlations(rows: readonly (readonly number[])[]): (number | null)[][] {
  const returns = rows.map((row) =>
    Float64Array.from(row.slice(1), (level, i) => level / (row[i] ?? level) - 1),
  );
  const correlation = present(metricById('correlation'), 'the correlation');
  return returns.map((one) =>
    returns.map(
      (other) => correlation.compute(new ReturnSample({ returns: one, benchmark: other })).value,
    ),
  );
}

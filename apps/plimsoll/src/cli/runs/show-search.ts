import {
  paramsText,
  type RunReport,
  type SweepReport,
  type WalkForwardPart,
} from '@plimsoll/analytics/runs';
import { type Engine, type RunDetailView, runReportOf } from '@plimsoll/engine';
import type { Call } from '../command.ts';
import { percent } from '../numbers.ts';
import { taken } from '../refusals.ts';
import { plain, table } from '../table.ts';

/** What a sweep or a walk-forward found, as tables; nothing of another run. */
export async function showSearch(call: Call, engine: Engine, run: RunDetailView): Promise<void> {
  if (run.state !== 'finished' || (run.kind !== 'sweep' && run.kind !== 'walk-forward')) return;
  const { bytes } = taken(await engine.runArtifact(call.workspace, run.id, 'report.json'));
  showSearchReport(call, bytes);
}

/** The same from the bytes of a `report.json`. */
export function showSearchReport(call: Call, bytes: Uint8Array): void {
  const report: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const { sweep, walkForward }: Pick<RunReport, 'sweep' | 'walkForward'> = runReportOf({
    report,
  }) ?? { sweep: null, walkForward: null };
  if (sweep !== null) showSweep(call, sweep);
  if (walkForward !== null) showWindows(call, walkForward);
}

const number = (value: number | null): string => value?.toFixed(3) ?? '–';

function showSweep({ output }: Call, sweep: SweepReport): void {
  const names = Object.keys(sweep.best.params);
  const columns = [
    ...names.map((title) => ({ title, right: true })),
    { title: sweep.objective, right: true },
    { title: 'Sharpe', right: true },
  ];
  const rows = sweep.leaders.map(({ params, value, sharpe }) => [
    ...names.map((name) => plain(String(params[name]))),
    number(value),
    number(sharpe),
  ]);
  const { trials, refused, undefinedTrials } = sweep;
  output.print(
    `\n${trials} sets tried, ${refused} refused by the strategy, ${undefinedTrials} without a figure.`,
  );
  output.print(table(columns, rows));
  for (const note of sweep.notes) output.note(plain(note));
}

function showWindows({ output }: Call, { windows, days, drift, notes }: WalkForwardPart): void {
  const columns = [
    { title: 'Window', right: true },
    { title: 'Chosen' },
    { title: 'In sample', right: true },
    { title: 'Out of sample', right: true },
  ];
  const rows = windows.map(({ number: place, chosen, inSampleFigures, outOfSampleFigures }) => [
    String(place),
    plain(chosen === null ? 'none' : paramsText(chosen)),
    percent(inSampleFigures?.annualReturn.value ?? null),
    percent(outOfSampleFigures?.annualReturn.value ?? null),
  ]);
  const last = days.at(-1) ?? '';
  output.print(`\nOut of sample from ${days[0] ?? ''} to ${last}, returns a year`);
  output.print(table(columns, rows));
  const moved = drift.map(({ name }) => name).join(', ');
  if (moved !== '') output.note(plain(`Parameters that were chosen anew: ${moved}.`));
  for (const note of notes) output.note(plain(note));
}

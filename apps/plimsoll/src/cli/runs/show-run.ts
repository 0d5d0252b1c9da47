import type { RunDetailView, RunFigure } from '@plimsoll/engine';
import type { Call } from '../command.ts';
import { percent } from '../numbers.ts';
import { CommandRefusal } from '../refusals.ts';
import { plain, table } from '../table.ts';

/** A run as people read it: the sentence, the figures with their conventions, how far to trust it. */
export function showRun({ output }: Call, run: RunDetailView): void {
  const { summary } = run;
  if (summary === null) {
    output.print(plain(`${run.title}: ${run.state}.${run.error === '' ? '' : ` ${run.error}`}`));
    return;
  }
  output.print(plain(run.title));
  output.print(plain(summary.headline));
  if (summary.figures.length > 0) {
    const rows = summary.figures.map((one) => [
      one.title,
      figureText(one, summary.base),
      one.convention,
    ]);
    output.print(`\n${table(figureColumns, rows)}`);
  }
  const { rerun } = summary;
  const repeated =
    rerun === null
      ? []
      : [
          rerun.identical
            ? `Identical to the run ${rerun.of}, to the bit.`
            : `Not identical to the run ${rerun.of}.`,
          ...rerun.differs,
        ];
  listed(output, 'How far to trust it', [...repeated, ...summary.trust]);
  listed(output, 'Notes', summary.notes);
  const hash = run.resultHash === null ? '' : `, result ${run.resultHash.slice(0, 12)}`;
  const data = run.dataFingerprint === null ? '' : `, data ${run.dataFingerprint.slice(0, 12)}`;
  const name = run.id === '' ? 'This run is not kept' : `Run ${run.id}`;
  output.note(plain(`${name}${hash}${data}, code ${run.codeVersion}, seed ${run.seed}.`));
}

/** The run, or the end of the command where it came to nothing. */
export function finished(run: RunDetailView): RunDetailView {
  if (run.state === 'finished') return run;
  const code = run.state === 'cancelled' ? 'run.cancelled' : 'run.failed';
  const detail = run.state === 'cancelled' ? `The run ${run.id} was cancelled.` : run.error;
  throw new CommandRefusal({ code, detail });
}

function listed(output: Call['output'], title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  output.print(`\n${title}`);
  for (const line of lines) output.print(plain(`  ${line}`));
}

const figureColumns = [{ title: 'Figure' }, { title: 'Value', right: true }, { title: 'How' }];

/** A figure in the unit in which it is shown; a dash where there is none. */
export function figureText(
  { value, unit }: Pick<RunFigure, 'unit'> & { readonly value: number | null },
  base: string,
): string {
  if (value === null) return '–';
  switch (unit) {
    case 'share':
      return percent(value);
    case 'money':
      return `${base} ${value.toFixed(2)}`.trim();
    case 'ratio':
      return value.toFixed(2);
    case 'count':
      return String(value);
  }
}

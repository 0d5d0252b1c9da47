import type { EtlReportView } from '@plimsoll/engine';
import type { Call } from './command.ts';
import { refusedLine } from './refusals.ts';
import { plain, table } from './table.ts';

/** Rows that are shown of what may be thousands; all are in the JSON and in the list of refused rows. */
const most = 20;

/** Shows what came of files: how they were read, what was taken, and what not and why. */
export function showReport({ json, output }: Call, report: EtlReportView) {
  if (json) return output.json(report);
  for (const { file, table: name, layout, rows, notes } of report.sources) {
    const which = name === '' ? file : `${file}, ${name}`;
    output.print(
      `${plain(which)}: ${report.kind}, ${layout}, ${rows} rows. ${plain(notes.join(' '))}`,
    );
  }
  const rows = report.coverage
    .slice(0, most)
    .map((one) => [
      plain(one.label),
      one.first ?? '',
      one.last ?? '',
      String(one.added),
      String(one.changed),
    ]);
  if (rows.length > 0) output.print(table(coverageColumns, rows));
  more(output.print, report.coverage.length);
  const { added, changed, unchanged, repaired, quarantined, refused, instruments } = report;
  output.print(
    `${report.written ? 'Loaded' : 'Would load'}: ${report.read} read, ${added} added, ${changed} changed, ${unchanged} as known, ${repaired} repaired, ${quarantined} kept back, ${refused} refused.`,
  );
  output.print(
    `Instruments: ${instruments.made.length} made, ${instruments.matched.length} known, ${instruments.unknown.length} not known.`,
  );
  for (const { label, day, code, detail } of report.repairs.slice(0, most)) {
    output.note(`${plain(label)} ${day} ${code}: ${plain(detail)}`);
  }
  more(output.note, report.repairs.length);
  for (const note of report.notes.slice(0, most)) output.note(plain(note));
  for (const one of report.refusals.slice(0, most)) output.note(plain(refusedLine(one)));
  more(output.note, report.refusals.length);
}

const more = (say: (text: string) => void, all: number): void => {
  if (all > most) say(`… and ${all - most} more.`);
};

const coverageColumns = [
  { title: 'What' },
  { title: 'First' },
  { title: 'Last' },
  { title: 'Added', right: true },
  { title: 'Changed', right: true },
];

import { analysisCommand } from '../cli/analysis/analysis-command.ts';
import { loadAnalyses } from '../cli/analysis/load-analyses.ts';
import type { Call, Command } from '../cli/command.ts';
import { UsageRefusal } from '../cli/refusals.ts';
import { table } from '../cli/table.ts';

export const command: Command = {
  summary: 'Compute anything that has a name; without a name, list what there is.',
  usage: ['analyse', 'analyse ID [FILE.csv] [OPTIONS]'],
  notes: ['plimsoll analyse ID --help lists the options of one analysis.'],
  run: listAnalyses,
  narrow: async ([id = '']) => {
    if (id === '' || id.startsWith('-')) return command;
    const all = await loadAnalyses();
    const analysis = all.find((one) => one.id === id);
    if (!analysis) {
      const known = all.map((one) => one.id).join(', ');
      throw new UsageRefusal(`There is no analysis "${id}". There are: ${known}.`);
    }
    return analysisCommand(analysis, { words: ['analyse', id] });
  },
};

async function listAnalyses(call: Call): Promise<void> {
  const all = await loadAnalyses();
  const described = all.map(({ id, group, title, summary }) => ({ id, group, title, summary }));
  if (call.json) return call.output.json(described);
  const rows = described.map(({ group, id, summary }) => [group, id, summary]);
  rows.sort((a, b) => `${a[0]} ${a[1]}`.localeCompare(`${b[0]} ${b[1]}`));
  call.output.print(
    table([{ title: 'Group' }, { title: 'Id' }, { title: 'What it answers' }], rows),
  );
}

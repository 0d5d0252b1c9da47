import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Cell } from '../../analysis/report.ts';
import { toolNames, tools } from '../../statistics/match/tools.ts';
import { metricById } from '../../statistics/metric-by-id.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';

/** Where tools differ, and by how much. */
export default defineAnalysis({
  id: 'tool-conventions',
  group: 'statistics',
  title: 'Conventions of other tools',
  summary: 'The same figures as other tools compute them, beside our own, with why they differ.',
  input: sampleInput,
  compute: (values) => {
    const read = readSample(values);
    if (!read.ok) return read;
    const { sample, name, about, conventions, notes } = read.value;
    const rows = toolNames.flatMap((tool) =>
      tools[tool].figures
        .filter(({ metric: { needs } }) => !needs.benchmark || sample.shared.benchmark !== null)
        .map(({ name: called, metric }): Cell[] => [
          tools[tool].title,
          called,
          metric.compute(sample).value,
          metricById(metric.id)?.compute(sample).value ?? null,
          metric.formula,
          metric.note ?? null,
        ]),
    );
    return ok({
      title: `Conventions of other tools on ${name}`,
      sample: about,
      conventions: [...conventions, ...toolNames.flatMap((tool) => saidBy(tool))],
      figures: [],
      tables: [
        {
          id: 'tools',
          title: 'Figures by tool',
          columns: [
            { id: 'tool', title: 'Tool' },
            { id: 'figure', title: 'Figure' },
            { id: 'value', title: 'Its value', unit: 'number' },
            { id: 'ours', title: 'Our value', unit: 'number' },
            { id: 'formula', title: 'Its formula' },
            { id: 'note', title: 'Note' },
          ],
          rows,
        },
      ],
      charts: [],
      notes,
    });
  },
});

const saidBy = (tool: (typeof toolNames)[number]): string[] =>
  tools[tool].conventions.map((each) => `${tools[tool].title}: ${each}`);

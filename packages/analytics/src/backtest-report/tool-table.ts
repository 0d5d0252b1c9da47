import type { Cell, ReportTable } from '../analysis/report.ts';
import { toolNames, tools } from '../statistics/match/tools.ts';
import { metricById } from '../statistics/metric-by-id.ts';
import type { ReturnSample } from '../statistics/return-sample.ts';

/**
 * One and the same equity curve by the conventions of several tools: their Sharpe ratios differ though
 * nothing else does.
 */
export function sharpeByTool(sample: ReturnSample): ReportTable {
  const own = metricById('sharpe');
  const rows: Cell[][] = own
    ? [['Plimsoll', own.title, own.compute(sample).value, `${own.formula}, p = ${sample.perYear}`]]
    : [];
  for (const tool of toolNames) {
    for (const { name, metric } of tools[tool].figures) {
      if (metric.id !== 'sharpe') continue;
      const { value } = metric.compute(sample);
      rows.push([tools[tool].title, name, value, metric.formula]);
    }
  }
  return {
    id: 'sharpe-by-tool',
    title: 'The Sharpe ratio of this very curve, by the conventions of other tools',
    columns: [
      { id: 'tool', title: 'Tool' },
      { id: 'name', title: 'Its name' },
      { id: 'value', title: 'Value', unit: 'ratio' },
      { id: 'formula', title: 'Formula' },
    ],
    rows,
  };
}

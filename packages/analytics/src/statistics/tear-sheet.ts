import type { Chart, Figure, Report } from '../analysis/report.ts';
import { type AlignedSample, ownSigns } from './aligned-sample.ts';
import { monthlyHeat, monthlyTable, yearlyTable } from './calendar-tables.ts';
import { drawdownTable } from './drawdown-table.ts';
import { figureOf } from './figure-of.ts';
import { type ToolName, tools } from './match/tools.ts';
import type { MetricSection } from './metric.ts';
import { metricsInOrder, sections } from './metrics-in-order.ts';
import type { ReturnSample } from './return-sample.ts';
import { drawdownChart, growthChart, histogramChart, rollingChart } from './sample-charts.ts';

export interface TearSheetOptions {
  /** Periods of the rolling charts. */
  readonly window: number;
  /** Figures by the conventions of another tool. */
  readonly match?: ToolName | undefined;
}

const headings = Object.fromEntries(sections) as Readonly<Record<MetricSection, string>>;

/** Every metric of a sample that it has the means for: those of benchmarks only where there is one. */
export function allFigures(sample: ReturnSample): Figure[] {
  return metricsInOrder
    .filter(
      ({ needs }) =>
        (needs.benchmark === undefined || sample.shared.benchmark !== null) &&
        (needs.days === undefined || sample.days.length > 0),
    )
    .map((metric) => figureOf(metric, sample, headings[metric.section]));
}

/** The figures as another tool has them, under its own names of functions, section by section. */
function toolFigures(sample: ReturnSample, tool: ToolName): Figure[] {
  const figures = tools[tool].figures.filter(
    ({ metric: { needs } }) => needs.benchmark === undefined || sample.shared.benchmark !== null,
  );
  return sections.flatMap(([section, heading]) =>
    figures
      .filter(({ metric }) => metric.section === section)
      .map(({ name, metric }) => ({
        ...figureOf(metric, sample, heading),
        id: name,
        title: `${metric.title} (${name})`,
      })),
  );
}

/** The whole set about one row of returns: figures by section, tables and charts. */
export function tearSheet(aligned: AlignedSample, { window, match }: TearSheetOptions): Report {
  const { sample, about, name } = aligned;
  const dated = sample.days.length > 0;
  const rolling = ['volatility', 'sharpe', ...(sample.shared.benchmark ? ['beta'] : [])].map((id) =>
    rollingChart(sample, id, window, aligned),
  );
  return {
    title: `Tear sheet of ${name}`,
    sample: about,
    conventions: [
      ...aligned.conventions.filter((each) => !match || each !== ownSigns),
      ...(match ? [`As ${tools[match].title} computes it.`, ...tools[match].conventions] : []),
    ],
    figures: match ? toolFigures(sample, match) : allFigures(sample),
    tables: [
      drawdownTable(sample, 10),
      ...(dated ? [yearlyTable(sample), monthlyTable(sample)] : []),
    ],
    charts: [
      growthChart(sample, aligned),
      drawdownChart(sample, aligned),
      ...rolling.filter((chart): chart is Chart => chart !== null),
      ...(dated ? [monthlyHeat(sample)] : []),
      histogramChart(sample, aligned),
    ],
    notes: [...aligned.notes, ...remarks(sample, window)],
  };
}

function remarks(sample: ReturnSample, window: number): string[] {
  const notes: string[] = [];
  if (sample.n < sample.perYear) {
    notes.push(`The ${sample.n} returns are less than a year; annual figures are scaled up.`);
  }
  if (sample.n < window) {
    notes.push(
      `The ${sample.n} returns do not fill a window of ${window}; rolling charts are left out.`,
    );
  }
  const { shared } = sample;
  if (shared !== sample && shared.n < window) {
    notes.push(
      `The ${shared.n} returns beside the benchmark do not fill a window of ${window}; no rolling beta is shown.`,
    );
  }
  if (sample.days.length === 0) {
    notes.push('Without days there are no months, years and dates.');
  }
  const wiped = sample.returns.indexOf(-1);
  if (wiped >= 0) notes.push(`Everything was lost in period ${wiped + 1}.`);
  return notes;
}

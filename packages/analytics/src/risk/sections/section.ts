import type { Chart, Figure, ReportTable } from '../../analysis/report.ts';

/** A part of a report, put together with others under one title. */
export interface Section {
  readonly figures: readonly Figure[];
  readonly tables: readonly ReportTable[];
  readonly charts: readonly Chart[];
  readonly notes: readonly string[];
}

export const section = ({
  figures = [],
  tables = [],
  charts = [],
  notes = [],
}: Partial<Section>): Section => ({
  figures,
  tables,
  charts,
  notes,
});

/** All parts of all sections in their order, each note once. */
export const joined = (sections: readonly Section[]): Section => ({
  figures: sections.flatMap(({ figures }) => figures),
  tables: sections.flatMap(({ tables }) => tables),
  charts: sections.flatMap(({ charts }) => charts),
  notes: [...new Set(sections.flatMap(({ notes }) => notes))],
});

/** `95`, `99.5`: a level as people say it. */
export const percent = (level: number): string => String(Math.round(level * 1e6) / 1e4);

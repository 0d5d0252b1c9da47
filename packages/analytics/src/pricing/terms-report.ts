import type { Report } from '../analysis/report.ts';

/** A report that rests on terms and not on a sample. */
export const termsReport = (
  report: Partial<Report> & Pick<Report, 'title' | 'figures'>,
): Report => ({
  sample: null,
  conventions: [],
  tables: [],
  charts: [],
  notes: [],
  ...report,
});

import { daysBetween, ok } from '@plimsoll/kernel';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { dayCounts, yearFraction } from '../../pricing/day-count.ts';
import { termsReport } from '../../pricing/terms-report.ts';

export default defineAnalysis({
  id: 'day-count',
  group: 'pricing',
  title: 'Time between two days',
  summary: 'Years from one day to another by every day count of interest.',
  input: {
    from: { kind: 'day', title: 'From' },
    to: { kind: 'day', title: 'To' },
  },
  compute({ from, to }) {
    return ok(
      termsReport({
        title: `From ${from} to ${to}`,
        figures: [
          figure('days', 'Days', daysBetween(from, to), {
            unit: 'days',
            formula: 'to − from',
            source: 'The Gregorian calendar',
          }),
        ],
        tables: [
          {
            id: 'years',
            title: 'Years by day count',
            columns: [
              { id: 'count', title: 'Day count' },
              { id: 'years', title: 'Years', unit: 'years' },
            ],
            rows: dayCounts.map((count) => [count, cell(yearFraction(from, to, count))]),
          },
        ],
        conventions: [
          'ISDA, 2006 Definitions, §4.16; act/act-afb of the Fédération Bancaire Française, 2004.',
          'Act/Act ICMA depends on coupon dates, so the analysis of a bond has it.',
        ],
      }),
    );
  },
});

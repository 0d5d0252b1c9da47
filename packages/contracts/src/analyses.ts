import { z } from 'zod';
import { day } from './scalars.ts';

const unit = z.enum(['fraction', 'ratio', 'number', 'count', 'days', 'periods', 'years', 'money']);
const numberOrNull = z.number().nullable();

export const reportFigure = z.object({
  id: z.string(),
  title: z.string(),
  section: z.string().optional(),
  value: numberOrNull.meta({
    description: 'Null where it cannot be known; `why` says the reason.',
  }),
  why: z.string().optional(),
  unit,
  formula: z.string().optional(),
  source: z.string().optional(),
  note: z.string().optional(),
});

export const reportTable = z.object({
  id: z.string(),
  title: z.string(),
  columns: z.array(z.object({ id: z.string(), title: z.string(), unit: unit.optional() })),
  rows: z.array(z.array(z.union([z.number(), z.string(), z.null()]))),
});

export const reportChart = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['line', 'area', 'bars', 'heat', 'points']),
  x: z.array(z.union([z.string(), z.number()])),
  lines: z.array(z.object({ name: z.string(), values: z.array(numberOrNull) })),
  unit,
  scale: z.literal('log').optional(),
});

/** The answer of an analysis, in one shape whatever it computed. */
export const report = z.object({
  analysis: z.string(),
  title: z.string(),
  sample: z
    .object({
      from: day.nullable(),
      to: day.nullable(),
      n: z.number().int(),
      missing: z.number().int(),
    })
    .nullable(),
  conventions: z.array(z.string()),
  figures: z.array(reportFigure),
  tables: z.array(reportTable),
  charts: z.array(reportChart),
  notes: z.array(z.string()),
});

/** One analysis that can be asked for, with what it takes as JSON Schema. */
export const analysisDescription = z.object({
  id: z.string(),
  group: z.string(),
  title: z.string(),
  summary: z.string(),
  input: z.record(z.string(), z.unknown()),
});

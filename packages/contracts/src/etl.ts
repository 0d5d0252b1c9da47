import { periodKinds } from '@plimsoll/domain';
import { z } from 'zod';
import { currency, day, id, instant } from './scalars.ts';

const kind = z.enum(['prices', 'fundamentals', 'constituents', 'reference', 'actions']);
const columns = z.record(z.string().min(1).max(200), z.string().min(1).max(80));

/** How files are to be read, where they do not say it themselves. */
export const etlOptions = z
  .object({
    kind: kind.optional(),
    /** Title → meaning: `{"Kurs": "close"}`; of metrics and symbols their own names. */
    columns: columns.optional(),
    mapping: z.string().min(1).max(80).optional(),
    currency: currency.optional(),
    fund: id.optional(),
    asOf: day.optional(),
    index: z.string().min(1).max(40).optional(),
    period: z.enum(periodKinds).optional(),
  })
  .strict();

const instrument = z.object({ id, label: z.string() });

/** What came of files. */
export const etlReport = z.object({
  runId: id.nullable(),
  kind,
  written: z.boolean(),
  sources: z.array(
    z.object({
      file: z.string(),
      table: z.string(),
      layout: z.string(),
      rows: z.number().int(),
      columns: z.array(z.object({ title: z.string(), meaning: z.string() })),
      notes: z.array(z.string()),
    }),
  ),
  read: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  repaired: z.number().int(),
  quarantined: z.number().int(),
  refused: z.number().int(),
  refusals: z.array(
    z.object({
      file: z.string(),
      line: z.number().int().nullable(),
      row: z.string(),
      reason: z.string(),
      fix: z.string(),
    }),
  ),
  repairs: z.array(z.object({ label: z.string(), day, code: z.string(), detail: z.string() })),
  instruments: z.object({
    made: z.array(instrument),
    matched: z.array(instrument),
    unknown: z.array(z.string()),
  }),
  coverage: z.array(
    z.object({
      instrumentId: id.nullable(),
      label: z.string(),
      first: day.nullable(),
      last: day.nullable(),
      added: z.number().int(),
      changed: z.number().int(),
    }),
  ),
  notes: z.array(z.string()),
});

export const etlRun = z.object({
  id,
  kind: z.string(),
  actor: z.string(),
  recordedAt: instant,
  report: etlReport,
});

/** Which titles of a file mean what, kept under a name. */
export const etlMapping = z
  .object({ name: z.string().min(1).max(80), kind: z.string().min(1).max(40), columns })
  .strict();

import { timeframes } from '@plimsoll/domain';
import { z } from 'zod';
import { currency, id } from './scalars.ts';

export const timeframe = z.enum(timeframes).meta({ description: 'Length of a bar.' });

/** What later corporate actions do to earlier prices. */
export const adjustment = z.enum(['none', 'split', 'total-return']);

/** A day or an instant, as milliseconds. */
const moment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/,
    'must be a day like 2026-03-31 or an instant like 2026-03-31T14:30:00Z',
  )
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a day or an instant that there is')
  .meta({ description: 'A day, which is its midnight UTC, or an instant.' });

export const barsQuery = z
  .object({
    instrument: id,
    timeframe: timeframe.default('1d'),
    /** Bars that start at this moment or later. */
    from: moment.optional(),
    /** Bars that start before this moment. */
    until: moment.optional(),
    adjust: adjustment.default('none'),
    limit: z.coerce.number().int().min(1).max(50_000).default(1_000),
  })
  .strict();

const column = z.array(z.number().nullable());

/** Bars as columns of one length, oldest first; null where a field is unknown. */
export const barsReply = z.object({
  instrumentId: id,
  label: z.string(),
  currency,
  timeframe,
  adjust: adjustment,
  from: z.array(z.number().int()).meta({
    description:
      'Start of each bar, milliseconds since 1970-01-01 UTC; of a daily one midnight UTC.',
  }),
  open: column,
  high: column,
  low: column,
  close: column,
  volume: column,
  more: z.boolean().meta({ description: 'Whether the range has older bars than these.' }),
  source: z.string(),
  notes: z.array(z.string()),
});

export const barCoverage = z.object({
  instrumentId: id,
  label: z.string(),
  timeframe,
  first: z.number().int(),
  last: z.number().int(),
  count: z.number().int(),
  files: z.number().int(),
  bytes: z.number().int(),
  source: z.string(),
});

export const barImportOptions = z
  .object({ instrument: id, timeframe: timeframe.default('1m') })
  .strict();

export const importedBars = z.object({
  instrumentId: id,
  label: z.string(),
  timeframe,
  files: z.array(
    z.object({
      file: z.string(),
      rows: z.number().int(),
      bars: z.number().int(),
      notes: z.array(z.string()),
    }),
  ),
  refused: z.array(z.object({ file: z.string(), line: z.number().int(), reason: z.string() })),
});

export const compactedBars = z.object({
  before: z.number().int().meta({ description: 'Files before.' }),
  after: z.number().int().meta({ description: 'Files now.' }),
});

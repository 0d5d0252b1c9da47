import { z } from 'zod';
import { currency, day, exact, id, instant } from './scalars.ts';

export const format = z.object({ id: z.string(), title: z.string() });

/** A row that was not taken: where it stands, what is wrong and what would mend it. */
export const refusedRow = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.string().nullable(),
  value: z.string(),
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
});

/** A row of the dry run. */
export const previewRow = z.object({
  file: z.string(),
  line: z.number().int(),
  status: z.enum(['add', 'duplicate', 'refused', 'ignored']),
  type: z.string().nullable(),
  effectiveAt: day.nullable(),
  instrument: z.string().nullable(),
  quantity: exact.nullable(),
  price: exact.nullable(),
  amount: exact.nullable(),
  fee: exact.nullable(),
  tax: exact.nullable(),
  currency: currency.nullable(),
  /** Why, for rows that are not added. */
  reason: z.string().nullable(),
  fix: z.string().nullable(),
});

/** An instrument that the files name: known, or to be made, or mapped by the user. */
export const instrumentMatch = z.object({
  key: z.string(),
  name: z.string().nullable(),
  isin: z.string().nullable(),
  symbol: z.string().nullable(),
  currency: currency.nullable(),
  status: z.enum(['known', 'new']),
  instrumentId: id.nullable(),
  rows: z.number().int(),
});

export const columnMapping = z
  .object({
    name: z.string().min(1).max(80),
    columns: z.record(z.string(), z.string()),
    types: z.record(z.string(), z.string()),
    dateFormat: z.enum(['iso', 'dmy', 'mdy', 'ymd']),
    decimal: z.enum(['.', ',']),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    constants: z.record(z.string(), z.string()).optional(),
  })
  .strict();

/** The fields of a multipart import beside its files, as JSON in the part `options`. */
export const importOptions = z
  .object({
    /** Name or id of the account; made if there is none of that name. */
    account: z.string().min(1).max(80),
    format: z.string().optional(),
    acceptValid: z.boolean().default(false),
    /** Base currency for an account that is made. */
    currency: currency.optional(),
    mapping: columnMapping.optional(),
    /** Instrument key → instrument id, as chosen in the mapping step. Remembered. */
    instruments: z.record(z.string(), id).optional(),
  })
  .strict();

export const importSummary = z.object({
  /** Null for a dry run or when nothing was taken. */
  importId: id.nullable(),
  account: z.string(),
  format: z.string(),
  added: z.number().int(),
  skipped: z.number().int(),
  ignored: z.number().int(),
  refused: z.array(refusedRow),
  /** What the file says against what we hold, where it says so. */
  checks: z.array(
    z.object({
      what: z.string(),
      stated: exact,
      ours: exact,
      agrees: z.boolean(),
    }),
  ),
});

export const importPreview = importSummary.extend({
  /** At most 2,000 rows; `added`, `skipped`, `refused` count all. */
  rows: z.array(previewRow),
  instruments: z.array(instrumentMatch),
  /** For a CSV of no known format: what we think its columns mean. */
  suggestedMapping: columnMapping.nullable(),
  columns: z.array(z.string()),
});

export const importRecord = z.object({
  id,
  accountId: id,
  account: z.string(),
  format: z.string(),
  files: z.array(z.object({ name: z.string(), sha256: z.string(), size: z.number().int() })),
  added: z.number().int(),
  skipped: z.number().int(),
  refused: z.number().int(),
  importedAt: instant,
  undoneAt: instant.nullable(),
});

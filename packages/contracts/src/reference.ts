import { exposureKeys, fundamentalUnits, instrumentKinds, periodKinds } from '@plimsoll/domain';
import { z } from 'zod';
import { currency, day, exact, id, instant } from './scalars.ts';

const truth = z.enum(['true', 'false']).default('false');

export const resolveQuery = z.object({
  text: z.string().min(1).max(200),
  /** As instruments were called on that day. */
  on: day.optional(),
  /** Asks the providers that are turned on as well. */
  online: truth,
  limit: z.coerce.number().int().min(1).max(200).default(25),
});

/** What a text may mean, the likeliest first. */
export const resolution = z.object({
  text: z.string(),
  matches: z.array(
    z.object({
      where: z.enum(['workspace', 'market', 'provider']),
      /** Null for what only a provider knows. */
      id: id.nullable(),
      provider: z.string().nullable(),
      label: z.string(),
      name: z.string().nullable(),
      kind: z.enum(instrumentKinds).nullable(),
      symbol: z.string().nullable(),
      mic: z.string().nullable(),
      isin: z.string().nullable(),
      figi: z.string().nullable(),
      currency: z.string().nullable(),
      matchedBy: z.string(),
      delistedOn: day.nullable(),
    }),
  ),
  notes: z.array(z.string()),
});

/** A symbol that an instrument went by during `[from, until)`. */
export const instrumentName = z.object({
  symbol: z.string(),
  mic: z.string().nullable(),
  from: day.nullable(),
  until: day.nullable(),
  endedBy: z.string().nullable(),
  source: z.string(),
  shared: z.boolean(),
});

export const newInstrumentName = z
  .object({
    symbol: z.string().trim().min(1).max(40),
    mic: z
      .string()
      .regex(/^[A-Z0-9]{4}$/, 'must be an ISO 10383 code such as XNAS')
      .optional(),
    from: day.optional(),
    until: day.optional(),
  })
  .strict();

const constituent = z.object({
  isin: z.string().nullable(),
  symbol: z.string().nullable(),
  mic: z.string().nullable(),
  label: z.string(),
  /** 1 is the whole fund. */
  weight: exact,
  sector: z.string().nullable(),
  country: z.string().nullable(),
  currency: z.string().nullable(),
  assetClass: z.string().nullable(),
});

export const constituents = z.object({
  fundId: id,
  label: z.string(),
  asOf: day.nullable(),
  source: z.string().nullable(),
  covered: exact,
  constituents: z.array(constituent.extend({ instrumentId: id.nullable() })),
});

export const constituentsQuery = z.object({ on: day.optional() });

export const newConstituents = z
  .object({
    asOf: day,
    constituents: z
      .array(
        z
          .object({
            label: z.string().trim().min(1).max(200),
            weight: exact,
            isin: z.string().max(12).optional(),
            symbol: z.string().max(40).optional(),
            mic: z.string().max(4).optional(),
            sector: z.string().max(80).optional(),
            country: z.string().max(80).optional(),
            currency: currency.optional(),
            assetClass: z.string().max(40).optional(),
          })
          .strict(),
      )
      .min(1)
      .max(20_000),
  })
  .strict();

export const exposureQuery = z.object({
  portfolio: z.string().min(1).max(80).default('all'),
  base: currency.optional(),
  at: day.optional(),
  by: z.enum(exposureKeys).default('instrument'),
  lookThrough: truth,
});

export const exposure = z.object({
  at: day,
  baseCurrency: z.string(),
  by: z.enum(exposureKeys),
  lookThrough: z.boolean(),
  total: exact,
  rows: z.array(
    z.object({
      /** Null for what is not known or not looked through. */
      key: z.string().nullable(),
      label: z.string(),
      value: exact,
      gross: exact,
      through: exact,
      /** Of the total; all of them are 1 together. */
      share: exact.nullable(),
    }),
  ),
  funds: z.array(z.object({ label: z.string(), asOf: day, covered: exact })),
  leftOut: z.array(z.string()),
});

export const fundamentalsQuery = z.object({
  instrument: id,
  metric: z.string().min(1).max(80).optional(),
  period: z.enum(periodKinds).optional(),
  /** Only what had been published by the end of this day. */
  knownAt: day.optional(),
});

export const fundamental = z.object({
  instrumentId: id,
  metric: z.string(),
  periodEnd: day,
  period: z.enum(periodKinds),
  value: exact,
  unit: z.enum(fundamentalUnits),
  currency: z.string().nullable(),
  publishedOn: day,
  source: z.string(),
  recordedAt: instant,
});

export const indexMembersQuery = z.object({
  index: z.string().min(1).max(40),
  on: day.optional(),
});

export const indexMember = z.object({
  index: z.string(),
  symbol: z.string(),
  from: day,
  until: day.nullable(),
  source: z.string(),
});

import { assetClasses, instrumentKinds, lotMethods } from '@plimsoll/domain';
import { z } from 'zod';
import { currency, day, exact, id, instant } from './scalars.ts';

export const workspace = z.object({
  id,
  name: z.string(),
  demo: z.boolean(),
  createdAt: instant,
});

export const newWorkspace = z.object({ id, name: z.string().min(1).max(80) }).strict();

export const account = z.object({
  id,
  name: z.string(),
  currency,
  lotMethod: z.enum(lotMethods),
  cash: z.enum(['auto', 'tracked', 'untracked']),
  fees: z.enum(['capitalised', 'expensed']),
  allowShort: z.boolean(),
});

export const newAccount = z
  .object({
    name: z.string().min(1).max(80),
    currency,
    lotMethod: z.enum(lotMethods).default('fifo'),
    cash: z.enum(['auto', 'tracked', 'untracked']).default('auto'),
    fees: z.enum(['capitalised', 'expensed']).default('capitalised'),
    allowShort: z.boolean().default(false),
  })
  .strict();

export const accountChange = z
  .object({
    name: z.string().min(1).max(80).optional(),
    lotMethod: z.enum(lotMethods).optional(),
    cash: z.enum(['auto', 'tracked', 'untracked']).optional(),
    fees: z.enum(['capitalised', 'expensed']).optional(),
    allowShort: z.boolean().optional(),
  })
  .strict();

export const portfolio = z.object({
  id,
  name: z.string(),
  currency,
  accountIds: z.array(id),
  benchmarkId: id.nullable(),
});

export const newPortfolio = z
  .object({
    name: z.string().min(1).max(80),
    currency,
    accountIds: z.array(id).min(1),
    benchmarkId: id.nullable().default(null),
  })
  .strict();

export const instrument = z.object({
  id,
  kind: z.enum(instrumentKinds),
  label: z.string(),
  name: z.string(),
  currency,
  multiplier: exact,
  priceFactor: exact,
  isin: z.string().nullable(),
  figi: z.string().nullable(),
  cusip: z.string().nullable(),
  symbol: z.string().nullable(),
  mic: z.string().nullable(),
  sector: z.string().nullable(),
  country: z.string().nullable(),
  industryGroup: z.string().nullable(),
  industry: z.string().nullable(),
  industryCode: z.string().nullable(),
  assetClass: z.enum(assetClasses).nullable(),
  subClass: z.string().nullable(),
  simulated: z.boolean(),
});

export const newInstrument = z
  .object({
    kind: z.enum(instrumentKinds).default('equity'),
    name: z.string().min(1).max(200),
    currency,
    multiplier: exact.default('1'),
    priceFactor: exact.default('1'),
    isin: z.string().max(12).optional(),
    figi: z.string().max(12).optional(),
    cusip: z.string().max(9).optional(),
    symbol: z.string().max(40).optional(),
    mic: z.string().max(4).optional(),
    sector: z.string().max(80).optional(),
    country: z.string().max(80).optional(),
    industryGroup: z.string().max(80).optional(),
    industry: z.string().max(120).optional(),
    industryCode: z
      .string()
      .regex(/^\d{2,8}$/, 'must be a code of 2 to 8 digits')
      .optional(),
    assetClass: z.enum(assetClasses).optional(),
    subClass: z.string().max(80).optional(),
  })
  .strict();

export const priceCoverage = z.object({
  instrumentId: id,
  label: z.string(),
  first: day,
  last: day,
  count: z.number().int(),
  source: z.string(),
});

export const newPrices = z
  .object({
    instrumentId: id,
    prices: z
      .array(z.object({ day, close: exact }).strict())
      .min(1)
      .max(20_000),
  })
  .strict();

export const pricesReply = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  refused: z.array(
    z.object({
      file: z.string(),
      line: z.number().int().nullable(),
      reason: z.string(),
      fix: z.string(),
    }),
  ),
  series: z.array(
    z.object({
      instrumentId: id,
      label: z.string(),
      added: z.number().int(),
      changed: z.number().int(),
      first: day.nullable(),
      last: day.nullable(),
    }),
  ),
});

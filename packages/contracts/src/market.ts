import { z } from 'zod';
import { day, id, instant } from './scalars.ts';

const freshness = z.enum(['fresh', 'late', 'stale', 'never']);
const jobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
const count = z.number().int();

/** Work in the background, as it stands. */
export const job = z.object({
  id,
  kind: z.string(),
  title: z.string(),
  state: jobState,
  requestedBy: z.string(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  total: count,
  done: count,
  /** Items that were given up; the job says why. */
  failed: count,
  /** When it will be done at the rate so far. */
  expectedAt: instant.nullable(),
  error: z.string(),
});

export const jobDetail = job.extend({
  /** Items that failed or wait for another try. */
  items: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      state: z.enum(['waiting', 'done', 'failed']),
      attempts: count,
      notBefore: instant.nullable(),
      note: z.string(),
    }),
  ),
});

export const jobQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) });

export const refreshRequest = z
  .object({
    /** Instruments of the workspace; all that any workspace holds where there are none. */
    instruments: z.array(id).max(1000).default([]),
  })
  .strict();

export const backfillRequest = refreshRequest.extend({
  /** The first day; all that there is where absent. */
  from: day.optional(),
});

const providerHealth = z.object({
  id: z.string(),
  state: z.enum(['up', 'down', 'unknown', 'throttled', 'unauthorised']),
  since: instant.nullable(),
  lastSuccess: instant.nullable(),
  lastFault: z.object({ at: instant, code: z.string(), detail: z.string() }).nullable(),
  requests: count,
  failures: count,
  waitingMs: z.number(),
  note: z.string(),
});

/** How the prices of a workspace stand. */
export const marketStatus = z.object({
  /** As they answered when they were last asked. */
  providers: z.array(providerHealth),
  prices: z.array(
    z.object({
      instrumentId: id,
      label: z.string(),
      /** The public listing that it is linked to. */
      listingId: id.nullable(),
      state: freshness,
      last: day.nullable(),
      /** The last day that should be there by the calendar of its exchange. */
      expected: day.nullable(),
      /** Trading days missing after the last. */
      missing: count,
      /** Trading days missing between the first and the last. */
      gaps: count,
      source: z.string(),
      note: z.string(),
    }),
  ),
  open: z.object({ rows: count, repairs: count, notes: count }),
  jobs: z.array(job),
});

/** What is wrong with market data; empty lists where nothing is. */
export const marketHealth = z.object({
  providers: z.array(z.object({ id: z.string(), state: z.string(), detail: z.string() })),
  datasets: z.array(z.object({ listing: z.string(), state: freshness, detail: z.string() })),
});

const qualityState = z.enum(['open', 'released', 'rejected', 'undone', 'seen']);
const qualityKind = z.enum(['row', 'repair', 'note']);

/** A row that was kept back, a repair, or a note. */
export const qualityItem = z.object({
  id,
  kind: qualityKind,
  instrumentId: id,
  label: z.string(),
  day: z.string(),
  source: z.string(),
  code: z.string(),
  /** One sentence with the figures. */
  detail: z.string(),
  evidence: z.unknown(),
  recordedAt: instant,
  state: qualityState,
  reason: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** Whether it is public market data that all workspaces see. */
  shared: z.boolean(),
});

export const qualityQuery = z.object({
  state: qualityState.optional(),
  kind: qualityKind.optional(),
  instrument: id.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const qualityDecision = z
  .object({
    decision: z.enum(['released', 'rejected', 'undone', 'seen', 'reopened']),
    reason: z.string().trim().min(1).max(500),
  })
  .strict();

/** Which public listing an instrument is, and what providers call it. */
export const priceLink = z.object({
  instrumentId: id,
  label: z.string(),
  listingId: id.nullable(),
  linkedBy: z.string().nullable(),
  evidence: z.string(),
  symbols: z.array(z.object({ provider: z.string(), symbol: z.string() })),
});

export const newPriceLink = z
  .object({
    instrument: id,
    provider: z.string().min(1).max(40),
    symbol: z.string().trim().min(1).max(80),
  })
  .strict();

/** A symbol of a provider that an instrument may be. */
export const linkCandidate = z.object({
  provider: z.string(),
  symbol: z.string(),
  name: z.string().nullable(),
  currency: z.string().nullable(),
  mic: z.string().nullable(),
});

import { corporateActionKinds } from '@plimsoll/domain';
import { z } from 'zod';
import { currency, day, exact, id, instant } from './scalars.ts';

const kind = z.enum(corporateActionKinds);

/** A corporate action of an instrument of the workspace. */
export const corporateAction = z.object({
  id,
  instrumentId: id,
  instrument: z.string(),
  kind,
  /** The ex-day. */
  day,
  payDay: day.nullable(),
  /** A ratio `new:old` for a split, cash or units per unit for the others. */
  value: z.string(),
  currency: z.string().nullable(),
  other: z.string().nullable(),
  second: z.string().nullable(),
  source: z.string(),
  version: z.number().int(),
  recordedAt: instant,
  /** Whether it is public market data that all workspaces see. */
  shared: z.boolean(),
});

export const newCorporateAction = z
  .object({
    instrument: id,
    kind,
    day,
    payDay: day.optional(),
    value: z.string().min(1).max(60),
    currency: currency.optional(),
    other: z.string().min(1).max(40).optional(),
    second: exact.optional(),
  })
  .strict();

/** What an action means for one account. */
export const actionProposal = z.object({
  id: z.string(),
  actionId: id,
  accountId: id,
  account: z.string(),
  instrumentId: id,
  instrument: z.string(),
  kind,
  day,
  payDay: day.nullable(),
  units: exact,
  state: z.enum(['open', 'settled', 'confirmed', 'declined']),
  text: z.string(),
  needs: z.array(z.enum(['costShare', 'successor'])),
  /** Whether what was decided may no longer be right: `reason` says why. */
  review: z.boolean(),
  reason: z.string().nullable(),
  /** Transactions that confirming records, as they are sent to `POST /v1/transactions`. */
  transactions: z.array(z.record(z.string(), z.unknown())),
  transactionIds: z.array(id),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
});

export const proposalQuery = z.object({ all: z.enum(['true', 'false']).default('false') });

const proposalDecision = z
  .object({
    id: z.string().min(1).max(64),
    decision: z.enum(['confirmed', 'declined', 'reopened']),
    /** Gross cash as booked, instead of what was reckoned. */
    amount: exact.optional(),
    tax: exact.optional(),
    on: day.optional(),
    costShare: exact.optional(),
    successor: id.optional(),
  })
  .strict();

export const proposalDecisions = z
  .object({ decisions: z.array(proposalDecision).min(1).max(1000) })
  .strict();

export const decidedReply = z.object({
  confirmed: z.number().int(),
  declined: z.number().int(),
  reopened: z.number().int(),
  transactionIds: z.array(id),
});

/** Whether actions of a kind are taken without asking. */
export const actionRule = z.object({ kind, confirm: z.boolean() }).strict();

import { z } from 'zod';
import { id, instant } from './scalars.ts';

const ids = z.array(id);
const count = z.number().int().min(0);
/** One figure an instrument; null where it is not known. */
const column = z.array(z.number().nullable());

/** What is said of a topic besides its payload. */
interface Topic {
  readonly title: string;
  readonly summary: string;
  /** Messages of one key come in their order. */
  readonly key: string;
  /**
   * `kept`: leaves through the outbox, comes at least once, can be had again. `passing`: published as it
   * happens; what is missed is missed, and the next one says more.
   */
  readonly kind: 'kept' | 'passing';
  readonly payload: z.ZodType;
}

/** Every topic of the bus, and what its messages say. */
export const topics = {
  'ledger.recorded': {
    title: 'Entries were recorded',
    summary:
      'Transactions or reversals were added to the ledger of a workspace; figures of it may have changed.',
    key: 'the workspace',
    kind: 'kept',
    payload: z.object({
      first: z.number().int().min(1).meta({ description: 'Number of the first entry added.' }),
      last: z.number().int().min(1).meta({ description: 'Number of the last entry added.' }),
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .meta({ description: 'Hash of the last entry, and so of all before it.' }),
    }),
  },
  'prices.changed': {
    title: 'Prices changed',
    summary:
      'Daily prices of instruments were added or changed. With `workspaceId` null they are public market data.',
    key: 'the workspace',
    kind: 'kept',
    payload: z.object({ instrumentIds: ids }),
  },
  'actions.proposed': {
    title: 'Corporate actions await a decision',
    summary: 'Corporate actions concern accounts of the workspace, or were taken by its rules.',
    key: 'the workspace',
    kind: 'kept',
    payload: z.object({
      open: count.meta({ description: 'Proposals that wait for a decision.' }),
      confirmed: count.meta({ description: 'Proposals that a rule has taken just now.' }),
    }),
  },
  'jobs.changed': {
    title: 'A job changed',
    summary: 'Work in the background was queued, came to its end or was cancelled.',
    key: 'the workspace',
    kind: 'kept',
    payload: z.object({
      jobId: id,
      kind: z.string().meta({ description: 'What it does.' }),
      state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    }),
  },
  'quality.found': {
    title: 'Something is odd about prices',
    summary: 'The quality gate mended or noticed something, or prices are late.',
    key: 'the workspace',
    kind: 'kept',
    payload: z.object({
      kind: z.enum(['found', 'late']),
      instrumentIds: ids,
      findings: z.array(z.string()).meta({ description: 'Ids of the findings.' }),
    }),
  },
  'market.quotes': {
    title: 'Quotes changed',
    summary:
      'The latest quotes of instruments, conflated: columns of one length, one entry an instrument. Prices in the price unit of the instrument.',
    key: 'the group of instruments',
    kind: 'passing',
    payload: z.object({
      instrumentIds: ids,
      at: z.array(z.number()).meta({ description: 'When it was true, milliseconds since 1970.' }),
      bid: column,
      ask: column,
      last: column,
      size: column,
      previousClose: column,
    }),
  },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof topics;
export type EventPayload<Name extends TopicName> = z.infer<(typeof topics)[Name]['payload']>;

/** A message as every bus carries it, as one JSON text. */
export const busMessage = z.object({
  id: z.string().meta({
    description: 'Given once: a consumer that remembers it acts on a second delivery no more.',
  }),
  topic: z.string(),
  key: z.string().meta({ description: 'Messages of one topic and key come in their order.' }),
  workspaceId: z.string().nullable().meta({
    description: 'Whose it is; null for public market data.',
  }),
  at: instant.meta({ description: 'When it happened.' }),
  publication: z.number().int().min(0).optional().meta({
    description: 'How often it was published before because somebody may have missed it.',
  }),
});

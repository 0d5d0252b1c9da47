import type { Json } from '@plimsoll/kernel';
import type { ProviderHealth } from '../market-data/provider-health.ts';

/** What the quality gate mended or noticed about prices; the rows that it kept back are `QuarantinedPrice`. */
export interface QualityFinding {
  /** The same finding, made again, has the same id. */
  readonly id: string;
  readonly kind: 'repair' | 'note';
  readonly instrumentId: string;
  readonly day: string;
  readonly source: string;
  /** `unit-slip-100x`, `suspect-split`, `sources-disagree`. */
  readonly code: string;
  /** One sentence with the figures. */
  readonly detail: string;
  /** The evidence: figures before and after, rows as they were given. */
  readonly evidence: Json;
}

export const qualityKinds = ['row', 'repair', 'note'] as const;

export const qualityDecisions = ['released', 'rejected', 'undone', 'seen', 'reopened'] as const;

export type QualityDecision = (typeof qualityDecisions)[number];

/** A finding, or a row kept back, and what was decided about it. */
export interface QualityItem extends Omit<QualityFinding, 'kind'> {
  readonly kind: (typeof qualityKinds)[number];
  readonly recordedAt: string;
  /** `open` until somebody decides; a repair is in force meanwhile, a row is kept back. */
  readonly state: 'open' | Exclude<QualityDecision, 'reopened'>;
  readonly reason: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export interface QualityFilter {
  readonly states?: readonly QualityItem['state'][];
  readonly kinds?: readonly QualityItem['kind'][];
  readonly instrumentIds?: readonly string[];
}

/** What is known of the quality of a workspace's prices, and what was decided. Facts and decisions stay. */
export interface QualityStore {
  /** Gives the ids of those that were not there. */
  add(findings: readonly QualityFinding[]): Promise<readonly string[]>;
  /** Newest first. Rows that were kept back are among them; the same row read again is one. */
  list(filter: QualityFilter, limit: number): Promise<readonly QualityItem[]>;
  find(id: string): Promise<QualityItem | null>;
  /** The last decision holds; those before are kept. */
  decide(id: string, decision: QualityDecision, reason: string, actor: string): Promise<void>;
  /** How providers on the network answered when they were last asked, by id. */
  providers(): Promise<readonly ProviderHealth[]>;
  saveProvider(health: ProviderHealth): Promise<void>;
}

import type { CorporateActionKind } from '@plimsoll/domain';
import type { Day } from '@plimsoll/kernel';
import type { ActionDecision, ActionRule } from '@plimsoll/ports';
import type { Answer, WriteOptions, Written } from '../use-case.ts';

/** A corporate action of an instrument that the workspace knows. */
export interface ActionView {
  readonly id: string;
  /** As this workspace has it. */
  readonly instrumentId: string;
  readonly instrument: string;
  readonly kind: CorporateActionKind;
  readonly day: Day;
  readonly payDay: Day | null;
  readonly value: string;
  readonly currency: string | null;
  readonly other: string | null;
  readonly second: string | null;
  readonly source: string;
  readonly version: number;
  readonly recordedAt: string;
  /** Whether all workspaces see it, as public market data. */
  readonly shared: boolean;
}

/** What an action means for one account. */
export interface ProposalView {
  readonly id: string;
  readonly actionId: string;
  readonly accountId: string;
  readonly account: string;
  readonly instrumentId: string;
  readonly instrument: string;
  readonly kind: CorporateActionKind;
  readonly day: Day;
  readonly payDay: Day | null;
  /** Held at the open of the day. */
  readonly units: string;
  /** `settled`: the record has it, whoever entered it. */
  readonly state: 'open' | 'settled' | 'confirmed' | 'declined';
  /** One sentence with the figures. */
  readonly text: string;
  /** What must be said before it can be confirmed. */
  readonly needs: ('costShare' | 'successor')[];
  /** Whether what was decided may no longer be right: `reason` says why. */
  readonly review: boolean;
  /** Why it is in that state, or what to look at. */
  readonly reason: string | null;
  /** Transactions that confirming records. */
  readonly transactions: Record<string, unknown>[];
  /** Transactions that recorded it. */
  readonly transactionIds: string[];
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export interface NewAction {
  readonly instrument: string;
  readonly kind: CorporateActionKind;
  readonly day: Day;
  readonly payDay?: Day | undefined;
  readonly value: string;
  readonly currency?: string | undefined;
  readonly other?: string | undefined;
  readonly second?: string | undefined;
}

/** What the holder says about a proposal; figures as the broker booked them. */
export interface ProposalDecision {
  readonly id: string;
  readonly decision: ActionDecision['decision'];
  readonly amount?: string | undefined;
  readonly tax?: string | undefined;
  readonly on?: Day | undefined;
  readonly costShare?: string | undefined;
  /** Id of the child, the successor or the renamed instrument; made where it is not there. */
  readonly successor?: string | undefined;
}

export interface DecidedView {
  readonly confirmed: number;
  readonly declined: number;
  readonly reopened: number;
  readonly transactionIds: string[];
}

/** What can be asked and decided about corporate actions. */
export interface ActionUseCases {
  /** Of one instrument, or of all that the workspace knows; oldest first. */
  actions(workspace: string, instrumentId: string | null): Answer<ActionView[]>;
  /** Entered by hand: for all holders where the instrument is a public listing, else for this workspace. */
  addAction(workspace: string, action: NewAction, write: WriteOptions): Written<ActionView>;
  /** There was none after all. What was recorded for it stays and is reversed by its holder. */
  withdrawAction(workspace: string, id: string, write: WriteOptions): Written<ActionView>;
  /** What is open, newest first; with `all` what was decided and what the record has as well. */
  proposals(workspace: string, all: boolean): Answer<ProposalView[]>;
  /** All or none. */
  decideProposals(
    workspace: string,
    decisions: readonly ProposalDecision[],
    write: WriteOptions,
  ): Written<DecidedView>;
  actionRules(workspace: string): Answer<ActionRule[]>;
  setActionRule(workspace: string, rule: ActionRule, write: WriteOptions): Written<ActionRule>;
}

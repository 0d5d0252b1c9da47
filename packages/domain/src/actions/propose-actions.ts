import { dayNumber } from '@plimsoll/kernel';
import type { BookOptions } from '../ledger/book.ts';
import { orderLedger } from '../ledger/day-order.ts';
import { LedgerFold } from '../ledger/fold.ts';
import type { Instrument } from '../ledger/instrument.ts';
import type { Transaction, TransactionDraft } from '../ledger/transaction.ts';
import {
  type ActionEffect,
  actionEffect,
  type EffectFacts,
  type UnitsHeld,
} from './action-effect.ts';
import type { CorporateAction } from './corporate-action.ts';
import { matchRecorded } from './match-recorded.ts';

/** An action of an instrument as a workspace holds it. */
export interface ActionOfHolding {
  readonly action: CorporateAction;
  /** The workspace's own. */
  readonly instrument: Instrument;
}

/** What an action means for one account. */
export interface ProposedAction extends UnitsHeld {
  /** `settled`: the ledger has it. */
  readonly state: 'open' | 'settled' | 'declined';
  /** What the ledger has. */
  readonly settledBy: Transaction | null;
  readonly effect: ActionEffect;
}

export interface ProposalFacts {
  readonly book: BookOptions;
  /** Whether the holder has declined an action for an account. */
  readonly isDeclined: (action: CorporateAction, accountId: string) => boolean;
  /** What is known for the effect of one. */
  readonly factsFor: (held: UnitsHeld) => EffectFacts;
}

/** Kinds that change how many units there are, so that what comes after counts on them. */
const changesUnits: ReadonlySet<string> = new Set([
  'split',
  'stock-dividend',
  'spin-off',
  'merger',
  'symbol-change',
  'delisting',
]);

/**
 * What corporate actions mean for the accounts that held their instruments at the open of their day:
 * settled by the ledger, declined, or open with the transactions that would record it. What is open
 * and changes units is taken as recorded for the actions after it, so that a dividend after a split
 * counts the new units.
 *
 * @param actions In any order. Of several on one day a split comes first, as providers tell cash per
 *   unit of that day, then what pays cash, then what exchanges units or adds others.
 * @returns Oldest first. Accounts that held nothing are left out.
 */
export function proposeActions(
  transactions: readonly Transaction[],
  actions: readonly ActionOfHolding[],
  facts: ProposalFacts,
): readonly ProposedAction[] {
  const sorted = [...actions].sort(byDay);
  if (sorted.length === 0) return [];
  // Two rounds: what settles a change of units is told by its day, and only then are the units known
  // by which a payment is recognised.
  const asRecorded = settledBy(walk(transactions, sorted, facts.book, null), transactions);
  const counted = walk(transactions, sorted, facts.book, (held) =>
    asRecorded(held) === null && !facts.isDeclined(held.action, held.accountId)
      ? actionEffect(held, facts.factsFor(held)).drafts
      : [],
  );
  const settled = settledBy(counted, transactions);
  return counted.flatMap((held): ProposedAction[] => {
    const transaction = settled(held);
    const effect = actionEffect(held, facts.factsFor(held));
    // Cash of less than a cent is no payment.
    if (!transaction && effect.drafts.length === 0 && effect.needs.length === 0) return [];
    const isDeclined = facts.isDeclined(held.action, held.accountId);
    const state = transaction ? 'settled' : isDeclined ? 'declined' : 'open';
    return [{ ...held, state, settledBy: transaction, effect }];
  });
}

const byDay = (a: ActionOfHolding, b: ActionOfHolding): number =>
  dayNumber(a.action.day) - dayNumber(b.action.day) ||
  placeInDay(a.action) - placeInDay(b.action) ||
  (a.action.id < b.action.id ? -1 : 1);

/** Splits, then what pays cash, then what takes the units away or adds others. */
function placeInDay({ kind }: CorporateAction): number {
  if (kind === 'split' || kind === 'stock-dividend') return 0;
  return changesUnits.has(kind) ? 2 : 1;
}

type SettledBy = (held: UnitsHeld) => Transaction | null;

const keyOf = ({ action, accountId }: UnitsHeld): string => `${action.id}\n${accountId}`;

function settledBy(held: readonly UnitsHeld[], transactions: readonly Transaction[]): SettledBy {
  const settled = new Map<string, Transaction>();
  for (const [index, transaction] of matchRecorded(held, transactions)) {
    settled.set(keyOf(held[index] as UnitsHeld), transaction);
  }
  return (one) => settled.get(keyOf(one)) ?? null;
}

/** What would be recorded for an action that changes units. */
type Draft = (held: UnitsHeld) => readonly TransactionDraft[];

/** Folds the ledger and stops at the open of each action's day to look at what is held. */
function walk(
  transactions: readonly Transaction[],
  actions: readonly ActionOfHolding[],
  book: BookOptions,
  draft: Draft | null,
): UnitsHeld[] {
  const state = new HoldersFold(book);
  const found: UnitsHeld[] = [];
  let next = 0;
  const lookUntil = (day: string): void => {
    for (; next < actions.length; next++) {
      const one = actions[next] as ActionOfHolding;
      if (one.action.day > day) return;
      const held = state.unitsOf(one);
      found.push(...held);
      if (draft && changesUnits.has(one.action.kind)) state.take(held, draft);
    }
  };
  for (const transaction of orderLedger(transactions)) {
    lookUntil(transaction.effectiveAt);
    state.apply(transaction);
  }
  lookUntil('9999-12-31');
  return found;
}

/** A running ledger that knows which accounts have ever had an instrument. */
class HoldersFold {
  readonly #fold: LedgerFold;
  readonly #holders = new Map<string, Set<string>>();

  constructor(book: BookOptions) {
    this.#fold = new LedgerFold(book);
  }

  apply(transaction: Transaction): void {
    this.#fold.apply(transaction);
    const { toAccountId } = transaction as { toAccountId?: string };
    for (const id of instrumentsOf(transaction)) {
      const accounts = this.#holders.get(id) ?? new Set();
      this.#holders.set(id, accounts.add(transaction.accountId));
      if (toAccountId !== undefined) accounts.add(toAccountId);
    }
  }

  unitsOf({ action, instrument }: ActionOfHolding): UnitsHeld[] {
    return [...(this.#holders.get(instrument.id) ?? [])].flatMap((accountId) => {
      const units = this.#fold.book.holding(accountId, instrument.id).lots.quantity;
      return units === 0n ? [] : [{ action, accountId, instrument, units }];
    });
  }

  /** Goes on as if these were recorded. */
  take(held: readonly UnitsHeld[], draft: Draft): void {
    for (const one of held) {
      for (const [at, made] of draft(one).entries()) {
        this.apply({ ...made, id: `proposed ${keyOf(one)} ${at}` } as Transaction);
      }
    }
  }
}

function instrumentsOf(transaction: Transaction): string[] {
  const { instrumentId, childId, intoId, reinvested } = transaction as {
    instrumentId?: string;
    childId?: string;
    intoId?: string;
    reinvested?: { instrumentId: string };
  };
  return [instrumentId, childId, intoId, reinvested?.instrumentId].filter((id) => id !== undefined);
}

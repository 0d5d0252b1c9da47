import type { Transaction } from '@plimsoll/domain';
import { type Json, ok, type Result } from '@plimsoll/kernel';
import type { NewEntry, UnitOfWork } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerViews } from '../ledger/ledger-view.ts';
import type { RecordedView } from '../views.ts';
import { newFaults } from './check-ledger.ts';
import { readDraft } from './read-draft.ts';

type Outcome<T> = Promise<Result<T, EngineFault>>;

/** Records transactions entered by hand or program: all of them, or none with the reason. */
export async function recordTransactions(
  context: EngineContext,
  views: LedgerViews,
  unit: UnitOfWork,
  drafts: readonly Json[],
  actor: string,
): Outcome<RecordedView> {
  const view = await views.within(unit);
  const added: Transaction[] = [];
  for (const [index, json] of drafts.entries()) {
    const draft = readDraft(view, json, context.newId(), index + 1);
    if (!draft.ok) return draft;
    added.push(draft.value);
  }
  const [first] = newFaults(view, [...view.transactions, ...added]);
  if (first) return { ok: false, fault: ledgerFault(first, added) };
  await unit.ledger.append(added.map((transaction) => entryOf(transaction, actor)));
  return ok({ added: added.length, ids: added.map(({ id }) => id) });
}

const entryOf = (transaction: Transaction, actor: string): NewEntry => ({
  fact: { kind: 'transaction', transaction },
  fingerprint: null,
  importId: null,
  actor,
});

type LedgerFaults = ReturnType<typeof newFaults>[number];

function ledgerFault(first: LedgerFaults, added: readonly Transaction[]): EngineFault {
  const index = added.findIndex(({ id }) => id === first.transactionId);
  const detail =
    index >= 0 ? first.detail : `A later transaction would no longer be possible: ${first.detail}`;
  return {
    code: first.code,
    detail,
    facts: { ...(index >= 0 ? { index } : {}), transactionId: first.transactionId },
  };
}

/** Annuls one transaction. Refused where it is annulled already, or where later ones rest on it. */
export async function reverseTransaction(
  context: EngineContext,
  views: LedgerViews,
  unit: UnitOfWork,
  id: string,
  reason: string,
  actor: string,
): Outcome<RecordedView> {
  const found = await unit.ledger.page({ ids: [id], includeReversed: true }, null, 1);
  const recorded = found.items[0];
  if (!recorded) return fault('transaction.unknown', `There is no transaction "${id}".`);
  if (recorded.reversedBy !== null) {
    return fault('ledger.already-reversed', 'This transaction is reversed already.', {
      reversedBy: recorded.reversedBy,
    });
  }
  return reverseAll(context, views, unit, [id], reason, actor);
}

/** Annuls several transactions as one. */
export async function reverseAll(
  context: EngineContext,
  views: LedgerViews,
  unit: UnitOfWork,
  ids: readonly string[],
  reason: string,
  actor: string,
): Outcome<RecordedView> {
  const view = await views.within(unit);
  const gone = new Set(ids);
  const [first] = newFaults(
    view,
    view.transactions.filter(({ id }) => !gone.has(id)),
  );
  if (first) {
    return fault(
      first.code,
      `Later transactions rest on it: ${first.detail} Reverse those first.`,
      {
        transactionId: first.transactionId,
      },
    );
  }
  const reversals = ids.map((reverses) => ({ id: context.newId(), reverses, reason }));
  await unit.ledger.append(
    reversals.map((reversal) => ({
      fact: { kind: 'reversal', reversal },
      fingerprint: null,
      importId: null,
      actor,
    })),
  );
  return ok({ added: reversals.length, ids: reversals.map(({ id }) => id) });
}

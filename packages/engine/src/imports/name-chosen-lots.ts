import { type LotChoice, type Transaction, transactionTypes } from '@plimsoll/domain';
import type { UnitOfWork } from '@plimsoll/ports';
import { fingerprintOfId } from './fingerprint.ts';
import type { PlannedRow } from './planned-row.ts';

const pageSize = 2000;

type Choosing = Extract<Transaction, { lots?: unknown }> & {
  readonly lots: readonly LotChoice[];
};

const chooses = (transaction: Transaction): transaction is Choosing =>
  'lots' in transaction && transaction.lots !== undefined && transaction.lots.length > 0;

/**
 * A closing that names its lots does so by the ids of the file; in the record they are ours. The
 * lots may have been opened in this import or in an earlier one.
 */
export async function nameChosenLots(unit: UnitOfWork, rows: readonly PlannedRow[]): Promise<void> {
  const choosing = rows.filter(
    ({ status, transaction }) => status === 'add' && chooses(transaction),
  );
  if (choosing.length === 0) return;
  const ids = new Map<string, string>();
  for (const { status, externalId, transaction } of rows) {
    if (status === 'add' && externalId !== undefined) ids.set(externalId, transaction.id);
  }
  const recorded = await recordedIds(unit, choosing, ids);
  for (const row of choosing) row.transaction = withIds(row.transaction, ids, recorded);
}

function withIds(
  transaction: Transaction,
  ids: ReadonlyMap<string, string>,
  recorded: ReadonlyMap<string, string>,
): Transaction {
  if (!chooses(transaction)) return transaction;
  const lots = transaction.lots.map(({ openedBy, quantity }) => ({
    openedBy:
      ids.get(openedBy) ?? recorded.get(`${transaction.accountId}\n${openedBy}`) ?? openedBy,
    quantity,
  }));
  return { ...transaction, lots };
}

/** Ids of recorded transactions by account and the id that their own file had for them. */
async function recordedIds(
  unit: UnitOfWork,
  choosing: readonly PlannedRow[],
  inFiles: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, string>();
  for (const { transaction } of choosing) {
    if (!chooses(transaction)) continue;
    const { accountId } = transaction;
    for (const { openedBy } of transaction.lots) {
      if (inFiles.has(openedBy)) continue;
      for (const type of transactionTypes) {
        wanted.set(fingerprintOfId({ accountId, type }, openedBy), `${accountId}\n${openedBy}`);
      }
    }
  }
  return wanted.size === 0 ? new Map() : findRecorded(unit, wanted);
}

async function findRecorded(
  unit: UnitOfWork,
  wanted: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let after = 0; ; ) {
    const page = await unit.ledger.since(after, pageSize);
    for (const { fact, fingerprint } of page) {
      const name = fingerprint === null ? undefined : wanted.get(fingerprint);
      if (name !== undefined && fact.kind === 'transaction') found.set(name, fact.transaction.id);
    }
    const last = page.at(-1);
    if (!last) return found;
    after = last.seq;
  }
}

import {
  type Account,
  type Instrument,
  instrumentLabel,
  type LedgerFault,
  orderLedger,
  type Transaction,
} from '@plimsoll/domain';
import { type Decimal, formatDecimal } from '@plimsoll/kernel';
import { commonMembers } from '../explain/describe-transaction.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { newFaults } from '../record/check-ledger.ts';
import type { RefusedRowView } from '../views.ts';
import type { PlannedRow } from './planned-row.ts';

type NotHeld = Extract<LedgerFault, { code: 'ledger.not-held' }>;
type Instruments = ReadonlyMap<string, Instrument>;

/** After so many rounds of one cause each, every row of the instrument at fault is refused. */
const roundsOfOneCause = 20;

/**
 * Marks rows that the ledger could not hold, and rows that would make what is recorded impossible,
 * until what is left fits: the rows that stay can be taken as they are.
 */
export function markFaults(
  view: LedgerView,
  accounts: readonly Account[],
  instruments: Instruments,
  rows: readonly PlannedRow[],
): void {
  const widened = { ...view, accounts, instruments };
  for (let round = 0; ; round++) {
    const added = rows.filter(({ status }) => status === 'add');
    const transactions = added.map(({ transaction }) => transaction);
    const faults = newFaults(widened, [...view.transactions, ...transactions]);
    if (faults.length === 0) return;
    refuseCauses(view, instruments, added, faults, round >= roundsOfOneCause);
  }
}

function refuseCauses(
  view: LedgerView,
  instruments: Instruments,
  added: readonly PlannedRow[],
  faults: readonly LedgerFault[],
  thoroughly: boolean,
): void {
  const byId = new Map(added.map((row) => [row.transaction.id, row]));
  const blamed = new Set<string>();
  for (const fault of faults) {
    const row = byId.get(fault.transactionId);
    if (row) {
      refuseRow(row, refusedByLedger(row, fault, instruments));
      continue;
    }
    // What follows in the same instrument may only be the consequence.
    const place = fault.code === 'ledger.not-held' ? placeOf(fault) : '';
    if (blamed.has(place)) continue;
    blamed.add(place);
    const recorded = view.transactions.find(({ id }) => id === fault.transactionId);
    for (const cause of causesOf(fault, added, thoroughly)) {
      refuseRow(cause, refusedForRecord(cause, fault, recorded));
    }
  }
}

const placeOf = ({ accountId, instrumentId }: NotHeld): string => `${accountId}\n${instrumentId}`;

function refuseRow(row: PlannedRow, refused: RefusedRowView): void {
  row.status = 'refused';
  row.refused = refused;
}

const adding: ReadonlySet<Transaction['type']> = new Set([
  'buy',
  'cover',
  'opening-balance',
  'delivery-in',
]);

/** The added rows that take away what a recorded transaction needs: the last before it, as many as it lacks. */
function causesOf(
  fault: LedgerFault,
  added: readonly PlannedRow[],
  thoroughly: boolean,
): readonly PlannedRow[] {
  if (fault.code !== 'ledger.not-held') return added.slice(0, 1);
  const touching = added.filter(({ transaction }) => touches(transaction, fault));
  if (thoroughly && touching.length > 0) return touching;
  const byId = new Map(touching.map((row) => [row.transaction.id, row]));
  const inOrder = orderLedger(touching.map(({ transaction }) => transaction));
  const before = inOrder.filter(({ effectiveAt }) => effectiveAt <= fault.effectiveAt).reverse();
  const taking = before.filter(({ type }) => !adding.has(type));
  const causes: PlannedRow[] = [];
  let lacking = fault.wanted - fault.held;
  for (const transaction of taking) {
    if (lacking <= 0n) break;
    lacking -= takenBy(transaction) ?? lacking;
    causes.push(...[byId.get(transaction.id)].filter((row) => row !== undefined));
  }
  return causes.length > 0 ? causes : [touching[0] ?? added[0]].filter((row) => row !== undefined);
}

/** Units that leave; null where that depends on what is held. */
function takenBy(transaction: Transaction): Decimal | null {
  const { quantity } = commonMembers(transaction);
  return quantity === null || quantity <= 0n ? null : quantity;
}

function touches(transaction: Transaction, { accountId, instrumentId }: NotHeld): boolean {
  const { toAccountId } = transaction as { readonly toAccountId?: string };
  if (transaction.accountId !== accountId && toAccountId !== accountId) return false;
  const named: Partial<Record<string, unknown>> = { ...transaction };
  return ['instrumentId', 'childId', 'intoId'].some((member) => named[member] === instrumentId);
}

const refusedHere = (row: PlannedRow, fault: LedgerFault) => ({
  file: row.file,
  line: row.line,
  column: null,
  value: `${row.transaction.type} on ${row.transaction.effectiveAt}`,
  code: fault.code,
});

/** The label with the name beside it, where the label alone is no word: `AVIVA (GB00BPQY8M80)`. */
function calledBy(instruments: Instruments, id: string): string {
  const instrument = instruments.get(id);
  if (!instrument) return id;
  const label = instrumentLabel(instrument);
  return instrument.name === label ? label : `${instrument.name} (${label})`;
}

/** Types that take units away; others are about units that must be there. */
const taking: ReadonlySet<Transaction['type']> = new Set([
  'sell',
  'cover',
  'delivery-out',
  'transfer',
  'adjustment',
  'redemption',
  'amortisation',
]);

/** A row that the ledger cannot hold. */
export function refusedByLedger(
  row: PlannedRow,
  fault: LedgerFault,
  instruments: Instruments,
): RefusedRowView {
  if (fault.code !== 'ledger.not-held') {
    return {
      ...refusedHere(row, fault),
      reason: fault.detail,
      fix: 'Mend the row in the file, or take the other rows with --accept-valid.',
    };
  }
  const { wanted, held, effectiveAt } = fault;
  const { type } = row.transaction;
  const name = calledBy(instruments, fault.instrumentId);
  const deed = taking.has(type) ? `takes ${formatDecimal(wanted)} of` : 'is on';
  const holds = held === 0n ? 'none' : `only ${formatDecimal(held)}`;
  const lacking = taking.has(type) ? `${formatDecimal(wanted - held)} of ${name}` : name;
  const orShort = type === 'sell' ? ' If it is a short sale, allow shorting in the account.' : '';
  return {
    ...refusedHere(row, fault),
    reason: `This ${type} ${deed} ${name}, but on ${effectiveAt} the account holds ${holds}.`,
    fix: `If the file begins in the middle of the history, give the earlier files as well, or record an opening balance of ${lacking} before ${effectiveAt}.${orShort}`,
  };
}

/** A row without which the record would hold: one that is recorded already needs what it takes. */
function refusedForRecord(
  row: PlannedRow,
  fault: LedgerFault,
  recorded: Transaction | undefined,
): RefusedRowView {
  const later = recorded
    ? `the ${recorded.type} of ${recorded.effectiveAt}${recorded.source ? ` (${recorded.source.file}:${recorded.source.line})` : ''}`
    : 'a transaction';
  return {
    ...refusedHere(row, fault),
    reason: `With this row, ${later} that is recorded already would no longer be possible: ${firstSentence(fault.detail)}`,
    fix: 'If the recorded transaction is wrong, reverse it first; if more units came in before it, give those files as well.',
  };
}

const firstSentence = (text: string): string => `${text.split(/\.\s/, 1)[0]?.replace(/\.$/, '')}.`;

import {
  checkTransaction,
  type Instrument,
  type Trade,
  type Transaction,
  transactionFromJson,
} from '@plimsoll/domain';
import { atPrice, type Json, multiply, ok, type Result } from '@plimsoll/kernel';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';

/** Reads one transaction as a person or program wrote it; `at` is its place in the request, from 1. */
export function readDraft(
  view: LedgerView,
  json: Json,
  id: string,
  at: number,
): Result<Transaction, EngineFault> {
  const wrong = (detail: string, member: string) =>
    fault('transaction.invalid', `Transaction ${at}: ${detail}`, { index: at - 1, member });
  let draft: Transaction;
  try {
    draft = { ...transactionFromJson(json), id, position: at };
  } catch (error) {
    // Exact numbers with too many digits are only found on reading; the reader names the text.
    if (error instanceof RangeError) return wrong(error.message, 'amount');
    throw error;
  }
  const unknown = unknownReference(view, draft);
  if (unknown) return { ok: false, fault: unknown };
  const complete = withAmount(view, draft);
  if (!complete) return wrong('A trade needs a price or an amount.', 'price');
  const [first] = checkTransaction(complete);
  if (first)
    return wrong(first.detail, first.code === 'transaction.invalid' ? first.member : 'quantity');
  return ok(complete);
}

function unknownReference(view: LedgerView, draft: Transaction): EngineFault | null {
  const members = draft as unknown as Record<string, unknown>;
  for (const member of ['accountId', 'toAccountId']) {
    const id = members[member];
    if (id !== undefined && !view.accounts.some((account) => account.id === id)) {
      return {
        code: 'account.unknown',
        detail: `There is no account "${String(id)}".`,
        facts: { member },
      };
    }
  }
  const reinvested = (draft as { reinvested?: { instrumentId: string } }).reinvested?.instrumentId;
  for (const id of [members['instrumentId'], members['childId'], members['intoId'], reinvested]) {
    if (id !== undefined && !view.instruments.has(String(id))) {
      return {
        code: 'instrument.unknown',
        detail: `There is no instrument "${String(id)}". Create it first, or look it up by name.`,
        facts: { member: 'instrumentId' },
      };
    }
  }
  return null;
}

const traded: ReadonlySet<string> = new Set(['buy', 'sell', 'short', 'cover']);

/** A trade's amount from its price where only that is stated; null where neither is. */
function withAmount(view: LedgerView, draft: Transaction): Transaction | null {
  if (!traded.has(draft.type)) return draft;
  const trade = draft as Trade;
  if ((trade.amount as bigint | undefined) !== undefined) return trade;
  if (trade.price === undefined) return null;
  const instrument = view.instruments.get(trade.instrumentId) as Instrument;
  const units = multiply(trade.quantity, instrument.multiplier);
  return { ...trade, amount: atPrice(atPrice(units, trade.price), instrument.priceFactor) };
}

import { atPrice, type DayNumber, type Decimal, dayNumber, mulDiv } from '@plimsoll/kernel';
import type { LotPart } from '../lots/lot.ts';
import type { Book, HoldingState } from './book.ts';
import type { LedgerFault } from './faults.ts';
import type { Transfer } from './transaction.ts';

/**
 * Between two accounts: lots keep open date and cost. Where only one of the two is looked at it is
 * an external flow at market value, which is the basis of what comes and the proceeds of what goes.
 */
export function applyTransfer(book: Book, transfer: Transfer): LedgerFault | null {
  const day = dayNumber(transfer.effectiveAt);
  if (transfer.instrumentId === undefined) {
    transferCash(book, transfer, day);
    return null;
  }
  const source = book.holding(transfer.accountId, transfer.instrumentId);
  const target = book.holding(transfer.toAccountId, transfer.instrumentId);
  if (source.lots.quantity < transfer.quantity) {
    return book.notHeld(source, transfer, transfer.quantity);
  }
  const unmet = book.unmetChoice(source, transfer, transfer.lots);
  if (unmet) return unmet;
  noteStatedWorth(book, transfer, source, day);
  const parts = source.lots.take(transfer.quantity, transfer.lots);
  book.changeUnits(source, day, -transfer.quantity);
  moveLots(book, transfer, source, target, parts, day);
  return null;
}

/** What a transfer says its units are worth stands in for a price like a trade's. */
function noteStatedWorth(
  book: Book,
  transfer: Transfer,
  { instrument }: HoldingState,
  day: DayNumber,
): void {
  if (transfer.worth === undefined || transfer.worth <= 0n) return;
  const local = book.convert(transfer.worth, transfer.currency, instrument.currency, day);
  if (local !== null) book.notePrice(instrument, day, transfer.quantity, local);
}

/** Market value of the units that cross the edge of what is looked at. */
function edgeWorth(book: Book, transfer: Transfer, source: HoldingState, day: DayNumber) {
  const { instrument } = source;
  const local = book.marketWorth(instrument, transfer.quantity, day)?.local;
  const rate = book.options.rates.rate(instrument.currency, day);
  if (local === undefined) return null;
  if (rate === null) {
    book.noteUnknownRate(instrument.currency, day);
    return null;
  }
  return { local, base: atPrice(local, rate) };
}

function moveLots(
  book: Book,
  transfer: Transfer,
  source: HoldingState,
  target: HoldingState,
  parts: readonly LotPart[],
  day: DayNumber,
): void {
  const crosses = source.counted !== target.counted;
  const worth = crosses ? edgeWorth(book, transfer, source, day) : null;
  let localLeft = worth?.local ?? 0n;
  let baseLeft = worth?.base ?? 0n;
  let unitsLeft = transfer.quantity;
  for (const part of parts) {
    const last = part.quantity === unitsLeft;
    const share = (left: Decimal): Decimal =>
      last ? left : mulDiv(left, part.quantity, unitsLeft);
    const shared = share(localLeft);
    const base = worth ? share(baseLeft) : part.baseBasis;
    localLeft -= shared;
    baseLeft -= base;
    const own = source.instrument.currency;
    const local = worth
      ? (book.convert(shared, own, part.currency, day) ?? part.basis)
      : part.basis;
    unitsLeft -= part.quantity;
    if (crosses && source.counted) {
      const closing = { local, base, currency: part.currency };
      book.realise(source, transfer, day, part, closing);
      book.instrumentFlow(source, day, -base);
      book.externalFlow(transfer.accountId, day, -base);
    }
    if (crosses && target.counted) {
      book.instrumentFlow(target, day, base);
      book.externalFlow(transfer.toAccountId, day, base);
    }
    const arrives = crosses ? { ...part, basis: local, baseBasis: base } : part;
    book.receiveLot(target, transfer, day, arrives);
  }
}

function transferCash(book: Book, transfer: Transfer, day: DayNumber): void {
  const { accountId, toAccountId, currency, quantity } = transfer;
  const both = book.counts(accountId) === book.counts(toAccountId);
  if (both && book.tracksCash(accountId) && book.tracksCash(toAccountId)) {
    moveCashLots(book, transfer, day);
    return;
  }
  const base = book.inBase(quantity, currency, day);
  for (const [account, sign] of [
    [accountId, -1n],
    [toAccountId, 1n],
  ] as const) {
    if (!book.tracksCash(account)) continue;
    book.externalFlow(account, day, sign * base);
    book.moveMoney(transfer, currency, sign * quantity, sign * base, day, account);
  }
}

function moveCashLots(book: Book, transfer: Transfer, day: DayNumber): void {
  const { accountId, toAccountId, currency, quantity } = transfer;
  const from = book.cash(accountId, currency);
  const to = book.cash(toAccountId, currency);
  let left = quantity;
  for (const part of from.takeLots(quantity)) {
    left -= part.quantity;
    to.receiveLot(part);
  }
  if (left > 0n) {
    const base = book.inBase(left, currency, day);
    from.pay(left, base, day, transfer.id);
    to.receive(left, base, day, transfer.id);
  }
}

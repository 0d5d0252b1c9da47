import type { Book, Tally } from '@plimsoll/domain';
import { formatDecimal } from '@plimsoll/kernel';

const tallyText = (tally: Readonly<Tally>): string =>
  Object.entries(tally)
    .filter(([, amount]) => amount !== 0n)
    .map(([name, amount]) => `${name} ${formatDecimal(amount)}`)
    .join(', ');

/**
 * Everything a book has come to, as sorted text lines: lots, cash, tallies and flows. Two books with
 * the same lines are the same to every reader; states that were touched and stayed empty do not count.
 */
export function bookSnapshot(book: Book): string[] {
  const lines: string[] = [];
  for (const { account, instrument, lots, tally } of book.holdings()) {
    const at = `${account.id}/${instrument.id}`;
    for (const lot of lots) {
      lines.push(
        `${at} lot ${lot.openedBy} ${lot.openedOn}: ${[lot.quantity, lot.cost, lot.baseCost, lot.basis, lot.baseBasis].map(formatDecimal).join(' ')} ${lot.currency}`,
      );
    }
    if (lots.quantity !== 0n) lines.push(`${at} quantity ${formatDecimal(lots.quantity)}`);
    if (tallyText(tally) !== '') lines.push(`${at} tally ${tallyText(tally)}`);
  }
  for (const { accountId, cash } of book.cashes()) {
    const at = `${accountId}/${cash.currency} cash`;
    if (cash.balance !== 0n) lines.push(`${at} ${formatDecimal(cash.balance)}`);
    if (tallyText(cash.tally) !== '') lines.push(`${at} tally ${tallyText(cash.tally)}`);
    for (const lot of cash.lots ?? []) {
      lines.push(`${at} lot ${lot.openedBy}: ${lot.quantity} ${lot.baseCost} ${lot.baseBasis}`);
    }
  }
  for (const [accountId, tally] of book.accountTallies) {
    if (tallyText(tally) !== '') lines.push(`${accountId} tally ${tallyText(tally)}`);
  }
  for (const [day, { inflow, outflow }] of book.flows) {
    lines.push(`flow ${day}: ${formatDecimal(inflow)} ${formatDecimal(outflow)}`);
  }
  lines.push(`start ${formatDecimal(book.startValue)}`);
  return lines.sort();
}

import type { Transaction } from '@plimsoll/domain';

/** Small letters that tell nothing: all of them (`aapl`), or those after the last sign (`BRK.b`). */
const isCasual = (symbol: string): boolean =>
  symbol === symbol.toLowerCase() || /^[^\p{Ll}]*[^\p{Letter}\p{Number}]\p{Ll}+$/u.test(symbol);

/**
 * Whether two symbols are one that is written in another case. `ABCa` and `ABCA` are not: in some
 * lists a small letter tells one share of a company from another.
 */
export const isRespelled = (one: string, other: string): boolean =>
  one !== other && one.toUpperCase() === other.toUpperCase() && (isCasual(one) || isCasual(other));

/** The better of two ways to write one symbol: that which is not in small letters. */
export const betterSpelled = (known: string, other: string): string =>
  isCasual(known) ? other : known;

/** Those of the instruments that no transaction is about: all that is known of them are prices. */
export function untraded(
  instrumentIds: Iterable<string>,
  transactions: readonly Transaction[],
): Set<string> {
  const ids = new Set(instrumentIds);
  for (const transaction of transactions) {
    const named = transaction as unknown as Readonly<Record<string, unknown>>;
    for (const member of ['instrumentId', 'childId', 'intoId']) ids.delete(String(named[member]));
    if ('reinvested' in transaction && transaction.reinvested) {
      ids.delete(transaction.reinvested.instrumentId);
    }
  }
  return ids;
}

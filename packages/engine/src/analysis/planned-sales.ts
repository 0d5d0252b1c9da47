import { type Match, type Trade, worth } from '@plimsoll/domain';
import { absolute, type Day, type Decimal, parseDecimal, toFloat } from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { type Valuation, valueAt } from '../valuation/measure.ts';

/** So many units of an instrument, whichever account they are in. */
export interface WantedSale {
  readonly instrumentId: string;
  readonly quantity: number;
}

/** The part of a sale that one account carries out. */
export interface PlannedSale {
  readonly instrumentId: string;
  readonly account: string;
  readonly quantity: number;
  /** In the base currency, before fees; null where the cost is not known. */
  readonly gain: number | null;
  /** Lots that it closes by the account's own rule. */
  readonly lots: readonly Match[];
}

/**
 * What sales would close and realise, told by the ledger itself: they are put behind the record as
 * transactions of today, and the record is folded with them. Of several accounts the one that holds
 * most sells first.
 */
export function plannedSales(
  view: LedgerView,
  valuation: Valuation,
  wanted: readonly WantedSale[],
  today: Day,
): PlannedSale[] {
  const sales = wanted.flatMap((sale) => salesOf(valuation, sale, today));
  if (sales.length === 0) return [];
  const transactions = [...view.transactions, ...sales];
  const folded = valueAt({ ...view, transactions }, valuation.scope, today, { keepMatches: true });
  const names = new Map(view.accounts.map(({ id, name }) => [id, name]));
  return sales.map((sale) => {
    const lots = folded.book.matches.filter(({ closedBy }) => closedBy === sale.id);
    const refused = folded.faults.length > valuation.faults.length && lots.length === 0;
    return {
      instrumentId: sale.instrumentId,
      account: names.get(sale.accountId) ?? sale.accountId,
      quantity: toFloat(sale.quantity),
      gain: refused ? null : lots.reduce((sum, { gain }) => sum + toFloat(gain), 0),
      lots,
    };
  });
}

/** The sale split over the accounts that hold the instrument. */
function salesOf(
  { value, scope }: Valuation,
  { instrumentId, quantity }: WantedSale,
  today: Day,
): Trade[] {
  const held = value.holdings
    .filter(({ instrument, quantity: units }) => instrument.id === instrumentId && units > 0n)
    .sort((a, b) => (a.quantity > b.quantity ? -1 : 1));
  const sales: Trade[] = [];
  let left = exactly(quantity);
  for (const { accountId, instrument, quantity: units, known } of held) {
    if (left <= 0n || known === null) break;
    // What a float cannot tell from all of it is all of it.
    const all = absolute(units - left) < 10n ** 9n;
    const sold = all || units < left ? units : left;
    left -= sold;
    sales.push({
      id: `planned-${scope.portfolio.id}-${instrumentId}-${accountId}`,
      type: 'sell',
      accountId,
      instrumentId,
      effectiveAt: today,
      position: Number.MAX_SAFE_INTEGER,
      quantity: sold,
      amount: worth(instrument, sold, known.price),
      currency: instrument.currency,
      fee: 0n,
      tax: 0n,
    });
  }
  return sales;
}

/** A quantity that a solver found, to nine digits. */
function exactly(quantity: number): Decimal {
  const parsed = parseDecimal(quantity.toFixed(9));
  return parsed.ok ? parsed.value : 0n;
}

import type { Operation } from './operation.ts';

/** A dividend and the tax rows that were withheld from it. */
export interface PaidDividend {
  readonly paid: Operation;
  readonly taxes: Operation[];
}

const neighbour = (id: string, step: bigint): string =>
  /^\d{1,30}$/.test(id) ? String(BigInt(id) + step) : '';

/**
 * Joins tax rows to their dividends: the one whose id is next to theirs, else the only one of the
 * same symbol and second. Answers the taxes that fit none.
 */
export function joinDividends(
  paid: readonly Operation[],
  taxes: readonly Operation[],
): { readonly dividends: readonly PaidDividend[]; readonly left: readonly Operation[] } {
  const moment = ({ symbol, when }: Operation): string =>
    `${symbol} ${when.day} ${when.time ?? ''}`;
  const dividends = paid.map((of): PaidDividend => ({ paid: of, taxes: [] }));
  const byId = new Map(dividends.map((dividend) => [dividend.paid.id, dividend]));
  const byMoment = Map.groupBy(dividends, (dividend) => moment(dividend.paid));
  const left: Operation[] = [];
  for (const tax of taxes) {
    const beside = [-1n, 1n]
      .map((step) => byId.get(neighbour(tax.id, step)))
      .find((dividend) => dividend && moment(dividend.paid) === moment(tax));
    const same = byMoment.get(moment(tax)) ?? [];
    const dividend = beside ?? (same.length === 1 ? same[0] : undefined);
    if (dividend) dividend.taxes.push(tax);
    else left.push(tax);
  }
  return { dividends, left };
}

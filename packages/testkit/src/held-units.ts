import type { Decimal } from '@plimsoll/kernel';

/** A model of what is held, kept by plain sums and apart from the product's own book. */
export class HeldUnits {
  readonly #units = new Map<string, Decimal>();

  get(accountId: string, instrumentId: string): Decimal {
    return this.#units.get(`${accountId}/${instrumentId}`) ?? 0n;
  }

  add(accountId: string, instrumentId: string, units: Decimal): void {
    this.#units.set(`${accountId}/${instrumentId}`, this.get(accountId, instrumentId) + units);
  }

  /** Account and instrument of everything held for which `wanted` holds. */
  where(wanted: (units: Decimal) => boolean): { accountId: string; instrumentId: string }[] {
    return [...this.#units]
      .filter(([, units]) => wanted(units))
      .map(([key]) => {
        const [accountId = '', instrumentId = ''] = key.split('/');
        return { accountId, instrumentId };
      });
  }
}

import { type Decimal, zero } from '@plimsoll/kernel';
import type { ImportedRow, ImportedTransaction, InstrumentHint } from '@plimsoll/ports';

/** What one demo account has at a moment: enough to never sell or spend what is not there. */
export interface DemoHoldings {
  readonly cash: Map<string, Decimal>;
  readonly units: Map<string, Decimal>;
}

/** The records as they are made, and what they leave in each account. */
export class DemoBook {
  readonly rows: ImportedRow[] = [];
  readonly #accounts = new Map<string, DemoHoldings>();

  account(name: string): DemoHoldings {
    const known = this.#accounts.get(name) ?? { cash: new Map(), units: new Map() };
    this.#accounts.set(name, known);
    return known;
  }

  cash(account: string, currency: string): Decimal {
    return this.account(account).cash.get(currency) ?? zero;
  }

  units(account: string, symbol: string): Decimal {
    return this.account(account).units.get(symbol) ?? zero;
  }

  /** Accounts that hold units of the symbol, in the order in which they were opened. */
  holdersOf(symbol: string): { readonly account: string; readonly units: Decimal }[] {
    return [...this.#accounts].flatMap(([account, { units }]) => {
      const held = units.get(symbol) ?? zero;
      return held > zero ? [{ account, units: held }] : [];
    });
  }

  addCash(account: string, currency: string, amount: Decimal): void {
    this.account(account).cash.set(currency, this.cash(account, currency) + amount);
  }

  setUnits(account: string, symbol: string, units: Decimal): void {
    this.account(account).units.set(symbol, units);
  }

  record(account: string, transaction: ImportedTransaction): void {
    const line = this.rows.length + 1;
    const externalId = `demo-${String(line).padStart(5, '0')}`;
    this.rows.push({ line, externalId, account, transaction });
  }
}

/** An instrument of the simulated market as a row names it. */
export const hintOf = (listing: {
  readonly symbol: string;
  readonly name: string;
  readonly kind: NonNullable<InstrumentHint['kind']>;
  readonly currency: string;
}): InstrumentHint => ({
  symbol: listing.symbol,
  name: listing.name,
  kind: listing.kind,
  currency: listing.currency,
});

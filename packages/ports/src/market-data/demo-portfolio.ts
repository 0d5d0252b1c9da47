import type { Currency, InstrumentKind, LotMethod } from '@plimsoll/domain';
import type { Day } from '@plimsoll/kernel';
import type { ImportedRow } from '../importer/importer.ts';

/** An instrument that a simulated market invented. Saved with `simulated: true`, always. */
export interface SimulatedListing {
  /** `SIM:HARB`. */
  readonly symbol: string;
  /** Says that it is simulated. */
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly currency: Currency;
  readonly sector?: string;
  /** ISO 3166 code of where it is at home. */
  readonly country?: string;
  /** Of an exchange rate: its price is units of `quote` per one `base`. */
  readonly rate?: { readonly base: Currency; readonly quote: Currency };
}

export interface DemoAccount {
  /** What the rows call it. */
  readonly name: string;
  readonly currency: Currency;
  readonly lotMethod: LotMethod;
}

/** The made-up records of a believable investor, with what they need around them. */
export interface DemoPortfolio {
  readonly name: string;
  readonly currency: Currency;
  readonly accounts: readonly DemoAccount[];
  /** All instruments of the simulated market, exchange rates and the benchmark among them. */
  readonly listings: readonly SimulatedListing[];
  /** Symbol of the instrument to compare with. */
  readonly benchmark: string;
  /** Oldest first; `account` names one of `accounts`, `line` counts from 1. */
  readonly rows: readonly ImportedRow[];
}

/** Makes the records up to and including `asOf`; the same seed and day give the same records. */
export type MakeDemoPortfolio = (seed: number, asOf: Day) => DemoPortfolio;

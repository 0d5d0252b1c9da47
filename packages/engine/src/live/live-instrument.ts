import type { Currency, InstrumentKind } from '@plimsoll/domain';
import type { ProviderSymbol } from '@plimsoll/ports';

/** An instrument that quotes are wanted of: a listing of the market, or one of the simulated market. */
export interface LiveInstrument {
  readonly instrumentId: string;
  /** What people call it. */
  readonly label: string;
  readonly kind: InstrumentKind;
  readonly currency: Currency;
  /** Currency per quoted price unit: 1, or 0.01 where prices are in pence. */
  readonly priceFactor: number;
  readonly simulated: boolean;
  /** What each provider that may be asked calls it, the preferred one first. */
  readonly sources: readonly LiveSource[];
  /** In the instrument's own price unit; NaN where there is none. */
  readonly previousClose: number;
}

/** One provider of an instrument. */
export interface LiveSource {
  readonly provider: string;
  readonly symbol: ProviderSymbol;
}

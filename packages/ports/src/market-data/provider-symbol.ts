import type { Currency, InstrumentKind } from '@plimsoll/domain';

/** What a provider knows an instrument by. */
export interface ProviderSymbol {
  readonly symbol: string;
  readonly isin?: string;
  readonly figi?: string;
  readonly mic?: string;
  readonly currency?: Currency;
  readonly name?: string;
  readonly kind?: InstrumentKind;
}

import type { Holding } from '@plimsoll/contracts';

type HoldingField = 'quantity' | 'cost' | 'price' | 'value' | 'gain';

/** The name that `/v1/explain` knows a holding's figure by. */
export function figureOfHolding(
  holding: Pick<Holding, 'accountId' | 'instrumentId' | 'currency'>,
  field: HoldingField,
): string {
  const what = holding.instrumentId ?? `cash:${holding.currency}`;
  return `holding:${holding.accountId}:${what}:${field}`;
}

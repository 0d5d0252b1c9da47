import type { InstrumentKind } from '@plimsoll/domain';
import type { InstrumentHint } from '@plimsoll/ports';

const isinShape = /^[A-Z]{2}[A-Z0-9]{9}\d$/;

/** `FUND` says nothing of whether it is an ETF, so it is no kind. */
const kinds: Readonly<Record<string, InstrumentKind>> = {
  STOCK: 'equity',
  CRYPTO: 'crypto',
  BOND: 'bond',
  MUTUAL_FUND: 'fund',
  PRIVATE_FUND: 'fund',
};

/** The instrument by ISIN, or by symbol where the code is none (crypto); undefined without a code. */
export function instrumentOf(
  code: string,
  name: string,
  assetClass = '',
): InstrumentHint | undefined {
  if (code === '') return undefined;
  const kind = kinds[assetClass];
  return {
    ...(isinShape.test(code) ? { isin: code } : { symbol: code }),
    ...(name === '' ? {} : { name }),
    ...(kind === undefined ? {} : { kind }),
  };
}

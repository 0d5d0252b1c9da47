import type { InstrumentHint } from '@plimsoll/ports';

/** The coin by its ticker. ETH2 was Coinbase's name for staked ETH, one for one the same coin. */
export const coin = (asset: string): InstrumentHint => ({
  symbol: plainAsset(asset),
  kind: 'crypto',
});

/** The ticker that an asset trades under. */
export const plainAsset = (asset: string): string => (asset === 'ETH2' ? 'ETH' : asset);

export const assetClasses = [
  'equity',
  'fixed-income',
  'cash',
  'commodity',
  'real-estate',
  'crypto',
  'derivative',
  'multi-asset',
  'other',
] as const;

export type AssetClass = (typeof assetClasses)[number];

/** By kind of instrument. An ETF or fund may be of anything: its class is unknown until somebody says it. */
const ofKind: Readonly<Record<string, AssetClass | undefined>> = {
  equity: 'equity',
  bond: 'fixed-income',
  cash: 'cash',
  fx: 'cash',
  crypto: 'crypto',
  commodity: 'commodity',
  option: 'derivative',
  future: 'derivative',
};

/** What an instrument is an asset of: as somebody said, else by its kind; undefined where neither tells. */
export const assetClassOf = ({
  assetClass,
  kind,
}: {
  readonly assetClass?: AssetClass;
  readonly kind: string;
}): AssetClass | undefined => assetClass ?? ofKind[kind];

const words: readonly (readonly [RegExp, AssetClass])[] = [
  [/\bcash\b|money market|liquid|geldmarkt|collateral/, 'cash'],
  [/derivativ|future|forward|option|swap/, 'derivative'],
  [/fixed.?income|bond|treasur|note\b|credit|renten|anleihe|obligation/, 'fixed-income'],
  [/real.?estate|reit\b|immobil|property/, 'real-estate'],
  [/commodit|rohstoff|gold|metal/, 'commodity'],
  [/crypto|bitcoin|krypto/, 'crypto'],
  [/multi|mixed|balanced|allocation|misch/, 'multi-asset'],
  [/equit|stock|share|aktie|action/, 'equity'],
];

/** The class that a file's words mean: `Equity`, `Aktien`, `Cash and/or Derivatives`. */
export function assetClassNamed(text: string): AssetClass | undefined {
  const wanted = text.trim().toLowerCase();
  const exact = assetClasses.find((name) => name === wanted);
  return exact ?? words.find(([pattern]) => pattern.test(wanted))?.[1];
}

export const sortKeys = ['instrument', 'quantity', 'price', 'value', 'gain', 'return'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What the address of the holdings page says beside the scope. */
export interface HoldingsSearch {
  readonly q?: string | undefined;
  readonly sort?: SortKey | undefined;
  readonly dir?: 'asc' | undefined;
  readonly group?: 'account' | undefined;
  /** Only holdings whose price is old, a trade's, or missing. */
  readonly price?: 'open' | undefined;
}

/** Reads the address; what does not fit is left out. */
export function readHoldingsSearch(search: Record<string, unknown>): HoldingsSearch {
  const sort = sortKeys.find((key) => key === search['sort']);
  const q = search['q'];
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : typeof q === 'number' ? { q: String(q) } : {}),
    ...(sort && sort !== 'value' ? { sort } : {}),
    ...(search['dir'] === 'asc' ? { dir: 'asc' as const } : {}),
    ...(search['group'] === 'account' ? { group: 'account' as const } : {}),
    ...(search['price'] === 'open' ? { price: 'open' as const } : {}),
  };
}
